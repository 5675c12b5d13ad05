const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const MOST_DIGITS = 9;

export const POWERS = Float64Array.from({ length: 10 }, (_, power) => 10 ** power);

/** The result of the last `shortNumber` that was true: value = digits / 10^decimals. */
export const short = { digits: 0, decimals: 0, real: false };

/**
 * Numbers of up to nine digits, which most are, in integer arithmetic and without a result on the
 * heap. False for everything that `parseNumber` must look at: it decides what a number is, and
 * what is true here it reads as the same.
 */
export function shortNumber(bytes: Uint8Array, start: number, end: number): boolean {
  const negative = bytes[start] === MINUS;
  const first = negative ? start + 1 : start;
  let digits = 0;
  let point = end;
  let at = first;
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit >= 0 && digit <= 9) digits = (Math.imul(digits, 10) + digit) | 0;
    else if (bytes[at] === POINT && point === end) point = at;
    else return false;
  }
  const whole = point - first;
  const decimals = point === end ? 0 : end - point - 1;
  if (whole === 0 || whole + decimals > MOST_DIGITS || point === end - 1) return false;
  if (whole > 1 && bytes[first] === ZERO) return false;
  if (negative && digits === 0) return false;
  short.digits = negative ? -digits : digits;
  short.decimals = decimals;
  short.real = point !== end;
  return true;
}
