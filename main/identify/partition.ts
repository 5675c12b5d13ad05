import type { Column } from '../records/table.ts';

/** Up to so many combinations of class and value are looked up by place, above by hash. */
const BY_PLACE = 1 << 20;

/** The values of a column as codes 0..count-1; a missing cell is a value of its own, the last. */
export interface Coded {
  readonly codes: Int32Array;
  readonly count: number;
}

export function codedColumn(column: Column): Coded {
  if ('codes' in column) {
    return withMissing(column.codes.slice(), column.dictionary.length);
  }
  return wholeCodes(column.values) ?? hashedCodes(column.values);
}

/** Whole numbers of a small range are their own codes. */
function wholeCodes(values: Float64Array): Coded | undefined {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value !== value) continue;
    if (!Number.isInteger(value)) return undefined;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const missing = most < least ? 0 : most - least + 1;
  if (missing > BY_PLACE) return undefined;
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = values[row]!;
    codes[row] = value === value ? value - least : missing;
  }
  return { codes, count: missing + 1 };
}

/** Other numbers get the codes in which they come, found again by their bits. */
function hashedCodes(values: Float64Array): Coded {
  const codes = new Int32Array(values.length);
  const known = new Float64Array(values.length + 1);
  const number = new Float64Array(1);
  const bits = new Int32Array(number.buffer);
  const slotOf = (value: number, mask: number): number => {
    number[0] = value;
    const mixed = Math.imul(Math.imul(bits[0]!, 0x9e3779b1) ^ bits[1]!, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & mask;
  };
  let slots = new Int32Array(1024).fill(-1);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    // Minus zero is zero.
    const value = values[row]! + 0;
    if (value !== value) {
      codes[row] = -1;
      continue;
    }
    let mask = slots.length - 1;
    let slot = slotOf(value, mask);
    while (slots[slot] !== -1 && known[slots[slot]!] !== value) slot = (slot + 1) & mask;
    if (slots[slot] === -1) {
      known[count] = value;
      slots[slot] = count++;
    }
    codes[row] = slots[slot]!;
    if (2 * count < slots.length) continue;
    slots = new Int32Array(slots.length * 4).fill(-1);
    mask = slots.length - 1;
    for (let code = 0; code < count; code++) {
      slot = slotOf(known[code]!, mask);
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
  }
  return withMissing(codes, count);
}

/** Missing cells, so far -1, get the last code. */
function withMissing(codes: Int32Array, missing: number): Coded {
  for (let row = 0; row < codes.length; row++) if (codes[row]! < 0) codes[row] = missing;
  return { codes, count: missing + 1 };
}

/**
 * Rows grouped by equal values. Rows that are alone already are kept out: whatever is looked at in
 * addition, they stay alone. `rows` are the others in ascending order, `classOf` the class of each
 * of them, 0..shared-1.
 */
export interface Partition {
  readonly rows: Int32Array;
  readonly classOf: Int32Array;
  /** Classes of two rows or more. */
  readonly shared: number;
  /** Rows that are alone. */
  readonly unique: number;
  /** Rows in classes of 1 to 4. */
  readonly below5: number;
}

/** All rows in one class. */
export function undivided(rows: number): Partition {
  if (rows < 2) {
    const none = new Int32Array(0);
    return { rows: none, classOf: none, shared: 0, unique: rows, below5: rows };
  }
  return {
    rows: Int32Array.from({ length: rows }, (_, row) => row),
    classOf: new Int32Array(rows),
    shared: 1,
    unique: 0,
    below5: rows < 5 ? rows : 0,
  };
}

/** Divides partitions of a table with `rows` rows; its working memory serves call after call. */
export class Divider {
  readonly #places: Int32Array;
  readonly #keys: Float64Array;
  readonly #found: Int32Array;
  readonly #sizes: Int32Array;
  readonly #renamed: Int32Array;
  readonly #fresh: Int32Array;

  constructor(rows: number) {
    let slots = 16;
    while (slots < rows * 2) slots *= 2;
    this.#places = new Int32Array(Math.min(BY_PLACE, 4 * slots));
    this.#keys = new Float64Array(slots);
    this.#found = new Int32Array(slots);
    this.#sizes = new Int32Array(rows);
    this.#renamed = new Int32Array(rows);
    this.#fresh = new Int32Array(rows);
  }

  /** Each class divided by the values of one more column; linear in the rows that are not alone. */
  divide(from: Partition, { codes, count }: Coded): Partition {
    const combinations = from.shared * count;
    const classes =
      combinations <= this.#places.length
        ? this.#byPlace(from, codes, count)
        : this.#byHash(from, codes, count);
    return this.#withoutAlone(from, classes);
  }

  #byPlace({ rows, classOf, shared }: Partition, codes: Int32Array, count: number): number {
    const places = this.#places.fill(-1, 0, shared * count);
    const sizes = this.#sizes;
    const fresh = this.#fresh;
    let classes = 0;
    for (let at = 0; at < rows.length; at++) {
      const key = classOf[at]! * count + codes[rows[at]!]!;
      let found = places[key]!;
      if (found < 0) {
        found = places[key] = classes++;
        sizes[found] = 0;
      }
      sizes[found]!++;
      fresh[at] = found;
    }
    return classes;
  }

  #byHash({ rows, classOf }: Partition, codes: Int32Array, count: number): number {
    const keys = this.#keys.fill(-1);
    const places = this.#found;
    const sizes = this.#sizes;
    const fresh = this.#fresh;
    const mask = keys.length - 1;
    let classes = 0;
    for (let at = 0; at < rows.length; at++) {
      const known = classOf[at]!;
      const code = codes[rows[at]!]!;
      const key = known * count + code;
      let slot = Math.imul(Math.imul(known, 0x9e3779b1) ^ code, 0x85ebca6b);
      slot = (slot ^ (slot >>> 15)) & mask;
      while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & mask;
      if (keys[slot] === -1) {
        keys[slot] = key;
        places[slot] = classes;
        sizes[classes++] = 0;
      }
      const found = places[slot]!;
      sizes[found]!++;
      fresh[at] = found;
    }
    return classes;
  }

  /** The rows of classes of two or more, their classes named anew without gaps. */
  #withoutAlone(from: Partition, classes: number): Partition {
    const sizes = this.#sizes;
    const renamed = this.#renamed;
    let shared = 0;
    let alone = 0;
    let few = 0;
    for (let c = 0; c < classes; c++) {
      const size = sizes[c]!;
      if (size === 1) alone++;
      if (size < 5) few += size;
      renamed[c] = size === 1 ? -1 : shared++;
    }
    const rows = new Int32Array(from.rows.length - alone);
    const classOf = new Int32Array(rows.length);
    for (let at = 0, kept = 0; at < from.rows.length; at++) {
      const name = renamed[this.#fresh[at]!]!;
      if (name < 0) continue;
      rows[kept] = from.rows[at]!;
      classOf[kept++] = name;
    }
    const unique = from.unique + alone;
    return { rows, classOf, shared, unique, below5: from.unique + few };
  }
}
