/** Bytes a cell takes in a block: i = signed integers, f = doubles, s = codes that count up. */
export const WIDTHS = ['i1', 'i2', 'i4', 'f8', 's0'] as const;
export type Width = (typeof WIDTHS)[number];
type IntegerWidth = 'i1' | 'i2' | 'i4';

/** How a block is packed. */
export interface Packing {
  readonly width: Width;
  /** Integers: the cells are these, divided by 10 to this power; 0 when absent. */
  readonly decimals?: number;
  /** Codes that count up: the first of them. */
  readonly first?: number;
}

export interface Packed {
  readonly packing: Packing;
  readonly bytes: Uint8Array;
}

export const MOST_DECIMALS = 6;
const POWERS = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, power) => 10 ** power);
const INTEGERS = { i1: Int8Array, i2: Int16Array, i4: Int32Array } as const;
/** In a block of integers the smallest value of the width stands for missing. */
const MISSING = { i1: -(2 ** 7), i2: -(2 ** 15), i4: -(2 ** 31) } as const;

/**
 * Doubles (NaN = missing). Those that are integers of up to 31 bits divided by a power of ten, to
 * the last bit, are kept as these integers: most measurements are; -0 is not.
 */
export function packNumbers(values: Float64Array): Packed {
  const packing = packingOf(values);
  const integers = packing.width === 'f8' ? undefined : scaled(values, packing);
  if (integers !== undefined) return { packing, bytes: integers };
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { packing: { width: 'f8' }, bytes };
}

export function packCodes(codes: Int32Array): Packed {
  const first = codes[0] as number;
  let highest = 0;
  let counting = first >= 0;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] as number;
    if (code > highest) highest = code;
    if (code !== first + at) counting = false;
  }
  if (counting) return { packing: { width: 's0', first }, bytes: new Uint8Array(0) };
  const width = highest < 2 ** 7 ? 'i1' : highest < 2 ** 15 ? 'i2' : 'i4';
  const packed = new INTEGERS[width](codes.length);
  for (let at = 0; at < codes.length; at++) packed[at] = codes[at] as number;
  return { packing: { width }, bytes: new Uint8Array(packed.buffer) };
}

/** Cells of one block into `into` at `from`; missing as NaN in doubles, as it stands in codes. */
export function numbersFromBytes(
  { width, decimals = 0, first = 0 }: Packing,
  bytes: Uint8Array,
  into: Float64Array | Int32Array,
  from: number,
  rows: number,
): void {
  if (width === 's0') {
    for (let at = 0; at < rows; at++) into[from + at] = first + at;
    return;
  }
  // A copy puts the cells on an address that typed arrays accept.
  const aligned = new Uint8Array(bytes).buffer;
  if (width === 'f8') {
    into.set(new Float64Array(aligned, 0, rows), from);
    return;
  }
  const cells = new INTEGERS[width](aligned, 0, rows);
  if (into instanceof Int32Array) {
    into.set(cells, from);
    return;
  }
  const missing = MISSING[width];
  const power = POWERS[decimals] as number;
  for (let at = 0; at < rows; at++) {
    const cell = cells[at] as number;
    into[from + at] = cell === missing ? NaN : cell / power;
  }
}

/** The narrowest packing that may hold the values; `scaled` finds out whether it does. */
function packingOf(values: Float64Array): Packing {
  let least = 0;
  let most = 0;
  let decimals = 0;
  // By index: several times as fast as the iterator of a typed array.
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value !== value) continue;
    if (value === 0 && Object.is(value, -0)) return { width: 'f8' };
    while (!isScaled(value, POWERS[decimals] as number)) {
      if (++decimals > MOST_DECIMALS) return { width: 'f8' };
    }
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  const power = POWERS[decimals] as number;
  const width = widthOf(Math.round(least * power), Math.round(most * power));
  return decimals === 0 ? { width } : { width, decimals };
}

function isScaled(value: number, power: number): boolean {
  return Math.round(value * power) / power === value;
}

function widthOf(least: number, most: number): IntegerWidth | 'f8' {
  if (least > MISSING.i1 && most < 2 ** 7) return 'i1';
  if (least > MISSING.i2 && most < 2 ** 15) return 'i2';
  return least > MISSING.i4 && most < 2 ** 31 ? 'i4' : 'f8';
}

/** Undefined when a value would not come back to the last bit. */
function scaled(values: Float64Array, { width, decimals = 0 }: Packing): Uint8Array | undefined {
  const missing = MISSING[width as IntegerWidth];
  const power = POWERS[decimals] as number;
  const packed = new INTEGERS[width as IntegerWidth](values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value !== value) {
      packed[at] = missing;
      continue;
    }
    const cell = Math.round(value * power);
    if (cell / power !== value) return undefined;
    packed[at] = cell;
  }
  return new Uint8Array(packed.buffer);
}
