import type { RandomSource } from '../random.ts';
import { deviationOf, noisyCounts, tailBound, type CountNoise } from './counts.ts';

/** A value that was released, with its noisy count. */
export interface FrequentValue {
  readonly value: string;
  readonly count: number;
}

export interface SelectionNoise extends CountNoise {
  /** Most probability that any value of which one unit alone knows is released. */
  readonly delta: number;
}

/**
 * The least noisy count at which a value is released: a value that only one unit has, whose count
 * is 1, reaches it with probability at most delta / contributions, so of all such values of a unit
 * none is released but with probability at most delta.
 */
export function releaseThreshold(noise: SelectionNoise): number {
  const deviation = deviationOf(noise);
  const allowed = noise.delta / noise.contributions;
  if (!(allowed > 0)) throw new RangeError('delta is above 0');
  let above = 2;
  while (tailBound(deviation, above - 1) > allowed) above *= 2;
  let below = above / 2;
  while (above - below > 1) {
    const middle = Math.floor((above + below) / 2);
    if (middle < 2 || tailBound(deviation, middle - 1) > allowed) below = middle;
    else above = middle;
  }
  return above;
}

/**
 * The values whose noisy count reaches the threshold, in the order of their code units
 * (stability-based selection: Korolova et al. 2009; Bun, Nissim and Stemmer 2016; with Gaussian
 * noise: Wilkins et al. 2024). One phase `gaussian` with this noise multiplier and delta; the
 * proof stands in docs/private-statistics.md.
 *
 * @param counts units that have each value, each of them 1 at least
 */
export function frequentValues(
  counts: ReadonlyMap<string, number>,
  noise: SelectionNoise,
  random: RandomSource,
): readonly FrequentValue[] {
  const threshold = releaseThreshold(noise);
  const values = [...counts.keys()].sort();
  const noisy = noisyCounts(
    values.map((value) => counts.get(value)!),
    noise,
    random,
  );
  return values
    .map((value, place) => ({ value, count: noisy[place]! }))
    .filter(({ count }) => count >= threshold);
}
