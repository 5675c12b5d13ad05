import type { Merge } from './merges.ts';
import type { SheetRow } from './sheet-rows.ts';

export interface SheetHeader {
  readonly names: readonly string[];
  /** Rows of the looked-at ones that are no records: titles and header. */
  readonly used: number;
  /** Number of the last of these rows, as Excel counts; 0: there is none. */
  readonly last: number;
  /** Rows above the header that were left out. */
  readonly titles: number;
}

const HEADER_ROWS = 4;

/**
 * Names of columns from the first rows of a sheet. Rows with one cell above rows with several are
 * titles. The header is one row, or as many as its merged cells say: a cell merged across columns
 * is the first part of the names below it ("Blood pressure" over "systolic" and "diastolic").
 * Columns to the right of the header that hold values have no name and get ''.
 */
export function sheetHeader(
  rows: readonly SheetRow[],
  merges: readonly Merge[],
  named: boolean,
): SheetHeader {
  const width = Math.max(...rows.map(({ cells }) => cells.length), 0);
  const filled = ({ cells }: SheetRow): number => cells.filter((cell) => cell?.trim()).length;
  const several = rows.findIndex((row) => filled(row) > 1);
  const titles =
    several > 0 && rows.slice(0, several).every((row) => filled(row) <= 1) ? several : 0;
  if (!named) {
    const names = Array.from({ length: width }, (_, column) => `column_${column + 1}`);
    return { names, used: 0, last: 0, titles: 0 };
  }
  const first = rows[titles];
  if (first === undefined) return { names: [], used: 0, last: 0, titles: 0 };
  const height = headerHeight(rows, titles, merges);
  const header = rows.slice(titles, titles + height);
  const names = Array.from({ length: width }, (_, column) => nameOf(header, column, merges));
  return { names, used: titles + height, last: header.at(-1)?.number ?? 0, titles };
}

/** Rows of the header: as far down as merged cells that begin in it reach, and one below a split. */
function headerHeight(rows: readonly SheetRow[], at: number, merges: readonly Merge[]): number {
  let height = 1;
  for (let line = 0; line < height && height < HEADER_ROWS; line++) {
    const number = rows[at + line]?.number;
    for (const { top, bottom, left, right } of merges) {
      if (top !== number) continue;
      const across = right > left ? bottom - top + 2 : bottom - top + 1;
      height = Math.max(height, Math.min(HEADER_ROWS, line + across));
    }
  }
  // A header needs at least one record below it, else the merged cells mean something else.
  return rows.length > at + height ? height : 1;
}

function nameOf(header: readonly SheetRow[], column: number, merges: readonly Merge[]): string {
  const parts: string[] = [];
  for (const { number, cells } of header) {
    const block = merges.find(
      ({ top, bottom, left, right }) =>
        top <= number && number <= bottom && left <= column && column <= right,
    );
    if (block && block.top < number) continue;
    const part = (cells[block?.left ?? column] ?? '').replace(/\s+/g, ' ').trim();
    if (part !== '' && part !== parts.at(-1)) parts.push(part);
  }
  return parts.join(' ');
}
