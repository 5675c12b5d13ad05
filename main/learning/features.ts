import type { TrainPlan } from '../contract/train.ts';
import { ConcordError } from '../contract/errors.ts';
import type { CodedColumn, Column, NumericColumn, Table } from '../records/table.ts';
import { valueOfText } from '../records/cell-text.ts';
import { daysOfText } from '../records/date-text.ts';
import { numberOfText } from '../records/number-text.ts';
import { columnNamed } from './columns.ts';

/** What the encoder knows of one column; all of it stands in the saved model. */
export type Feature =
  | {
      readonly kind: 'numeric';
      readonly column: string;
      readonly lower: number;
      readonly upper: number;
      /** Stands where the cell is missing. */
      readonly fill?: number | undefined;
    }
  | {
      readonly kind: 'category';
      readonly column: string;
      readonly values: readonly string[];
      readonly fill?: string | undefined;
    };

/** The public facts from which rows become vectors; nothing else is ever read from the records. */
export interface Encoder {
  readonly features: readonly Feature[];
  /** Cells with one of these texts are missing. */
  readonly missing: readonly string[];
}

/**
 * Columns that the plan uses as features, in the order of the plan or of the file. Throws
 * COLUMN_UNKNOWN, and COLUMN_TWO_USES {column} where one is to be label, split, unit, excluded and
 * feature more than once.
 */
export function featureColumns(table: Table, plan: TrainPlan): readonly Column[] {
  const tasks = tasksOf(plan);
  const reserved = new Set([...tasks, ...plan.exclude]);
  for (const name of reserved) columnNamed(table, name);
  const twice = tasks.find((name, place) => tasks.indexOf(name) !== place);
  if (twice !== undefined) throw new ConcordError('COLUMN_TWO_USES', { column: twice });
  for (const name of [...Object.keys(plan.bounds), ...Object.keys(plan.categories)]) {
    columnNamed(table, name);
  }
  if (plan.features === 'all') return table.columns.filter((c) => !reserved.has(c.name));
  const chosen = plan.features.map((name) => columnNamed(table, name));
  const clash = chosen.find((column) => reserved.has(column.name));
  if (clash === undefined) return chosen;
  throw new ConcordError('COLUMN_TWO_USES', { column: clash.name });
}

/** Columns with a task of their own, which no feature may have. */
function tasksOf({ label, split, unit }: TrainPlan): string[] {
  return [
    label,
    ...('column' in split ? [split.column] : 'date' in split ? [split.date] : []),
    ...(unit === undefined ? [] : [unit.column]),
  ];
}

/**
 * The encoder of a private plan: every fact must be in the plan. Throws PUBLIC_FACTS_MISSING
 * naming each column and the fact it lacks, and FILL_NOT_PRIVATE {columns}.
 */
export function publicEncoder(table: Table, plan: TrainPlan): Encoder {
  requireNoLearnedFill(featureColumns(table, plan), plan);
  const lacking: string[] = [];
  const features: Feature[] = [];
  for (const column of featureColumns(table, plan)) {
    const feature = statedFeature(column, plan);
    if (feature !== null) features.push(feature);
    else lacking.push(`${column.name}: ${'values' in column ? 'bounds' : 'categories'}`);
  }
  if (plan.labels === undefined) lacking.push(`${plan.label}: labels`);
  if (lacking.length > 0) throw new ConcordError('PUBLIC_FACTS_MISSING', { missing: lacking });
  return { features, missing: plan.missing };
}

/** A median or a mode of the records is no public fact, and no private statistic for it is built in. */
function requireNoLearnedFill(columns: readonly Column[], { fill = {} }: TrainPlan): void {
  const named = columns.map(({ name }) => name).filter((name) => Object.hasOwn(fill, name));
  if (named.length > 0) throw new ConcordError('FILL_NOT_PRIVATE', { columns: named });
}

/**
 * The encoder of a plain plan: what the plan does not state is learnt from the training rows
 * only. Columns of free text and identifiers are left out unless the plan states categories.
 */
export function learntEncoder(table: Table, plan: TrainPlan, trainRows: Int32Array): Encoder {
  const missing = new Set(plan.missing);
  const features: Feature[] = [];
  for (const column of featureColumns(table, plan)) {
    const feature = statedFeature(column, plan) ?? learntFeature(column, trainRows, missing);
    if (feature !== null) features.push(feature);
  }
  return { features, missing: plan.missing };
}

function statedFeature(column: Column, plan: TrainPlan): Feature | null {
  const bounds = plan.bounds[column.name];
  const values = plan.categories[column.name];
  if (bounds !== undefined && values !== undefined) {
    throw new ConcordError('PLAN_INVALID', {
      path: `bounds.${column.name}`,
      expected: 'a column has either bounds or categories, not both',
    });
  }
  if (values !== undefined) {
    return { kind: 'category', column: column.name, values: [...new Set(values)] };
  }
  if (bounds === undefined) return null;
  if ('codes' in column && !hasNumbers(column)) {
    throw new ConcordError('COLUMN_NOT_NUMERIC', { column: column.name, row: 1 });
  }
  return { kind: 'numeric', column: column.name, lower: bounds[0], upper: bounds[1] };
}

function hasNumbers(column: CodedColumn): boolean {
  const filled = column.dictionary.filter((text) => text.trim() !== '');
  return filled.length === 0 || filled.some((text) => !Number.isNaN(quantityOfText(text)));
}

/** A number, or days of a date: a column of dates is one whatever else another record puts into it. */
function quantityOfText(text: string): number {
  const number = numberOfText(text);
  return Number.isNaN(number) ? daysOfText(text) : number;
}

function learntFeature(
  column: Column,
  rows: Int32Array,
  missing: ReadonlySet<string>,
): Feature | null {
  if ('values' in column) return learntBounds(column, rows);
  if (column.type !== 'category') return null;
  const seen = new Set<number>();
  for (const row of rows) if (column.codes[row]! >= 0) seen.add(column.codes[row]!);
  const values = [...seen].map((code) => column.dictionary[code]!).filter((v) => !missing.has(v));
  return { kind: 'category', column: column.name, values: values.sort() };
}

function learntBounds(column: NumericColumn, rows: Int32Array): Feature | null {
  let lower = Infinity;
  let upper = -Infinity;
  for (const row of rows) {
    const value = column.values[row]!;
    if (!Number.isFinite(value)) continue;
    if (value < lower) lower = value;
    if (value > upper) upper = value;
  }
  return lower < upper ? { kind: 'numeric', column: column.name, lower, upper } : null;
}

/**
 * A function giving the place of each row's value in `values`, -1 missing, -2 not listed. Texts
 * that mean the same number are the same value, so that it does not matter whether other records
 * made the column one of numbers or of words.
 */
export function categoryReader(
  column: Column,
  values: readonly string[],
  missing: readonly string[],
): (row: number) => number {
  if ('codes' in column) {
    const placeOf = placeFinder(values, missing);
    const byCode = column.dictionary.map(placeOf);
    return (row) => (column.codes[row]! < 0 ? -1 : byCode[column.codes[row]!]!);
  }
  const byValue = new Map<number, number>();
  const add = (text: string, place: number): void => {
    const value = valueOfText(column, text);
    if (value !== undefined && !byValue.has(value)) byValue.set(value, place);
  };
  values.forEach(add);
  for (const mark of missing) add(mark, -1);
  return (row) => {
    const value = column.values[row]!;
    return Number.isNaN(value) ? -1 : (byValue.get(value) ?? -2);
  };
}

function placeFinder(
  values: readonly string[],
  missing: readonly string[],
): (text: string) => number {
  const texts = new Map<string, number>();
  const numbers = new Map<number, number>();
  const add = (text: string, place: number): void => {
    if (!texts.has(text)) texts.set(text, place);
    const number = numberOfText(text);
    if (!Number.isNaN(number) && !numbers.has(number)) numbers.set(number, place);
  };
  values.forEach(add);
  for (const mark of missing) add(mark, -1);
  return (text) => texts.get(text) ?? numbers.get(numberOfText(text)) ?? -2;
}

/** A function giving each row's number, NaN where it is missing or no number. */
export function numberReader(column: Column, missing: readonly string[]): (row: number) => number {
  const marks = new Set(missing);
  if ('codes' in column) {
    const byCode = column.dictionary.map((text) => (marks.has(text) ? NaN : quantityOfText(text)));
    return (row) => (column.codes[row]! < 0 ? NaN : byCode[column.codes[row]!]!);
  }
  const markValues = new Set(missing.map((mark) => valueOfText(column, mark)));
  return (row) => (markValues.has(column.values[row]!) ? NaN : column.values[row]!);
}
