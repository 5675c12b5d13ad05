/**
 * Rows with few non-zero entries (compressed sparse rows): row r owns the entries
 * starts[r] .. starts[r + 1] of `indices` (ascending within a row) and `values`.
 */
export interface SparseRows {
  readonly rows: number;
  readonly width: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** The chosen rows, in the order given, as sparse rows of their own. */
export function gatherRows(source: SparseRows, chosen: Int32Array): SparseRows {
  const starts = new Int32Array(chosen.length + 1);
  for (let r = 0; r < chosen.length; r++) {
    const row = chosen[r]!;
    starts[r + 1] = starts[r]! + source.starts[row + 1]! - source.starts[row]!;
  }
  const indices = new Int32Array(starts[chosen.length]!);
  const values = new Float32Array(indices.length);
  for (let r = 0, at = 0; r < chosen.length; r++) {
    const end = source.starts[chosen[r]! + 1]!;
    // Few entries a row: a loop costs less than two views.
    for (let entry = source.starts[chosen[r]!]!; entry < end; entry++, at++) {
      indices[at] = source.indices[entry]!;
      values[at] = source.values[entry]!;
    }
  }
  return { rows: chosen.length, width: source.width, starts, indices, values };
}

/** Inner product of two rows (both with ascending indices). */
export function rowProduct(rows: SparseRows, j: number, k: number): number {
  const { starts, indices, values } = rows;
  let a = starts[j]!;
  let b = starts[k]!;
  const endA = starts[j + 1]!;
  const endB = starts[k + 1]!;
  let sum = 0;
  while (a < endA && b < endB) {
    const difference = indices[a]! - indices[b]!;
    if (difference === 0) sum += values[a++]! * values[b++]!;
    else if (difference < 0) a++;
    else b++;
  }
  return sum;
}
