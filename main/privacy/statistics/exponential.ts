import type { RandomSource } from '../random.ts';
import { exponentialCoin, fractionOf, uniformBelow } from './exact-coin.ts';

export interface ChoiceNoise {
  /** 1 / epsilon of the exponential mechanism, as accounted. */
  readonly noiseMultiplier: number;
  /** By how much one unit can change any loss; a whole number. */
  readonly sensitivity: number;
}

/**
 * The place of one of the losses (whole numbers), each with probability exactly proportional to
 * exp(-loss epsilon / (2 sensitivity)): the exponential mechanism (McSherry and Talwar 2007), by
 * rejection: a place is drawn evenly and taken with probability exp(-(loss - least) epsilon / (2
 * sensitivity)). One phase `exponential` with this noise multiplier. How many draws it takes
 * depends on the losses; that time is not hidden.
 */
export function exponentialChoice(
  losses: readonly number[],
  { noiseMultiplier, sensitivity }: ChoiceNoise,
  random: RandomSource,
): number {
  const least = losses.reduce((low, loss) => Math.min(low, loss), Infinity);
  if (!Number.isSafeInteger(least)) throw new RangeError('there is a least loss, a whole number');
  const { num, den } = fractionOf(noiseMultiplier);
  const scale = 2n * BigInt(sensitivity) * num;
  const count = BigInt(losses.length);
  for (;;) {
    const place = Number(uniformBelow(count, random));
    const above = BigInt(losses[place]! - least);
    if (exponentialCoin({ num: above * den, den: scale }, random)) return place;
  }
}
