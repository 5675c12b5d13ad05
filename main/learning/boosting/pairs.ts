import type { TrainPlan } from '../../contract/train.ts';
import { ConcordError } from '../../contract/errors.ts';
import type { Course } from './course.ts';
import { pairBins, pairFields } from './pair-bins.ts';
import type { BinnedRows } from './histograms.ts';

/** How many pairs of columns act together, and which, where the plan says it. */
export interface PairWish {
  readonly count: number;
  readonly stated: readonly (readonly [string, string])[] | null;
}

export const NO_PAIRS: PairWish = { count: 0, stated: null };

/** Only pairs of so many columns are looked at, those of the largest shapes. */
const MOST_CANDIDATES = 24;

/**
 * The pairs of a plan, as far as its columns allow; `usual` where it says nothing. Throws
 * PLAN_INVALID where a stated pair is one column twice or stands there twice.
 *
 * @param columns feature columns of the plan
 */
export function pairsOf({ model }: TrainPlan, usual: number, columns: number): PairWish {
  const wish = model.kind === 'boosting' ? model.pairs : undefined;
  if (!Array.isArray(wish)) {
    const known = Math.min(columns, MOST_CANDIDATES);
    const possible = (known * (known - 1)) / 2;
    return { count: Math.min(typeof wish === 'number' ? wish : usual, possible), stated: null };
  }
  const names = wish.map(([a, b]) => JSON.stringify([a, b].sort()));
  if (wish.some(([a, b]) => a === b) || new Set(names).size < names.length) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'model.pairs',
      expected: 'each pair once, of two different columns',
    });
  }
  return { count: wish.length, stated: wish };
}

/** The stated pairs among the features, without those of a column that turned out to hold nothing. */
export function statedPlaces(
  stated: readonly (readonly [string, string])[],
  features: readonly { readonly column: string }[],
): [number, number][] {
  const placeOf = (column: string): number =>
    features.findIndex((feature) => feature.column === column);
  const places = stated.map(([a, b]): [number, number] => [placeOf(a), placeOf(b)]);
  return places.filter(([a, b]) => a >= 0 && b >= 0);
}

/** All pairs of the columns whose shapes reach furthest, by what was released. */
export function candidates({ parts }: Course): [number, number][] {
  const strength = parts.map(({ shape, counts }) =>
    shape.reduce((sum, value, at) => sum + counts[at % counts.length]! * value * value, 0),
  );
  const known = [...strength.keys()]
    .sort((a, b) => strength[b]! - strength[a]!)
    .slice(0, MOST_CANDIDATES)
    .sort((a, b) => a - b);
  return known.flatMap((a, at) => known.slice(at + 1).map((b): [number, number] => [a, b]));
}

/**
 * How much each pair leaves unexplained: the sum, over the bins of its grid, of the length of the sum
 * of residuals x weights. A unit's residuals have weights of sum 1 and length at most 1, and each row
 * is in one bin, so by the triangle inequality a unit changes one pair's figure by at most 1, and the
 * figures of p pairs together by a length of at most sqrt(p).
 */
export function unexplained(
  course: Course,
  { bins, weights }: Pick<BinnedRows, 'bins' | 'weights'>,
  residuals: Float64Array,
  pairs: readonly (readonly [number, number])[],
): Float64Array {
  const scores = course.intercepts.length;
  return Float64Array.from(pairs, ([a, b]) => {
    const { axes, field } = fieldsOf(course, [a, b]);
    const sums = new Float64Array(field.size * scores);
    const places = pairBins(bins[a]!, bins[b]!, axes, field);
    for (let row = 0, at = 0; row < places.length; row++) {
      const from = places[row]! * scores;
      for (let score = 0; score < scores; score++) {
        sums[from + score]! += residuals[at++]! * weights[row]!;
      }
    }
    let whole = 0;
    for (let from = 0; from < sums.length; from += scores) {
      whole += Math.hypot(...sums.subarray(from, from + scores));
    }
    return whole;
  });
}

/** Bins in each direction of the grids that pairs are chosen by. */
const CHOICE_BINS = 6;

function fieldsOf(
  { bins, parts }: Course,
  [a, b]: readonly [number, number],
): ReturnType<typeof pairFields> {
  return pairFields(
    { bins: bins[a]!, counts: parts[a]!.counts },
    { bins: bins[b]!, counts: parts[b]!.counts },
    CHOICE_BINS,
  );
}

/**
 * What `unexplained` would be by chance alone, were the two columns independent: sum of
 * sqrt(variance x count x 2 / pi) over the bins, from released counts.
 *
 * @param variance of one row's residuals, all scores together
 */
export function byChance(
  course: Course,
  variance: number,
  pairs: readonly (readonly [number, number])[],
): Float64Array {
  return Float64Array.from(pairs, ([a, b]) => {
    const { axes } = fieldsOf(course, [a, b]);
    const [first, second] = [a, b].map((k, side) => sharesOf(course.parts[k]!.counts, axes[side]!));
    const whole = course.parts[a]!.counts.reduce((sum, count) => sum + count, 0);
    let sum = 0;
    for (const one of first!) for (const other of second!) sum += Math.sqrt(one * other * whole);
    return sum * Math.sqrt((variance * 2) / Math.PI);
  });
}

function sharesOf(counts: Float64Array, axis: Uint16Array): Float64Array {
  const sums = new Float64Array(axis.reduce((a, b) => Math.max(a, b), 0) + 1);
  counts.forEach((count, bin) => (sums[axis[bin]!]! += count));
  const whole = sums.reduce((a, b) => a + b, 0);
  return sums.map((sum) => sum / whole);
}

/** The `count` pairs of the highest figures, the highest first. */
export function strongestPairs<Pair>(
  pairs: readonly Pair[],
  figures: Float64Array,
  count: number,
): Pair[] {
  const order = [...figures.keys()].sort((a, b) => figures[b]! - figures[a]!);
  return order.slice(0, count).map((at) => pairs[at]!);
}
