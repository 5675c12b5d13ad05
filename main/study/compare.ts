import { z } from 'zod';
import { encodeColumn } from '../anonymise/encode.ts';
import { readHierarchyLines } from '../anonymise/hierarchy-text.ts';
import { anonymiseOutcome, anonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { protect } from '../contract/protect-calls.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { Column, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { jsonBeside } from './json.ts';
import { loadTable } from './load.ts';
import { keptRedaction } from './text-redaction.ts';

type Comparison = z.input<typeof protect.compare.output>;
type Role = Comparison['columns'][number]['role'];

const ROWS = 10;
const CELL = 120;

const keptPlan = z.object({
  plan: anonymisePlan,
  hierarchies: z.record(z.string(), z.string()),
  outcome: anonymiseOutcome,
  suppressedRows: z.array(z.int().nonnegative()),
  redaction: keptRedaction.optional(),
});
type Kept = z.infer<typeof keptPlan>;

/**
 * The first rows of records before and after they were protected, and what became of each column.
 * @throws ARTEFACT_UNKNOWN where the artefact is no protected records of the study
 */
export function compareProtected(
  vault: Vault,
  reference: { readonly study: string; readonly artefact: string },
): Comparison {
  const info = vault.artefacts.info(reference.artefact);
  const source = info.parents
    .map((id) => vault.artefacts.info(id))
    .find(({ kind }) => kind !== 'protection-plan');
  if (info.study !== reference.study || source === undefined) {
    throw new ConcordError('ARTEFACT_UNKNOWN');
  }
  const kept = jsonBeside(vault, reference, 'protection-plan', keptPlan);
  const original = loadTable(vault, source.id);
  const output = loadTable(vault, info.id);
  const after = new Map(output.columns.map((column) => [column.name, column]));
  return {
    columns: original.columns.map((column) => ({
      name: column.name,
      role: roleOf(column.name, kept),
      level: kept.outcome.levels[column.name] ?? null,
      top: topOf(column.name, kept),
      before: differentValues(column),
      after: differentValues(after.get(column.name)),
      redacted: redactedOf(column.name, kept),
    })),
    rows: rowsOf(original, after, kept),
    kept: kept.outcome.rows - kept.outcome.suppressed,
    blanked: kept.plan.suppressed === 'blank',
    suppressed: kept.outcome.suppressed,
  };
}

function redactedOf(name: string, { redaction }: Kept): Comparison['columns'][number]['redacted'] {
  const done = redaction?.redacted.find(({ column }) => column === name);
  if (done === undefined) return null;
  const counts = Object.values(done.replaced);
  return { mode: done.mode, replaced: counts.reduce((sum, count) => sum + count, 0) };
}

function roleOf(name: string, kept: Kept): Role {
  if (redactedOf(name, kept) !== null) return 'redacted';
  const { plan } = kept;
  if (Object.hasOwn(plan.quasiIdentifiers, name)) return 'quasi-identifier';
  if (Object.hasOwn(plan.sensitive, name)) return 'sensitive';
  return plan.insensitive.includes(name) ? 'insensitive' : 'removed';
}

function topOf(name: string, { plan, hierarchies }: Kept): number | null {
  const text = hierarchies[name];
  if (text === undefined || !Object.hasOwn(plan.quasiIdentifiers, name)) return null;
  return (readHierarchyLines(name, text)[0]?.cells.length ?? 1) - 1;
}

function differentValues(column: Column | undefined): number {
  return column === undefined ? 0 : encodeColumn(column).values.length;
}

function rowsOf(
  original: Table,
  after: ReadonlyMap<string, Column>,
  { plan, suppressedRows }: Kept,
): Comparison['rows'] {
  const before = original.columns.map((column) => cellTexts(column));
  const texts = original.columns.map(({ name }) => {
    const column = after.get(name);
    return column === undefined ? null : cellTexts(column);
  });
  const dropped = new Set(plan.suppressed === 'drop' ? suppressedRows : []);
  let place = 0;
  return Array.from({ length: Math.min(ROWS, original.rows) }, (_, row) => {
    const shown = before.map((text) => short(text(row)));
    if (dropped.has(row)) return { before: shown, after: null };
    const at = place++;
    return { before: shown, after: texts.map((text) => (text === null ? null : short(text(at)))) };
  });
}

function short(text: string): string {
  return text.length <= CELL ? text : `${text.slice(0, CELL - 1)}…`;
}
