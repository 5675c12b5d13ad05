/*
 * Decimals of 16 to 18 digits: what programs write of a double. Number() of a string and String()
 * of a number, both needed to know whether the text can be written again, take most of the time
 * of an import; here both are a few multiplications.
 */
const ZERO = 0x30;
const POINT = 0x2e;
const MOST_DIGITS = 18;
const MOST_DECIMALS = 22;
/** Below, half the distance of two doubles is less than half of a last digit: toFixed is exact. */
const FIXED = 2 ** 52;
const SPLITTER = 2 ** 27 + 1;
const TINY = 2 ** -100;

const POWERS = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, power) => Number(`1e${power}`));

/** The result of the last `longDecimal` that was not NaN. */
export const long = {
  /** The digits as an integer are those of the value times 10^decimals, rounded, and this more. */
  rest: 0,
  /** `toFixed` writes the text again: `rest` is not needed. */
  fixed: false,
};

/**
 * The double nearest to the digits (one point among them, no sign) in bytes [start, end), of which
 * `decimals` stand after the point; NaN where this way cannot tell it: more than 18 digits but for
 * leading zeros, nothing but zeros, or too near to the middle of two doubles.
 *
 * The quotient of the digits m and 10^d is corrected by its remainder, which Dekker's exact
 * product gives (Dekker 1971, Numer. Math. 18); the sum is the nearest double when it stays the
 * same for any remainder within the error of the one that was computed.
 */
export function longDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
  decimals: number,
): number {
  if (decimals > MOST_DECIMALS) return NaN;
  let at = start;
  while (at < end && ((bytes[at] as number) === ZERO || (bytes[at] as number) === POINT)) at++;
  let digits = end - at;
  // The point is one of the bytes when it has not been passed.
  if (digits > decimals) digits--;
  if (digits === 0 || digits > MOST_DIGITS) return NaN;
  const frontDigits = digits - 9;
  let front = 0;
  let back = 0;
  for (let seen = 0; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0) continue;
    if (seen++ < frontDigits) front = front * 10 + digit;
    else back = back * 10 + digit;
  }
  // Both exact: 10^9 is 2^9 times a number of 21 bits.
  const high = front * 1e9;
  const power = POWERS[decimals] as number;
  const sum = high + back;
  if (sum < FIXED) {
    // Clinger 1990: the quotient of two exact doubles.
    long.fixed = true;
    return sum / power;
  }
  const low = back - (sum - high);
  const near = sum / power;
  const product = near * power;
  const correction = (sum - product + (low - productError(near, power, product))) / power;
  const slack = near * TINY;
  const value = near + (correction + slack);
  if (value !== near + (correction - slack)) return NaN;
  const [whole, error] = wholeProduct(value, power);
  long.fixed = false;
  long.rest = sum - whole + (low - error);
  return value;
}

/** The text that `longDecimal` read, without its sign: `rest` as it was left there. */
export function longDecimalText(value: number, decimals: number, rest: number): string {
  const power = POWERS[decimals] as number;
  const [whole, error] = wholeProduct(value, power);
  const digits = (BigInt(whole) + BigInt(error) + BigInt(rest)).toString();
  const padded = digits.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}

/** a * b, rounded to two integers. */
function wholeProduct(a: number, b: number): [whole: number, error: number] {
  const product = a * b;
  const whole = Math.round(product);
  return [whole, Math.round(productError(a, b, product) + (product - whole))];
}

/** a * b - product, exactly, where product is a * b rounded. */
function productError(a: number, b: number, product: number): number {
  const bigA = SPLITTER * a;
  const highA = bigA - (bigA - a);
  const lowA = a - highA;
  const bigB = SPLITTER * b;
  const highB = bigB - (bigB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}
