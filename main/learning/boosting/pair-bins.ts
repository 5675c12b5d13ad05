import type { Bins } from './bins.ts';
import type { Field } from './field.ts';

/** The coarse bin of each bin of a column. */
export type Axis = Uint16Array;
export type PairAxes = readonly [Axis, Axis];

/** A column's bins and their released counts. */
interface Counted {
  readonly bins: Bins;
  readonly counts: Float64Array;
}

interface Coarse {
  readonly axis: Axis;
  readonly size: number;
  readonly ordered: number;
}

/** The coarse bins of a pair, each side of at most `most` and one for missing numbers. */
export function pairFields(
  first: Counted,
  second: Counted,
  most: number,
): { readonly axes: PairAxes; readonly field: Field } {
  const [a, b] = [coarse(first, most), coarse(second, most)];
  const grid = {
    ...{ rows: a.size, columns: b.size },
    ...{ orderedRows: a.ordered, orderedColumns: b.ordered },
  };
  return { axes: [a.axis, b.axis], field: { size: a.size * b.size, ordered: 0, grid } };
}

/**
 * Neighbouring bins put together so that each has about as many records, by released counts; of a
 * category's values the most frequent by themselves and all others together. Works on what was
 * released, so it costs no privacy.
 */
function coarse({ bins: { ordered, size }, counts }: Counted, most: number): Coarse {
  const axis = new Uint16Array(size);
  if (ordered === 0) {
    if (size <= most) return { axis: axis.map((_, bin) => bin), size, ordered: 0 };
    const frequent = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]!).slice(0, most - 1);
    axis.fill(most - 1);
    frequent.sort((a, b) => a - b).forEach((bin, at) => (axis[bin] = at));
    return { axis, size: most, ordered: 0 };
  }
  // What every empty bin is taken to have (counts.ts) says nothing of where the records are.
  const known = counts.subarray(0, ordered);
  const least = known.reduce((a, b) => Math.min(a, b), Infinity);
  const above = known.map((count) => count - least);
  const weights = above.some((weight) => weight > 0) ? above : known;
  const whole = weights.reduce((a, b) => a + b, 0);
  let group = 0;
  let sum = 0;
  for (let bin = 0; bin < ordered; bin++) {
    axis[bin] = group;
    sum += weights[bin]!;
    if (bin + 1 < ordered && group + 1 < most && sum >= ((group + 1) * whole) / most) {
      group++;
      // A bin that holds several shares leaves the rest to fewer groups.
      sum = Math.max(sum, (group * whole) / most);
    }
  }
  axis.fill(group + 1, ordered);
  return { axis, size: group + 2, ordered: group + 1 };
}

/** The bin of every row in the grid of a pair. */
export function pairBins(
  first: Uint16Array,
  second: Uint16Array,
  [a, b]: PairAxes,
  { grid }: Field,
): Uint16Array {
  const columns = grid?.columns ?? 1;
  return first.map((bin, row) => a[bin]! * columns + b[second[row]!]!);
}
