import { ConcordError } from '../contract/errors.ts';
import type { Problem } from '../contract/import.ts';
import type { FileFormat } from '../contract/reading-options.ts';
import type { Encoding } from './encoding.ts';
import type { QuoteMark } from './quote.ts';

/** One record as texts; undefined and '' are missing. Cells behind the last one may be absent. */
export type TextRow = readonly (string | undefined)[];

/** A file whose form is understood: the names of its columns, and its records as often as asked. */
export interface OpenedRecords {
  readonly names: readonly string[];
  /** Records in the order of the file, in batches of any size. */
  rows(): AsyncIterable<readonly TextRow[]>;
  readonly form: FormFacts;
  /** What was noticed; complete only when all rows have been taken. */
  problems(): readonly Problem[];
}

/** How a file is written down. */
export interface FormFacts {
  readonly format: FileFormat;
  readonly encoding: Encoding | null;
  readonly delimiter: string | null;
  /** Of delimited text, where it is not the double quote. */
  readonly quote?: QuoteMark;
  readonly sheet?: string;
  /** All sheets of a workbook. */
  readonly sheets?: readonly string[];
}

const PIECE = 1 << 18;
const NEEDS_QUOTES = /[",\r\n]/;
const NO_TEXT = /[\0\uD800-\uDFFF]/u;

/**
 * Header and records as delimited text (RFC 4180, UTF-8, commas): so that all formats share the
 * typing, the limits and the speed of the reader of delimited text. Rows shorter than the header
 * are filled up; longer ones are left for that reader to refuse.
 * Throws CELL_UNREADABLE with row and column for a NUL or half a surrogate pair.
 */
export async function* csvBytes(opened: OpenedRecords): AsyncGenerator<Uint8Array> {
  const { names } = opened;
  let lines: string[] = [line(names, names.length)];
  let length = (lines[0] as string).length;
  let row = 0;
  const take = (): Uint8Array => {
    const text = lines.join('');
    lines = [];
    length = 0;
    return Buffer.from(text, 'utf8');
  };
  if (NO_TEXT.test(lines[0] as string)) throw unreadable(names, names, 0);
  for await (const batch of opened.rows()) {
    for (const cells of batch) {
      row++;
      const text = line(cells, names.length);
      if (NO_TEXT.test(text)) throw unreadable(cells, names, row);
      lines.push(text);
      length += text.length;
      if (length >= PIECE) yield take();
    }
  }
  if (length > 0) yield take();
}

function line(cells: TextRow, width: number): string {
  // A lone empty cell would be a blank line.
  if (width === 1 && cells.length < 2 && !cells[0]) return '""\r\n';
  let text = '';
  const fields = Math.max(width, cells.length);
  for (let field = 0; field < fields; field++) {
    if (field > 0) text += ',';
    const cell = cells[field];
    if (cell === undefined) continue;
    text += NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  return `${text}\r\n`;
}

function unreadable(cells: TextRow, names: readonly string[], row: number): ConcordError {
  const at = cells.findIndex((cell) => cell !== undefined && NO_TEXT.test(cell));
  const column = row === 0 ? String(at + 1) : (names[at] ?? String(at + 1));
  return new ConcordError('CELL_UNREADABLE', { row, column });
}
