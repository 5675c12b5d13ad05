import type { IdentifyResult } from '../contract/identify.ts';
import { columnOf } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import { identifyColumns } from './columns.ts';
import { uniqueSets } from './uniqueness.ts';

/**
 * The proposed role of each column with its evidence, and which small sets of the columns that
 * narrow down who it is single rows out. `label` names the column to be predicted, if it is known.
 * @throws COLUMN_UNKNOWN for a label that is no column.
 */
export function identifyTable(table: Table, label?: string): IdentifyResult {
  if (label !== undefined) columnOf(table, label);
  const { columns } = identifyColumns(table, label);
  const quasi = columns.filter(({ role }) => role === 'quasi-identifier').map(({ name }) => name);
  return { columns, uniqueness: uniqueSets(table, quasi) };
}
