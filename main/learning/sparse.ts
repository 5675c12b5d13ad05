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

/** What rows are made of: `starts` one longer than the rows, as many indices as values. */
type RowParts = Pick<SparseRows, 'starts' | 'indices' | 'values'>;
/** Where so many rows with so many entries can be put; what lies there is written over. */
export type RowRoom = (rows: number, entries: number) => RowParts;

const roomOfTheirOwn: RowRoom = (rows, entries) => ({
  starts: new Int32Array(rows + 1),
  indices: new Int32Array(entries),
  values: new Float32Array(entries),
});

/** The chosen rows, in the order given, as sparse rows of their own. */
export function gatherRows(
  source: SparseRows,
  chosen: Int32Array,
  room: RowRoom = roomOfTheirOwn,
): SparseRows {
  const { starts: from, indices: allIndices, values: allValues } = source;
  let entries = 0;
  for (let r = 0; r < chosen.length; r++) entries += from[chosen[r]! + 1]! - from[chosen[r]!]!;
  const { starts, indices, values } = room(chosen.length, entries);
  starts[0] = 0;
  for (let r = 0, at = 0; r < chosen.length; r++) {
    const end = from[chosen[r]! + 1]!;
    // Few entries a row: a loop costs less than two views.
    for (let entry = from[chosen[r]!]!; entry < end; entry++, at++) {
      indices[at] = allIndices[entry]!;
      values[at] = allValues[entry]!;
    }
    starts[r + 1] = at;
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
