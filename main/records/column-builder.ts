import { CellDictionary } from './cell-dictionary.ts';
import { longDecimalText } from './long-decimal.ts';
import { packedTexts, type Texts } from './packed-strings.ts';
import { LONG, NOT_FIXED, parsed, parseNumber } from './number-text.ts';
import { POWERS, short, shortNumber } from './short-number.ts';
import type { RecordBatch } from './record-batch.ts';

const SPACE = 0x20;
const TAB = 0x09;
const SEGMENT = 1 << 16;
/** Flag in `shapes`: one space stood before the number. */
const ONE_SPACE = 0x40;
const DECIMALS = 0x3f;

export interface NumberCells {
  readonly kind: 'numbers';
  readonly values: Float64Array;
  /** Some cell had a decimal point or an exponent. */
  readonly real: boolean;
  /** Cells whose surrounding blanks were dropped. */
  readonly spaced: number;
}

export interface CodedCells {
  readonly kind: 'coded';
  readonly codes: Int32Array;
  readonly texts: Texts;
}

/** The cells of the batch in hand; one for all columns, which take their cells in turn. */
const cells = { from: new Int32Array(0), to: new Int32Array(0), codes: new Int32Array(0) };

/**
 * Collects the cells of one column. It takes them for numbers (8 bytes a cell) until one is not;
 * then all cells go into a dictionary, with exactly the text that stood in the file: for this a
 * byte per number keeps how it was written (two for numbers of more digits than toFixed can tell),
 * and a map the few that these cannot tell.
 */
export class ColumnBuilder {
  private readonly missing: readonly Buffer[];
  private rows = 0;
  private numbers: Float64Array[] = [];
  private shapes: Uint8Array[] = [];
  private rests: (Int16Array | undefined)[] = [];
  private codes: Int32Array[] = [];
  private dictionary: CellDictionary | undefined;
  private odd = new Map<number, string>();
  private real = false;
  private spaced = 0;
  private present = 0;

  constructor(missing: readonly Buffer[], coded: boolean) {
    this.missing = missing;
    if (coded) this.dictionary = new CellDictionary();
  }

  get empty(): boolean {
    return this.present === 0;
  }

  /** The cells of one field of a batch. */
  append(batch: RecordBatch, field: number): void {
    const done = this.dictionary === undefined ? this.appendNumbers(batch, field) : 0;
    if (done < batch.records) this.appendCodes(batch, field, done);
  }

  finish(): NumberCells | CodedCells {
    const { rows } = this;
    if (this.dictionary !== undefined) {
      const codes = joined(new Int32Array(rows), this.codes);
      this.codes = [];
      return { kind: 'coded', codes, texts: packedTexts(this.dictionary.packed()) };
    }
    const values = joined(new Float64Array(rows), this.numbers);
    this.numbers = [];
    this.shapes = [];
    return { kind: 'numbers', values, real: this.real, spaced: this.spaced };
  }

  /** How many records were taken before one whose cell is no number. */
  private appendNumbers(batch: RecordBatch, field: number): number {
    const { bytes, starts, ends, base, records, stride } = batch;
    const marked = this.missing.length > 0;
    let numbers: Float64Array | undefined;
    let shapes: Uint8Array | undefined;
    let { present, real } = this;
    let record = 0;
    for (let cell = field * stride; record < records; record++, cell++) {
      const start = (starts[cell] as number) - base;
      const end = (ends[cell] as number) - base;
      let from = start;
      let to = end;
      while (from < to && isBlank(bytes[from] as number)) from++;
      while (to > from && isBlank(bytes[to - 1] as number)) to--;
      const missing = from === to || (marked && this.isMark(bytes, from, to));
      const quick = !missing && shortNumber(bytes, from, to);
      const value = quick
        ? short.decimals === 0
          ? short.digits
          : short.digits / (POWERS[short.decimals] as number)
        : missing
          ? NaN
          : parseNumber(bytes, from, to);
      if (!missing && value !== value) break;
      const row = this.rows++;
      const at = row & (SEGMENT - 1);
      if (at === 0) this.addSegment();
      if (at === 0 || numbers === undefined || shapes === undefined) {
        numbers = this.numbers[row >>> 16] as Float64Array;
        shapes = this.shapes[row >>> 16] as Uint8Array;
      }
      numbers[at] = value;
      if (missing) continue;
      present++;
      real ||= quick ? short.real : parsed.real;
      const decimals = quick ? short.decimals : parsed.decimals;
      if (start === from && end === to && decimals < LONG) shapes[at] = decimals;
      else this.keepShape(bytes, row, start, end, from, to, value, decimals);
    }
    this.present = present;
    this.real = real;
    if (record < records) this.becomeCoded(this.rows);
    return record;
  }

  private appendCodes(batch: RecordBatch, field: number, first: number): void {
    const { bytes, view, starts, ends, base, records, stride } = batch;
    const marked = this.missing.length > 0;
    const count = records - first;
    const from = room(cells.from, count);
    const to = room(cells.to, count);
    const codes = room(cells.codes, count);
    Object.assign(cells, { from, to, codes });
    let missing = 0;
    for (let at = 0, cell = field * stride + first; at < count; at++, cell++) {
      const start = (starts[cell] as number) - base;
      const end = (ends[cell] as number) - base;
      let ink = start;
      while (ink < end && isBlank(bytes[ink] as number)) ink++;
      const none = ink === end || (marked && this.isMark(bytes, ink, inkEnd(bytes, ink, end)));
      if (none) missing++;
      from[at] = none ? -1 : start;
      to[at] = end;
    }
    this.present += count - missing;
    (this.dictionary as CellDictionary).codesOf(view, { from, to, count }, codes);
    for (let done = 0; done < count;) {
      const at = this.rows & (SEGMENT - 1);
      if (at === 0) this.addSegment();
      const some = Math.min(count - done, SEGMENT - at);
      (this.codes.at(-1) as Int32Array).set(codes.subarray(done, done + some), at);
      this.rows += some;
      done += some;
    }
  }

  private isMark(bytes: Buffer, from: number, to: number): boolean {
    for (const mark of this.missing) {
      if (mark.length === to - from && bytes.compare(mark, 0, mark.length, from, to) === 0)
        return true;
    }
    return false;
  }

  private keepShape(
    bytes: Buffer,
    row: number,
    start: number,
    end: number,
    from: number,
    to: number,
    value: number,
    decimals: number,
  ): void {
    const segment = row >>> 16;
    const at = row & (SEGMENT - 1);
    let shape = decimals;
    if (start !== from || end !== to) {
      this.spaced++;
      if (shape !== NOT_FIXED && end === to && from - start === 1 && bytes[start] === SPACE) {
        shape |= ONE_SPACE;
      } else {
        shape = NOT_FIXED;
        this.odd.set(row, bytes.toString('utf8', start, end));
      }
    } else if (shape === NOT_FIXED) {
      const text = bytes.toString('latin1', start, end);
      if (text !== String(value)) this.odd.set(row, text);
    }
    if (shape !== NOT_FIXED && shape & LONG)
      (this.rests[segment] ??= new Int16Array(SEGMENT))[at] = parsed.rest;
    (this.shapes[segment] as Uint8Array)[at] = shape;
  }

  private addSegment(): void {
    if (this.dictionary !== undefined) {
      this.codes.push(new Int32Array(SEGMENT));
      return;
    }
    this.numbers.push(new Float64Array(SEGMENT));
    this.shapes.push(new Uint8Array(SEGMENT));
  }

  /** Rows [0, rows) held numbers; from now on the column holds codes. */
  private becomeCoded(rows: number): void {
    const dictionary = new CellDictionary();
    const { numbers, shapes, rests, odd } = this;
    this.codes = numbers.map((segment, index) => {
      const codes = new Int32Array(SEGMENT);
      const base = index * SEGMENT;
      const filled = Math.min(SEGMENT, rows - base);
      for (let at = 0; at < filled; at++) {
        const value = segment[at] as number;
        const shape = (shapes[index] as Uint8Array)[at] as number;
        codes[at] = Number.isNaN(value)
          ? -1
          : dictionary.codeOfText(
              odd.get(base + at) ?? written(value, shape, rests[index]?.[at] ?? 0),
            );
      }
      return codes;
    });
    this.dictionary = dictionary;
    this.numbers = [];
    this.shapes = [];
    this.rests = [];
    this.odd = new Map();
  }
}

/** The text of a number as it stood in the file. */
function written(value: number, shape: number, rest: number): string {
  if (shape === NOT_FIXED) return String(value);
  const decimals = shape & DECIMALS;
  const text =
    shape & LONG
      ? `${value < 0 ? '-' : ''}${longDecimalText(Math.abs(value), decimals, rest)}`
      : value.toFixed(decimals);
  return shape & ONE_SPACE ? ` ${text}` : text;
}

function room(array: Int32Array, size: number): Int32Array {
  return array.length < size ? new Int32Array(size) : array;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function inkEnd(bytes: Buffer, from: number, end: number): number {
  let at = end;
  while (at > from && isBlank(bytes[at - 1] as number)) at--;
  return at;
}

function joined<A extends Float64Array | Int32Array>(into: A, segments: readonly A[]): A {
  segments.forEach((segment, index) => {
    const from = index * SEGMENT;
    into.set(segment.subarray(0, Math.min(SEGMENT, into.length - from)), from);
  });
  return into;
}
