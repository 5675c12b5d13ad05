import type { RandomSource } from '../random.ts';
import type { Contributions } from './contributions.ts';
import { discreteGaussian } from './discrete-noise.ts';
import { fractionOf } from './exact-coin.ts';

/** Whole steps between the bounds: the mean is off by at most half of one through them. */
const STEPS = 2 ** 20;

export interface MeanNoise {
  /** Deviation per unit of sensitivity, of the sum and of the count each. */
  readonly noiseMultiplier: number;
  /** Most values of one unit. */
  readonly contributions: number;
}

/**
 * The mean of values clipped to bounds that are public or were bought: a noisy sum over a noisy
 * count, held to the bounds. The sum is one of whole numbers, the distances from the middle in
 * steps of 2^-20 of the range, so that its noise is exact; a unit changes it by at most half the
 * range for each of its values. NaN takes no part. Two steps of a phase `discrete_gaussian`. Throws
 * RangeError unless lower is below upper.
 */
export function privateMean(
  units: Contributions,
  valueOf: (row: number) => number,
  [lower, upper]: readonly [number, number],
  { noiseMultiplier, contributions }: MeanNoise,
  random: RandomSource,
): number {
  if (!(lower < upper)) throw new RangeError('the lower bound is below the upper bound');
  let sum = 0;
  let count = 0;
  for (let place = 0; place < units.starts[units.count]!; place++) {
    const value = valueOf(units.rows[place]!);
    if (Number.isNaN(value)) continue;
    const share = (Math.min(upper, Math.max(lower, value)) - lower) / (upper - lower);
    sum += Math.round(share * STEPS) - STEPS / 2;
    count++;
  }
  const { num, den } = fractionOf(noiseMultiplier);
  const variance = { num: (num * BigInt(contributions)) ** 2n, den: den * den };
  const half = BigInt(STEPS / 2);
  const ofSum = { num: variance.num * half * half, den: variance.den };
  const noisySum = sum + Number(discreteGaussian(ofSum, random));
  const noisyCount = Math.max(1, count + Number(discreteGaussian(variance, random)));
  const middle = lower + (upper - lower) / 2;
  const mean = middle + (noisySum / noisyCount / STEPS) * (upper - lower);
  return Math.min(upper, Math.max(lower, mean));
}
