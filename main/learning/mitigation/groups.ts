import { cellTexts } from '../../records/cell-text.ts';
import type { Table } from '../../records/table.ts';
import { columnNamed } from '../columns.ts';
import { plainText } from '../plain-text.ts';

/**
 * The group of a row, in the plain writing of its cell; null where the cell is missing. A row's group
 * depends on its own cell alone. Throws COLUMN_UNKNOWN.
 */
export function groupReader(
  table: Table,
  column: string,
  missing: readonly string[],
): (row: number) => string | null {
  const text = cellTexts(columnNamed(table, column));
  const nobody = new Set(['', ...missing]);
  const known = new Map<string, string | null>();
  return (row) => {
    const cell = text(row);
    let found = known.get(cell);
    if (found === undefined) {
      found = nobody.has(cell) ? null : plainText(cell);
      known.set(cell, found);
    }
    return found;
  };
}

/** Places of groups by their names, and of each row that of its group; -1 where it is none of them. */
export function placesOf(
  names: readonly string[],
  rows: Int32Array,
  read: (row: number) => string | null,
): Int32Array {
  const places = new Map(names.map((name, at) => [name, at]));
  return rows.map((row) => places.get(read(row) ?? '') ?? -1);
}

/** The names of all groups that have one of the rows, in their order. */
export function groupsIn(rows: Int32Array, read: (row: number) => string | null): string[] {
  const found = new Set<string>();
  for (const row of rows) {
    const name = read(row);
    if (name !== null) found.add(name);
  }
  return [...found].sort();
}
