import { long, longDecimal } from './long-decimal.ts';
import { narrow } from './narrow-text.ts';

/**
 * Numbers as people write them in files: -?digits[.digits][e+-digits]. Not numbers, since reading
 * them as such would lose something: leading zeros (007), a plus sign, more than 15 digits before
 * the point (identifiers; doubles are exact to 2^53), thousands separators, NaN, infinities.
 */
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LOWER_E = 0x65;
const UPPER_E = 0x45;
const PLUS = 0x2b;

export const WHOLE_DIGITS = 15;
/** `decimals` of a number that is written with an exponent or with too many digits for `value`. */
export const NOT_FIXED = 255;
/** Flag in `decimals`: `rest` is needed to write the digits again (long-decimal.ts). */
export const LONG = 0x80;

/** The result of the last `parseNumber` that was not NaN (kept here to allocate nothing). */
export const parsed = { decimals: 0, real: false, rest: 0 };

const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * The number in bytes [start, end), NaN when it is none. `parsed.decimals` then tells how many
 * digits stood after the point, so that the text can be written again; `parsed.real` whether it
 * had a point or an exponent. Up to 15 digits in all the value is mantissa / 10^decimals, which is
 * correctly rounded (both are exact doubles; Clinger 1990); longer ones go through Number().
 */
export function parseNumber(bytes: Buffer, start: number, end: number): number {
  let at = start;
  const negative = bytes[at] === MINUS;
  if (negative) at++;
  const wholeStart = at;
  let mantissa = 0;
  let digit: number;
  while (at < end && (digit = (bytes[at] as number) - ZERO) >= 0 && digit <= 9) {
    mantissa = mantissa * 10 + digit;
    at++;
  }
  const whole = at - wholeStart;
  if (whole > WHOLE_DIGITS || (whole > 1 && bytes[wholeStart] === ZERO)) return NaN;
  let decimals = 0;
  if (at < end && bytes[at] === POINT) {
    const pointAt = at++;
    while (at < end && (digit = (bytes[at] as number) - ZERO) >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      at++;
    }
    decimals = at - pointAt - 1;
    if (whole + decimals === 0) return NaN;
    parsed.real = true;
  } else {
    if (whole === 0) return NaN;
    parsed.real = false;
  }
  if (at < end || whole + decimals > WHOLE_DIGITS) {
    if (at === end && whole > 0) {
      const value = longDecimal(bytes, wholeStart, end, decimals);
      if (value === value) {
        parsed.decimals = long.fixed ? decimals : decimals | LONG;
        parsed.rest = long.rest;
        return negative ? -value : value;
      }
    }
    return parseLong(bytes, start, at, end);
  }
  const value = decimals === 0 ? mantissa : mantissa / (POWERS[decimals] as number);
  // ".5", "5." and "-0" would come back as "0.5", "5" and "0".
  parsed.decimals =
    whole === 0 || (parsed.real && decimals === 0) || (negative && mantissa === 0)
      ? NOT_FIXED
      : decimals;
  return negative && mantissa !== 0 ? -value : value;
}

function parseLong(bytes: Buffer, start: number, exponentAt: number, end: number): number {
  if (exponentAt < end && !isExponent(bytes, exponentAt, end)) return NaN;
  const value = Number(bytes.toString('latin1', start, end));
  if (!Number.isFinite(value)) return NaN;
  // Smaller than any double: zero would be another number.
  if (value === 0 && hasNonZeroDigit(bytes, start, exponentAt)) return NaN;
  parsed.decimals = NOT_FIXED;
  parsed.real = true;
  return value === 0 ? 0 : value;
}

function isExponent(bytes: Buffer, from: number, end: number): boolean {
  const letter = bytes[from];
  if (letter !== LOWER_E && letter !== UPPER_E) return false;
  let at = from + 1;
  if (bytes[at] === PLUS || bytes[at] === MINUS) at++;
  if (at >= end || end - at > 5) return false;
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

function hasNonZeroDigit(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit > 0 && digit <= 9) return true;
  }
  return false;
}

/**
 * The number a text stands for under the same rules, full-width digits and signs included; NaN when
 * it is none.
 */
export function numberOfText(text: string): number {
  const trimmed = narrow(text).trim();
  if (trimmed.length === 0 || trimmed.length > 400) return NaN;
  const bytes = Buffer.from(trimmed, 'utf8');
  return parseNumber(bytes, 0, bytes.length);
}

/** For columns whose type is set by the person: whole numbers up to 2^53 and reals of any size. */
export function numberOfForcedText(text: string): number {
  const value = numberOfText(text);
  if (!Number.isNaN(value)) return value;
  const plain = narrow(text).trim();
  if (!/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,5})?$/.test(plain)) return NaN;
  const wide = Number(plain);
  if (!Number.isFinite(wide)) return NaN;
  return Number.isInteger(wide) && !/[.eE]/.test(plain) && !Number.isSafeInteger(wide) ? NaN : wide;
}
