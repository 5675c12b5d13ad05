import { createHash, type Hash } from 'node:crypto';
import { lengthsOf, packedDistinct, type PackedStrings } from './packed-strings.ts';
import type { CodedColumn, Column, Table } from './table.ts';

const PIECE = 1 << 15;

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
    const front = `${size}:`;
    if (this.length + front.length + size > PIECE) this.end();
    const { piece } = this;
    for (let at = 0; at < front.length; at++) piece[this.length++] = front.charCodeAt(at);
    if (size > PIECE - front.length) {
      this.end();
      this.hash.update(bytes.subarray(from, to));
      return;
    }
    // A call into native code costs more than so few bytes.
    if (size < 64) for (let at = from; at < to; at++) piece[this.length++] = bytes[at] as number;
    else this.length += bytes.copy(piece, this.length, from, to);
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
  const texts = new HashedTexts(hash);
  if (packed) packedTexts(texts, packed, order.subarray(0, used));
  else
    for (const code of order.subarray(0, used))
      texts.add(Buffer.from(dictionary[code] as string, 'utf8'));
  texts.end();
}

/** An empty string is a missing cell; two codes of one string are one value. */
function numberOfText(text: string, byText: Map<string, number>, next: number): number {
  if (text === '') return -1;
  const known = byText.get(text);
  if (known !== undefined) return known;
  byText.set(text, next);
  return next;
}

function packedTexts(texts: HashedTexts, { bytes, count }: PackedStrings, order: Int32Array): void {
  const lengths = lengthsOf(bytes, count);
  const ends = new Float64Array(count + 1);
  ends[0] = count * 4;
  for (let code = 0; code < count; code++)
    ends[code + 1] = (ends[code] as number) + (lengths[code] as number);
  for (let at = 0; at < order.length; at++) {
    const code = order[at] as number;
    texts.add(bytes, ends[code] as number, ends[code + 1] as number);
  }
}
