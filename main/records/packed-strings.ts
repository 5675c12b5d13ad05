import { isAscii } from 'node:buffer';

/*
 * Strings packed for storage: byte lengths (u32 each), then the UTF-8 of all. The bytes of a
 * dictionary that was built from a file are kept beside its strings, so that neither storing nor
 * hashing it has to make a million strings bytes again.
 */
const kept = new WeakMap<readonly string[], Buffer>();

/** Bytes decoded at once; the strings are then cut out of one long one, which is much faster. */
const WINDOW = 1 << 22;

export function packStrings(strings: readonly string[]): Buffer {
  const ready = kept.get(strings);
  if (ready !== undefined) return ready;
  const front = strings.length * 4;
  const size = strings.reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8'), front);
  const packed = Buffer.alloc(size);
  let at = front;
  for (const [index, text] of strings.entries()) {
    const length = packed.write(text, at, 'utf8');
    packed.writeUInt32LE(length, index * 4);
    at += length;
  }
  return packed;
}

/** The packed form of strings that are known to be distinct and not empty; else undefined. */
export function packedDistinct(strings: readonly string[]): Buffer | undefined {
  return kept.get(strings);
}

/** Strings of a packed form whose strings are known to be distinct and not empty. */
export function distinctStrings(packed: Buffer, count: number): string[] {
  const strings = unpackStrings(packed, count);
  kept.set(strings, packed);
  return strings;
}

/** @throws RangeError when the bytes are not those of `count` packed strings */
export function unpackStrings(bytes: Buffer, count: number): string[] {
  const front = count * 4;
  if (bytes.length < front) throw new RangeError('lengths');
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
    if (at > bytes.length) throw new RangeError('strings');
    cutWindow(bytes, strings, lengths.subarray(first, index), first, from, at);
  }
  if (at !== bytes.length) throw new RangeError('rest');
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
