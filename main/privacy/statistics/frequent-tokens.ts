import { gaussianCells } from '../gaussian-cells.ts';
import type { RandomSource } from '../random.ts';
import { tailBound } from './counts.ts';
import { LEAST_UNITS } from './frequent-values.ts';

/** Noise of a selection among tokens, of which one unit has many. */
export interface TokenNoise {
  /** Deviation per unit of sensitivity, as accounted; the sensitivity is WHOLE. */
  readonly noiseMultiplier: number;
  /** Most probability that a release shows a token which only one unit more has made visible. */
  readonly delta: number;
}

/** What all weights of one unit come to in the Euclidean norm: weights are whole multiples of 1 / WHOLE. */
export const WHOLE = 2 ** 20;
/** Different tokens of one unit that count. */
export const MOST_TOKENS = 256;

/**
 * Collects the tokens of units and weighs them: a unit of t tokens has WHOLE / sqrt(t) for each, so
 * that it moves all weights together by at most WHOLE in the Euclidean norm, whatever t (weighted
 * Gaussian of Gopi et al. 2020, arXiv:2002.09745, algorithm 3). Of each token the LEAST_UNITS - 1
 * largest weights are left out: what a handful have weighs nothing, and a unit adds no more than its
 * own weight all the same (docs/text.md).
 */
export class TokenWeights {
  readonly #numbers = new Map<string, number>();
  /** By the number of tokens of a unit. */
  readonly #units = new Map<number, Int32Array[]>();

  /** The tokens of one unit; which of them are the first MOST_TOKENS must depend on it alone. */
  add(tokens: Iterable<string>): void {
    const distinct = [...new Set(tokens)].slice(0, MOST_TOKENS);
    if (distinct.length === 0) return;
    const numbers = Int32Array.from(distinct, (token) => this.#numberOf(token));
    const sameSize = this.#units.get(numbers.length);
    if (sameSize === undefined) this.#units.set(numbers.length, [numbers]);
    else sameSize.push(numbers);
  }

  /** Tokens of at least LEAST_UNITS units with their weights, whole numbers of at least 1. */
  weights(): Map<string, number> {
    const units = new Int32Array(this.#numbers.size);
    const weights = new Float64Array(this.#numbers.size);
    // The fewest tokens have the largest weights.
    for (const size of [...this.#units.keys()].sort((a, b) => a - b)) {
      const weight = weightOf(size);
      for (const tokens of this.#units.get(size)!) {
        for (const token of tokens) {
          units[token]!++;
          if (units[token]! >= LEAST_UNITS) weights[token]! += weight;
        }
      }
    }
    return new Map(
      [...this.#numbers]
        .filter(([, number]) => weights[number]! > 0)
        .map(([token, number]) => [token, weights[number]!]),
    );
  }

  #numberOf(token: string): number {
    const known = this.#numbers.get(token);
    if (known !== undefined) return known;
    this.#numbers.set(token, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** The weight of each token of a unit of so many: size x weight^2 is at most WHOLE^2. */
export function weightOf(size: number): number {
  return Math.floor(WHOLE / Math.sqrt(size));
}

/**
 * The least noisy weight at which a token is released. Tokens that one unit of t makes visible have at
 * most its weight each, and none of them is released but with probability at most delta: the largest
 * over t up to MOST_TOKENS of its weight and of what noise exceeds with probability delta / t.
 */
export function tokenThreshold({ noiseMultiplier, delta }: TokenNoise): number {
  if (!(delta > 0)) throw new RangeError('delta is above 0');
  const deviation = noiseMultiplier * WHOLE;
  let threshold = 0;
  for (let size = 1; size <= MOST_TOKENS; size++) {
    threshold = Math.max(threshold, weightOf(size) + rarely(deviation, delta / size));
  }
  return threshold;
}

/** The least whole number that rounded Gaussian noise reaches with probability `allowed` at most. */
function rarely(deviation: number, allowed: number): number {
  let [below, above] = [0, 1];
  while (tailBound(deviation, above) > allowed) [below, above] = [above, 2 * above];
  while (above - below > 1) {
    const middle = Math.floor((above + below) / 2);
    if (tailBound(deviation, middle) > allowed) below = middle;
    else above = middle;
  }
  return above;
}

/**
 * The tokens whose noisy weight reaches the threshold, the heaviest first. One phase `gaussian` with
 * this noise multiplier and delta: weights are whole numbers, so that rounding the sum of weight and
 * noise is rounding the noise.
 *
 * @param weights as TokenWeights gives them
 */
export function frequentTokens(
  weights: ReadonlyMap<string, number>,
  noise: TokenNoise,
  random: RandomSource,
): string[] {
  const threshold = tokenThreshold(noise);
  const tokens = [...weights.keys()].sort();
  const cells = new Float64Array(tokens.length);
  gaussianCells(cells, noise.noiseMultiplier * WHOLE, random);
  return tokens
    .map((token, place) => ({ token, noisy: weights.get(token)! + cells[place]! }))
    .filter(({ noisy }) => noisy >= threshold)
    .sort((a, b) => b.noisy - a.noisy)
    .map(({ token }) => token);
}
