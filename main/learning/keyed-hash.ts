import { createHmac } from 'node:crypto';

const TWO_53 = 2 ** 53;

/** The first 53 bits of HMAC-SHA-256(key, text) as an integer. */
export function keyedHash(key: string, text: string): number {
  const digest = createHmac('sha256', key).update(text, 'utf8').digest();
  return (digest.readUInt32BE(0) >>> 11) * 2 ** 32 + digest.readUInt32BE(4);
}

/** Mixes a second 53-bit hash into a first (two rounds of the murmur3 finaliser on each half). */
export function mixHash(first: number, second: number): number {
  const high = finish(Math.floor(first / 2 ** 32) ^ Math.imul(second | 0, 0x85ebca6b));
  const low = finish((first | 0) ^ finish(Math.floor(second / 2 ** 32) + high) ^ (second | 0));
  return (finish(high ^ low) >>> 11) * 2 ** 32 + low;
}

function finish(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 53-bit hash as a number from 0 (included) to 1 (excluded). */
export function unitInterval(hash: number): number {
  return hash / TWO_53;
}
