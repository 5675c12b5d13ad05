import { ConcordError } from '../contract/errors.ts';
import { nearestName } from '../records/nearest-name.ts';
import type { Column, Table } from '../records/table.ts';

/** The column of that name; COLUMN_UNKNOWN {column, nearest} otherwise. */
export function columnNamed(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const names = table.columns.map((column) => column.name);
  throw new ConcordError('COLUMN_UNKNOWN', { column: name, nearest: nearestName(name, names) });
}
