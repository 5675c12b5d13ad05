/** Rows by the group they are in: those with equal codes in all columns. */
export interface Groups {
  readonly count: number;
  readonly ofRow: Int32Array;
  readonly sizes: Int32Array;
}

/** Groups rows by their codes, column by column. No column: one group of all rows. */
export function groupRows(columns: readonly Int32Array[], rows: number): Groups {
  let ofRow = new Int32Array(rows);
  let count = rows === 0 ? 0 : 1;
  for (const codes of columns) {
    const span = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
    const known = new Map<number, number>();
    ofRow = ofRow.map((group, row) => {
      const key = group * span + codes[row]!;
      const found = known.get(key) ?? known.size;
      known.set(key, found);
      return found;
    });
    count = known.size;
  }
  const sizes = new Int32Array(count);
  for (const group of ofRow) sizes[group]! += 1;
  return { count, ofRow, sizes };
}

/** The rows of each group, one group after the other: those of g begin at starts[g]. */
export function rowsByGroup({ count, ofRow, sizes }: Groups): {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
} {
  const starts = new Int32Array(count + 1);
  for (let group = 0; group < count; group++) starts[group + 1] = starts[group]! + sizes[group]!;
  const next = starts.slice();
  const rows = new Int32Array(ofRow.length);
  ofRow.forEach((group, row) => (rows[next[group]!++] = row));
  return { rows, starts };
}
