import type { RandomSource } from '../random.ts';
import { deviationOf, noisyCounts, tailBound, type CountNoise } from './counts.ts';

/** A value that was released, with its noisy count. */
export interface FrequentValue {
  readonly value: string;
  readonly count: number;
}

export interface SelectionNoise extends CountNoise {
  /** Most probability that a release shows a value which only one unit more has made visible. */
  readonly delta: number;
}

/**
 * Values of fewer units are never released, whatever the noise: nobody reads of what a handful have,
 * and a column in which every value is another costs no time. It raises the threshold by this less 1.
 */
export const LEAST_UNITS = 5;

/**
 * The least noisy count at which a value is released: a value of LEAST_UNITS units, which was hidden
 * without the last of them, reaches it with probability at most delta / contributions, so of all
 * values that a unit makes visible none is released but with probability at most delta.
 */
export function releaseThreshold(noise: SelectionNoise): number {
  const deviation = deviationOf(noise);
  const allowed = noise.delta / noise.contributions;
  if (!(allowed > 0)) throw new RangeError('delta is above 0');
  let above = 1;
  while (tailBound(deviation, above) > allowed) above *= 2;
  let below = Math.floor(above / 2);
  while (above - below > 1) {
    const middle = Math.floor((above + below) / 2);
    if (tailBound(deviation, middle) > allowed) below = middle;
    else above = middle;
  }
  return LEAST_UNITS + above;
}

/**
 * The values whose noisy count reaches the threshold, in the order of their code units
 * (stability-based selection: Korolova et al. 2009; Bun, Nissim and Stemmer 2016; with Gaussian
 * noise: Wilkins et al. 2024). One phase `discrete_gaussian` with this noise multiplier and delta; the
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
  const values = [...counts.keys()].filter((value) => counts.get(value)! >= LEAST_UNITS).sort();
  const noisy = noisyCounts(
    values.map((value) => counts.get(value)!),
    noise,
    random,
  );
  return values
    .map((value, place) => ({ value, count: noisy[place]! }))
    .filter(({ count }) => count >= threshold);
}
