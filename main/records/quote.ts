import { quoteMarks } from '../contract/reading-options.ts';

export type QuoteMark = (typeof quoteMarks)[number];

const DOUBLE = 0x22;
const SINGLE = 0x27;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const DELIMITERS = [',', ';', '\t', '|'];
const ENOUGH = 2;

/** The byte of a mark; -1, which is none, where marks are characters like any other. */
export function quoteByte(mark: QuoteMark): number {
  return mark === 'none' ? -1 : mark.charCodeAt(0);
}

/**
 * The mark that stands around cells in a sample of UTF-8 bytes. Double quotes, unless at least two
 * cells begin with one and fewer than half of these end with one: then nothing is quoted. Single
 * quotes where no cell begins with a double one, at least two with a single one, and all of these
 * end with it: an apostrophe before a number (Excel) or a name ('t Hooft) is no quote.
 */
export function detectQuote(sample: Uint8Array, delimiter?: string): QuoteMark {
  const delimiters = new Set([...DELIMITERS, delimiter ?? ','].map((one) => one.charCodeAt(0)));
  const double = cellsIn(sample, DOUBLE, delimiters);
  if (double.opened > 0)
    return double.opened >= ENOUGH && double.closed * 2 < double.opened ? 'none' : '"';
  const single = cellsIn(sample, SINGLE, delimiters);
  return single.opened >= ENOUGH && single.closed === single.opened ? "'" : '"';
}

/** Cells that begin with a quote, and how many of these end with one. */
function cellsIn(
  sample: Uint8Array,
  quote: number,
  delimiters: ReadonlySet<number>,
): { opened: number; closed: number } {
  let opened = 0;
  let closed = 0;
  let at = sample.indexOf(quote);
  while (at >= 0) {
    const before = sample[at - 1];
    const begins = before === undefined || isEnd(before, delimiters);
    const end = begins ? closingOf(sample, at + 1, quote) : -1;
    // What the sample cuts off tells nothing.
    if (begins && end < 0) break;
    if (begins) opened++;
    const closes = begins && isCellEnd(sample, end + 1, delimiters);
    if (closes) closed++;
    at = sample.indexOf(quote, (closes ? end : at) + 1);
  }
  return { opened, closed };
}

/** The quote that is not doubled, from `from` on; -1 when the sample ends before. */
function closingOf(sample: Uint8Array, from: number, quote: number): number {
  let at = sample.indexOf(quote, from);
  while (at >= 0 && sample[at + 1] === quote) at = sample.indexOf(quote, at + 2);
  return at;
}

function isCellEnd(sample: Uint8Array, from: number, delimiters: ReadonlySet<number>): boolean {
  let at = from;
  while (sample[at] === SPACE) at++;
  const byte = sample[at];
  return byte === undefined || isEnd(byte, delimiters);
}

function isEnd(byte: number, delimiters: ReadonlySet<number>): boolean {
  return byte === LF || byte === CR || delimiters.has(byte);
}
