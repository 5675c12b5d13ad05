import { ConcordError } from '../contract/errors.ts';
import type { TrainPlan } from '../contract/train.ts';
import type { Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { categoryReader, numberReader, type Encoder, type Feature } from './features.ts';

/**
 * The encoder with what stands for missing cells, learned on the given rows alone: the
 * median (mean of the two middle values where there are two), or the most frequent value (the
 * smallest, or first listed, of equally frequent ones). A column without any value stays unfilled.
 * Throws COLUMN_UNKNOWN, and COLUMN_NOT_NUMERIC for the median of categories.
 */
export function withLearnedFills(
  table: Table,
  encoder: Encoder,
  { fill = {} }: Pick<TrainPlan, 'fill'>,
  rows: Int32Array,
): Encoder {
  const { missing } = encoder;
  for (const name of Object.keys(fill)) columnNamed(table, name);
  const features = encoder.features.map((feature): Feature => {
    const how = Object.hasOwn(fill, feature.column) ? fill[feature.column] : undefined;
    if (how === undefined) return feature;
    const column = columnNamed(table, feature.column);
    if (feature.kind === 'category') {
      if (how === 'median')
        throw new ConcordError('COLUMN_NOT_NUMERIC', { column: column.name, row: 1 });
      const place = mostFrequent(rows, categoryReader(column, feature.values, missing));
      return place === null ? feature : { ...feature, fill: feature.values[place] };
    }
    const read = numberReader(column, missing);
    const value = how === 'median' ? medianOf(rows, read) : mostFrequent(rows, read, -Infinity);
    return value === null ? feature : { ...feature, fill: value };
  });
  return { features, missing };
}

function medianOf(rows: Int32Array, read: (row: number) => number): number | null {
  const sorted = Float64Array.from(rows, read)
    .filter((value) => Number.isFinite(value))
    .sort();
  if (sorted.length === 0) return null;
  const low = sorted[(sorted.length - 1) >> 1]!;
  const high = sorted[sorted.length >> 1]!;
  return low + (high - low) / 2;
}

/** Of values of at least `least`; NaN is none. */
function mostFrequent(rows: Int32Array, read: (row: number) => number, least = 0): number | null {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const value = read(row);
    if (value >= least) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  let found: number | null = null;
  let most = 0;
  for (const [value, count] of counts) {
    if (count > most || (count === most && found !== null && value < found)) {
      found = value;
      most = count;
    }
  }
  return found;
}
