/** Narrowest whole width (bytes a cell) for a block: i = signed integers, f = doubles. */
export const WIDTHS = ['i1', 'i2', 'i4', 'f8'] as const;
export type Width = (typeof WIDTHS)[number];

export interface Packed {
  readonly width: Width;
  readonly bytes: Uint8Array;
}

const INTEGERS = { i1: Int8Array, i2: Int16Array, i4: Int32Array } as const;
/** In a block of integers the smallest value of the width stands for missing. */
const MISSING = { i1: -(2 ** 7), i2: -(2 ** 15), i4: -(2 ** 31) } as const;

/** Doubles (NaN = missing); integers in [-(2^31) + 1, 2^31) without -0 take less. */
export function packNumbers(values: Float64Array): Packed {
  const width = widthOf(values);
  if (width === 'f8')
    return { width, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
  const missing = MISSING[width];
  const packed = new INTEGERS[width](values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    packed[at] = value === value ? value : missing;
  }
  return { width, bytes: new Uint8Array(packed.buffer) };
}

export function packCodes(codes: Int32Array): Packed {
  let highest = 0;
  for (let at = 0; at < codes.length; at++) highest = Math.max(highest, codes[at] as number);
  const width = highest < 2 ** 7 ? 'i1' : highest < 2 ** 15 ? 'i2' : 'i4';
  const packed = new INTEGERS[width](codes.length);
  for (let at = 0; at < codes.length; at++) packed[at] = codes[at] as number;
  return { width, bytes: new Uint8Array(packed.buffer) };
}

/** Cells of one block into `into` at `from`; missing as NaN in doubles, as it stands in codes. */
export function numbersFromBytes(
  width: Width,
  bytes: Uint8Array,
  into: Float64Array | Int32Array,
  from: number,
  rows: number,
): void {
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
  for (let at = 0; at < rows; at++) {
    const cell = cells[at] as number;
    into[from + at] = cell === missing ? NaN : cell;
  }
}

function widthOf(values: Float64Array): Width {
  let least = 0;
  let most = 0;
  // By index: several times as fast as the iterator of a typed array.
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value !== value) continue;
    if ((value | 0) !== value || Object.is(value, -0)) return 'f8';
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  if (least > MISSING.i1 && most < 2 ** 7) return 'i1';
  if (least > MISSING.i2 && most < 2 ** 15) return 'i2';
  return least > MISSING.i4 ? 'i4' : 'f8';
}
