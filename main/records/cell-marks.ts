import type { ImportOptions } from '../contract/import.ts';
import { detectDelimiter } from './delimiter.ts';
import type { Prelude } from './prelude.ts';
import { quoteByte, type QuoteMark } from './quote.ts';
import type { CellBytes } from './record-scanner.ts';

/** What divides the cells of delimited text, and what stands around them. */
export interface CellMarks {
  readonly delimiter: string;
  readonly quote: QuoteMark;
}

/** Bytes from the beginning of the records that are looked at. */
export const MARKS_SAMPLE = 1 << 18;

/** The marks that were given, that the file names, or that its first bytes show, in this order. */
export function cellMarks(
  head: Uint8Array,
  complete: boolean,
  prelude: Prelude,
  given: Pick<ImportOptions, 'delimiter'>,
): CellMarks {
  const { quote } = prelude;
  const delimiter =
    given.delimiter ??
    prelude.delimiter ??
    detectDelimiter(head.subarray(0, MARKS_SAMPLE), complete, quoteByte(quote));
  return { delimiter, quote };
}

export function cellBytes({ delimiter, quote }: CellMarks): CellBytes {
  return { delimiter: delimiter.charCodeAt(0), quote: quoteByte(quote) };
}

/** As facts about the file: the usual quote goes without saying. */
export function toldMarks({ delimiter, quote }: CellMarks): {
  readonly delimiter: string;
  readonly quote?: QuoteMark;
} {
  return quote === '"' ? { delimiter } : { delimiter, quote };
}
