import { ConcordError } from '../contract/errors.ts';
import { nearestName } from './nearest-name.ts';
import type { Column, Table } from './table.ts';

/** The column of that name. Throws COLUMN_UNKNOWN with the nearest name there is. */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column) return column;
  const names = table.columns.map((candidate) => candidate.name);
  throw new ConcordError('COLUMN_UNKNOWN', { column: name, nearest: nearestName(name, names) });
}

/** The named columns, in the order named. Throws COLUMN_UNKNOWN. */
export function selectColumns(table: Table, names: readonly string[]): Table {
  return { rows: table.rows, columns: names.map((name) => columnOf(table, name)) };
}

/** All columns but the named ones. Throws COLUMN_UNKNOWN. */
export function dropColumns(table: Table, names: readonly string[]): Table {
  const dropped = new Set(names.map((name) => columnOf(table, name)));
  return { rows: table.rows, columns: table.columns.filter((column) => !dropped.has(column)) };
}

/** Rows at the given positions (0-based, in that order, repeats allowed). */
export function takeRows(table: Table, indices: ArrayLike<number>): Table {
  const columns = table.columns.map((column): Column => {
    if ('codes' in column) {
      const codes = new Int32Array(indices.length);
      for (let at = 0; at < indices.length; at++)
        codes[at] = column.codes[indices[at] as number] as number;
      return { ...column, codes };
    }
    const values = new Float64Array(indices.length);
    for (let at = 0; at < indices.length; at++)
      values[at] = column.values[indices[at] as number] as number;
    return { ...column, values };
  });
  return { rows: indices.length, columns };
}

/** Rows whose mask is not 0. The dictionaries stay as they are: codes keep their meaning. */
export function filterRows(table: Table, mask: ArrayLike<number>): Table {
  let kept = 0;
  for (let row = 0; row < table.rows; row++) if (mask[row]) kept++;
  const indices = new Uint32Array(kept);
  for (let row = 0, at = 0; row < table.rows; row++) if (mask[row]) indices[at++] = row;
  return takeRows(table, indices);
}

export function isMissing(column: Column, row: number): boolean {
  return 'codes' in column
    ? (column.codes[row] as number) < 0
    : Number.isNaN(column.values[row] as number);
}

export function missingCount(column: Column): number {
  let missing = 0;
  if ('codes' in column) for (const code of column.codes) missing += code < 0 ? 1 : 0;
  else for (const value of column.values) missing += value === value ? 0 : 1;
  return missing;
}

/** How many rows have each code of a coded column. */
export function codeCounts(codes: Int32Array, categories: number): Float64Array {
  const counts = new Float64Array(categories);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return counts;
}

/** Different values that are present in the column; missing is not one of them. */
export function distinctCount(column: Column): number {
  if ('codes' in column) {
    const counts = codeCounts(column.codes, column.dictionary.length);
    return counts.reduce((used, count) => used + (count > 0 ? 1 : 0), 0);
  }
  return sortedDistinct(column.values).length;
}

/** Present values in ascending order, each once. */
export function sortedDistinct(values: Float64Array): Float64Array {
  // Typed arrays sort numbers and put NaN last.
  const sorted = values.slice().sort();
  let kept = 0;
  for (let at = 0; at < sorted.length; at++) {
    const value = sorted[at] as number;
    if (value !== value) break;
    if (kept === 0 || value !== sorted[kept - 1]) sorted[kept++] = value;
  }
  return sorted.slice(0, kept);
}
