import { ConcordError } from '../../contract/errors.ts';

export interface JsonLimits {
  /** Bytes of one record. */
  readonly record: number;
  /** Objects and arrays inside each other, within one record. */
  readonly depth: number;
}

export const JSON_LIMITS: JsonLimits = { record: 1 << 25, depth: 200 };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/**
 * The records of a JSON text (UTF-8) one by one, so that a file of any size needs the memory of
 * one: the elements of one array; or values one after the other (JSON lines, NDJSON); or, with
 * `within` given, the elements of the array of that name in the one object there is (the entries
 * of a FHIR bundle).
 * Throws JSON_INVALID {row, reason}, FILE_TOO_LARGE {what: 'record', row}; rows count from 1.
 */
export async function* jsonValues(
  chunks: AsyncIterable<Uint8Array>,
  within?: string,
  limits: JsonLimits = JSON_LIMITS,
): AsyncGenerator<unknown[]> {
  const splitter = new JsonSplitter(within, limits);
  for await (const chunk of chunks) {
    splitter.write(chunk);
    const values = splitter.take();
    if (values.length > 0) yield values;
  }
  splitter.end();
  const values = splitter.take();
  if (values.length > 0) yield values;
}

class JsonSplitter {
  private readonly within: string | undefined;
  private readonly limits: JsonLimits;
  private values: unknown[] = [];
  private row = 1;
  private depth = 0;
  /** The depth at which records stand; -1 while it is not known. */
  private level = -1;
  private inString = false;
  private escaped = false;
  private pieces: Buffer[] = [];
  private size = 0;
  private started = false;
  /** Of the object that holds the array: the text in hand, and the name before the colon. */
  private text = '';
  private key = '';

  constructor(within: string | undefined, limits: JsonLimits) {
    this.within = within;
    this.limits = limits;
  }

  take(): unknown[] {
    const { values } = this;
    this.values = [];
    return values;
  }

  write(chunk: Uint8Array): void {
    let from = this.started ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (this.inString) {
        this.inside(byte);
        continue;
      }
      if (isSpace(byte) && !this.started) continue;
      if (byte === QUOTE) {
        this.inString = true;
        this.text = '';
        from = this.start(at, from);
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (this.opensRecords(byte)) continue;
        from = this.start(at, from);
        this.depth++;
        if (this.depth > this.limits.depth) throw this.invalid('depth');
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (this.level > 0 && this.depth === this.level) {
          if (byte !== CLOSE_ARRAY) throw this.invalid('syntax');
          from = this.finish(chunk, from, at);
          this.leave();
          continue;
        }
        this.depth--;
        if (this.depth < 0) throw this.invalid('syntax');
        if (this.depth === 0 && this.level === 0) from = this.finish(chunk, from, at + 1);
      } else if (byte === COMMA && this.depth === this.level && this.level > 0) {
        if (!this.started) throw this.invalid('syntax');
        from = this.finish(chunk, from, at);
      } else if (byte === COLON && this.depth === 1 && this.within !== undefined) {
        this.key = this.text;
      } else if (!isSpace(byte) || this.started) {
        from = this.start(at, from);
      }
    }
    if (from >= 0) this.keep(chunk.subarray(from));
  }

  end(): void {
    if (this.inString || this.depth > 0) throw this.invalid('end');
    if (this.started) this.parse();
  }

  private inside(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.inString = false;
    else if (this.within !== undefined && this.depth === 1 && this.text.length < 64)
      this.text += String.fromCharCode(byte);
  }

  /** Whether this bracket opens the array whose elements are the records. */
  private opensRecords(byte: number): boolean {
    if (this.started) return false;
    if (this.within === undefined) {
      if (this.level >= 0 || this.depth > 0) return false;
      this.level = byte === OPEN_ARRAY ? 1 : 0;
      if (this.level === 0) return false;
      this.depth = 1;
      return true;
    }
    const opens = byte === OPEN_ARRAY && this.depth === 1 && this.key === this.within;
    if (opens) {
      this.depth = 2;
      this.level = 2;
    }
    return opens;
  }

  private leave(): void {
    this.depth--;
    this.level = this.within === undefined ? 1 : -1;
    this.key = '';
  }

  private start(at: number, from: number): number {
    if (this.within !== undefined && this.level < 0) return -1;
    if (this.level < 0) this.level = 0;
    if (this.level === 1 && this.depth === 0) throw this.invalid('syntax');
    if (this.started) return from;
    this.started = true;
    return at;
  }

  private finish(chunk: Uint8Array, from: number, to: number): number {
    if (!this.started) return -1;
    this.keep(chunk.subarray(Math.max(from, 0), to));
    this.parse();
    return -1;
  }

  private keep(piece: Uint8Array): void {
    this.size += piece.length;
    if (this.size > this.limits.record) {
      const limit = this.limits.record;
      throw new ConcordError('FILE_TOO_LARGE', { what: 'record', limit, row: this.row });
    }
    // A copy: the source may use the memory of its chunk again.
    this.pieces.push(Buffer.from(piece));
  }

  private parse(): void {
    const text = Buffer.concat(this.pieces).toString('utf8');
    this.pieces = [];
    this.size = 0;
    this.started = false;
    this.values.push(parsed(text, () => this.invalid('syntax')));
    this.row++;
  }

  private invalid(reason: string): ConcordError {
    return new ConcordError('JSON_INVALID', { row: this.row, reason });
  }
}

type WithSource = (key: string, value: unknown, context?: { source?: string }) => unknown;

const LONG_NUMBER = /^-?\d{16,}$/;

/** Whole numbers beyond a double's are identifiers, not quantities: they are kept as written. */
const asWritten: WithSource = (_, value, context) =>
  typeof value === 'number' &&
  !Number.isSafeInteger(value) &&
  LONG_NUMBER.test(context?.source ?? '')
    ? context?.source
    : value;

function parsed(text: string, invalid: () => ConcordError): unknown {
  try {
    return /\d{16}/.test(text)
      ? (JSON.parse(text, asWritten as (key: string, value: unknown) => unknown) as unknown)
      : (JSON.parse(text) as unknown);
  } catch {
    throw invalid();
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
