import type { Finer, LeftOut } from '../../contract/explanation.ts';
import { conditionsOf, type Condition } from './conditions.ts';
import { groupRows, type Groups } from './groups.ts';
import { codesAt, type Generalised, type ProtectedRecords } from './records.ts';

/** Why records were left out, and why each column went as far as it did. */
export interface Why {
  readonly leftOut: LeftOut;
  readonly columns: Finer[];
}

/**
 * Answers both by trying: each column hidden, and each column one step more exact, all others as
 * they are. One grouping of all rows per question; `turn` is awaited before each. null where a
 * condition cannot be told group by group, or where the rows left out are not those of failing
 * groups at the levels taken: then levels and conditions do not tell what was done.
 */
export async function whyOf(
  records: ProtectedRecords,
  turn: () => Promise<void> = () => Promise.resolve(),
): Promise<Why | null> {
  const conditions = conditionsOf(records.models, records.sensitive);
  if (conditions === null) return null;
  const { rows, quasi, suppressed } = records;
  const taken = quasi.map((column) => codesAt(column, column.level));
  const groups = groupRows(taken, rows);
  const failing = failingAny(groups, conditions);
  if (suppressed.some((flag, row) => flag !== failing[groups.ofRow[row]!])) return null;
  const models = modelsFailed(groups, conditions);
  const columns: LeftOut['columns'] = [];
  const finer: Finer[] = [];
  for (const [at, column] of quasi.entries()) {
    await turn();
    columns.push({ name: column.name, stay: stayWithout(records, conditions, taken, at) });
    await turn();
    finer.push(oneStepFiner(rows, conditions, taken, { column, at }));
  }
  const left = suppressed.reduce((sum, flag) => sum + flag, 0);
  return { leftOut: { rows: left, models, columns }, columns: finer };
}

/** Rows in groups that fail each condition. */
function modelsFailed(groups: Groups, conditions: readonly Condition[]): LeftOut['models'] {
  return conditions.map((condition) => {
    const failing = condition.failing(groups);
    return { model: condition.model, rows: rowsIn(groups, failing) };
  });
}

/** Of the rows left out, those whose group meets every condition once a column is hidden. */
function stayWithout(
  { rows, suppressed }: ProtectedRecords,
  conditions: readonly Condition[],
  taken: readonly Int32Array[],
  hidden: number,
): number {
  const groups = groupRows(taken.toSpliced(hidden, 1), rows);
  const failing = failingAny(groups, conditions);
  let stay = 0;
  suppressed.forEach((flag, row) => {
    if (flag === 1 && failing[groups.ofRow[row]!] === 0) stay++;
  });
  return stay;
}

function oneStepFiner(
  rows: number,
  conditions: readonly Condition[],
  taken: readonly Int32Array[],
  { column, at }: { readonly column: Generalised; readonly at: number },
): Finer {
  const { name, level } = column;
  if (level === 0) return { name, level, needed: null };
  const groups = groupRows(taken.with(at, codesAt(column, level - 1)), rows);
  return { name, level, needed: rowsIn(groups, failingAny(groups, conditions)) };
}

function failingAny(groups: Groups, conditions: readonly Condition[]): Uint8Array {
  const failing = new Uint8Array(groups.count);
  for (const condition of conditions) {
    condition.failing(groups).forEach((flag, group) => (failing[group]! |= flag));
  }
  return failing;
}

function rowsIn({ sizes }: Groups, failing: Uint8Array): number {
  return sizes.reduce((sum, size, group) => sum + size * failing[group]!, 0);
}
