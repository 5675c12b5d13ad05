/**
 * Rows of a table less their mean, on the axes along which they vary most (Pearson 1901), the first
 * axis first; scaled so that rows are sqrt(axes) long in the mean square.
 *
 * @param values [rows, width], row-major @param axes at most `width`
 */
export function principalAxes(
  values: ArrayLike<number>,
  width: number,
  axes: number,
): Float64Array {
  const rows = values.length / width;
  const mean = new Float64Array(width);
  for (let i = 0; i < values.length; i++) mean[i % width]! += values[i]! / rows;
  const centred = Float64Array.from(values, (value, i) => value - mean[i % width]!);
  const vectors = eigenvectors(covariance(centred, width), width, axes);
  const found = new Float64Array(rows * axes);
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    for (const [axis, vector] of vectors.entries()) {
      const sum = dot(centred.subarray(row * width, (row + 1) * width), vector);
      found[row * axes + axis] = sum;
      squares += sum * sum;
    }
  }
  const scale = Math.sqrt((rows * axes) / squares);
  return found.map((value) => value * scale);
}

function covariance(centred: Float64Array, width: number): Float64Array {
  const found = new Float64Array(width * width);
  for (let from = 0; from < centred.length; from += width) {
    for (let i = 0; i < width; i++) {
      const value = centred[from + i]!;
      for (let j = 0; j <= i; j++) found[i * width + j]! += value * centred[from + j]!;
    }
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i; j++) found[j * width + i] = found[i * width + j]!;
  }
  return found;
}

const ROUNDS = 40;

/**
 * Of a symmetric matrix without negative eigenvalues those of the largest ones, nearly: orthogonal
 * iteration (Golub and Van Loan, algorithm 8.2.4) from the first axes.
 */
function eigenvectors(matrix: Float64Array, n: number, count: number): Float64Array[] {
  let vectors: Float64Array[] = Array.from({ length: count }, (_, i) => {
    const axis = new Float64Array(n);
    axis[i] = 1;
    return axis;
  });
  for (let round = 0; round < ROUNDS; round++) {
    vectors = orthonormal(vectors.map((vector) => times(matrix, n, vector)));
  }
  return vectors;
}

function times(matrix: Float64Array, n: number, vector: Float64Array): Float64Array {
  const found = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * vector[j]!;
    found[i] = sum;
  }
  return found;
}

/** Gram and Schmidt's way, in place: each less its shares of those before it, of length 1. */
function orthonormal(vectors: Float64Array[]): Float64Array[] {
  for (const [place, vector] of vectors.entries()) {
    for (const before of vectors.slice(0, place)) {
      const share = dot(vector, before);
      for (let c = 0; c < vector.length; c++) vector[c]! -= share * before[c]!;
    }
    const length = Math.sqrt(dot(vector, vector));
    for (let c = 0; c < vector.length; c++) vector[c]! /= length;
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += a[c]! * b[c]!;
  return sum;
}
