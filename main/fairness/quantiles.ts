import type { Interval } from '../contract/review.ts';

/** Fewer defined draws than this share of all say nothing of the whole. */
const LEAST_DEFINED = 0.5;

/** Values that are not NaN, sorted; null where too few are. */
export function sortedDraws(draws: Float64Array): Float64Array | null {
  const sorted = draws.filter((value) => value === value).sort();
  return sorted.length < LEAST_DEFINED * draws.length || sorted.length === 0 ? null : sorted;
}

/** The quantile of sorted values, straight between two of them (Hyndman and Fan 1996, type 7). */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

/** Percentile interval of draws (Efron and Tibshirani 1993, chapter 13); null over too few. */
export function percentiles(draws: Float64Array, level: number): Interval | null {
  const sorted = sortedDraws(draws);
  if (sorted === null) return null;
  return [quantile(sorted, 0.5 - level / 2), quantile(sorted, 0.5 + level / 2)];
}

/** Sample variance of the defined draws; null over too few. */
export function varianceOf(draws: Float64Array): number | null {
  const sorted = sortedDraws(draws);
  if (sorted === null || sorted.length < 2) return null;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sorted.length - 1);
}
