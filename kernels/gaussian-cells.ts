/**
 * Round(scale x Gaussian) for pairs, by Box and Muller 1958 in 64-bit arithmetic, two pairs at a
 * time. The algorithm and its error bound are those of `gaussianCells` in ../noise.ts, which does
 * over again every pair that is marked here; the bound is derived in docs/accounting.md.
 */

const LN2_HI: f64 = 6.9314718036912381649e-1;
const LN2_LO: f64 = 1.90821492927058770002e-10;
const ONE = f64x2.splat(1);
const HALF = f64x2.splat(0.5);

/** 0 .. 2^32 - 1 in 64-bit lanes, as numbers: the bits behind those of 2^52. */
function numberOf(lanes: v128): v128 {
  return f64x2.sub(v128.or(lanes, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496));
}

/** c + q x rest: one step of Horner's rule. */
function horner(q: v128, rest: v128, c: f64): v128 {
  return f64x2.add(f64x2.splat(c), f64x2.mul(q, rest));
}

/** ln(u) for normal positive u (fdlibm e_log.c: below 1 ulp). */
function logarithm(u: v128): v128 {
  // u = 2^k (1 + f) with sqrt(1/2) < 1 + f < sqrt(2).
  const above = i64x2.add(u, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e00000000));
  const raised = i64x2.shr_u(above, 52);
  const k = f64x2.sub(numberOf(raised), f64x2.splat(1023));
  const mantissa = i64x2.add(
    v128.and(above, i64x2.splat(0x000fffffffffffff)),
    i64x2.splat(0x3fe6a09e00000000),
  );
  const f = f64x2.sub(mantissa, ONE);
  const halfSquare = f64x2.mul(HALF, f64x2.mul(f, f));
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2)));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = f64x2.splat(1.531383769920937332e-1);
  even = horner(w, even, 2.222219843214978396e-1);
  even = f64x2.mul(w, horner(w, even, 3.999999999940941908e-1));
  let odd = f64x2.splat(1.479819860511658591e-1);
  odd = horner(w, odd, 1.818357216161805012e-1);
  odd = horner(w, odd, 2.857142874366239149e-1);
  odd = f64x2.mul(z, horner(w, odd, 6.66666666666673513e-1));
  const rest = f64x2.add(even, odd);
  const low = f64x2.add(
    f64x2.mul(s, f64x2.add(halfSquare, rest)),
    f64x2.mul(k, f64x2.splat(LN2_LO)),
  );
  const part = f64x2.add(f64x2.sub(low, halfSquare), f);
  return f64x2.add(part, f64x2.mul(k, f64x2.splat(LN2_HI)));
}

/** cos(t) from q = t^2 for |t| <= pi/4. */
function nearCosine(q: v128): v128 {
  let tail = f64x2.splat(1.0 / 20922789888000.0);
  tail = horner(q, tail, -1.0 / 87178291200.0);
  tail = horner(q, tail, 1.0 / 479001600.0);
  tail = horner(q, tail, -1.0 / 3628800.0);
  tail = horner(q, tail, 1.0 / 40320.0);
  tail = horner(q, tail, -1.0 / 720.0);
  tail = horner(q, tail, 1.0 / 24.0);
  const rest = f64x2.mul(f64x2.mul(q, q), tail);
  return f64x2.add(f64x2.sub(ONE, f64x2.mul(HALF, q)), rest);
}

/** sin(t) / t from q = t^2 for |t| <= pi/4. */
function nearSineRatio(q: v128): v128 {
  let tail = f64x2.splat(-1.0 / 1307674368000.0);
  tail = horner(q, tail, 1.0 / 6227020800.0);
  tail = horner(q, tail, -1.0 / 39916800.0);
  tail = horner(q, tail, 1.0 / 362880.0);
  tail = horner(q, tail, -1.0 / 5040.0);
  tail = horner(q, tail, 1.0 / 120.0);
  tail = horner(q, tail, -1.0 / 6.0);
  return horner(q, tail, 1);
}

/**
 * Fills pairs / 2 times two pairs of cells (64-bit numbers) from four 32-bit words a pair, and
 * returns how many of the groups of two pairs are marked: their numbers stand at `marked`.
 *
 * @param sure distance from the nearest cell up to which a value is believed
 * @param rare first words below this, or as close to 2^32, are never believed
 */
export function gaussianCells(
  words: usize,
  cells: usize,
  pairs: i32,
  scale: f64,
  sure: f64,
  rare: u32,
  marked: usize,
): i32 {
  const turn = f64x2.splat(1.5707963267948966);
  const signBit = i64x2.splat(2);
  const limit = f64x2.splat(sure);
  const scales = f64x2.splat(scale);
  const lowest = i64x2.splat(i64(rare));
  const highest = i64x2.splat(((<i64>1) << 32) - i64(rare) - 1);
  let marks = 0;
  for (let at = 0; at < pairs; at += 2) {
    const a = v128.load(words);
    const b = v128.load(words, 16);
    words += 32;
    const radial = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
    const angular = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
    const high = i64x2.extend_low_i32x4_u(radial);
    const turning = i64x2.extend_low_i32x4_u(angular);

    // u = (high 2^32 + low + 1/2) 2^-64
    const both = f64x2.add(
      f64x2.mul(numberOf(high), f64x2.splat(4294967296)),
      f64x2.add(numberOf(i64x2.extend_high_i32x4_u(radial)), HALF),
    );
    const u = f64x2.mul(both, f64x2.splat(5.421010862427522e-20));
    const radius = f64x2.mul(f64x2.sqrt(f64x2.mul(f64x2.splat(-2), logarithm(u))), scales);

    const quarter = i64x2.shr_u(turning, 30);
    const fraction = f64x2.add(
      f64x2.mul(numberOf(v128.and(turning, i64x2.splat(0x3fffffff))), f64x2.splat(4294967296)),
      f64x2.add(numberOf(i64x2.extend_high_i32x4_u(angular)), HALF),
    );
    const part = f64x2.mul(fraction, f64x2.splat(2.168404344971009e-19));
    const angle = f64x2.mul(f64x2.sub(part, HALF), turn);
    const square = f64x2.mul(angle, angle);
    const cosine = nearCosine(square);
    const sine = f64x2.mul(angle, nearSineRatio(square));

    // Quarter turns: (c, s), (-s, c), (-c, -s), (s, -c).
    const odd = i64x2.neg(v128.and(quarter, i64x2.splat(1)));
    const along = v128.bitselect(sine, cosine, odd);
    const across = v128.bitselect(cosine, sine, odd);
    const signX = i64x2.shl(v128.and(i64x2.add(quarter, i64x2.splat(1)), signBit), 62);
    const signY = i64x2.shl(v128.and(quarter, signBit), 62);
    const x = f64x2.mul(radius, v128.xor(along, signX));
    const y = f64x2.mul(radius, v128.xor(across, signY));
    const cellX = f64x2.floor(f64x2.add(x, HALF));
    const cellY = f64x2.floor(f64x2.add(y, HALF));
    v128.store(cells, v128.shuffle<f64>(cellX, cellY, 0, 2));
    v128.store(cells, v128.shuffle<f64>(cellX, cellY, 1, 3), 16);
    cells += 32;

    const away = f64x2.max(f64x2.abs(f64x2.sub(x, cellX)), f64x2.abs(f64x2.sub(y, cellY)));
    const doubtful = v128.or(
      v128.not(f64x2.lt(away, limit)),
      v128.or(i64x2.lt_s(high, lowest), i64x2.gt_s(high, highest)),
    );
    if (v128.any_true(doubtful)) {
      store<i32>(marked, at);
      marked += 4;
      marks++;
    }
  }
  return marks;
}
