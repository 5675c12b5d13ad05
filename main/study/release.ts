import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { checkRelease } from '../anonymise/check.ts';
import type { LevelsOfRows } from '../anonymise/generalised.ts';
import { anonymisePlan, type AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import { readCsv } from '../records/csv-reader.ts';
import { neutral, writeCsv } from '../records/csv-writer.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import type { Context } from './context.ts';
import { fileBytes, writeWhole } from './files.ts';
import { jsonBeside } from './json.ts';
import { keptRounds, roundsOf } from './kept-rounds.ts';
import { loadTable } from './load.ts';
import { populationOf } from './population.ts';
import { checkRedacted, keptRedaction } from './text-redaction.ts';

/** Protected records on their way out, with what they are to be held against. */
export interface Release {
  readonly original: Table;
  readonly output: Table;
  readonly plan: AnonymisePlan;
  /** With suppressed rows blanked: 1 for each such row; with rows dropped: null. */
  readonly blanked: Uint8Array | null;
  readonly hierarchies: ReadonlyMap<string, string>;
  /** The table of the population and the levels of all rows, for models that count its people. */
  readonly population?: Table | null;
  readonly rounds?: LevelsOfRows | null;
  /** Looks at the records as written in a further way. @throws INTERNAL */
  readonly check?: (released: Table) => void;
}

/**
 * Writes protected records and checks them as they stand in the file, before it gets its name.
 * Answers with the SHA-256 of the file.
 * @throws INTERNAL when the file does not hold what the models promise; nothing is left then.
 */
export async function writeRelease(path: string, release: Release): Promise<{ hash: string }> {
  const { original, output, plan, blanked, hierarchies } = release;
  let hash = '';
  await writeWhole(path, writeCsv(output), async (written) => {
    const table = await readBack(written, output);
    if (table.rows !== output.rows) throw new ConcordError('INTERNAL', { incident: 'rows' });
    const released = withoutNeutralMarks(table);
    checkRelease({
      original,
      output: released,
      plan,
      blanked,
      hierarchies,
      population: release.population ?? null,
      rounds: release.rounds ?? null,
    });
    release.check?.(released);
    hash = await hashOfFile(written);
  });
  return { hash };
}

/** What keeps no record is written as a line of names, of which the reader says that it has none. */
async function readBack(written: string, output: Table): Promise<Table> {
  const types = Object.fromEntries(output.columns.map(({ name, type }) => [name, type]));
  try {
    return (await readCsv(fileBytes(written), { types, encoding: 'utf-8' })).table;
  } catch (error) {
    const isEmpty = error instanceof ConcordError && error.code === 'FILE_NO_RECORDS';
    if (isEmpty && output.rows === 0) return output;
    throw error;
  }
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of fileBytes(path)()) hash.update(piece);
  return hash.digest('hex');
}

/** The apostrophes that keep spreadsheets from running text are no part of the values. */
function withoutNeutralMarks(table: Table): Table {
  const plain = (text: string): string =>
    text.startsWith("'") && neutral(text.slice(1)) === text ? text.slice(1) : text;
  return {
    rows: table.rows,
    columns: table.columns.map((column) =>
      'codes' in column ? { ...column, dictionary: column.dictionary.map(plain) } : column,
    ),
  };
}

const keptPlan = z.object({
  plan: anonymisePlan,
  hierarchies: z.record(z.string(), z.string()),
  rounds: keptRounds.nullable().optional(),
  suppressedRows: z.array(z.int().nonnegative()),
  redaction: keptRedaction.optional(),
});

/** The protected records of a study as a file, checked as written, with a line in the journal. */
export async function exportProtected(
  vault: Vault,
  reference: { readonly study: string; readonly artefact: string },
  path: string,
): Promise<{ rows: number }> {
  const info = vault.artefacts.info(reference.artefact);
  const ours = info.study === reference.study && info.kind === 'protected-records';
  if (!ours) throw new ConcordError('ARTEFACT_UNKNOWN');
  const original = info.parents
    .map((id) => vault.artefacts.info(id))
    .find(({ kind }) => kind !== 'protection-plan');
  if (original === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
  const kept = jsonBeside(vault, reference, 'protection-plan', keptPlan);
  const output = loadTable(vault, reference.artefact);
  const blanked = kept.plan.suppressed === 'blank' ? new Uint8Array(output.rows) : null;
  for (const row of kept.suppressedRows) blanked?.fill(1, row, row + 1);
  const source = loadTable(vault, original.id);
  const { redaction } = kept;
  const rows = keptRows(source.rows, blanked === null ? kept.suppressedRows : []);
  const file = await writeRelease(path, {
    original: source,
    output,
    plan: kept.plan,
    blanked,
    hierarchies: new Map(Object.entries(kept.hierarchies)),
    population: populationOf(vault, reference.study, kept.plan),
    rounds: roundsOf(kept.rounds ?? null),
    ...(redaction === undefined
      ? {}
      : {
          check: (released) => {
            const tables = { original: source, released };
            checkRedacted(vault, reference.study, redaction, tables, (row) => rows[row] ?? -1);
          },
        }),
  });
  vault.journal.append(
    'records.exported',
    { artefact: info.id, hash: info.hash, rows: output.rows, file: file.hash },
    reference.study,
  );
  return { rows: output.rows };
}

/** The row of the records of each released row. */
function keptRows(rows: number, dropped: readonly number[]): readonly number[] {
  const out = new Set(dropped);
  return Array.from({ length: rows }, (_, row) => row).filter((row) => !out.has(row));
}

/** The same to the place that was chosen in the window. */
export async function exportToFile(
  context: Context,
  { ticket, ...reference }: { study: string; artefact: string; ticket: string },
): Promise<{ name: string; rows: number }> {
  const path = context.file(ticket);
  const { rows } = await exportProtected(context.vault, reference, path);
  return { name: basename(path), rows };
}
