import type { RandomSource } from '../random.ts';

/** A fraction of whole numbers; `den` is above 0. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

/** The 64-bit number as the fraction it is, without any rounding. Throws RangeError unless finite. */
export function fractionOf(value: number): Fraction {
  if (!Number.isFinite(value)) throw new RangeError('a fraction is of a finite number');
  let num = value;
  let den = 1n;
  // Doubling a number that is not whole is exact: it has at most 53 binary digits.
  while (!Number.isInteger(num)) {
    num *= 2;
    den *= 2n;
  }
  return { num: BigInt(num), den };
}

/** A whole number from 0 to `limit` - 1, each with exactly the same probability. */
export function uniformBelow(limit: bigint, random: RandomSource): bigint {
  if (limit < 1n) throw new RangeError('the limit is at least 1');
  const bits = (limit - 1n).toString(2).length;
  const words = Math.ceil(bits / 32);
  const surplus = BigInt(32 * words - bits);
  for (;;) {
    let drawn = 0n;
    for (let i = 0; i < words; i++) drawn = (drawn << 32n) | BigInt(random.next());
    drawn >>= surplus;
    if (drawn < limit) return drawn;
  }
}

/** True with probability exactly num / den, a fraction from 0 to 1. */
export function coin({ num, den }: Fraction, random: RandomSource): boolean {
  return uniformBelow(den, random) < num;
}

/**
 * True with probability exactly exp(-num / den), for a fraction of at least 0 (Canonne, Kamath and
 * Steinke 2020, algorithm 1, after von Neumann 1951): only whole numbers are compared, so no
 * rounding can tell two neighbouring record sets apart.
 */
export function exponentialCoin({ num, den }: Fraction, random: RandomSource): boolean {
  if (num < 0n) throw new RangeError('the exponent is at least 0');
  for (let whole = num / den; whole > 0n; whole--) {
    if (!smallExponentialCoin({ num: 1n, den: 1n }, random)) return false;
  }
  return smallExponentialCoin({ num: num % den, den }, random);
}

/** The same for a fraction of at most 1: the first k with a failing coin of x / k is odd. */
function smallExponentialCoin({ num, den }: Fraction, random: RandomSource): boolean {
  let k = 1n;
  while (coin({ num, den: den * k }, random)) k++;
  return k % 2n === 1n;
}
