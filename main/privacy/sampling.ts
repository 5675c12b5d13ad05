import type { RandomSource } from './random.ts';

const BLOCK_WORDS = 2048;

/**
 * Poisson sampling: takes each of `count` records independently with probability exactly `rate`
 * (as the 64-bit number it is), writes their indices in rising order into `out` (at least `count`
 * long) and returns how many there are; none is a possible answer.
 *
 * A record is taken when a uniform real number lies below the rate. The number's base-256 digits
 * are drawn one by one until they decide, so nothing is rounded and the law is exact.
 */
export function poissonSample(
  count: number,
  rate: number,
  random: RandomSource,
  out: Int32Array,
): number {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError('rate lies in [0, 1]');
  if (out.length < count) throw new RangeError('out holds one index per record');
  if (rate === 1) return takeAll(count, out);
  const words = new Int32Array(Math.min(BLOCK_WORDS, Math.ceil(count / 4)));
  const digits = new Uint8Array(words.buffer);
  const first = Math.floor(rate * 256);
  const rest = rate * 256 - first;
  let taken = 0;
  for (let start = 0; start < count; start += digits.length) {
    random.fill(new Uint32Array(words.buffer));
    const end = Math.min(digits.length, count - start);
    for (let w = 0; 4 * w < end; w++) {
      if (first < 128 && allAbove(words[w]!, first)) continue;
      const last = Math.min(4 * w + 4, end);
      for (let i = 4 * w; i < last; i++) {
        const digit = digits[i]!;
        if (digit < first || (digit === first && liesBelow(rest, random))) out[taken++] = start + i;
      }
    }
  }
  return taken;
}

/** Whether all four bytes of `word` exceed `digit` (below 128), in one go. */
function allAbove(word: number, digit: number): boolean {
  return ((word - Math.imul(0x01010101, digit + 1)) & ~word & 0x80808080) === 0;
}

/** Whether a uniform real number lies below `rate`; 32 of its binary digits at a time. */
function liesBelow(rate: number, random: RandomSource): boolean {
  let rest = rate;
  while (rest > 0) {
    const scaled = rest * 2 ** 32;
    const digit = Math.floor(scaled);
    const word = random.next();
    if (word !== digit) return word < digit;
    rest = scaled - digit;
  }
  return false;
}

function takeAll(count: number, out: Int32Array): number {
  for (let i = 0; i < count; i++) out[i] = i;
  return count;
}
