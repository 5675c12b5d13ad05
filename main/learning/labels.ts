import type { TrainPlan } from '../contract/train.ts';
import { ConcordError } from '../contract/errors.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { categoryReader } from './features.ts';

/** Label values that can be told apart today. */
export const MOST_LABELS = 2;

/** The two values of the label; `values[1]` is the positive one (target 1). */
export interface Labels {
  readonly column: string;
  readonly values: readonly [string, string];
}

/**
 * The label's values: from the plan, else (plain training only) from the training rows. Throws
 * LABEL_ONE_VALUE, LABEL_TOO_MANY, and PLAN_INVALID where `positive` is not among them.
 */
export function labelValues(table: Table, plan: TrainPlan, trainRows: Int32Array): Labels {
  const values = plan.labels === undefined ? seenValues(table, plan, trainRows) : plan.labels;
  const distinct = [...new Set(values)];
  if (distinct.length < 2) throw new ConcordError('LABEL_ONE_VALUE', { column: plan.label });
  if (distinct.length > MOST_LABELS) {
    throw new ConcordError('LABEL_TOO_MANY', {
      column: plan.label,
      count: distinct.length,
      allowed: MOST_LABELS,
    });
  }
  const [first, second] = distinct as [string, string];
  const positive = plan.positive ?? second;
  if (positive !== first && positive !== second) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'positive',
      expected: 'it must be one of the values of the label',
    });
  }
  return { column: plan.label, values: positive === second ? [first, second] : [second, first] };
}

function seenValues(table: Table, plan: TrainPlan, rows: Int32Array): string[] {
  const text = cellTexts(columnNamed(table, plan.label));
  const missing = new Set(plan.missing);
  const seen = new Set<string>();
  for (const row of rows) {
    const value = text(row);
    if (value !== '' && !missing.has(value)) seen.add(value);
  }
  return [...seen].sort();
}

/**
 * Targets of rows: 0, 1, or NaN where the label is missing (such a row takes no part). Other values
 * are refused, LABEL_UNLISTED {column, count, row}; where the label's values were bought they are
 * skipped, because a rare one may be there and must not show.
 */
export function targetsOf(
  table: Table,
  labels: Labels,
  missing: readonly string[],
  rows: Int32Array,
  others: 'refuse' | 'skip' = 'refuse',
): Float64Array {
  const place = categoryReader(columnNamed(table, labels.column), labels.values, missing);
  const targets = new Float64Array(rows.length);
  let unlisted = 0;
  let firstRow = 0;
  for (let r = 0; r < rows.length; r++) {
    const value = place(rows[r]!);
    targets[r] = value < 0 ? NaN : value;
    if (value !== -2) continue;
    if (unlisted++ === 0) firstRow = rows[r]! + 1;
  }
  if (unlisted === 0 || others === 'skip') return targets;
  throw new ConcordError('LABEL_UNLISTED', {
    column: labels.column,
    count: unlisted,
    row: firstRow,
  });
}

/** Which of the values no cell of the column holds. Throws COLUMN_UNKNOWN. */
export function absentValues(table: Table, column: string, values: readonly string[]): string[] {
  const place = categoryReader(columnNamed(table, column), values, []);
  const found = new Set<number>();
  for (let row = 0; row < table.rows && found.size < values.length; row++) {
    const value = place(row);
    if (value >= 0) found.add(value);
  }
  return values.filter((_, at) => !found.has(at));
}

/** Throws LABEL_ONE_VALUE when the targets there are hold only one of the two values. */
export function requireBothValues(targets: Float64Array, column: string): void {
  if (targets.includes(0) && targets.includes(1)) return;
  throw new ConcordError('LABEL_ONE_VALUE', { column });
}
