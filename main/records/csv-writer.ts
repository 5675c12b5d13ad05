import { cellTexts } from './cell-text.ts';
import type { Column, Table } from './table.ts';

export interface WriteOptions {
  readonly delimiter?: string;
  /** Starts the file with a byte order mark, as Excel wants it for UTF-8. */
  readonly bom?: boolean;
  readonly lineEnd?: '\r\n' | '\n';
}

const PIECE = 1 << 16;
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/**
 * The table as delimited text in UTF-8, in pieces of about 64 KiB (RFC 4180: CRLF, quotes where
 * needed, doubled inside). Missing is the empty cell.
 * Text that a spreadsheet would take for a formula (first character = + - @ tab, carriage return
 * or a full-width form) gets an apostrophe before it, names of columns too; numbers such as -5 do
 * not (OWASP, CSV Injection). Cells that begin with an apostrophe are quoted, so that nobody takes
 * these for the file's quotes. Everything else comes back from readCsv as it was.
 */
export function* writeCsv(table: Table, options: WriteOptions = {}): Generator<Uint8Array> {
  const delimiter = options.delimiter ?? ',';
  const lineEnd = options.lineEnd ?? '\r\n';
  const quoted = new RegExp(
    `["\\r\\n${delimiter === '\\' ? '\\\\' : escaped(delimiter)}]|^[ \\t']|[ \\t]$`,
  );
  const cell = (text: string): string =>
    quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const columns = table.columns.map((column) =>
    columnWriter(column, cell, /[-0-9.+e:]/.test(delimiter)),
  );
  let piece = options.bom ? '\ufeff' : '';
  piece += table.columns.map((column) => cell(neutral(column.name))).join(delimiter) + lineEnd;
  for (let row = 0; row < table.rows; row++) {
    let line = '';
    for (let index = 0; index < columns.length; index++) {
      if (index > 0) line += delimiter;
      line += (columns[index] as (row: number) => string)(row);
    }
    // A lone empty cell would be a blank line, which readers skip.
    piece += (line === '' ? '""' : line) + lineEnd;
    if (piece.length >= PIECE) {
      yield Buffer.from(piece, 'utf8');
      piece = '';
    }
  }
  if (piece !== '') yield Buffer.from(piece, 'utf8');
}

/** Text that no spreadsheet runs as a formula. */
export function neutral(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function columnWriter(
  column: Column,
  cell: (text: string) => string,
  delimiterInNumbers: boolean,
): (row: number) => string {
  if ('codes' in column) {
    const { codes, dictionary } = column;
    const texts = dictionary.map((text) => cell(neutral(text)));
    return (row) => texts[codes[row] as number] ?? '';
  }
  if (column.type === 'real') {
    const text = realWriter(column.values);
    return delimiterInNumbers ? (row) => cell(text(row)) : text;
  }
  const text = cellTexts(column);
  // Numbers and dates hold nothing that needs quotes, unless the delimiter is one of their signs.
  if (column.type === 'boolean' || delimiterInNumbers) return (row) => cell(text(row));
  return text;
}

/** Reals stay recognisable as such: a column of whole reals gets one decimal, huge ones an e. */
function realWriter(values: Float64Array): (row: number) => string {
  const whole = values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  return (row) => {
    const value = values[row] as number;
    if (Number.isNaN(value)) return '';
    if (Math.abs(value) >= 1e15) return value.toExponential();
    return whole ? value.toFixed(1) : String(value);
  };
}

function escaped(character: string): string {
  return character.replace(/[\^\-\]$|*.?/]/g, '\\$&');
}
