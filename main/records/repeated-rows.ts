import type { Table } from './table.ts';

/** How many rows repeat an earlier one. A table of one column repeats its values by nature: 0. */
export function repeatedRows(table: Table): number {
  if (table.columns.length < 2) return 0;
  return repeatedRowFlags(table).reduce((sum, flag) => sum + flag, 0);
}

/**
 * 1 for each row that repeats an earlier one in every column. Rows are compared by a 53-bit hash
 * first, and cell by cell where the hashes agree.
 */
export function repeatedRowFlags(table: Table): Uint8Array {
  const repeated = new Uint8Array(table.rows);
  const keys = rowKeys(table);
  const sorted = keys.slice().sort();
  const shared = new Map<number, number[]>();
  for (let at = 1; at < sorted.length; at++) {
    if (sorted[at] === sorted[at - 1]) shared.set(sorted[at] as number, []);
  }
  if (shared.size === 0) return repeated;
  for (let row = 0; row < table.rows; row++) {
    const firsts = shared.get(keys[row] as number);
    if (!firsts) continue;
    if (firsts.some((first) => sameRow(table, first, row))) repeated[row] = 1;
    else firsts.push(row);
  }
  return repeated;
}

function rowKeys(table: Table): Float64Array {
  const high = new Int32Array(table.rows);
  const low = new Int32Array(table.rows);
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  for (const column of table.columns) {
    for (let row = 0; row < table.rows; row++) {
      let cell: number;
      if ('codes' in column) {
        cell = column.codes[row] as number;
      } else {
        bits[0] = column.values[row] as number;
        cell = (words[0] as number) ^ Math.imul(words[1] as number, 0x2c1b3c6d);
      }
      high[row] = mixed((high[row] as number) ^ cell, 0x7feb352d);
      low[row] = mixed((low[row] as number) + cell, 0x846ca68b);
    }
  }
  const keys = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++)
    keys[row] = ((high[row] as number) >>> 0) * 2 ** 21 + ((low[row] as number) >>> 11);
  return keys;
}

function mixed(value: number, factor: number): number {
  const once = Math.imul(value ^ (value >>> 16), factor);
  return Math.imul(once ^ (once >>> 15), 0x9e3779b1) | 0;
}

function sameRow(table: Table, first: number, row: number): boolean {
  return table.columns.every((column) =>
    'codes' in column
      ? column.codes[first] === column.codes[row]
      : Object.is(column.values[first], column.values[row]),
  );
}
