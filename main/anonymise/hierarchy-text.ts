import { ConcordError } from '../contract/errors.ts';

/** A line of a hierarchy file: its number (1-based) and its cells from value to coarsest label. */
export interface HierarchyLine {
  readonly number: number;
  readonly cells: readonly string[];
}

/**
 * Splits hierarchy text into lines of equal length. The delimiter is `;` when the first line has
 * one outside quotation marks, else `,`; cells may be quoted as in RFC 4180, without line breaks.
 * Throws HIERARCHY_INVALID {column, line, reason: 'empty' | 'ragged' | 'quote-open'}.
 */
export function readHierarchyLines(column: string, text: string): readonly HierarchyLine[] {
  const lines: HierarchyLine[] = [];
  let delimiter = '';
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((raw, index) => {
      if (raw === '') return;
      const number = index + 1;
      delimiter ||= splitLine(raw, ';')?.length === 1 ? ',' : ';';
      const cells = splitLine(raw, delimiter);
      if (cells === null) throw broken(column, number, 'quote-open');
      if (lines[0] !== undefined && lines[0].cells.length !== cells.length) {
        throw broken(column, number, 'ragged');
      }
      lines.push({ number, cells });
    });
  if (lines.length === 0) throw broken(column, 1, 'empty');
  return lines;
}

/** Writes lines as hierarchy text that readHierarchyLines reads back unchanged. */
export function writeHierarchyLines(lines: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string =>
    /[";,\r\n]/.test(cell) || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell;
  return lines.map((cells) => `${cells.map(quoted).join(';')}\n`).join('');
}

/** The cells of one line; null when a quotation mark stays open. */
function splitLine(line: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell = '';
    if (line[at] === '"') {
      at += 1;
      for (;;) {
        const end = line.indexOf('"', at);
        if (end === -1) return null;
        cell += line.slice(at, end);
        at = end + 1;
        if (line[at] !== '"') break;
        cell += '"';
        at += 1;
      }
    }
    const next = line.indexOf(delimiter, at);
    cell += line.slice(at, next === -1 ? undefined : next);
    cells.push(cell);
    if (next === -1) return cells;
    at = next + 1;
  }
}

function broken(column: string, line: number, reason: string): ConcordError {
  return new ConcordError('HIERARCHY_INVALID', { column, line, reason });
}
