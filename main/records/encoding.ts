import { isAscii, isUtf8 } from 'node:buffer';
import type { encodings } from '../contract/reading-options.ts';
import { windows1252Text } from './windows-1252.ts';

export type Encoding = (typeof encodings)[number];
/** Opens the bytes anew at every call: a second pass must be possible. */
export type ByteSource = () => AsyncIterable<Uint8Array>;

/** The bytes are not in the encoding that was tried. `certain`: no other one need be tried. */
export class Undecodable extends Error {
  readonly offset: number;
  readonly certain: boolean;

  constructor(offset: number, certain: boolean) {
    super('undecodable');
    this.offset = offset;
    this.certain = certain;
  }
}

const NON_ASCII_PROOF = 64;

/** The encoding that a byte order mark declares, with the length of the mark. */
export function byteOrderMark(
  head: Uint8Array,
): { encoding: Encoding; length: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { encoding: 'utf-8', length: 3 };
  if (head[0] === 0x84 && head[1] === 0x31 && head[2] === 0x95 && head[3] === 0x33)
    return { encoding: 'gb18030', length: 4 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return undefined;
}

/** The first bytes of a source (up to `length`); closes it again. */
export async function firstBytes(source: ByteSource, length: number): Promise<Uint8Array> {
  let head = Buffer.alloc(0);
  for await (const chunk of source()) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= length) break;
  }
  return head.subarray(0, length);
}

/**
 * The source as strictly checked UTF-8, whole characters per chunk, without a byte order mark.
 * Throws `Undecodable` with the offset of the first byte that cannot be read; a NUL byte cannot,
 * in any encoding: it never stands in a text table.
 */
export async function* utf8Chunks(
  source: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  skip: number,
): AsyncGenerator<Uint8Array> {
  const decoder = decoderOf(encoding);
  let offset = 0;
  let toSkip = skip;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of source) {
    const skipped = Math.min(toSkip, chunk.length);
    toSkip -= skipped;
    if (rest.length === 0) offset += skipped;
    const fresh = chunk.subarray(skipped);
    const bytes = rest.length === 0 ? fresh : Buffer.concat([rest, fresh]);
    const whole = decoder.wholeCharacters(bytes, offset);
    if (whole > 0) yield decoder.toUtf8(bytes.subarray(0, whole), offset);
    // A copy: the source may use the memory of its chunk again.
    rest = Buffer.from(bytes.subarray(whole));
    offset += whole;
  }
  if (rest.length > 0) throw new Undecodable(offset, false);
}

type Decoder = InstanceType<typeof TextDecoder>;

interface ChunkDecoder {
  /** Length of the longest prefix that ends between two characters. */
  wholeCharacters(bytes: Uint8Array, offset: number): number;
  toUtf8(bytes: Uint8Array, offset: number): Uint8Array;
}

function decoderOf(encoding: Encoding): ChunkDecoder {
  if (encoding === 'utf-8') return utf8Decoder();
  if (encoding === 'windows-1252') return windows1252Decoder();
  if (encoding === 'gb18030') return transcoder(encoding, wholeGb18030);
  return transcoder(encoding, (bytes) => wholeUtf16(bytes, encoding === 'utf-16le'));
}

function utf8Decoder(): ChunkDecoder {
  let multiByte = 0;
  return {
    wholeCharacters: (bytes) => bytes.length - unfinishedUtf8(bytes),
    toUtf8(bytes, offset) {
      if (!isUtf8(bytes)) {
        const bad = firstNotUtf8(bytes);
        multiByte += countLongSequences(bytes.subarray(0, bad), NON_ASCII_PROOF);
        // That many three-byte characters in a row are not a chance of another encoding: this is
        // damaged UTF-8, and reading it as another encoding would only spoil the rest silently.
        throw new Undecodable(offset + bad, multiByte >= NON_ASCII_PROOF);
      }
      if (multiByte < NON_ASCII_PROOF && !isAscii(bytes))
        multiByte += countLongSequences(bytes, NON_ASCII_PROOF);
      return withoutNul(bytes, offset);
    },
  };
}

function windows1252Decoder(): ChunkDecoder {
  return {
    wholeCharacters: (bytes) => bytes.length,
    toUtf8(bytes, offset) {
      const text = windows1252Text(bytes);
      if (typeof text === 'number') throw new Undecodable(offset - text - 1, false);
      return withoutNul(Buffer.from(text, 'utf8'), offset);
    },
  };
}

function transcoder(encoding: string, whole: (bytes: Uint8Array) => number): ChunkDecoder {
  // ignoreBOM keeps a U+FEFF inside the text where it stands; the leading one is skipped before.
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return {
    wholeCharacters(bytes, offset) {
      const length = whole(bytes);
      if (length < 0) throw new Undecodable(offset - length - 1, false);
      return length;
    },
    toUtf8(bytes, offset) {
      try {
        return withoutNul(Buffer.from(decoder.decode(bytes), 'utf8'), offset);
      } catch (error) {
        if (error instanceof Undecodable) throw error;
        throw new Undecodable(offset + firstUnmapped(decoder, bytes, whole), false);
      }
    },
  };
}

function withoutNul(bytes: Uint8Array, offset: number): Uint8Array {
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new Undecodable(offset + nul, false);
  return bytes;
}

function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < needed ? back : 0;
  }
  return 0;
}

function firstNotUtf8(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, middle - unfinishedUtf8(prefix)))) good = middle;
    else bad = middle;
  }
  return bad - 1;
}

function countLongSequences(bytes: Uint8Array, enough: number): number {
  let found = 0;
  for (const byte of bytes) {
    if (byte >= 0xe0 && ++found === enough) break;
  }
  return found;
}

/** GB 18030: 1, 2 or 4 bytes. Returns the whole length, or -(position + 1) of an impossible byte. */
function wholeGb18030(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] as number;
    // 0x80 is the euro sign of Windows code page 936.
    if (lead <= 0x80) {
      at++;
      continue;
    }
    if (lead === 0xff) return -at - 1;
    if (at + 1 === bytes.length) return at;
    const second = bytes[at + 1] as number;
    const length = second >= 0x30 && second <= 0x39 ? 4 : 2;
    if (length === 2 && (second < 0x40 || second === 0x7f || second === 0xff)) return -at - 1;
    if (at + length > bytes.length) return at;
    at += length;
  }
  return at;
}

function wholeUtf16(bytes: Uint8Array, littleEndian: boolean): number {
  const even = bytes.length & ~1;
  if (even === 0) return 0;
  const high = bytes[even - (littleEndian ? 1 : 2)] as number;
  return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
}

function firstUnmapped(
  decoder: Decoder,
  bytes: Uint8Array,
  whole: (bytes: Uint8Array) => number,
): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const end = whole(bytes.subarray(0, middle));
    if (end <= good || decodes(decoder, bytes.subarray(0, end))) good = middle;
    else bad = middle;
  }
  return good;
}

function decodes(decoder: Decoder, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
