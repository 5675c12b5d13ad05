import type { RandomSource } from '../random.ts';
import { exponentialChoice } from './exponential.ts';

/** A share of the values as a fraction of small whole numbers: the median is 1 / 2. */
export interface Share {
  readonly num: number;
  readonly den: number;
}

export const HALF: Share = { num: 1, den: 2 };

/**
 * How far each grid point is from the quantile: |num x above - (den - num) x below| for the values
 * above and below the point, which is 0 at the quantile itself and needs no count of all values.
 *
 * @param values in rising order @param grid in rising order
 */
export function quantileLosses(
  values: Float64Array,
  grid: Float64Array,
  { num, den }: Share,
): number[] {
  let below = 0;
  let upTo = 0;
  return Array.from(grid, (point) => {
    while (below < values.length && values[below]! < point) below++;
    while (upTo < values.length && values[upTo]! <= point) upTo++;
    return Math.abs(num * (values.length - upTo) - (den - num) * below);
  });
}

/** One value more or less changes a loss by at most max(num, den - num), and a unit adds several. */
export function quantileSensitivity({ num, den }: Share, contributions: number): number {
  return Math.max(num, den - num) * contributions;
}

/** `steps` + 1 even points from `lower` to `upper`, both of them public. */
export function evenGrid(lower: number, upper: number, steps: number): Float64Array {
  return Float64Array.from({ length: steps + 1 }, (_, i) =>
    i === steps ? upper : lower + ((upper - lower) * i) / steps,
  );
}

export interface QuantileNoise {
  /** 1 / epsilon of the exponential mechanism, as accounted. */
  readonly noiseMultiplier: number;
  /** Most values of one unit. */
  readonly contributions: number;
}

/**
 * A point of the public grid near the quantile (Smith 2011, algorithm 2, on a grid): the
 * exponential mechanism over `quantileLosses`. Values outside the grid count as its ends. One phase
 * `exponential` with this noise multiplier.
 */
export function privateQuantile(
  values: Float64Array,
  grid: Float64Array,
  share: Share,
  { noiseMultiplier, contributions }: QuantileNoise,
  random: RandomSource,
): number {
  const losses = quantileLosses(values.toSorted(), grid, share);
  const sensitivity = quantileSensitivity(share, contributions);
  return grid[exponentialChoice(losses, { noiseMultiplier, sensitivity }, random)]!;
}
