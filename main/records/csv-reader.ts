import { ConcordError } from '../contract/errors.ts';
import type { ImportOptions, Problem } from '../contract/import.ts';
import type { FileFormat } from '../contract/reading-options.ts';
import { ColumnCrew } from './column-crew.ts';
import { ColumnsHere, type ColumnMaker } from './column-maker.ts';
import { cellBytes, cellMarks, MARKS_SAMPLE, toldMarks, type CellMarks } from './cell-marks.ts';
import {
  byteOrderMark,
  firstBytes,
  Undecodable,
  utf8Chunks,
  type ByteSource,
  type Encoding,
} from './encoding.ts';
import { eightBitEncoding } from './encoding-guess.ts';
import { readHeader, type Header } from './header.ts';
import { Prelude } from './prelude.ts';
import type { QuoteMark } from './quote.ts';
import { RecordGatherer } from './record-batch.ts';
import { RecordScanner, type ScanLimits } from './record-scanner.ts';
import { nearestName } from './nearest-name.ts';
import { TableHasher } from './table-hash.ts';
import type { Column, Table } from './table.ts';

export interface ReadOptions extends ImportOptions {
  readonly limits?: Partial<ScanLimits>;
  readonly signal?: AbortSignal;
  /** Bytes read so far; a second pass (another encoding) starts again at 0. */
  readonly progress?: (bytes: number) => void;
  /** Threads that make the columns beside the one that reads; 0, the default, for small files. */
  readonly threads?: number;
  /** The table will be stored: `encodeTable` and `tableHash` find their work done in passing. */
  readonly encode?: boolean;
}

/** What the reader found out about the file beside its cells. */
export interface FileFacts {
  /** Absent: delimited text. */
  readonly format?: FileFormat;
  /** null: the format leaves no choice. */
  readonly encoding: Encoding | null;
  readonly delimiter: string | null;
  /** Of delimited text, where it is not the double quote. */
  readonly quote?: QuoteMark;
  /** Of a workbook. */
  readonly sheet?: string;
  readonly problems: readonly Problem[];
}

export interface ReadResult {
  readonly table: Table;
  readonly facts: FileFacts;
}

export const DEFAULT_LIMITS: ScanLimits = { rows: 20_000_000, columns: 5_000, cell: 1 << 20 };

/**
 * Reads a delimited text file into a table (RFC 4180, any one-character delimiter, LF, CRLF or CR).
 * Encoding: byte order mark, else strict UTF-8 for the whole file, else GB18030 or Windows-1252
 * (encoding-guess.ts) for the whole file in a second pass. Types: see column-type.ts;
 * `options.types` sets them by column name.
 * Memory: the typed columns and one record, never the file.
 * Throws FILE_EMPTY, FILE_NO_RECORDS, FILE_TOO_LARGE, CSV_RAGGED, CSV_QUOTE_UNCLOSED,
 * CSV_QUOTE_STRAY, ENCODING_UNKNOWN, HEADER_DUPLICATE, COLUMN_UNKNOWN, COLUMN_TYPE_MISMATCH,
 * CANCELLED; rows in errors count data rows from 1 (0 is the header).
 */
export async function readCsv(source: ByteSource, options: ReadOptions = {}): Promise<ReadResult> {
  const mark = byteOrderMark(await firstBytes(source, 4));
  const skip = mark !== undefined && (options.encoding ?? mark.encoding) === mark.encoding;
  const first = options.encoding ?? mark?.encoding;
  const tries = first ? [first] : (['utf-8', 'other'] as const);
  let offset = 0;
  for (const attempt of tries) {
    const encoding = attempt === 'other' ? await eightBitEncoding(source) : attempt;
    try {
      return await readAs(source, encoding, skip ? mark.length : 0, options);
    } catch (error) {
      if (!(error instanceof Undecodable)) throw error;
      // The try that came furthest was the right one, broken off by the damaged byte.
      offset = Math.max(offset, error.offset);
      if (error.certain) break;
    }
  }
  throw new ConcordError('ENCODING_UNKNOWN', { offset });
}

async function readAs(
  source: ByteSource,
  encoding: Encoding,
  skip: number,
  options: ReadOptions,
): Promise<ReadResult> {
  const prelude = new Prelude(options);
  const chunks = prelude.strip(utf8Chunks(watched(source(), options), encoding, skip));
  let reader: TableReader | undefined;
  let sample: Uint8Array[] = [];
  let sampled = 0;
  const begin = (complete: boolean): void => {
    const head = Buffer.concat(sample);
    sample = [];
    reader = new TableReader(cellMarks(head, complete, prelude, options), options);
    reader.write(head);
  };
  try {
    for await (const chunk of chunks) {
      if (reader) {
        reader.write(chunk);
        const behind = reader.ready();
        if (behind) await behind;
        continue;
      }
      // A copy: the source may use the memory of its chunk again.
      sample.push(Buffer.from(chunk));
      sampled += chunk.length;
      if (sampled >= MARKS_SAMPLE) begin(false);
    }
    if (sampled === 0) throw new ConcordError('FILE_EMPTY');
    if (!reader) begin(true);
    const result = await (reader as unknown as TableReader).finish(encoding);
    return withProblems(result, prelude.problems());
  } finally {
    reader?.close();
  }
}

/** The same with more problems noticed. */
export function withProblems({ table, facts }: ReadResult, more: readonly Problem[]): ReadResult {
  return { table, facts: { ...facts, problems: [...facts.problems, ...more] } };
}

async function* watched(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    if (options.signal?.aborted) throw new ConcordError('CANCELLED');
    yield chunk;
    bytes += chunk.length;
    options.progress?.(bytes);
  }
  if (options.signal?.aborted) throw new ConcordError('CANCELLED');
}

class TableReader {
  private readonly marks: CellMarks;
  private readonly options: ReadOptions;
  private readonly limits: ScanLimits;
  private readonly scanner: RecordScanner;
  private readonly missing: readonly Buffer[];
  private header: Header | undefined;
  private maker: ColumnMaker | undefined;
  private gatherer: RecordGatherer | undefined;
  private rows = 0;

  constructor(marks: CellMarks, options: ReadOptions) {
    this.marks = marks;
    this.options = options;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.missing = (options.missing ?? [])
      .map((mark) => Buffer.from(mark.trim(), 'utf8'))
      .filter((mark) => mark.length > 0);
    this.scanner = new RecordScanner(
      cellBytes(marks),
      options.header !== false,
      this.limits,
      (bytes, starts, ends, fields) => this.take(bytes, starts, ends, fields),
    );
  }

  write(chunk: Uint8Array): void {
    this.scanner.write(chunk);
    this.gatherer?.flush();
  }

  /** Undefined, or a promise to wait for before more is written. */
  ready(): Promise<void> | undefined {
    return this.maker?.ready();
  }

  close(): void {
    this.maker?.close();
  }

  async finish(encoding: Encoding): Promise<ReadResult> {
    this.scanner.end();
    this.gatherer?.flush();
    if (!this.header || !this.maker) throw new ConcordError('FILE_EMPTY');
    if (this.rows === 0) throw new ConcordError('FILE_NO_RECORDS');
    const { header } = this;
    const problems: Problem[] = [];
    const { rows } = this;
    // A last column that may turn out to be none would change what is hashed first.
    const hasher =
      this.options.encode && !header.trailing
        ? new TableHasher(rows, header.names.length)
        : undefined;
    const all = await this.maker.finish(hasher && ((column) => hasher.add(column)));
    const dropped = header.trailing && all.at(-1)?.empty;
    const made = dropped ? all.slice(0, -1) : all;
    const columns = made.map(({ column, spaced }, index) => {
      const { name } = column;
      if (header.unnamed.has(index))
        problems.push({
          code: 'HEADER_NAME_MISSING',
          column: name,
          rows: 0,
          proposal: 'name_column',
        });
      if (spaced > 0)
        problems.push({ code: 'SPACES_AROUND', column: name, rows: spaced, proposal: 'none' });
      return column;
    });
    if (dropped)
      problems.push({ code: 'EMPTY_COLUMN_DROPPED', column: null, rows: 0, proposal: 'none' });
    const blank = this.scanner.blankLines;
    if (blank > 0)
      problems.push({ code: 'BLANK_LINES_SKIPPED', column: null, rows: blank, proposal: 'none' });
    const facts = { format: 'delimited' as const, encoding, ...toldMarks(this.marks), problems };
    const table = { rows, columns };
    hasher?.keepFor(table);
    return { table, facts };
  }

  private typeOf(name: string): Column['type'] | undefined {
    const { types } = this.options;
    return types && Object.hasOwn(types, name) ? types[name] : undefined;
  }

  private take(bytes: Buffer, starts: Int32Array, ends: Int32Array, fields: number): void {
    if (!this.header) {
      this.header = readHeader(bytes, starts, ends, fields, this.options.header !== false);
      this.begin(this.header);
      if (this.options.header !== false) return;
    }
    const expected = this.header.names.length;
    if (fields !== expected && !(this.header.trailing && fields === expected - 1)) {
      throw new ConcordError('CSV_RAGGED', {
        row: this.rows + 1,
        expected: this.header.trailing ? expected - 1 : expected,
        found: fields,
      });
    }
    (this.gatherer as RecordGatherer).add(bytes, starts, ends, fields);
    this.rows++;
  }

  private begin(header: Header): void {
    const named = header.names.length - (header.trailing ? 1 : 0);
    if (named > this.limits.columns)
      throw new ConcordError('FILE_TOO_LARGE', { what: 'columns', limit: this.limits.columns });
    for (const name of Object.keys(this.options.types ?? {})) {
      if (!header.names.includes(name))
        throw new ConcordError('COLUMN_UNKNOWN', {
          column: name,
          nearest: nearestName(name, header.names),
        });
    }
    const plans = header.names.map((name) => ({ name, type: this.typeOf(name) }));
    const { threads = 0, encode = false } = this.options;
    const maker =
      threads > 0
        ? new ColumnCrew(plans, this.missing, { threads, encode })
        : new ColumnsHere(plans, this.missing);
    this.maker = maker;
    this.gatherer = new RecordGatherer(plans.length, (batch, from, to) =>
      maker.append(batch, from, to),
    );
  }
}
