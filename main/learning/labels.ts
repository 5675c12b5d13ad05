import type { BoughtStatistic, Target, TrainPlan } from '../contract/train.ts';
import { ConcordError } from '../contract/errors.ts';
import { cellTexts } from '../records/cell-text.ts';
import { numberOfText } from '../records/number-text.ts';
import type { Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { categoryReader, holdsNumbers, numberReader } from './features.ts';
import { tagTargets, type TagLabels } from './tags/cells.ts';
import { tagLabels } from './tags/labels.ts';
import { statedTarget, targetOfValues } from './target.ts';

/** Label values that can be told apart; with more of them each has too few records. */
const MOST_VALUES = 50;

/** One of two values; `values[1]` is the positive one (target 1). */
export interface BinaryLabels {
  readonly target?: undefined;
  readonly column: string;
  readonly values: readonly [string, string];
}

/** One of several values, in their order where they have one; targets are places in `values`. */
export interface ClassLabels {
  readonly target: 'classes' | 'ordered';
  readonly column: string;
  readonly values: readonly string[];
  /** The value that is harmful to miss, where one is named. */
  readonly positive?: string | undefined;
}

/** A number; targets are the numbers themselves. */
export interface NumberLabels {
  readonly target: 'number';
  readonly column: string;
  readonly lower: number;
  readonly upper: number;
}

/** What a model predicts, and all that is known of it; it stands in the saved model. */
export type Labels = BinaryLabels | ClassLabels | NumberLabels | TagLabels;

export function targetKind({ target }: Pick<Labels, 'target'>): Target {
  return target ?? 'binary';
}

/** The value whose figures are asked for against the rest; null where there is none. */
export function positiveOf(labels: Labels): string | null {
  if (labels.target === 'number' || labels.target === 'tags') return null;
  return labels.target === undefined ? labels.values[1] : (labels.positive ?? null);
}

/**
 * What a plan predicts: as it states, as was bought, else (plain training only) as the training rows
 * hold it. Throws LABEL_ONE_VALUE, LABEL_TOO_MANY, LABEL_IS_NUMBER, COLUMN_NOT_NUMERIC, and
 * PLAN_INVALID where `positive` is not among the values or their order is nowhere stated.
 */
export function labelValues(
  table: Table,
  plan: TrainPlan,
  trainRows: Int32Array,
  bought: readonly BoughtStatistic[] = [],
): Labels {
  const found = bought.find(({ column }) => column === plan.label)?.found;
  const stated = statedTarget(plan);
  requireFittingLabel(table, plan);
  if (stated === 'number') return numberLabels(table, plan, trainRows, found);
  if (stated === 'tags') return tagLabels(table, plan, trainRows);
  const values = new Set(plan.labels ?? boughtValues(found) ?? seenValues(table, plan, trainRows));
  const distinct = stated === 'ordered' && plan.labels === undefined ? rising(values) : [...values];
  const target = stated ?? targetOfValues(distinct.length);
  if (distinct.length < 2) throw new ConcordError('LABEL_ONE_VALUE', { column: plan.label });
  requireFew(table, plan, distinct.length, target === 'binary' ? 2 : MOST_VALUES);
  if (plan.positive !== undefined && !values.has(plan.positive)) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'positive',
      expected: 'it must be one of the values of the label',
    });
  }
  const { label: column, positive } = plan;
  if (target !== 'binary')
    return { target, column, values: distinct, ...(positive === undefined ? {} : { positive }) };
  const [first, second] = distinct as [string, string];
  return { column, values: positive === first ? [second, first] : [first, second] };
}

function requireFew(
  table: Table,
  { label, target }: TrainPlan,
  count: number,
  allowed: number,
): void {
  if (count <= allowed) return;
  const isNumber = 'values' in columnNamed(table, label) && target !== 'binary';
  const code = isNumber ? 'LABEL_IS_NUMBER' : 'LABEL_TOO_MANY';
  throw new ConcordError(code, { column: label, count, allowed });
}

/**
 * Throws what can be refused of a label before anything is paid for: PLAN_INVALID for a number with a
 * list of values, or values in an order that nobody states (numbers have one), COLUMN_NOT_NUMERIC.
 */
export function requireFittingLabel(table: Table, plan: TrainPlan): void {
  const column = columnNamed(table, plan.label);
  const target = statedTarget(plan);
  if (target === 'number') {
    const path = plan.labels === undefined ? 'positive' : 'labels';
    if (plan[path] !== undefined) {
      throw new ConcordError('PLAN_INVALID', {
        path,
        expected: 'a number that is predicted has no list of values; leave this entry out',
      });
    }
    if (holdsNumbers(column)) return;
    throw new ConcordError('COLUMN_NOT_NUMERIC', { column: plan.label, row: 1 });
  }
  if (target !== 'ordered' || plan.labels !== undefined || 'values' in column) return;
  throw new ConcordError('PLAN_INVALID', {
    path: 'labels',
    expected: 'the values of the label in their order, the lowest first',
  });
}

function rising(values: ReadonlySet<string>): string[] {
  return [...values].sort((a, b) => numberOfText(a) - numberOfText(b));
}

/** Undefined where nothing was bought of it. */
function boughtValues(found: BoughtStatistic['found'] | undefined): readonly string[] | undefined {
  if (found === undefined) return undefined;
  return found.is === 'values' ? found.values : [];
}

function seenValues(table: Table, plan: TrainPlan, rows: Int32Array): string[] {
  const column = columnNamed(table, plan.label);
  const text = cellTexts(column);
  const missing = new Set(plan.missing);
  const seen = new Set<string>();
  for (const row of rows) {
    const value = text(row);
    if (value !== '' && !missing.has(value)) seen.add(value);
  }
  return 'values' in column && seen.size > 2 ? rising(seen) : [...seen].sort();
}

function numberLabels(
  table: Table,
  plan: TrainPlan,
  rows: Int32Array,
  found: BoughtStatistic['found'] | undefined,
): NumberLabels {
  const { label: column } = plan;
  const bounds = plan.bounds[column];
  const [lower, upper] =
    bounds ?? (found === undefined ? seenBounds(table, plan, rows) : boughtBounds(found));
  if (!(lower < upper)) throw new ConcordError('LABEL_ONE_VALUE', { column });
  return { target: 'number', column, lower, upper };
}

function boughtBounds(found: BoughtStatistic['found']): [number, number] {
  return found.is === 'bounds' ? [found.lower, found.upper] : [0, 0];
}

function seenBounds(table: Table, plan: TrainPlan, rows: Int32Array): [number, number] {
  const read = numberReader(columnNamed(table, plan.label), plan.missing);
  let [lower, upper] = [Infinity, -Infinity];
  for (const row of rows) {
    const value = read(row);
    if (!Number.isFinite(value)) continue;
    if (value < lower) lower = value;
    if (value > upper) upper = value;
  }
  return [lower, upper];
}

/**
 * Targets of rows: the place of the value (0 or 1 of two) or the number, NaN where the label is
 * missing (such a row takes no part); of tags as `tagTargets` says. Other values are refused, LABEL_UNLISTED {column, count, row}
 * or, for a number, COLUMN_NOT_NUMERIC {column, row}; where the facts of the label were bought they
 * are skipped, because a rare one may be there and must not show.
 */
export function targetsOf(
  table: Table,
  labels: Labels,
  missing: readonly string[],
  rows: Int32Array,
  others: 'refuse' | 'skip' = 'refuse',
): Float64Array {
  if (labels.target === 'number') return numbersOf(table, labels, missing, rows, others);
  if (labels.target === 'tags') return tagTargets(table, labels, missing, rows);
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

function numbersOf(
  table: Table,
  { column: name }: NumberLabels,
  missing: readonly string[],
  rows: Int32Array,
  others: 'refuse' | 'skip',
): Float64Array {
  const column = columnNamed(table, name);
  const read = numberReader(column, missing);
  const isMissing = categoryReader(column, [], missing);
  return Float64Array.from(rows, (row) => {
    const value = read(row);
    if (Number.isFinite(value)) return value;
    if (others === 'refuse' && isMissing(row) !== -1) {
      throw new ConcordError('COLUMN_NOT_NUMERIC', { column: name, row: row + 1 });
    }
    return NaN;
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

/** Throws LABEL_ONE_VALUE when the targets that are there do not differ. */
export function requireTwoValues(targets: Float64Array, column: string): void {
  const first = targets.find((target) => !Number.isNaN(target));
  if (targets.some((target) => !Number.isNaN(target) && target !== first)) return;
  throw new ConcordError('LABEL_ONE_VALUE', { column });
}

/** Whether values differ and are enough, and bounds enclose something. */
export function areLabels(found: Labels): boolean {
  if (found.target === 'number') return found.lower < found.upper;
  if (found.target === 'tags') return true;
  const { values } = found;
  const positive = positiveOf(found);
  return (
    new Set(values).size === values.length &&
    values.length >= 2 &&
    (positive === null || values.includes(positive))
  );
}
