import { cellTexts } from '../records/cell-text.ts';
import { daysOfText, isoDate } from '../records/date-text.ts';
import { numberOfText } from '../records/number-text.ts';
import type { Column, Table } from '../records/table.ts';
import { keyedHash, mixHash } from './keyed-hash.ts';

/**
 * A 53-bit hash of each cell, computed once per distinct value. Numbers and dates are hashed in
 * one form, whatever type the other records gave the column.
 */
export function cellHash(column: Column, key: string): (row: number) => number {
  const none = keyedHash(key, '');
  if ('codes' in column) {
    const byCode = column.dictionary.map((text) => keyedHash(key, plainForm(text)));
    return (row) => (column.codes[row]! < 0 ? none : byCode[column.codes[row]!]!);
  }
  const text = cellTexts(column);
  const byValue = new Map<number, number>();
  return (row) => {
    const value = column.values[row]!;
    if (Number.isNaN(value)) return none;
    const known = byValue.get(value);
    if (known !== undefined) return known;
    const hash = keyedHash(key, plainForm(text(row)));
    byValue.set(value, hash);
    return hash;
  };
}

/** A 53-bit hash of each row's content, in the order of the rows; equal rows differ by their count. */
export function contentHashes(table: Table, key: string): Float64Array {
  const hashes = table.columns.map((column) => cellHash(column, `${key} ${column.name}`));
  const seen = new Map<number, number>();
  return Float64Array.from({ length: table.rows }, (_, row) => {
    let content = 0;
    for (const hash of hashes) content = mixHash(content, hash(row));
    const copy = seen.get(content) ?? 0;
    seen.set(content, copy + 1);
    return mixHash(content, copy);
  });
}

function plainForm(text: string): string {
  const number = numberOfText(text);
  if (!Number.isNaN(number)) return String(number);
  const days = daysOfText(text);
  return Number.isNaN(days) ? text : isoDate(days);
}
