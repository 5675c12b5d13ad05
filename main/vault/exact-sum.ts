/**
 * Exact arithmetic on epsilons and deltas. A figure counts as the decimal number that is written in
 * plans and on certificates (ECMAScript's shortest form of the double), so that ten jobs of 0.1 fill
 * a budget of 1 exactly, in any order, and nothing drifts however many there are.
 */
interface Decimal {
  readonly digits: bigint;
  /** Power of ten of the last digit; never positive. */
  readonly exponent: number;
}

/** The sum of non-negative doubles, rounded up to a double when it is none. */
export function sumUp(values: readonly number[]): number {
  return roundUp(values.map(toDecimal).reduce(add, ZERO));
}

/** Whether the parts together exceed the whole. */
export function exceeds(parts: readonly number[], whole: number): boolean {
  return compare(parts.map(toDecimal).reduce(add, ZERO), toDecimal(whole)) > 0;
}

/** What is left of the whole, rounded down; 0 when nothing is. Asking for it never exceeds. */
export function remaining(whole: number, parts: readonly number[]): number {
  const taken = parts.map(toDecimal).reduce(add, ZERO);
  const left = add(toDecimal(whole), { ...taken, digits: -taken.digits });
  return left.digits <= 0n ? 0 : roundDown(left);
}

const ZERO: Decimal = { digits: 0n, exponent: 0 };

function toDecimal(value: number): Decimal {
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) throw new RangeError('only finite non-negative numbers can be summed');
  const fraction = match[2] ?? '';
  const digits = BigInt((match[1] ?? '') + fraction);
  const exponent = Number(match[3] ?? 0) - fraction.length;
  return exponent > 0
    ? { digits: digits * 10n ** BigInt(exponent), exponent: 0 }
    : { digits, exponent };
}

function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scaled(a, exponent) + scaled(b, exponent), exponent };
}

function compare(a: Decimal, b: Decimal): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const difference = scaled(a, exponent) - scaled(b, exponent);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function scaled({ digits, exponent }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(exponent - to);
}

function roundUp(exact: Decimal): number {
  const near = nearest(exact);
  return compare(toDecimal(near), exact) < 0 ? neighbour(near, 1n) : near;
}

function roundDown(exact: Decimal): number {
  const near = nearest(exact);
  return compare(toDecimal(near), exact) > 0 ? neighbour(near, -1n) : near;
}

function nearest({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

/** The next double above or below a non-negative one. */
function neighbour(value: number, step: 1n | -1n): number {
  const bits = new BigInt64Array(1);
  const doubles = new Float64Array(bits.buffer);
  doubles[0] = value;
  bits[0] = (bits[0] ?? 0n) + step;
  return doubles[0];
}
