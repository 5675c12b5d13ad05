import { isAscii } from 'node:buffer';
import type { CodedColumn } from './table.ts';

/** Strings packed for storage: byte lengths (u32 each), then the UTF-8 of all. */
export interface PackedStrings {
  readonly bytes: Buffer;
  readonly count: number;
}

/*
 * The bytes of a dictionary that was built from a file are kept beside its strings, and beside a
 * column whose strings are made when somebody asks for them: neither storing nor hashing has to
 * make bytes of a million strings again. These dictionaries hold each string once and no empty one.
 */
const kept = new WeakMap<readonly string[] | CodedColumn, PackedStrings>();

/** Bytes decoded at once; the strings are then cut out of one long one, which is much faster. */
const WINDOW = 1 << 22;

/** The packed dictionary, where it is known to hold each string once and no empty one. */
export function packedDistinct(column: CodedColumn): PackedStrings | undefined {
  return kept.get(column) ?? kept.get(column.dictionary);
}

/** The dictionary of a column, packed. */
export function packDictionary(column: CodedColumn): PackedStrings {
  const ready = packedDistinct(column);
  if (ready !== undefined) return ready;
  const { dictionary: strings } = column;
  const front = strings.length * 4;
  const size = strings.reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8'), front);
  const bytes = Buffer.alloc(size);
  let at = front;
  for (const [index, text] of strings.entries()) {
    const length = bytes.write(text, at, 'utf8');
    bytes.writeUInt32LE(length, index * 4);
    at += length;
  }
  return { bytes, count: strings.length };
}

/** The distinct texts of a column, made one by one as they are asked for. */
export interface Texts {
  readonly count: number;
  at(code: number): string;
  /** The column of these texts. */
  column(front: Omit<CodedColumn, 'dictionary'>): CodedColumn;
}

export function textsOf(dictionary: readonly string[]): Texts {
  return {
    count: dictionary.length,
    at: (code) => dictionary[code] as string,
    column: (front) => ({ ...front, dictionary }),
  };
}

/**
 * Texts of a packed form that are known to be distinct and not empty: what a column is can mostly
 * be told from few of them, and a million strings need not be made for it.
 */
export function packedTexts(packed: PackedStrings): Texts {
  const { bytes, count } = packed;
  let ends: Float64Array | undefined;
  return {
    count,
    at(code) {
      ends ??= endsOf(packed);
      return bytes.toString('utf8', ends[code], ends[code + 1]);
    },
    column: (front) => withPackedDictionary(front, packed),
  };
}

/** Where each string ends and the next begins; the first begins behind the lengths. */
export function endsOf({ bytes, count }: PackedStrings): Float64Array {
  const lengths = lengthsOf(bytes, count);
  const ends = new Float64Array(count + 1);
  let end = count * 4;
  ends[0] = end;
  for (let code = 0; code < count; code++) {
    end += lengths[code] as number;
    ends[code + 1] = end;
  }
  return ends;
}

function distinctStrings(packed: PackedStrings): string[] {
  const strings = unpackStrings(packed.bytes, packed.count);
  kept.set(strings, packed);
  return strings;
}

/** A column with the packed dictionary of a builder, whose strings are made at first use. */
export function withPackedDictionary(
  column: Omit<CodedColumn, 'dictionary'>,
  packed: PackedStrings,
): CodedColumn {
  const whole = withLateDictionary(column, () => distinctStrings(packed));
  kept.set(whole, packed);
  return whole;
}

/**
 * The same for a dictionary of any strings.
 * @throws RangeError when the bytes are not those of `count` packed strings
 */
export function withStoredDictionary(
  column: Omit<CodedColumn, 'dictionary'>,
  { bytes, count }: PackedStrings,
): CodedColumn {
  if (bytes.length < count * 4) throw new RangeError('lengths');
  const lengths = lengthsOf(bytes, count);
  let end = count * 4;
  for (let index = 0; index < count; index++) end += lengths[index] as number;
  if (end !== bytes.length) throw new RangeError('strings');
  return withLateDictionary(column, () => unpackStrings(bytes, count));
}

function withLateDictionary(
  column: Omit<CodedColumn, 'dictionary'>,
  make: () => readonly string[],
): CodedColumn {
  let strings: readonly string[] | undefined;
  return {
    ...column,
    get dictionary() {
      return (strings ??= make());
    },
  };
}

function unpackStrings(bytes: Buffer, count: number): string[] {
  const front = count * 4;
  const lengths = lengthsOf(bytes, count);
  const strings = new Array<string>(count);
  let at = front;
  let index = 0;
  while (index < count) {
    const first = index;
    const from = at;
    while (index < count && (index === first || at - from < WINDOW)) {
      at += lengths[index] as number;
      index++;
    }
    cutWindow(bytes, strings, lengths.subarray(first, index), first, from, at);
  }
  return strings;
}

/** The byte lengths at the front; a copy, since they may lie at any address. */
export function lengthsOf(bytes: Buffer, count: number): Uint32Array {
  const lengths = new Uint32Array(count);
  new Uint8Array(lengths.buffer).set(bytes.subarray(0, count * 4));
  return lengths;
}

/** Strings from `first` on, whose bytes are [from, to). */
function cutWindow(
  bytes: Buffer,
  strings: string[],
  lengths: Uint32Array,
  first: number,
  from: number,
  to: number,
): void {
  const ascii = isAscii(bytes.subarray(from, to));
  const text = ascii ? bytes.toString('latin1', from, to) : '';
  let at = from;
  for (let index = 0; index < lengths.length; index++) {
    const end = at + (lengths[index] as number);
    strings[first + index] = ascii
      ? text.slice(at - from, end - from)
      : bytes.toString('utf8', at, end);
    at = end;
  }
}
