import { createHash, type Hash } from 'node:crypto';
import { endsOf, packedDistinct, type PackedStrings } from './packed-strings.ts';
import type { CodedColumn, Column, Table } from './table.ts';

const PIECE = 1 << 15;
const ZERO = 0x30;
const COLON = 0x3a;
/** Of the length of a text. */
const MOST_DIGITS = 10;

const kept = new WeakMap<Table, string>();

/**
 * SHA-256 (hex) of what the table says: number of rows, and per column its name, its type and its
 * cells in row order. The same cells, names and types give the same hash whatever the order or
 * the unused entries of a dictionary, and whatever file (delimiter, encoding, line ends, form of a
 * date or number) they came from. The order of rows and columns counts; how a file spelled its
 * booleans does not.
 */
export function tableHash(table: Table): string {
  const ready = kept.get(table);
  if (ready !== undefined) return ready;
  const hasher = new TableHasher(table.rows, table.columns.length);
  for (const column of table.columns) hasher.add(column);
  const hash = hasher.digest();
  kept.set(table, hash);
  return hash;
}

/** The hash of a table made while its columns come in. */
export class TableHasher {
  private readonly hash = createHash('sha256');

  constructor(rows: number, columns: number) {
    this.hash.update(`concord-table-1\n${rows}\n${columns}\n`);
  }

  /** The next column in the order of the table. */
  add(column: Column): void {
    const texts = new HashedTexts(this.hash);
    texts.add(Buffer.from(column.name, 'utf8'));
    texts.add(Buffer.from(column.type, 'utf8'));
    texts.end();
    if ('codes' in column) coded(this.hash, column);
    else numbers(this.hash, column.values);
  }

  digest(): string {
    return this.hash.digest('hex');
  }

  /** Ends the hash and keeps it beside its table, for `tableHash`. */
  keepFor(table: Table): void {
    kept.set(table, this.digest());
  }
}

/** Texts as `bytes:text` one after the other; small ones are put together before they are hashed. */
class HashedTexts {
  private readonly hash: Hash;
  private readonly piece = Buffer.allocUnsafe(PIECE);
  private length = 0;

  constructor(hash: Hash) {
    this.hash = hash;
  }

  add(bytes: Buffer, from = 0, to = bytes.length): void {
    const size = to - from;
    if (this.length + size + MOST_DIGITS + 1 > PIECE) this.end();
    const { piece } = this;
    let length = this.front(size);
    if (size > PIECE - MOST_DIGITS - 1) {
      this.length = length;
      this.end();
      this.hash.update(bytes.subarray(from, to));
      return;
    }
    // A call into native code costs more than so few bytes.
    if (size < 64) for (let at = from; at < to; at++) piece[length++] = bytes[at] as number;
    else length += bytes.copy(piece, length, from, to);
    this.length = length;
  }

  /** Writes `size:`; gives where it ends. */
  private front(size: number): number {
    const { piece } = this;
    let digits = 1;
    for (let power = 10; power <= size; power *= 10) digits++;
    let rest = size;
    for (let at = this.length + digits - 1; at >= this.length; at--) {
      piece[at] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    piece[this.length + digits] = COLON;
    return this.length + digits + 1;
  }

  end(): void {
    this.hash.update(this.piece.subarray(0, this.length));
    this.length = 0;
  }
}

/** Little-endian, as every processor this runs on; one NaN for missing, one zero. */
function numbers(hash: Hash, values: Float64Array): void {
  const piece = new Float64Array(PIECE);
  const halves = new Uint32Array(piece.buffer);
  for (let from = 0; from < values.length; from += PIECE) {
    const size = Math.min(PIECE, values.length - from);
    for (let at = 0; at < size; at++) {
      const value = values[from + at] as number;
      if (value === value) {
        piece[at] = value === 0 ? 0 : value;
      } else {
        // Which of the many NaN a plain assignment leaves is nobody's promise.
        halves[at * 2] = 0;
        halves[at * 2 + 1] = 0x7ff80000;
      }
    }
    hash.update(new Uint8Array(piece.buffer, 0, size * 8));
  }
}

/** Codes renumbered by first appearance, the strings hashed in that order after them. */
function coded(hash: Hash, column: CodedColumn): void {
  const { codes } = column;
  const packed = packedDistinct(column);
  if (packed && countsUp(codes, packed.count)) {
    hash.update(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength));
    hash.update(`${packed.count}\n`);
    hashTexts(hash, packed);
    return;
  }
  const dictionary = packed ? [] : column.dictionary;
  const count = packed?.count ?? dictionary.length;
  const renumbered = new Int32Array(count).fill(-1);
  const order = new Int32Array(count);
  const byText = new Map<string, number>();
  const piece = new Int32Array(PIECE);
  let used = 0;
  for (let from = 0; from < codes.length; from += PIECE) {
    const size = Math.min(PIECE, codes.length - from);
    for (let at = 0; at < size; at++) {
      const code = codes[from + at] as number;
      let number = code < 0 ? -1 : (renumbered[code] as number);
      if (code >= 0 && number < 0) {
        number = packed ? used : numberOfText(dictionary[code] as string, byText, used);
        if (number === used) order[used++] = code;
        if (number >= 0) renumbered[code] = number;
      }
      piece[at] = number;
    }
    hash.update(new Uint8Array(piece.buffer, 0, size * 4));
  }
  hash.update(`${used}\n`);
  if (packed) {
    hashTexts(hash, packed, order.subarray(0, used));
    return;
  }
  const texts = new HashedTexts(hash);
  for (const code of order.subarray(0, used))
    texts.add(Buffer.from(dictionary[code] as string, 'utf8'));
  texts.end();
}

/** Whether codes are numbered by first appearance already, and each of them appears. */
function countsUp(codes: Int32Array, count: number): boolean {
  let next = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code >= next && code !== next++) return false;
    if (code < -1) return false;
  }
  return next === count;
}

/** An empty string is a missing cell; two codes of one string are one value. */
function numberOfText(text: string, byText: Map<string, number>, next: number): number {
  if (text === '') return -1;
  const known = byText.get(text);
  if (known !== undefined) return known;
  byText.set(text, next);
  return next;
}

/** In the order of the dictionary, or another one. */
function hashTexts(hash: Hash, packed: PackedStrings, order?: Int32Array): void {
  const texts = new HashedTexts(hash);
  const ends = endsOf(packed);
  const count = order?.length ?? packed.count;
  for (let at = 0; at < count; at++) {
    const code = order ? (order[at] as number) : at;
    texts.add(packed.bytes, ends[code] as number, ends[code + 1] as number);
  }
  texts.end();
}
