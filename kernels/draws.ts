/**
 * Random draws on vectors: pairs of Gaussians rounded to cells, and the first digit of Poisson
 * sampling. Both name what they cannot decide; the host decides that (main/privacy/gaussian-cells.ts,
 * main/privacy/sampling.ts). The host lays out the memory.
 */

/** First words below this, or as close to 2^32, are the host's (RARE in main/privacy/gaussian-cells.ts). */
const RARE: f64 = 4096;
const WORD: f64 = 4294967296;

/** a b + c, in one rounding where the processor has it; the bounds on errors hold either way. */
function fused(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/** c0 + c1 x + c2 x^2 + c3 x^3, with y = x^2. Short chains of operations: Estrin's scheme. */
function cubic(x: v128, y: v128, c0: f64, c1: f64, c2: f64, c3: f64): v128 {
  const low = fused(f64x2.splat(c1), x, f64x2.splat(c0));
  const high = fused(f64x2.splat(c3), x, f64x2.splat(c2));
  return fused(high, y, low);
}

/** artanh(s) / s from q = s^2: the sum of q^k / (2k + 1), k = 0 .. 10. */
function artanhRatio(q: v128): v128 {
  const q2 = f64x2.mul(q, q);
  const q4 = f64x2.mul(q2, q2);
  const a = cubic(q, q2, 1, 1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0);
  const b = cubic(q, q2, 1.0 / 9.0, 1.0 / 11.0, 1.0 / 13.0, 1.0 / 15.0);
  const c = cubic(q, q2, 1.0 / 17.0, 1.0 / 19.0, 1.0 / 21.0, 0);
  return fused(fused(c, q4, b), q4, a);
}

/** -2 ln(v 2^-64) for 2^44 <= v < 2^64: v = m 2^e with m from sqrt(1/2) to sqrt(2). */
function twiceMinusLog(v: v128): v128 {
  const one = f64x2.splat(1);
  const mantissa = v128.or(v128.and(v, i64x2.splat(0x000fffffffffffff)), one);
  const isLarge = f64x2.gt(mantissa, f64x2.splat(1.4142135623730951));
  const m = v128.bitselect(f64x2.mul(mantissa, f64x2.splat(0.5)), mantissa, isLarge);
  // The exponent's bits in the low digits of 2^52 are a number; minus one where m was halved.
  const bits = v128.or(i64x2.shr_u(v, 52), f64x2.splat(4503599627370496));
  const biased = f64x2.sub(bits, f64x2.splat(4503599627370496 + 1023 + 64));
  const exponent = f64x2.add(biased, v128.and(isLarge, one));
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const rest = f64x2.mul(f64x2.mul(f64x2.splat(-4), s), artanhRatio(f64x2.mul(s, s)));
  return fused(exponent, f64x2.splat(-1.3862943611198906), rest);
}

/** cos(t) from q = t^2 for |t| <= pi/4, as in main/privacy/gaussian-cells.ts. */
function nearCosine(q: v128): v128 {
  const q2 = f64x2.mul(q, q);
  const q4 = f64x2.mul(q2, q2);
  const low = cubic(q, q2, 1.0 / 24.0, -1.0 / 720.0, 1.0 / 40320.0, -1.0 / 3628800.0);
  const c = 1.0 / 20922789888000.0;
  const high = cubic(q, q2, 1.0 / 479001600.0, -1.0 / 87178291200.0, c, 0);
  const half = fused(q, f64x2.splat(-0.5), f64x2.splat(1));
  return fused(q2, fused(high, q4, low), half);
}

/** sin(t) / t from q = t^2 for |t| <= pi/4, as in main/privacy/gaussian-cells.ts. */
function nearSineRatio(q: v128): v128 {
  const q2 = f64x2.mul(q, q);
  const q4 = f64x2.mul(q2, q2);
  const low = cubic(q, q2, 1, -1.0 / 6.0, 1.0 / 120.0, -1.0 / 5040.0);
  const c = -1.0 / 1307674368000.0;
  const high = cubic(q, q2, 1.0 / 362880.0, -1.0 / 39916800.0, 1.0 / 6227020800.0, c);
  return fused(high, q4, low);
}

/**
 * cells[2i], cells[2i + 1] = round(scale x pair i of Gaussians), four words a pair, as
 * main/privacy/gaussian-cells.ts has it; `pairs` is even. Pairs with a value at least `sure` from its cell's
 * middle, or with a first word that is RARE, are listed in `open`; their number is returned.
 */
export function gaussianCells(
  words: usize,
  cells: usize,
  open: usize,
  pairs: i32,
  scale: f64,
  sure: f64,
): i32 {
  const scales = f64x2.splat(scale);
  const sures = f64x2.splat(sure);
  let found: i32 = 0;
  for (let pair = 0; pair < pairs; pair += 2) {
    const a = v128.load(words);
    const b = v128.load(words, 16);
    const firsts = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
    const seconds = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
    const half = f64x2.splat(0.5);

    const high = f64x2.convert_low_i32x4_u(firsts);
    const low = f64x2.convert_low_i32x4_u(v128.shuffle<u32>(firsts, firsts, 2, 3, 2, 3));
    const v = fused(high, f64x2.splat(WORD), f64x2.add(low, half));
    const radius = f64x2.mul(f64x2.sqrt(twiceMinusLog(v)), scales);

    const within = v128.and(seconds, i32x4.splat(0x3fffffff));
    const turning = f64x2.convert_low_i32x4_u(within);
    const last = f64x2.convert_low_i32x4_u(v128.shuffle<u32>(seconds, seconds, 2, 3, 2, 3));
    const place = fused(turning, f64x2.splat(WORD), f64x2.add(last, half));
    const part = f64x2.sub(f64x2.mul(place, f64x2.splat(2.168404344971009e-19)), half);
    const angle = f64x2.mul(part, f64x2.splat(1.5707963267948966));
    const square = f64x2.mul(angle, angle);
    const cosine = nearCosine(square);
    const sine = f64x2.mul(angle, nearSineRatio(square));

    // Quarter turns from the two leading digits: (c, s), (-s, c), (-c, -s), (s, -c).
    const first = i64x2.shl(i64x2.extend_low_i32x4_u(seconds), 32);
    const second = i64x2.shl(first, 1);
    const odd = i32x4.shr_s(i32x4.shl(seconds, 1), 31);
    const isOdd = v128.shuffle<u32>(odd, odd, 0, 0, 1, 1);
    const sign = i64x2.splat(0x8000000000000000);
    const signX = v128.and(v128.xor(first, second), sign);
    const signY = v128.and(first, sign);
    const x = f64x2.mul(radius, v128.xor(v128.bitselect(sine, cosine, isOdd), signX));
    const y = f64x2.mul(radius, v128.xor(v128.bitselect(cosine, sine, isOdd), signY));

    const cellX = f64x2.nearest(x);
    const cellY = f64x2.nearest(y);
    v128.store(cells, v128.shuffle<u64>(cellX, cellY, 0, 2));
    v128.store(cells, v128.shuffle<u64>(cellX, cellY, 1, 3), 16);

    const away = f64x2.pmax(f64x2.abs(f64x2.sub(x, cellX)), f64x2.abs(f64x2.sub(y, cellY)));
    const isOrdinary = v128.and(
      f64x2.ge(high, f64x2.splat(RARE)),
      f64x2.lt(high, f64x2.splat(WORD - RARE)),
    );
    const isSure = v128.and(f64x2.lt(away, sures), isOrdinary);
    if (!i64x2.all_true(isSure)) {
      const decided = i64x2.bitmask(isSure);
      if (!(decided & 1)) store<i32>(open + (usize(found++) << 2), pair);
      if (!(decided & 2)) store<i32>(open + (usize(found++) << 2), pair + 1);
    }
    words += 32;
    cells += 32;
  }
  return found;
}

/**
 * Lists the places among `count` digits (bytes; a multiple of 16) that are at most `most`, in
 * rising order; returns how many there are.
 */
export function smallDigits(digits: usize, out: usize, count: i32, most: i32): i32 {
  const limit = i8x16.splat(i8(most));
  let at = out;
  for (let i = 0; i < count; i += 16) {
    const isSmall = i8x16.le_u(v128.load(digits + usize(i)), limit);
    if (!v128.any_true(isSmall)) continue;
    for (let mask = i8x16.bitmask(isSmall); mask !== 0; mask &= mask - 1) {
      store<i32>(at, i + ctz(mask));
      at += 4;
    }
  }
  return i32((at - out) >> 2);
}
