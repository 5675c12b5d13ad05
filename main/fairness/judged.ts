import type { ReviewOptions } from '../contract/review.ts';
import { ConcordError } from '../contract/errors.ts';
import { valueOfText } from '../records/cell-text.ts';
import { columnOf, distinctCount, isMissing } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';

/** The rows under review: truth and decision are 1 for the positive value, else 0. */
export interface Judged {
  /** Rows of the table (0-based) that have a truth and an answer of the model. */
  readonly rows: Uint32Array;
  readonly truth: Uint8Array;
  readonly decision: Uint8Array;
  /** Scores in [0, 1], or null where there are only decisions. */
  readonly score: Float64Array | null;
  readonly withoutLabel: number;
  readonly abstained: number;
}

/**
 * Reads truth, score and decision. Rows without a truth, and rows without a score or decision
 * (the model abstained), are left out and counted.
 * Throws COLUMN_UNKNOWN, LABEL_POSITIVE_MISSING, LABEL_POSITIVE_UNKNOWN, SCORE_INVALID,
 * PREDICTION_INVALID, REVIEW_EMPTY.
 */
export function judgedRows(table: Table, options: ReviewOptions): Judged {
  const label = columnOf(table, options.label);
  const truthOf = positiveTest(label, options.positive);
  const scoreColumn = options.score === undefined ? null : columnOf(table, options.score);
  const scores = scoreColumn && scoresOf(scoreColumn, table.rows);
  const predicted = options.prediction === undefined ? null : columnOf(table, options.prediction);
  const decisionOf = predicted && decisionTest(predicted, label, options.positive);

  const places = new Uint32Array(table.rows);
  let count = 0;
  let withoutLabel = 0;
  let abstained = 0;
  for (let row = 0; row < table.rows; row++) {
    if (isMissing(label, row)) withoutLabel++;
    else if (scores && Number.isNaN(scores[row])) abstained++;
    else if (predicted && isMissing(predicted, row)) abstained++;
    else places[count++] = row;
  }
  const rows = places.slice(0, count);
  if (count === 0) throw new ConcordError('REVIEW_EMPTY', { column: label.name });
  return {
    rows,
    truth: Uint8Array.from(rows, (row) => Number(truthOf(row))),
    decision: Uint8Array.from(rows, (row) =>
      Number(decisionOf ? decisionOf(row) : (scores?.[row] ?? 0) >= options.threshold),
    ),
    score: scores && Float64Array.from(rows, (row) => scores[row] ?? NaN),
    withoutLabel,
    abstained,
  };
}

type RowTest = (row: number) => boolean;

/** Whether a row's truth is the positive value; 1 or yes when none is named. */
function positiveTest(label: Column, positive: string | undefined): RowTest {
  if (positive === undefined) {
    if (!('codes' in label) && isZeroOne(label)) return (row) => label.values[row] === 1;
    throw new ConcordError('LABEL_POSITIVE_MISSING', {
      column: label.name,
      count: distinctCount(label),
    });
  }
  const value = valueOfText(label, positive);
  const test = value === undefined ? () => false : equals(label, value);
  // A label that never takes the named value while it takes others is a slip of the pen, unless
  // the file simply holds no positive: then there is one other value.
  if (distinctCount(label) > 1 && !some(label, test))
    throw new ConcordError('LABEL_POSITIVE_UNKNOWN', { column: label.name });
  return test;
}

function some(column: Column, test: RowTest): boolean {
  const length = 'codes' in column ? column.codes.length : column.values.length;
  for (let row = 0; row < length; row++) if (test(row)) return true;
  return false;
}

function equals(column: Column, value: number): RowTest {
  if ('codes' in column) return (row) => column.codes[row] === value;
  return (row) => column.values[row] === value;
}

function isZeroOne(column: Extract<Column, { values: Float64Array }>): boolean {
  if (column.type === 'boolean') return true;
  return column.values.every((value) => value === 0 || value === 1 || Number.isNaN(value));
}

/**
 * Whether a row's decision is positive. Decisions written in the values of the label mean what
 * they mean there, also where it has more than two; 0/1 beside any other label means no/yes.
 */
function decisionTest(column: Column, label: Column, positive: string | undefined): RowTest {
  if ('codes' in column) {
    if (!('codes' in label)) {
      if (label.type === 'boolean') return booleanWords(column, label, positive);
      throw invalidPrediction(column, 0);
    }
    const known = new Set(label.dictionary);
    // Of several values some may be predicted and in truth never occur.
    const isOneOfTwo = positive === undefined || distinctCount(label) <= 2;
    if (isOneOfTwo)
      refuse(column, (row) => known.has(column.dictionary[column.codes[row] as number] ?? ''));
    const code = positive === undefined ? -1 : column.dictionary.indexOf(positive);
    return (row) => column.codes[row] === code && code >= 0;
  }
  const named = positive === undefined ? undefined : valueOfText(label, positive);
  if (!('codes' in label) && named !== undefined && !isZeroOne(label) && !isZeroOne(column))
    return (row) => column.values[row] === named;
  refuse(column, (row) => column.values[row] === 0 || column.values[row] === 1);
  const inLabelValues = positive !== undefined && !('codes' in label) && isZeroOne(label);
  const one = inLabelValues ? (valueOfText(label, positive) ?? 1) : 1;
  return (row) => column.values[row] === one;
}

/** Decisions in the words of a yes/no label, where only one of the two words occurs. */
function booleanWords(
  column: Extract<Column, { codes: Int32Array }>,
  label: Extract<Column, { values: Float64Array }>,
  positive: string | undefined,
): RowTest {
  const values = column.dictionary.map((text) => valueOfText(label, text));
  const valueAt = (row: number): number | undefined => values[column.codes[row] as number];
  refuse(column, (row) => valueAt(row) !== undefined);
  const wanted = positive === undefined ? 1 : valueOfText(label, positive);
  return (row) => valueAt(row) === wanted;
}

function refuse(column: Column, fits: RowTest): void {
  const length = 'codes' in column ? column.codes.length : column.values.length;
  for (let row = 0; row < length; row++)
    if (!isMissing(column, row) && !fits(row)) throw invalidPrediction(column, row);
}

function invalidPrediction(column: Column, row: number): ConcordError {
  return new ConcordError('PREDICTION_INVALID', { column: column.name, row: row + 1 });
}

/** Scores, NaN where the cell is empty. */
function scoresOf(column: Column, rows: number): Float64Array {
  for (let row = 0; row < rows; row++) {
    if (isMissing(column, row)) continue;
    const value = 'codes' in column ? NaN : (column.values[row] as number);
    if (!(value >= 0 && value <= 1))
      throw new ConcordError('SCORE_INVALID', { column: column.name, row: row + 1 });
  }
  return 'codes' in column ? new Float64Array(rows).fill(NaN) : column.values;
}
