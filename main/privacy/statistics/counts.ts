import { logErfc } from '../error-function.ts';
import type { RandomSource } from '../random.ts';
import { discreteGaussian } from './discrete-noise.ts';
import { fractionOf, type Fraction } from './exact-coin.ts';

/** Noise of counts to which one unit adds at most 1 each, in at most `contributions` of them. */
export interface CountNoise {
  /** Deviation per unit of sensitivity, as accounted; the sensitivity is sqrt(contributions). */
  readonly noiseMultiplier: number;
  /** Most rows, and so most bins or values, of one unit. */
  readonly contributions: number;
}

/** noiseMultiplier^2 x contributions, without rounding. */
export function varianceOf({ noiseMultiplier, contributions }: CountNoise): Fraction {
  const { num, den } = fractionOf(noiseMultiplier);
  return { num: num * num * BigInt(contributions), den: den * den };
}

/** The deviation of the noise on one count, in units. */
export function deviationOf({ noiseMultiplier, contributions }: CountNoise): number {
  return noiseMultiplier * Math.sqrt(contributions);
}

/**
 * Counts with discrete Gaussian noise, released. As one phase `discrete_gaussian` with this noise multiplier
 * (Canonne, Kamath and Steinke 2020, theorem 4: its Renyi divergences are at most those of the
 * continuous Gaussian of the same variance).
 */
export function noisyCounts(
  counts: ArrayLike<number>,
  noise: CountNoise,
  random: RandomSource,
): Float64Array {
  const variance = varianceOf(noise);
  return Float64Array.from(counts, (count) => count + Number(discreteGaussian(variance, random)));
}

/**
 * Bound on the probability that discrete Gaussian noise of `deviation` is at least `least`, a whole
 * number of at least 1: the sum over k >= least is at most the integral from least - 1, and the sum
 * of all is at least deviation x sqrt(2 pi) (Poisson summation; docs/private-statistics.md).
 */
export function tailBound(deviation: number, least: number): number {
  return Math.exp(logErfc((least - 1) / (deviation * Math.SQRT2)) - Math.LN2) * ROUND_UP;
}

/** The tail is computed to about 1e-14, relative. */
const ROUND_UP = 1 + 1e-9;
