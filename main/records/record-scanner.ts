import { ConcordError } from '../contract/errors.ts';

/** Fields of one record as ranges of `bytes`, quotes removed; valid only during the call. */
export type RecordSink = (
  bytes: Buffer,
  starts: Int32Array,
  ends: Int32Array,
  fields: number,
) => void;

export interface ScanLimits {
  readonly rows: number;
  readonly columns: number;
  /** Bytes of one cell, as UTF-8. */
  readonly cell: number;
}

/** What divides cells and what stands around them. */
export interface CellBytes {
  readonly delimiter: number;
  readonly quote: number;
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

const AT_FIELD_START = 0;
const IN_PLAIN = 1;
const IN_QUOTED = 2;
const AFTER_QUOTED = 3;

const RECORD_BYTES = 1 << 27;

/**
 * Splits UTF-8 bytes into records by RFC 4180, with any one-byte delimiter, one-byte quote or none,
 * and LF, CRLF or CR line ends. A quote opens a cell only at its start; blanks after the closing quote are dropped, any
 * other character there is an error (the file would be read otherwise than it was meant). Blank
 * lines are skipped and counted. It keeps only the record in hand, never the file.
 * Written by hand, since cells must reach the columns as bytes: a parser that makes a string of
 * every cell spends most of its time on strings that are numbers a moment later.
 */
export class RecordScanner {
  blankLines = 0;
  records = 0;
  private readonly delimiter: number;
  private readonly quote: number;
  private readonly limits: ScanLimits;
  private readonly headerRecords: number;
  private readonly sink: RecordSink;
  private buffer = Buffer.allocUnsafe(1 << 18);
  private length = 0;
  private at = 0;
  private fieldStart = 0;
  private fieldEnd = 0;
  private recordStart = 0;
  private fields = 0;
  private state = AT_FIELD_START;
  private escapes = 0;
  private quoted = false;
  private skipLineFeed = false;
  private starts = new Int32Array(64);
  private ends = new Int32Array(64);

  /** Delimiter and quote are bytes; a quote of -1 is none. */
  constructor(
    { delimiter, quote }: CellBytes,
    header: boolean,
    limits: ScanLimits,
    sink: RecordSink,
  ) {
    this.delimiter = delimiter;
    this.quote = quote;
    this.headerRecords = header ? 1 : 0;
    this.limits = limits;
    this.sink = sink;
  }

  /** Number of the record in hand among the data rows, from 1; 0 is the header. */
  private get row(): number {
    return this.records + 1 - this.headerRecords;
  }

  write(chunk: Uint8Array): void {
    this.makeRoom(chunk.length);
    this.buffer.set(chunk, this.length);
    this.length += chunk.length;
    this.scan();
    if (this.length - this.fieldStart > this.limits.cell + 2) this.checkCell(this.at);
  }

  /** The file has ended: the last record may lack its line end. */
  end(): void {
    if (this.state === IN_QUOTED)
      throw new ConcordError('CSV_QUOTE_UNCLOSED', { row: this.row, column: this.fields + 1 });
    if (this.state !== AT_FIELD_START || this.fields > 0) this.endRecord(this.at);
  }

  private makeRoom(needed: number): void {
    if (this.recordStart > 0) this.moveToFront();
    const size = this.length + needed;
    if (size <= this.buffer.length) return;
    if (size > RECORD_BYTES) {
      throw new ConcordError('FILE_TOO_LARGE', {
        what: 'record',
        limit: RECORD_BYTES,
        row: this.row,
      });
    }
    const larger = Buffer.allocUnsafe(Math.max(size, this.buffer.length * 2));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }

  private moveToFront(): void {
    const by = this.recordStart;
    this.buffer.copyWithin(0, by, this.length);
    this.length -= by;
    this.at -= by;
    this.fieldStart -= by;
    this.fieldEnd -= by;
    this.recordStart = 0;
    for (let field = 0; field < this.fields; field++) {
      this.starts[field] = (this.starts[field] as number) - by;
      this.ends[field] = (this.ends[field] as number) - by;
    }
  }

  private scan(): void {
    const { buffer, length, delimiter, quote } = this;
    let at = this.at;
    while (at < length) {
      if (this.state === IN_QUOTED) {
        while (at < length && buffer[at] !== quote) at++;
        if (at === length) break;
        this.fieldEnd = at++;
        this.state = AFTER_QUOTED;
        continue;
      }
      const byte = buffer[at] as number;
      if (this.state === AFTER_QUOTED) {
        if (byte === quote && at === this.fieldEnd + 1) {
          this.escapes++;
          this.state = IN_QUOTED;
        } else if (byte === delimiter) {
          this.endField(this.fieldEnd);
          this.fieldStart = at + 1;
        } else if (byte === LF || byte === CR) {
          this.endRecord(this.fieldEnd);
          this.startRecord(at + 1, byte === CR);
        } else if (byte !== SPACE && byte !== TAB) {
          throw new ConcordError('CSV_QUOTE_STRAY', { row: this.row, column: this.fields + 1 });
        }
        at++;
        continue;
      }
      if (this.state === AT_FIELD_START) {
        if (this.skipLineFeed) {
          this.skipLineFeed = false;
          if (byte === LF) {
            this.startRecord(++at, false);
            continue;
          }
        }
        if (byte === quote) {
          this.state = IN_QUOTED;
          this.quoted = true;
          this.fieldStart = ++at;
          continue;
        }
        this.state = IN_PLAIN;
      }
      at = this.plainCells(at);
      if (at === length || this.state === AT_FIELD_START) continue;
      const next = buffer[at] as number;
      if (next === delimiter) {
        this.endField(at);
        this.fieldStart = at + 1;
      } else {
        this.endRecord(at);
        this.startRecord(at + 1, next === CR);
      }
      at++;
    }
    this.at = at;
  }

  /**
   * The hot loop: plain cells up to the one that ends its record. It stops at that one's end, at
   * the end of the bytes, where a quoted cell begins, or at the end of a cell that needs a check.
   */
  private plainCells(from: number): number {
    const { buffer, length, delimiter, quote, starts, ends, limits } = this;
    const top = Math.max(delimiter, CR);
    let at = from;
    let field = this.fields;
    let start = this.fieldStart;
    for (;;) {
      let byte = buffer[at] as number;
      while (byte > top || (byte !== delimiter && byte !== LF && byte !== CR)) {
        if (++at === length) break;
        byte = buffer[at] as number;
      }
      if (at === length || byte !== delimiter) break;
      if (field === starts.length || at - start > limits.cell) break;
      starts[field] = start;
      ends[field] = at;
      field++;
      start = ++at;
      if (at === length || buffer[at] === quote) {
        this.state = AT_FIELD_START;
        break;
      }
    }
    this.fields = field;
    this.fieldStart = start;
    return at;
  }

  private startRecord(at: number, afterCarriageReturn: boolean): void {
    this.recordStart = at;
    this.fieldStart = at;
    this.skipLineFeed = afterCarriageReturn;
  }

  private endField(end: number): void {
    const stop = this.escapes > 0 ? this.unescape(end) : end;
    if (stop - this.fieldStart > this.limits.cell) this.checkCell(stop);
    const field = this.fields;
    if (field === this.starts.length) this.growFields();
    this.starts[field] = this.fieldStart;
    this.ends[field] = stop;
    this.fields = field + 1;
    this.state = AT_FIELD_START;
    this.skipLineFeed = false;
  }

  private endRecord(end: number): void {
    const blank = this.fields === 0 && end === this.fieldStart && !this.quoted;
    if (blank) {
      this.blankLines++;
    } else {
      this.endField(end);
      if (this.row > this.limits.rows)
        throw new ConcordError('FILE_TOO_LARGE', { what: 'rows', limit: this.limits.rows });
      this.sink(this.buffer, this.starts, this.ends, this.fields);
      this.records++;
    }
    this.fields = 0;
    this.quoted = false;
    this.state = AT_FIELD_START;
  }

  /** Doubled quotes become one, in place: our buffer, and what is read is never read again. */
  private unescape(end: number): number {
    const { buffer, quote } = this;
    let to = this.fieldStart;
    for (let from = this.fieldStart; from < end; from++) {
      const byte = buffer[from] as number;
      buffer[to++] = byte;
      if (byte === quote) from++;
    }
    this.escapes = 0;
    return to;
  }

  private growFields(): void {
    const limit = this.limits.columns;
    // One more than allowed: a trailing comma in the header makes an extra, empty field.
    if (this.fields > limit) throw new ConcordError('FILE_TOO_LARGE', { what: 'columns', limit });
    const size = this.starts.length * 2;
    const starts = new Int32Array(size);
    const ends = new Int32Array(size);
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
  }

  private checkCell(end: number): void {
    const limit = this.limits.cell;
    if (end - this.fieldStart <= limit) return;
    throw new ConcordError('FILE_TOO_LARGE', {
      what: 'cell',
      limit,
      row: this.row,
      column: this.fields + 1,
    });
  }
}
