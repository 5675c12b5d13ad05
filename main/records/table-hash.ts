import { createHash, type Hash } from 'node:crypto';
import type { CodedColumn, Table } from './table.ts';

const PIECE = 1 << 16;
const QUIET_NAN = NaN;

/**
 * SHA-256 (hex) of what the table says: number of rows, and per column its name, its type and its
 * cells in row order. The same cells, names and types give the same hash whatever the order or
 * the unused entries of a dictionary, and whatever file (delimiter, encoding, line ends, form of a
 * date or number) they came from. The order of rows and columns counts; how a file spelled its
 * booleans does not.
 */
export function tableHash(table: Table): string {
  const hash = createHash('sha256');
  hash.update(`concord-table-1\n${table.rows}\n${table.columns.length}\n`);
  for (const column of table.columns) {
    text(hash, column.name);
    text(hash, column.type);
    if ('codes' in column) coded(hash, column);
    else numbers(hash, column.values);
  }
  return hash.digest('hex');
}

function text(hash: Hash, value: string): void {
  const bytes = Buffer.from(value, 'utf8');
  hash.update(`${bytes.length}:`).update(bytes);
}

function numbers(hash: Hash, values: Float64Array): void {
  const piece = new DataView(new ArrayBuffer(PIECE * 8));
  for (let from = 0; from < values.length; from += PIECE) {
    const size = Math.min(PIECE, values.length - from);
    for (let at = 0; at < size; at++) {
      const value = values[from + at] as number;
      // One NaN for missing, one zero.
      piece.setFloat64(at * 8, value === 0 ? 0 : value === value ? value : QUIET_NAN, true);
    }
    hash.update(new Uint8Array(piece.buffer, 0, size * 8));
  }
}

/** Codes renumbered by first appearance, the strings hashed in that order after them. */
function coded(hash: Hash, { codes, dictionary }: CodedColumn): void {
  const renumbered = new Int32Array(dictionary.length).fill(-1);
  const order: number[] = [];
  const byText = new Map<string, number>();
  const piece = new DataView(new ArrayBuffer(PIECE * 4));
  for (let from = 0; from < codes.length; from += PIECE) {
    const size = Math.min(PIECE, codes.length - from);
    for (let at = 0; at < size; at++) {
      const code = codes[from + at] as number;
      let number = code < 0 ? -1 : (renumbered[code] as number);
      if (code >= 0 && number < 0) {
        number = newNumber(dictionary[code] as string, code, order, byText);
        if (number >= 0) renumbered[code] = number;
      }
      piece.setInt32(at * 4, number, true);
    }
    hash.update(new Uint8Array(piece.buffer, 0, size * 4));
  }
  hash.update(`${order.length}\n`);
  for (const code of order) text(hash, dictionary[code] as string);
}

/** An empty string is a missing cell; two codes of one string are one value. */
function newNumber(
  value: string,
  code: number,
  order: number[],
  byText: Map<string, number>,
): number {
  if (value === '') return -1;
  const known = byText.get(value);
  if (known !== undefined) return known;
  const number = order.length;
  byText.set(value, number);
  order.push(code);
  return number;
}
