import type { Table } from '../../records/table.ts';
import { columnNamed } from '../columns.ts';
import { categoryReader, numberReader, type Feature } from '../features.ts';

/** How finely numbers are cut. */
export interface Fineness {
  /** At most this many equal steps between the bounds (or less, so that a step is 1, 2 or 5 x 10^k). */
  readonly steps: number;
  /** Ratio of neighbouring cuts on the logarithmic scale of wide columns. */
  readonly ratio: number;
}

/**
 * The bins of one column: `ordered` neighbouring ones for numbers (bin i holds the values from
 * cuts[i - 1] up to, but not including, cuts[i]), then one for a missing cell; for a category one
 * for each listed value, one for a missing cell and one for any other value. All of them are there
 * whether or not a record falls into them.
 */
export interface Bins {
  readonly cuts: Float64Array;
  readonly ordered: number;
  readonly size: number;
}

/** From this range on, equal steps alone would leave the small values in one bin. */
const WIDE = 1000;
/** At most this many cuts on the logarithmic scale. */
const MOST_RATIOS = 500;
/** Bins are kept in 16 bits. */
const MOST_VALUES = 2 ** 16 - 2;

/** The bins of a feature, from its public facts alone. */
export function binsOf(feature: Feature, fineness: Fineness): Bins {
  if (feature.kind === 'category') {
    const size = Math.min(feature.values.length, MOST_VALUES) + 2;
    return { cuts: new Float64Array(0), ordered: 0, size };
  }
  return orderedBins(cutsBetween(feature.lower, feature.upper, fineness));
}

export function orderedBins(cuts: Float64Array): Bins {
  return { cuts, ordered: cuts.length + 1, size: cuts.length + 2 };
}

/**
 * Cuts strictly between two bounds: equal steps of 1, 2 or 5 x 10^k from the lower one, and for
 * ranges of 1000 or more also lower + ratio^i. Rounded figures fall together with what people write.
 */
function cutsBetween(lower: number, upper: number, { steps, ratio }: Fineness): Float64Array {
  const range = upper - lower;
  const step = roundStep(range / steps);
  const cuts = Array.from({ length: Math.ceil(range / step) }, (_, i) => lower + (i + 1) * step);
  if (range >= WIDE) {
    const growth = Math.max(ratio, range ** (1 / MOST_RATIOS));
    for (let above = 1; above < range; above *= growth) cuts.push(lower + above);
  }
  const inside = cuts.filter((cut) => cut > lower && cut < upper);
  return Float64Array.from(new Set(inside)).sort();
}

/** The least of 1, 2, 5 x 10^k that is not below `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((one) => one * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** The bin of a number. */
function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Writes the bin of each of `rows` and marks in `known` the rows whose cell was there. */
export type BinReader = (rows: Int32Array, found: Uint16Array, known: Uint8Array) => void;

/** Reads the bins of one column; what belongs to the column is prepared once. */
export function binReader(
  table: Table,
  feature: Feature,
  bins: Bins,
  missing: readonly string[],
): BinReader {
  const column = columnNamed(table, feature.column);
  return feature.kind === 'numeric'
    ? numberBins(numberReader(column, missing), feature.fill, bins)
    : categoryBins(categoryReader(column, feature.values, missing), feature);
}

function numberBins(
  read: (row: number) => number,
  fill: number | undefined,
  { cuts, ordered }: Bins,
): BinReader {
  const absent = fill === undefined ? ordered : binOf(cuts, fill);
  return (rows, found, known) => {
    for (let i = 0; i < rows.length; i++) {
      const value = read(rows[i]!);
      if (value !== value) {
        found[i] = absent;
        continue;
      }
      found[i] = binOf(cuts, value);
      known[i] = 1;
    }
  };
}

function categoryBins(
  read: (row: number) => number,
  { values, fill }: Feature & { kind: 'category' },
): BinReader {
  const listed = Math.min(values.length, MOST_VALUES);
  const filled = fill === undefined ? -1 : values.indexOf(fill);
  const absent = filled < 0 || filled >= listed ? listed : filled;
  return (rows, found, known) => {
    for (let i = 0; i < rows.length; i++) {
      const place = read(rows[i]!);
      found[i] = place === -1 ? absent : place < 0 || place >= listed ? listed + 1 : place;
      if (place !== -1) known[i] = 1;
    }
  };
}
