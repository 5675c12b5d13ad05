import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { findEntities } from '../identify/find.ts';
import { PackedSpans } from '../identify/packed-spans.ts';
import type { CodedColumn, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import type { Context, Control, Work } from './context.ts';
import { loadTable, recordsOf } from './load.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

/** Milliseconds of work between two chances for others. */
const SLICE = 40;

/** A column of free text. */
export type TextColumn = CodedColumn & { readonly type: 'text' };

export function textColumns(table: Table): TextColumn[] {
  return table.columns.filter((column): column is TextColumn => column.type === 'text');
}

/** Looks through the free text of records; a text that stands in many rows is read once. */
export function findTextWork(vault: Vault, { study, artefact }: Reference): Work {
  return {
    kind: 'identify',
    study,
    async run(control) {
      const { name } = vault.artefacts.info(artefact);
      const columns = textColumns(loadTable(vault, artefact));
      const found = await findInTexts(columns, control);
      const bytes = encodeFindings(found);
      if (control.signal.aborted) throw new ConcordError('CANCELLED');
      const sum = (of: (spans: PackedSpans) => number): number =>
        [...found.values()].reduce((total, spans) => total + of(spans), 0);
      vault.transaction(() => {
        const { job } = control;
        const parents = [artefact];
        const kept = vault.artefacts.put({
          study,
          kind: 'text-findings',
          name,
          bytes,
          parents,
          job,
        });
        vault.journal.append(
          'text.searched',
          {
            artefact: kept.id,
            records: artefact,
            columns: found.size,
            texts: sum((spans) => spans.texts),
            findings: sum((spans) => spans.spans),
          },
          study,
        );
      });
    },
  };
}

/** @throws ARTEFACT_UNKNOWN, TEXT_NONE where the records have no column of free text */
export function startFindText(
  { vault, start }: Pick<Context, 'vault' | 'start'>,
  reference: Reference,
): { job: string } {
  const table = loadTable(vault, recordsOf(vault, reference));
  if (textColumns(table).length === 0) throw new ConcordError('TEXT_NONE');
  return { job: start(findTextWork(vault, reference)) };
}

/** The findings by column. @throws CANCELLED */
export async function findInTexts(
  columns: readonly TextColumn[],
  { signal, progress }: Control,
): Promise<ReadonlyMap<string, PackedSpans>> {
  const total = columns.reduce((sum, { dictionary }) => sum + dictionary.length, 0);
  const found = new Map<string, PackedSpans>();
  let done = 0;
  let began = performance.now();
  for (const { name, dictionary } of columns) {
    const builder = PackedSpans.builder(dictionary.length);
    for (const text of dictionary) {
      builder.add(findEntities(text));
      done++;
      if (performance.now() - began < SLICE) continue;
      progress({ done, total, unit: 'texts' });
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) throw new ConcordError('CANCELLED');
      began = performance.now();
    }
    found.set(name, builder.done());
  }
  progress({ done, total, unit: 'texts' });
  return found;
}

const header = z.array(z.strictObject({ name: z.string(), bytes: z.int().nonnegative() }));

/** The length of a list of columns as JSON text (u32), the list, and the findings of each. */
function encodeFindings(found: ReadonlyMap<string, PackedSpans>): Uint8Array {
  const parts = [...found].map(([name, spans]) => ({ name, bytes: spans.toBytes() }));
  const list = parts.map(({ name, bytes }) => ({ name, bytes: bytes.length }));
  const text = Buffer.from(JSON.stringify(list), 'utf8');
  const front = Buffer.alloc(4);
  front.writeUInt32LE(text.length);
  return Buffer.concat([front, text, ...parts.map(({ bytes }) => bytes)]);
}

/** The findings of an artefact by column. @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED */
export function loadFindings(vault: Vault, findings: string): ReadonlyMap<string, PackedSpans> {
  const bytes = vault.artefacts.get(findings);
  try {
    const end = 4 + bytes.readUInt32LE(0);
    let at = end;
    return new Map(
      header.parse(JSON.parse(bytes.toString('utf8', 4, end))).map((column) => {
        const spans = PackedSpans.fromBytes(bytes.subarray(at, (at += column.bytes)));
        if (spans === null) throw new ConcordError('ARTEFACT_DAMAGED');
        return [column.name, spans];
      }),
    );
  } catch {
    throw new ConcordError('ARTEFACT_DAMAGED');
  }
}

/** The newest findings of records; null before they were looked through. */
export function findingsOf(vault: Vault, { study, artefact }: Reference): string | null {
  const found = vault.artefacts
    .list(study, 'text-findings')
    .findLast(({ parents }) => parents.includes(artefact));
  return found?.id ?? null;
}

/** When other records of the study were looked through last; null where none were. */
export function olderSearch(vault: Vault, { study, artefact }: Reference): string | null {
  const found = vault.artefacts
    .list(study, 'text-findings')
    .findLast(({ parents }) => !parents.includes(artefact));
  return found?.created ?? null;
}

/** The records that findings are of. @throws ARTEFACT_UNKNOWN where it is no findings of the study */
export function recordsOfFindings(vault: Vault, study: string, findings: string): string {
  const info = vault.artefacts.info(findings);
  const [records] = info.parents;
  if (info.study !== study || info.kind !== 'text-findings' || records === undefined) {
    throw new ConcordError('ARTEFACT_UNKNOWN');
  }
  return records;
}
