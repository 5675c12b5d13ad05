import { ConcordError } from '../contract/errors.ts';
import { quantile } from '../fairness/quantiles.ts';
import { cellTexts } from '../records/cell-text.ts';
import { columnOf } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';

/** Values between which an attacker chooses: with more of them each has too few records. */
const MOST_VALUES = 12;
/** A value that is rarer than this is not among them. */
const RAREST = 0.01;
const FEWEST = 10;
const QUARTERS = [0.25, 0.5, 0.75];
const MIDDLES = [0.125, 0.375, 0.625, 0.875];

export interface HiddenValues {
  readonly count: number;
  /** The place of a row's value, -1 where it has none of them. */
  readonly placeOf: (row: number) => number;
  /** The column as if every row held that value. */
  readonly filledWith: (place: number) => Column;
}

/**
 * What is guessed of a column: its frequent values, or the quarter that a number lies in. Learnt from
 * `rows`, which the attacker knows. Throws COLUMN_UNKNOWN, and LABEL_ONE_VALUE {column} where there
 * is nothing to choose from.
 */
export function hiddenValues(
  table: Table,
  name: string,
  missing: readonly string[],
  rows: Int32Array,
): HiddenValues {
  const column = columnOf(table, name);
  const cell = cellTexts(column);
  const marks = new Set(['', ...missing]);
  const counts = new Map<string, number>();
  for (const row of rows) {
    const text = cell(row);
    if (!marks.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if ('values' in column && counts.size > MOST_VALUES) return quarters(column, rows);
  const frequent = [...counts]
    .filter(([, count]) => count >= Math.max(FEWEST, RAREST * rows.length))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_VALUES)
    .map(([text]) => text);
  if (frequent.length < 2) throw new ConcordError('LABEL_ONE_VALUE', { column: name });
  const places = new Map(frequent.map((text, place) => [text, place]));
  const example = new Map<number, number>();
  for (const row of rows) {
    const place = places.get(cell(row));
    if (place !== undefined && !example.has(place)) example.set(place, row);
  }
  return {
    count: frequent.length,
    placeOf: (row) => places.get(cell(row)) ?? -1,
    filledWith: (place) => filled(column, example.get(place)!),
  };
}

function quarters(
  column: Extract<Column, { values: Float64Array }>,
  rows: Int32Array,
): HiddenValues {
  const known = Float64Array.from(rows, (row) => column.values[row]!).filter((one) => one === one);
  known.sort();
  const cuts = [...new Set(QUARTERS.map((share) => quantile(known, share)))];
  if (cuts.length < QUARTERS.length || !(known[0]! < cuts[0]!)) {
    throw new ConcordError('LABEL_ONE_VALUE', { column: column.name });
  }
  return {
    count: MIDDLES.length,
    placeOf: (row) => {
      const value = column.values[row]!;
      return Number.isNaN(value) ? -1 : cuts.filter((cut) => value >= cut).length;
    },
    filledWith: (place) => ({
      ...column,
      values: new Float64Array(column.values.length).fill(quantile(known, MIDDLES[place]!)),
    }),
  };
}

function filled(column: Column, row: number): Column {
  return 'codes' in column
    ? { ...column, codes: new Int32Array(column.codes.length).fill(column.codes[row]!) }
    : { ...column, values: new Float64Array(column.values.length).fill(column.values[row]!) };
}
