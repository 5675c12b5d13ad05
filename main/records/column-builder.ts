import { CellDictionary } from './cell-dictionary.ts';
import { NOT_FIXED, parsed, parseNumber } from './number-text.ts';

const SPACE = 0x20;
const TAB = 0x09;
const SEGMENT = 1 << 16;
/** Flag in `shapes`: one space stood before the number. */
const ONE_SPACE = 0x40;

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
  readonly dictionary: readonly string[];
}

/**
 * Collects the cells of one column. It takes them for numbers (8 bytes a cell) until one is not;
 * then all cells go into a dictionary, with exactly the text that stood in the file: for this a
 * byte per number keeps how it was written, and a map the few that a byte cannot tell.
 */
export class ColumnBuilder {
  private readonly missing: readonly Buffer[];
  private rows = 0;
  private numbers: Float64Array[] = [];
  private shapes: Uint8Array[] = [];
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

  append(bytes: Buffer, start: number, end: number): void {
    const row = this.rows++;
    const at = row & (SEGMENT - 1);
    if (at === 0) this.addSegment();
    let from = start;
    let to = end;
    while (from < to && isBlank(bytes[from] as number)) from++;
    while (to > from && isBlank(bytes[to - 1] as number)) to--;
    const missing = from === to || this.isMark(bytes, from, to);
    if (!missing) this.present++;
    if (this.dictionary === undefined) {
      const value = missing ? NaN : parseNumber(bytes, from, to);
      if (missing || !Number.isNaN(value)) {
        (this.numbers.at(-1) as Float64Array)[at] = value;
        if (!missing) this.keepShape(bytes, row, start, end, from, to, value);
        return;
      }
      this.becomeCoded(row);
    }
    const codes = this.codes.at(-1) as Int32Array;
    codes[at] = missing ? -1 : (this.dictionary as CellDictionary).codeOf(bytes, start, end);
  }

  finish(): NumberCells | CodedCells {
    const { rows } = this;
    if (this.dictionary !== undefined) {
      const codes = joined(new Int32Array(rows), this.codes);
      this.codes = [];
      return { kind: 'coded', codes, dictionary: this.dictionary.strings() };
    }
    const values = joined(new Float64Array(rows), this.numbers);
    this.numbers = [];
    this.shapes = [];
    return { kind: 'numbers', values, real: this.real, spaced: this.spaced };
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
  ): void {
    if (parsed.real) this.real = true;
    let shape = parsed.decimals;
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
    (this.shapes.at(-1) as Uint8Array)[row & (SEGMENT - 1)] = shape;
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
    const { numbers, shapes, odd } = this;
    this.codes = numbers.map((segment, index) => {
      const codes = new Int32Array(SEGMENT);
      const base = index * SEGMENT;
      const filled = Math.min(SEGMENT, rows - base);
      for (let at = 0; at < filled; at++) {
        const value = segment[at] as number;
        codes[at] = Number.isNaN(value)
          ? -1
          : dictionary.codeOfText(
              written(value, (shapes[index] as Uint8Array)[at] as number, odd.get(base + at)),
            );
      }
      return codes;
    });
    this.dictionary = dictionary;
    this.numbers = [];
    this.shapes = [];
    this.odd = new Map();
  }
}

/** The text of a number as it stood in the file. */
function written(value: number, shape: number, odd: string | undefined): string {
  if (odd !== undefined) return odd;
  if (shape === NOT_FIXED) return String(value);
  const text = value.toFixed(shape & ~ONE_SPACE);
  return shape & ONE_SPACE ? ` ${text}` : text;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function joined<A extends Float64Array | Int32Array>(into: A, segments: readonly A[]): A {
  segments.forEach((segment, index) => {
    const from = index * SEGMENT;
    into.set(segment.subarray(0, Math.min(SEGMENT, into.length - from)), from);
  });
  return into;
}
