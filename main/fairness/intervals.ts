import type { Interval } from '../contract/review.ts';
import { normalQuantile } from './normal-quantile.ts';
import type { RocArea } from './roc.ts';

/** A share: `count` of `total` records. */
export interface Share {
  readonly count: number;
  readonly total: number;
}

/** How many standard deviations a two-sided normal interval of that level (0..1) reaches. */
export function reach(level: number): number {
  return normalQuantile(0.5 + level / 2);
}

/**
 * Interval of a share without continuity correction; null over no records.
 * Source: Wilson 1927, JASA 22(158), 209-212.
 */
export function wilson({ count, total }: Share, level: number): Interval | null {
  if (total === 0) return null;
  const z2 = reach(level) ** 2;
  const share = count / total;
  const centre = (share + z2 / (2 * total)) / (1 + z2 / total);
  const half =
    Math.sqrt(z2 * ((share * (1 - share)) / total + z2 / (4 * total * total))) / (1 + z2 / total);
  // At 0 and at all the bound is exact; the formula misses it by rounding.
  return [count === 0 ? 0 : centre - half, count === total ? 1 : centre + half];
}

/**
 * Interval of the difference of two independent shares, group minus reference, from their Wilson
 * intervals; null when either is over no records.
 * Source: Newcombe 1998, Statistics in Medicine 17, 873-890 (method 10).
 */
export function newcombe(group: Share, reference: Share, level: number): Interval | null {
  const a = wilson(group, level);
  const b = wilson(reference, level);
  if (!a || !b) return null;
  const shareA = group.count / group.total;
  const shareB = reference.count / reference.total;
  const difference = shareA - shareB;
  return [
    difference - Math.hypot(shareA - a[0], b[1] - shareB),
    difference + Math.hypot(a[1] - shareA, shareB - b[0]),
  ];
}

/**
 * Interval of the ratio of two independent shares, group over reference; null when either count
 * is 0. Source: Katz, Baptista, Azen, Pike 1978, Biometrics 34, 469-474 (method C).
 */
export function katz(group: Share, reference: Share, level: number): Interval | null {
  if (group.count === 0 || reference.count === 0) return null;
  const log = Math.log(group.count / group.total) - Math.log(reference.count / reference.total);
  const variance = 1 / group.count - 1 / group.total + (1 / reference.count - 1 / reference.total);
  const half = reach(level) * Math.sqrt(variance);
  return [Math.exp(log - half), Math.exp(log + half)];
}

/**
 * Normal interval of the area under the ROC curve, cut to [0, 1]; null with fewer than two
 * positives or negatives. Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44, 837-845.
 */
export function deLong(roc: RocArea, level: number): Interval | null {
  if (roc.standardError === null) return null;
  const half = reach(level) * roc.standardError;
  return [Math.max(0, roc.area - half), Math.min(1, roc.area + half)];
}

/** Sum and sum of squares of n values: what a mean and its spread need. */
export interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** Normal interval of a mean with the sample variance; null with fewer than two values. */
export function meanInterval({ n, sum, squares }: Moments, level: number): Interval | null {
  if (n < 2) return null;
  const mean = sum / n;
  const variance = Math.max(0, squares - n * mean * mean) / (n - 1);
  const half = reach(level) * Math.sqrt(variance / n);
  return [mean - half, mean + half];
}
