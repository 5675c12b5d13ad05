import { inflateRawSync } from 'node:zlib';

/** A repeatable stream of numbers in [0, 1) (mulberry32): a failing file can be made again. */
export function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes that mean something in one format or another. */
const PLANTED = Buffer.from('a5 -"\',\n\r\0;\t={}[]:<>&/\\._%', 'latin1');
const BINARY = [0x00, 0x01, 0x7f, 0x80, 0xe4, 0xf0, 0xfe, 0xff];

/** The same bytes with one to four changes: planted, put in, taken out, doubled, cut off. */
export function mutated(base: Uint8Array, next: () => number): Buffer {
  let bytes = Buffer.from(base);
  const changes = 1 + Math.floor(next() * 4);
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(next() * bytes.length);
    const from = next() < 0.5 ? PLANTED : BINARY;
    const planted = from[Math.floor(next() * from.length)] as number;
    const kind = next();
    if (kind < 0.4) bytes[at] = planted;
    else if (kind < 0.5) bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(next() * 8));
    else if (kind < 0.65)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.of(planted), bytes.subarray(at)]);
    else if (kind < 0.8)
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(at + 1 + Math.floor(next() * 20)),
      ]);
    else if (kind < 0.92) {
      const to = Math.min(bytes.length, at + Math.floor(next() * 200));
      bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    } else bytes = bytes.subarray(0, at + 1);
  }
  return bytes;
}

/** The parts of an archive made by archive.ts, by its local headers. */
export function inflatedParts(zip: Buffer): { name: string; content: Buffer }[] {
  const parts: { name: string; content: Buffer }[] = [];
  let at = 0;
  while (zip.readUInt32LE(at) === 0x04034b50) {
    const packed = zip.readUInt32LE(at + 18);
    const named = zip.readUInt16LE(at + 26);
    const name = zip.toString('utf8', at + 30, at + 30 + named);
    const body = zip.subarray(at + 30 + named, at + 30 + named + packed);
    parts.push({ name, content: inflateRawSync(body) });
    at += 30 + named + packed;
  }
  return parts;
}
