import type { ColumnChange } from '../../contract/assessment.ts';
import type { Column } from '../../records/table.ts';
import { encoded } from './encoded.ts';

/** A column before, and after in the rows that remain: `kept[i]` is the original row of cell i. */
export interface Aligned {
  readonly before: Column;
  readonly after: Column;
  readonly kept: Int32Array;
}

/**
 * How far a column's distribution moved for someone who has only the released cells and spreads
 * each label evenly over the values that occur under it: half the L1 distance to the distribution
 * over all original rows, and, for numbers and dates, the area between the two cumulated
 * distributions over the range of the column.
 */
export function changeOf({ before, after, kept }: Aligned): ColumnChange {
  if (kept.length === 0) return { totalVariation: null, earthMover: null };
  const original = encoded(before);
  const shares = new Float64Array(original.values.length);
  for (const code of original.codes) shares[code]! += 1 / original.codes.length;
  const read = asRead(original.codes, encoded(after).codes, kept, original.values.length);
  const totalVariation = shares.reduce((sum, p, code) => sum + Math.abs(p - read[code]!) / 2, 0);
  return { totalVariation, earthMover: earthMover(before, original.codes, shares, read) };
}

function asRead(
  original: Int32Array,
  labels: Int32Array,
  kept: Int32Array,
  values: number,
): Float64Array {
  const under = new Map<number, { cells: number; values: Set<number> }>();
  kept.forEach((row, at) => {
    const label = labels[at]!;
    const known = under.get(label) ?? { cells: 0, values: new Set<number>() };
    known.cells += 1;
    known.values.add(original[row]!);
    under.set(label, known);
  });
  const read = new Float64Array(values);
  for (const { cells, values: among } of under.values()) {
    for (const code of among) read[code]! += cells / kept.length / among.size;
  }
  return read;
}

function earthMover(
  column: Column,
  codes: Int32Array,
  shares: Float64Array,
  read: Float64Array,
): number | null {
  if (!('values' in column) || column.type === 'boolean') return null;
  const numbers = new Float64Array(shares.length).fill(NaN);
  codes.forEach((code, row) => (numbers[code] = column.values[row]!));
  const rising = Array.from(numbers.keys())
    .filter((code) => !Number.isNaN(numbers[code]))
    .sort((a, b) => numbers[a]! - numbers[b]!);
  const first = rising[0];
  const last = rising.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const range = numbers[last]! - numbers[first]!;
  let carried = 0;
  let moved = 0;
  rising.slice(0, -1).forEach((code, at) => {
    carried += read[code]! - shares[code]!;
    moved += (Math.abs(carried) * (numbers[rising[at + 1]!]! - numbers[code]!)) / range;
  });
  return moved;
}
