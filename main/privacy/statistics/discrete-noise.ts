import type { RandomSource } from '../random.ts';
import { coin, exponentialCoin, uniformBelow, type Fraction } from './exact-coin.ts';

/**
 * A whole number k with probability exactly proportional to exp(-|k| / scale) (Canonne, Kamath and
 * Steinke 2020, algorithm 2). `scale` is above 0.
 */
export function discreteLaplace({ num, den }: Fraction, random: RandomSource): bigint {
  if (num <= 0n) throw new RangeError('the scale is above 0');
  for (;;) {
    const rest = uniformBelow(num, random);
    if (!exponentialCoin({ num: rest, den: num }, random)) continue;
    let turns = 0n;
    while (exponentialCoin({ num: 1n, den: 1n }, random)) turns++;
    const size = (rest + num * turns) / den;
    const isNegative = coin({ num: 1n, den: 2n }, random);
    // Zero would come twice as often, once with each sign.
    if (isNegative && size === 0n) continue;
    return isNegative ? -size : size;
  }
}

/**
 * A whole number k with probability exactly proportional to exp(-k^2 / (2 variance)) (Canonne,
 * Kamath and Steinke 2020, algorithm 3: discrete Laplace noise, of which some is rejected).
 * `variance` is above 0. The deviation of k is that of the variance to many digits from 1 on, and
 * never above it (the same paper, corollary 9).
 */
export function discreteGaussian(variance: Fraction, random: RandomSource): bigint {
  const { num, den } = variance;
  if (num <= 0n) throw new RangeError('the variance is above 0');
  // Any whole t of at least 1 gives the exact law; the one next to the deviation rejects least.
  const t = squareRoot(num / den) + 1n;
  for (;;) {
    const drawn = discreteLaplace({ num: t, den: 1n }, random);
    const size = drawn < 0n ? -drawn : drawn;
    const off = size * t * den - num;
    if (exponentialCoin({ num: off * off, den: 2n * num * den * t * t }, random)) return drawn;
  }
}

/** Whole square root, rounded down (Newton). */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
