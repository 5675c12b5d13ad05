import type { WordSource } from './random.ts';

/** Fractional bits of the fixed-point numbers below, and binary digits of each uniform number. */
const BITS = 320n;
const ONE = 1n << BITS;
const HALF = ONE >> 1n;
const WORDS = Number(BITS) / 32;

/**
 * The cells of a pair of Gaussians: round(scale x r (cos, sin)(2 pi (U2 - 1/8))) with
 * r = sqrt(-2 ln U1) (Box and Muller 1958), computed from 320 binary
 * digits of the two uniform numbers. `leading` holds the first 64 digits of U1 and of U2; the rest
 * are drawn here. The error before rounding is below 2^-200 x scale, so the answer differs from
 * that for infinitely many digits with a probability below 2^-100 for any scale up to 2^50.
 */
export function exactCell(
  leading: Uint32Array,
  scale: number,
  random: WordSource,
): { x: number; y: number } {
  const first = digits(leading.subarray(0, 2), random);
  const second = digits(leading.subarray(2, 4), random);
  const radius = squareRoot(2n * minusLog(first));
  const { cosine, sine } = turn(second);
  const factor = asFixed(scale);
  const cell = (part: bigint): number =>
    Number((((((radius * part) >> BITS) * factor) >> BITS) + HALF) >> BITS);
  return { x: cell(cosine), y: cell(sine) };
}

/** A uniform number in (0, 1) in fixed point: the given words, fresh ones behind them. */
function digits(leading: Uint32Array, random: WordSource): bigint {
  let value = 0n;
  for (let i = 0; i < WORDS; i++) {
    value = (value << 32n) | BigInt(i < leading.length ? leading[i]! : random.next());
  }
  return value === 0n ? 1n : value;
}

/** -ln(u) for 0 < u < 1 in fixed point: u = m 2^-e with 1 <= m < 2. */
function minusLog(u: bigint): bigint {
  const exponent = BITS + 1n - BigInt(u.toString(2).length);
  const mantissa = u << exponent;
  return exponent * LOG_2 - 2n * inverseTanh(((mantissa - ONE) << BITS) / (mantissa + ONE));
}

/** Artanh(y) for |y| <= 1/3 by its power series. */
function inverseTanh(y: bigint): bigint {
  const square = (y * y) >> BITS;
  let power = y;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = (power * square) >> BITS;
  }
  return sum;
}

/** Arctan(1/n) by its power series. */
function inverseTan(n: bigint): bigint {
  let power = ONE / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += k % 4n === 1n ? power / k : -(power / k);
    power /= n * n;
  }
  return sum;
}

const LOG_2 = 2n * inverseTanh(ONE / 3n);
/** 2 pi (Machin 1706). */
const TURN = 8n * (4n * inverseTan(5n) - inverseTan(239n));

/** Cosine and sine of 2 pi (u - 1/8) by their power series. */
function turn(u: bigint): { cosine: bigint; sine: bigint } {
  const angle = ((TURN * u) >> BITS) - TURN / 8n;
  const sums = [0n, 0n, 0n, 0n];
  let term = ONE;
  for (let k = 0; term !== 0n && term !== -1n; k++) {
    sums[k % 4] = sums[k % 4]! + term;
    term = ((term * angle) >> BITS) / BigInt(k + 1);
  }
  const [c, s, minusC, minusS] = sums as [bigint, bigint, bigint, bigint];
  return { cosine: c - minusC, sine: s - minusS };
}

/** Square root in fixed point, rounded down (Newton). */
function squareRoot(value: bigint): bigint {
  const radicand = value << BITS;
  if (radicand === 0n) return 0n;
  let root = 1n << BigInt((radicand.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + radicand / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** A number of at least 2^-200 in fixed point, without loss. */
function asFixed(value: number): bigint {
  // One more than its 52 binary digits: the logarithm may be rounded up to a whole number.
  const exponent = Math.floor(Math.log2(value)) - 53;
  const mantissa = BigInt(value * 2 ** -exponent);
  return exponent >= 0
    ? mantissa << (BITS + BigInt(exponent))
    : (mantissa << BITS) >> BigInt(-exponent);
}
