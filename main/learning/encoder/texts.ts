import { cellTexts } from '../../records/cell-text.ts';
import { columnOf } from '../../records/shape.ts';
import type { Table } from '../../records/table.ts';

/**
 * The text of each row: its cells in the named columns, those that are not missing, a line each.
 * @param missing cells with one of these texts are missing
 * @throws COLUMN_UNKNOWN {column, ...}
 */
export function textsOf(
  table: Table,
  columns: readonly string[],
  missing: readonly string[] = [],
  rows: Int32Array = Int32Array.from({ length: table.rows }, (_, row) => row),
): string[] {
  const cells = columns.map((name) => cellTexts(columnOf(table, name)));
  const marks = new Set(missing);
  return Array.from(rows, (row) =>
    cells
      .map((of) => of(row))
      .filter((text) => text !== '' && !marks.has(text))
      .join('\n'),
  );
}
