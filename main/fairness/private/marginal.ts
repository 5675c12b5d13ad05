import { CROSSED_ATTRIBUTE, CROSSED_GROUP } from '../../contract/review.ts';
import type { Grouping } from '../groups.ts';
import type { Histogram } from './histogram.ts';

/** The cells of the groups of some axes, all others summed. */
export interface Marginal {
  readonly grouping: Grouping;
  /** [group][truth][slice], not cut at 0: sums of them are right on average. */
  readonly cells: Float64Array;
  /** How many counts of the histogram, each with its own noise, one cell sums. */
  readonly summed: number;
}

/**
 * Everybody, each axis, and with `cross` every pair of axes and, of three or more, all of them. Sizes of
 * groups are those of the noisy counts, at least 0.
 */
export function marginals(histogram: Histogram, cross: boolean): Marginal[] {
  const { axes } = histogram.layout;
  const wanted: number[][] = [[], ...axes.map((_, at) => [at])];
  if (cross) {
    for (let a = 0; a < axes.length; a++)
      for (let b = a + 1; b < axes.length; b++) wanted.push([a, b]);
    if (axes.length > 2) wanted.push(axes.map((_, at) => at));
  }
  return wanted.map((over) => marginalOf(histogram, over));
}

function marginalOf({ layout, counts }: Histogram, over: readonly number[]): Marginal {
  const { axes, slices, finest } = layout;
  const kept = over.map((at) => axes[at]!);
  const groups = kept.reduce((product, { names }) => product * names.length, 1);
  const width = 2 * slices.all.length;
  const cells = new Float64Array(groups * width);
  for (let one = 0; one < finest; one++) {
    const group = keptGroup(
      one,
      axes.map(({ names }) => names.length),
      over,
    );
    for (let at = 0; at < width; at++) cells[group * width + at]! += counts[one * width + at]!;
  }
  const names = namesOf(kept.map((axis) => axis.names));
  const sizes = Uint32Array.from({ length: groups }, (_, group) => {
    const own = cells.subarray(group * width, (group + 1) * width);
    return Math.max(0, Math.round(own.reduce((sum, count) => sum + count, 0)));
  });
  const columns = kept.map(({ column }) => column);
  const attribute = columns.join(CROSSED_ATTRIBUTE);
  const grouping = { attribute, columns, names, sizes, codes: new Uint32Array(0) };
  return { grouping, cells, summed: finest / groups };
}

/** The number of a combination's group among those of the kept axes. */
function keptGroup(finest: number, sizes: readonly number[], over: readonly number[]): number {
  const places: number[] = [];
  let left = finest;
  for (const size of [...sizes].reverse()) {
    places.unshift(left % size);
    left = Math.floor(left / size);
  }
  return over.reduce((group, at) => group * sizes[at]! + places[at]!, 0);
}

function namesOf(parts: readonly (readonly string[])[]): string[] {
  if (parts.length === 0) return [''];
  return parts
    .reduce<string[][]>(
      (all, names) => all.flatMap((before) => names.map((name) => [...before, name])),
      [[]],
    )
    .map((name) => name.join(CROSSED_GROUP));
}
