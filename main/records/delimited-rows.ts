import { ConcordError } from '../contract/errors.ts';
import { DEFAULT_LIMITS, type ReadOptions } from './csv-reader.ts';
import { cellBytes, cellMarks, MARKS_SAMPLE, toldMarks, type CellMarks } from './cell-marks.ts';
import { eightBitEncoding } from './encoding-guess.ts';
import { byteOrderMark, firstBytes, Undecodable, utf8Chunks, type Encoding } from './encoding.ts';
import { readHeader, type Header } from './header.ts';
import { Prelude } from './prelude.ts';
import { RecordScanner } from './record-scanner.ts';
import type { RecordsSource } from './source.ts';
import type { OpenedRecords, TextRow } from './text-rows.ts';

/**
 * Delimited text as rows of texts: how one file among several is read. A file alone goes to
 * readCsv, which makes no text of a number. The same rules of encoding, delimiter and header.
 * @throws FILE_EMPTY, ENCODING_UNKNOWN, HEADER_DUPLICATE, and while rows are taken CSV_RAGGED,
 * CSV_QUOTE_UNCLOSED, CSV_QUOTE_STRAY, FILE_TOO_LARGE
 */
export async function openDelimited(
  source: RecordsSource,
  options: ReadOptions,
): Promise<OpenedRecords> {
  const { encoding, skip } = await textEncoding(source, options.encoding);
  const utf8 = (): AsyncIterable<Uint8Array> => utf8Chunks(source.bytes(), encoding, skip);
  const { marks, header } = await beginningOf(utf8(), options);
  const prelude = { last: new Prelude(options) };
  const named = options.header !== false;
  return {
    names: header.trailing ? header.names.slice(0, -1) : header.names,
    form: { format: 'delimited', encoding, ...toldMarks(marks) },
    problems: () => prelude.last.problems(),
    async *rows() {
      prelude.last = new Prelude(options);
      let batch: TextRow[] = [];
      let first = named;
      const width = header.names.length;
      const limits = { ...DEFAULT_LIMITS, ...options.limits };
      const scanner: RecordScanner = new RecordScanner(
        cellBytes(marks),
        named,
        limits,
        (bytes, starts, ends, fields) => {
          if (first) {
            first = false;
            return;
          }
          const cells: string[] = [];
          for (let field = 0; field < fields; field++)
            cells.push(bytes.toString('utf8', starts[field], ends[field]));
          batch.push(fitted(cells, width, header.trailing, scanner.records + (named ? 0 : 1)));
        },
      );
      for await (const chunk of prelude.last.strip(utf8())) {
        scanner.write(chunk);
        if (batch.length > 0) yield batch;
        batch = [];
      }
      scanner.end();
      if (batch.length > 0) yield batch;
    },
  };
}

/** @throws CSV_RAGGED; also for text behind a header's trailing delimiter, in a column of no name. */
function fitted(cells: string[], width: number, trailing: boolean, row: number): TextRow {
  const expected = trailing ? width - 1 : width;
  const behind = trailing && cells.length === width && cells.at(-1)?.trim() === '';
  if (behind) cells.pop();
  if (cells.length !== expected)
    throw new ConcordError('CSV_RAGGED', { row, expected, found: cells.length });
  return cells;
}

/** The encoding of a text file, and how long its mark is. @throws ENCODING_UNKNOWN */
export async function textEncoding(
  source: RecordsSource,
  given: Encoding | undefined,
): Promise<{ encoding: Encoding; skip: number }> {
  const mark = byteOrderMark(await firstBytes(source.bytes, 4));
  const wanted = given ?? mark?.encoding;
  if (wanted !== undefined)
    return { encoding: wanted, skip: mark?.encoding === wanted ? mark.length : 0 };
  if ((await unreadableAt(source, 'utf-8')) === undefined) return { encoding: 'utf-8', skip: 0 };
  const encoding = await eightBitEncoding(source.bytes);
  const offset = await unreadableAt(source, encoding);
  if (offset !== undefined) throw new ConcordError('ENCODING_UNKNOWN', { offset });
  return { encoding, skip: 0 };
}

/** The first byte that is not in the encoding; undefined when all are. */
async function unreadableAt(
  source: RecordsSource,
  encoding: Encoding,
): Promise<number | undefined> {
  try {
    for await (const chunk of utf8Chunks(source.bytes(), encoding, 0)) void chunk;
    return undefined;
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    if (error.certain) throw new ConcordError('ENCODING_UNKNOWN', { offset: error.offset });
    return error.offset;
  }
}

async function beginningOf(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<{ marks: CellMarks; header: Header }> {
  const prelude = new Prelude(options);
  let head = Buffer.alloc(0);
  let complete = true;
  for await (const chunk of prelude.strip(chunks)) {
    head = Buffer.concat([head, chunk]);
    if (head.length < MARKS_SAMPLE) continue;
    complete = false;
    break;
  }
  const marks = cellMarks(head, complete, prelude, options);
  let header: Header | undefined;
  const named = options.header !== false;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const scanner = new RecordScanner(
    cellBytes(marks),
    named,
    limits,
    (bytes, starts, ends, fields) => {
      header ??= readHeader(bytes, starts, ends, fields, named);
    },
  );
  scanner.write(head);
  if (complete) scanner.end();
  if (header === undefined) throw new ConcordError('FILE_EMPTY');
  return { marks, header };
}
