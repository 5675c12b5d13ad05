import { MOST_CELLS, LONGEST_CELL } from '../contract/repair.ts';
import { cellTexts } from './cell-text.ts';
import { columnOf, isMissing } from './shape.ts';
import type { Table } from './table.ts';

/** The values of a column with the rows of each, the most frequent first. */
export interface FrequentCells {
  readonly cells: { readonly text: string; readonly rows: number }[];
  /** Different values that are not listed: too many, or too long for a list. */
  readonly more: number;
}

/** What a person may choose from where values of a column are named. @throws COLUMN_UNKNOWN */
export function frequentCells(table: Table, name: string): FrequentCells {
  const column = columnOf(table, name);
  const text = cellTexts(column);
  const source = 'codes' in column ? column.codes : column.values;
  const counts = new Map<number, { readonly row: number; rows: number }>();
  for (let row = 0; row < source.length; row++) {
    if (isMissing(column, row)) continue;
    const known = counts.get(source[row] as number);
    if (known === undefined) counts.set(source[row] as number, { row, rows: 1 });
    else known.rows++;
  }
  const cells = [...counts.values()]
    .sort((a, b) => b.rows - a.rows || a.row - b.row)
    .slice(0, MOST_CELLS)
    .map(({ row, rows }) => ({ text: text(row), rows }))
    .filter((cell) => cell.text.length <= LONGEST_CELL);
  return { cells, more: counts.size - cells.length };
}
