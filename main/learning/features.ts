import type { BoughtStatistic, TrainPlan } from '../contract/train.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Column, NumericColumn, Table } from '../records/table.ts';
import { valueOfText } from '../records/cell-text.ts';
import { daysOfText } from '../records/date-text.ts';
import { numberOfText } from '../records/number-text.ts';
import { columnNamed } from './columns.ts';
import { lacksLabelFacts, statedTarget } from './target.ts';

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

/** The vector of a row's text by a frozen encoder. */
export interface TextFeature {
  /** Their cells are one text, a line each. */
  readonly columns: readonly string[];
  /** Which encoder makes a vector of it, and the hash of all that decides that vector. */
  readonly encoder: string;
  readonly sha256: string;
  readonly dimensions: number;
  /** What is taken off every vector: learnt, or bought with noise. Base64 of little-endian float32. */
  readonly centre?: string | undefined;
}

/** The public facts from which rows become vectors; nothing else is ever read from the records. */
export interface Encoder {
  readonly features: readonly Feature[];
  /** After these, of kinds that read texts by a frozen encoder. */
  readonly text?: TextFeature | undefined;
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
  const features = plan.features ?? (plan.text === undefined ? 'all' : []);
  if (features === 'all') return table.columns.filter((c) => !reserved.has(c.name));
  const chosen = features.map((name) => columnNamed(table, name));
  const clash = chosen.find((column) => reserved.has(column.name));
  if (clash === undefined) return chosen;
  throw new ConcordError('COLUMN_TWO_USES', { column: clash.name });
}

/** The columns of text that a plan reads, in its order. */
export function textColumns({ text }: Pick<TrainPlan, 'text'>): readonly string[] {
  return text === undefined ? [] : [text].flat();
}

/** Whether a plan's texts become vectors of a frozen encoder, beside the features of the table. */
export function readsVectors({ model, target }: Pick<TrainPlan, 'model' | 'target'>): boolean {
  return model.kind === 'encoder-head' && model.tune === 'head' && target !== 'tags';
}

/** Columns with a task of their own, which no feature may have. */
function tasksOf(plan: TrainPlan): string[] {
  const { label, split, unit } = plan;
  return [
    label,
    ...textColumns(plan),
    ...('column' in split ? [split.column] : 'date' in split ? [split.date] : []),
    ...(unit === undefined ? [] : [unit.column]),
  ];
}

/**
 * The encoder of a private plan: every fact stands in the plan or was bought. A column of which
 * nothing could be bought is left out. Throws PUBLIC_FACTS_MISSING naming each column and the fact
 * it lacks.
 */
export function publicEncoder(
  table: Table,
  plan: TrainPlan,
  bought: readonly BoughtStatistic[] = [],
): Encoder {
  const lacking: string[] = [];
  const features: Feature[] = [];
  for (const column of featureColumns(table, plan)) {
    const feature = publicFeature(column, plan, bought);
    if (feature === undefined) {
      lacking.push(`${column.name}: ${'values' in column ? 'bounds' : 'categories'}`);
    } else if (feature !== null) features.push(boughtFill(feature, bought));
  }
  const hasLabel = !lacksLabelFacts(plan) || bought.some(({ column }) => column === plan.label);
  if (!hasLabel) {
    lacking.push(`${plan.label}: ${statedTarget(plan) === 'number' ? 'bounds' : 'labels'}`);
  }
  if (lacking.length > 0) throw new ConcordError('PUBLIC_FACTS_MISSING', { missing: lacking });
  return { features, missing: plan.missing };
}

/** As stated or bought: null where nothing could be bought, undefined where it is neither. */
export function publicFeature(
  column: Column,
  plan: TrainPlan,
  bought: readonly BoughtStatistic[],
): Feature | null | undefined {
  return statedFeature(column, plan) ?? boughtFeature(column.name, bought);
}

/** Null where it was bought and nothing was found; undefined where it was not bought. */
function boughtFeature(
  column: string,
  bought: readonly BoughtStatistic[],
): Feature | null | undefined {
  const fact = bought.find((one) => one.column === column && FACTS.has(one.kind));
  if (fact === undefined) return undefined;
  const { found } = fact;
  if (found.is === 'bounds') {
    return { kind: 'numeric', column, lower: found.lower, upper: found.upper };
  }
  return found.is === 'values' ? { kind: 'category', column, values: found.values } : null;
}

const FACTS: ReadonlySet<BoughtStatistic['kind']> = new Set(['bounds', 'categories', 'either']);

/** A fill of the other kind, or one that is not listed, stands for nothing. */
function boughtFill(feature: Feature, bought: readonly BoughtStatistic[]): Feature {
  const found = bought.find(
    (one) => one.column === feature.column && (one.kind === 'median' || one.kind === 'mode'),
  )?.found;
  if (found?.is !== 'fill') return feature;
  if (feature.kind === 'category') {
    const value = String(found.value);
    return feature.values.includes(value) ? { ...feature, fill: value } : feature;
  }
  const number = typeof found.value === 'number' ? found.value : quantityOfText(found.value);
  return Number.isNaN(number) ? feature : { ...feature, fill: number };
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

/** What the plan says of a column; null where it leaves that open. Throws COLUMN_NOT_NUMERIC. */
export function statedFeature(column: Column, plan: TrainPlan): Feature | null {
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
  if (!holdsNumbers(column)) {
    throw new ConcordError('COLUMN_NOT_NUMERIC', { column: column.name, row: 1 });
  }
  return { kind: 'numeric', column: column.name, lower: bounds[0], upper: bounds[1] };
}

/** Whether any cell is a number or a date, or none is anything. */
export function holdsNumbers(column: Column): boolean {
  if ('values' in column) return true;
  const filled = column.dictionary.filter((text) => text.trim() !== '');
  return filled.length === 0 || filled.some((text) => !Number.isNaN(quantityOfText(text)));
}

/** A number, or days of a date: a column of dates is one whatever else another record puts into it. */
export function quantityOfText(text: string): number {
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
 * that mean the same number or date are the same value, so that it does not matter whether other records
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
  const days = new Map<number, number>();
  const add = (text: string, place: number): void => {
    if (!texts.has(text)) texts.set(text, place);
    const number = numberOfText(text);
    if (!Number.isNaN(number) && !numbers.has(number)) numbers.set(number, place);
    const day = daysOfText(text);
    if (!Number.isNaN(day) && !days.has(day)) days.set(day, place);
  };
  values.forEach(add);
  for (const mark of missing) add(mark, -1);
  return (text) =>
    texts.get(text) ?? numbers.get(numberOfText(text)) ?? days.get(daysOfText(text)) ?? -2;
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
