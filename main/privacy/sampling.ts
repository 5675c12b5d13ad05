import { DIGITS, drawKernel } from './draw-kernel.ts';
import type { RandomSource } from './random.ts';

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
  const kernel = drawKernel();
  const words = kernel?.digitWords ?? new Uint32Array(DIGITS / 4);
  const digits = kernel?.digits ?? new Uint8Array(words.buffer);
  const found = kernel?.found ?? new Int32Array(DIGITS);
  const first = Math.floor(rate * 256);
  const rest = rate * 256 - first;
  let taken = 0;
  for (let start = 0; start < count; start += DIGITS) {
    const end = Math.min(DIGITS, count - start);
    random.fill(words.subarray(0, Math.ceil(end / 4)));
    const small =
      kernel?.smallDigits(Math.ceil(end / 16) * 16, first) ?? smallDigits(digits, found, first);
    for (let s = 0; s < small && found[s]! < end; s++) {
      const place = found[s]!;
      if (digits[place]! < first || liesBelow(rest, random)) out[taken++] = start + place;
    }
  }
  // Who was drawn is not kept where a later look at memory would find it.
  words.fill(0);
  found.fill(0);
  return taken;
}

/** The places of digits that are at most `most`, as kernels/draws.ts finds them. */
function smallDigits(digits: Uint8Array, out: Int32Array, most: number): number {
  let found = 0;
  for (let i = 0; i < digits.length; i++) if (digits[i]! <= most) out[found++] = i;
  return found;
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
