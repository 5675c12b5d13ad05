/**
 * Forward, backward, squared gradient norms and weighted gradient sums of dense layers in single
 * precision, four columns at a time; norms in double precision from what is summed. Widths are
 * multiples of 4 (the host pads with zeros), numbers of rows too. The host lays out the memory.
 */

/** a b + c, in one rounding where the processor has it. */
function fused(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * out[r, :] = bias + sum over the entries e of row r of values[e] x weights[indices[e], :].
 * A pass takes 32 columns, whose sums stay in registers.
 */
export function sparseForward(
  starts: usize,
  indices: usize,
  values: usize,
  weights: usize,
  bias: usize,
  out: usize,
  rows: i32,
  width: i32,
): void {
  const bytes = usize(width) << 2;
  for (let r = 0; r < rows; r++) {
    const from = load<i32>(starts + (usize(r) << 2));
    const to = load<i32>(starts + (usize(r) << 2), 4);
    let column: usize = 0;
    for (; column + 128 <= bytes; column += 128) {
      const b = bias + column;
      let s0 = v128.load(b);
      let s1 = v128.load(b, 16);
      let s2 = v128.load(b, 32);
      let s3 = v128.load(b, 48);
      let s4 = v128.load(b, 64);
      let s5 = v128.load(b, 80);
      let s6 = v128.load(b, 96);
      let s7 = v128.load(b, 112);
      for (let e = from; e < to; e++) {
        const value = v128.load32_splat(values + (usize(e) << 2));
        const w = weights + usize(load<i32>(indices + (usize(e) << 2))) * bytes + column;
        s0 = fused(value, v128.load(w), s0);
        s1 = fused(value, v128.load(w, 16), s1);
        s2 = fused(value, v128.load(w, 32), s2);
        s3 = fused(value, v128.load(w, 48), s3);
        s4 = fused(value, v128.load(w, 64), s4);
        s5 = fused(value, v128.load(w, 80), s5);
        s6 = fused(value, v128.load(w, 96), s6);
        s7 = fused(value, v128.load(w, 112), s7);
      }
      const o = out + column;
      v128.store(o, s0);
      v128.store(o, s1, 16);
      v128.store(o, s2, 32);
      v128.store(o, s3, 48);
      v128.store(o, s4, 64);
      v128.store(o, s5, 80);
      v128.store(o, s6, 96);
      v128.store(o, s7, 112);
    }
    for (; column < bytes; column += 16) {
      let sum = v128.load(bias + column);
      for (let e = from; e < to; e++) {
        const value = v128.load32_splat(values + (usize(e) << 2));
        const w = weights + usize(load<i32>(indices + (usize(e) << 2))) * bytes + column;
        sum = fused(value, v128.load(w), sum);
      }
      v128.store(out + column, sum);
    }
    out += bytes;
  }
}

/** sums[indices[e], :] += factors[r] x values[e] x deltas[r, :], and the bias row with value 1. */
export function sparseGradient(
  starts: usize,
  indices: usize,
  values: usize,
  deltas: usize,
  factors: usize,
  sums: usize,
  biasSums: usize,
  first: i32,
  last: i32,
  width: i32,
): void {
  const bytes = usize(width) << 2;
  for (let r = first; r < last; r++) {
    const factor = load<f32>(factors + (usize(r) << 2));
    if (factor === 0) continue;
    const delta = deltas + usize(r) * bytes;
    addScaled(biasSums, delta, factor, bytes);
    const to = load<i32>(starts + (usize(r) << 2), 4);
    for (let e = load<i32>(starts + (usize(r) << 2)); e < to; e++) {
      const scale = factor * load<f32>(values + (usize(e) << 2));
      const row = sums + usize(load<i32>(indices + (usize(e) << 2))) * bytes;
      addScaled(row, delta, scale, bytes);
    }
  }
}

function addScaled(target: usize, source: usize, scale: f32, bytes: usize): void {
  const factor = f32x4.splat(scale);
  for (let c: usize = 0; c < bytes; c += 16) {
    v128.store(target + c, fused(factor, v128.load(source + c), v128.load(target + c)));
  }
}

/**
 * out[r, :] = bias + sum over i of inputs[r, i] x weights[i, :] for rows in fours; `bias` 0 is none.
 * With `gate` the result is kept only where gate[r, :] > 0 (the gradient of ReLU, from its output).
 */
export function product(
  inputs: usize,
  weights: usize,
  bias: usize,
  out: usize,
  rows: i32,
  depth: i32,
  width: i32,
  gate: usize,
): void {
  const inBytes = usize(depth) << 2;
  const bytes = usize(width) << 2;
  for (let r = 0; r < rows; r += 4) {
    let column: usize = 0;
    for (; column + 32 <= bytes; column += 32) {
      let a0 = bias ? v128.load(bias + column) : f32x4.splat(0);
      let b0 = bias ? v128.load(bias + column, 16) : f32x4.splat(0);
      let a1 = a0;
      let b1 = b0;
      let a2 = a0;
      let b2 = b0;
      let a3 = a0;
      let b3 = b0;
      let w = weights + column;
      for (let i: usize = 0; i < inBytes; i += 4) {
        const left = v128.load(w);
        const right = v128.load(w, 16);
        w += bytes;
        const x0 = v128.load32_splat(inputs + i);
        const x1 = v128.load32_splat(inputs + inBytes + i);
        const x2 = v128.load32_splat(inputs + 2 * inBytes + i);
        const x3 = v128.load32_splat(inputs + 3 * inBytes + i);
        a0 = fused(x0, left, a0);
        b0 = fused(x0, right, b0);
        a1 = fused(x1, left, a1);
        b1 = fused(x1, right, b1);
        a2 = fused(x2, left, a2);
        b2 = fused(x2, right, b2);
        a3 = fused(x3, left, a3);
        b3 = fused(x3, right, b3);
      }
      keep(out + column, a0, gate, column);
      keep(out + column + 16, b0, gate, column + 16);
      keep(out + bytes + column, a1, gate, bytes + column);
      keep(out + bytes + column + 16, b1, gate, bytes + column + 16);
      keep(out + 2 * bytes + column, a2, gate, 2 * bytes + column);
      keep(out + 2 * bytes + column + 16, b2, gate, 2 * bytes + column + 16);
      keep(out + 3 * bytes + column, a3, gate, 3 * bytes + column);
      keep(out + 3 * bytes + column + 16, b3, gate, 3 * bytes + column + 16);
    }
    for (; column < bytes; column += 16) {
      let s0 = bias ? v128.load(bias + column) : f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let w = weights + column;
      for (let i: usize = 0; i < inBytes; i += 4) {
        const weight = v128.load(w);
        w += bytes;
        s0 = fused(v128.load32_splat(inputs + i), weight, s0);
        s1 = fused(v128.load32_splat(inputs + inBytes + i), weight, s1);
        s2 = fused(v128.load32_splat(inputs + 2 * inBytes + i), weight, s2);
        s3 = fused(v128.load32_splat(inputs + 3 * inBytes + i), weight, s3);
      }
      keep(out + column, s0, gate, column);
      keep(out + bytes + column, s1, gate, bytes + column);
      keep(out + 2 * bytes + column, s2, gate, 2 * bytes + column);
      keep(out + 3 * bytes + column, s3, gate, 3 * bytes + column);
    }
    inputs += 4 * inBytes;
    out += 4 * bytes;
    if (gate) gate += 4 * bytes;
  }
}

function keep(at: usize, values: v128, gate: usize, offset: usize): void {
  if (gate) values = v128.and(values, f32x4.gt(v128.load(gate + offset), f32x4.splat(0)));
  v128.store(at, values);
}

/** out = max(in, 0), NaN kept. */
export function relu(values: usize, out: usize, count: i32): void {
  const end = usize(count) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    v128.store(out + i, f32x4.max(v128.load(values + i), f32x4.splat(0)));
  }
}

/** out[r, :] = factors[r] x deltas[r, :] */
export function scaleRows(
  deltas: usize,
  factors: usize,
  out: usize,
  first: i32,
  last: i32,
  width: i32,
): void {
  const bytes = usize(width) << 2;
  for (let r = first; r < last; r++) {
    const factor = v128.load32_splat(factors + (usize(r) << 2));
    const at = usize(r) * bytes;
    for (let c: usize = 0; c < bytes; c += 16) {
      v128.store(out + at + c, f32x4.mul(factor, v128.load(deltas + at + c)));
    }
  }
}

/** sums[i, :] += sum over rows of inputs[r, i] x scaled[r, :], and the bias row with input 1. */
export function denseGradient(
  inputs: usize,
  scaled: usize,
  sums: usize,
  biasSums: usize,
  first: i32,
  last: i32,
  depth: i32,
  width: i32,
): void {
  const inBytes = usize(depth) << 2;
  const bytes = usize(width) << 2;
  for (let r = first; r < last; r++) addScaled(biasSums, scaled + usize(r) * bytes, 1, bytes);
  for (let i: usize = 0; i < inBytes; i += 16) {
    const row = sums + (i >> 2) * bytes;
    for (let column: usize = 0; column < bytes;) {
      const wide = column + 32 <= bytes;
      let a0 = v128.load(row + column);
      let a1 = v128.load(row + bytes + column);
      let a2 = v128.load(row + 2 * bytes + column);
      let a3 = v128.load(row + 3 * bytes + column);
      let x = inputs + usize(first) * inBytes + i;
      let d = scaled + usize(first) * bytes + column;
      if (wide) {
        let b0 = v128.load(row + column, 16);
        let b1 = v128.load(row + bytes + column, 16);
        let b2 = v128.load(row + 2 * bytes + column, 16);
        let b3 = v128.load(row + 3 * bytes + column, 16);
        for (let r = first; r < last; r++) {
          const left = v128.load(d);
          const right = v128.load(d, 16);
          const x0 = v128.load32_splat(x);
          const x1 = v128.load32_splat(x, 4);
          const x2 = v128.load32_splat(x, 8);
          const x3 = v128.load32_splat(x, 12);
          a0 = fused(x0, left, a0);
          b0 = fused(x0, right, b0);
          a1 = fused(x1, left, a1);
          b1 = fused(x1, right, b1);
          a2 = fused(x2, left, a2);
          b2 = fused(x2, right, b2);
          a3 = fused(x3, left, a3);
          b3 = fused(x3, right, b3);
          x += inBytes;
          d += bytes;
        }
        v128.store(row + column, b0, 16);
        v128.store(row + bytes + column, b1, 16);
        v128.store(row + 2 * bytes + column, b2, 16);
        v128.store(row + 3 * bytes + column, b3, 16);
      } else {
        for (let r = first; r < last; r++) {
          const left = v128.load(d);
          a0 = fused(v128.load32_splat(x), left, a0);
          a1 = fused(v128.load32_splat(x, 4), left, a1);
          a2 = fused(v128.load32_splat(x, 8), left, a2);
          a3 = fused(v128.load32_splat(x, 12), left, a3);
          x += inBytes;
          d += bytes;
        }
      }
      v128.store(row + column, a0);
      v128.store(row + bytes + column, a1);
      v128.store(row + 2 * bytes + column, a2);
      v128.store(row + 3 * bytes + column, a3);
      column += wide ? 32 : 16;
    }
  }
}

/** norms[r] += |deltas[r, :]|^2 x (|inputs[r, :]|^2 + 1), in double precision. */
export function denseNorms(
  inputs: usize,
  deltas: usize,
  norms: usize,
  rows: i32,
  depth: i32,
  width: i32,
): void {
  for (let r = 0; r < rows; r++) {
    const delta = squares(deltas + ((usize(r) * usize(width)) << 2), width);
    const input = squares(inputs + ((usize(r) * usize(depth)) << 2), depth);
    const at = norms + (usize(r) << 3);
    store<f64>(at, load<f64>(at) + delta * (input + 1));
  }
}

/** The same for the entries of sparse rows. */
export function sparseNorms(
  starts: usize,
  values: usize,
  deltas: usize,
  norms: usize,
  rows: i32,
  width: i32,
): void {
  for (let r = 0; r < rows; r++) {
    const to = load<i32>(starts + (usize(r) << 2), 4);
    let input: f64 = 1;
    for (let e = load<i32>(starts + (usize(r) << 2)); e < to; e++) {
      const value: f64 = load<f32>(values + (usize(e) << 2));
      input += value * value;
    }
    const at = norms + (usize(r) << 3);
    const delta = squares(deltas + ((usize(r) * usize(width)) << 2), width);
    store<f64>(at, load<f64>(at) + delta * input);
  }
}

function squares(at: usize, width: i32): f64 {
  const end = at + (usize(width) << 2);
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (; at < end; at += 16) {
    const four = v128.load(at);
    const low = f64x2.promote_low_f32x4(four);
    const high = f64x2.promote_low_f32x4(v128.shuffle<u64>(four, four, 1, 1));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const both = f64x2.add(even, odd);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

/** target (64-bit) += source (32-bit), which is then zero. */
export function flush(source: usize, target: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const four = v128.load(source);
    v128.store(source, zero);
    const low = f64x2.promote_low_f32x4(four);
    const high = f64x2.promote_low_f32x4(v128.shuffle<u64>(four, four, 1, 1));
    v128.store(target, f64x2.add(v128.load(target), low));
    v128.store(target, f64x2.add(v128.load(target, 16), high), 16);
    source += 16;
    target += 32;
  }
}

/** out[column, row] = in[row, column] */
export function transpose(values: usize, out: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const from = values + ((usize(r) * usize(columns) + usize(c)) << 2);
      store<f32>(out + ((usize(c) * usize(rows) + usize(r)) << 2), load<f32>(from));
    }
  }
}
