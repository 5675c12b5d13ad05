import type { Hierarchy } from './hierarchy.ts';

/**
 * Equivalence classes at one vector of levels. `codes` is row-major, one generalised code per
 * quasi-identifier and class; `ofTuple` maps each distinct original tuple to its class.
 */
export interface Classes {
  readonly levels: readonly number[];
  readonly count: number;
  readonly codes: Int32Array;
  readonly sizes: Int32Array;
  readonly ofTuple: Int32Array;
}

/** Tuples to be merged: `count` rows of codes with how many records each stands for. */
interface Tuples {
  readonly count: number;
  readonly codes: Int32Array;
  readonly sizes: Int32Array;
}

interface Merged extends Tuples {
  readonly classOf: Int32Array;
}

/**
 * Merges equal tuples by an open-addressing hash over their codes; equality is always decided on
 * the codes themselves. Its buffers are reused from call to call.
 */
export class Grouper {
  readonly #width: number;
  readonly #slots: Int32Array;
  readonly #codes: Int32Array;
  readonly #sizes: Int32Array;

  constructor(width: number, maxTuples: number) {
    this.#width = width;
    this.#slots = new Int32Array(slotsFor(maxTuples));
    this.#codes = new Int32Array(maxTuples * width);
    this.#sizes = new Int32Array(maxTuples);
  }

  /** Distinct tuples of `from` after each attribute j went through `maps[j]` (null: unchanged). */
  merge(from: Tuples, maps: readonly (Int32Array | null)[]): Merged {
    const width = this.#width;
    const slots = this.#slots.subarray(0, slotsFor(from.count)).fill(-1);
    const mask = slots.length - 1;
    const codes = this.#codes;
    const sizes = this.#sizes;
    const classOf = new Int32Array(from.count);
    let count = 0;
    for (let tuple = 0; tuple < from.count; tuple++) {
      const start = tuple * width;
      // The candidate is written behind the known classes and stays there if it is new.
      const candidate = count * width;
      let hash = 0x811c9dc5;
      for (let j = 0; j < width; j++) {
        const map = maps[j];
        const code = map ? map[from.codes[start + j]!]! : from.codes[start + j]!;
        codes[candidate + j] = code;
        hash = Math.imul(hash ^ code, 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      let slot = hash & mask;
      let found = slots[slot]!;
      while (found !== -1 && !equalAt(codes, found * width, candidate, width)) {
        slot = (slot + 1) & mask;
        found = slots[slot]!;
      }
      if (found === -1) {
        found = count++;
        slots[slot] = found;
        sizes[found] = 0;
      }
      sizes[found]! += from.sizes[tuple]!;
      classOf[tuple] = found;
    }
    return { count, codes: codes.slice(0, count * width), sizes: sizes.slice(0, count), classOf };
  }
}

function slotsFor(tuples: number): number {
  let slots = 16;
  while (slots < tuples * 2) slots *= 2;
  return slots;
}

function equalAt(codes: Int32Array, a: number, b: number, width: number): boolean {
  for (let j = 0; j < width; j++) if (codes[a + j] !== codes[b + j]) return false;
  return true;
}

/** The distinct original tuples of rows of level-0 codes, and the tuple of each row. */
export function distinctTuples(
  columns: readonly Int32Array[],
  rows: number,
): { readonly base: Classes; readonly tupleOfRow: Int32Array } {
  const width = columns.length;
  const codes = new Int32Array(rows * width);
  columns.forEach((column, j) => {
    for (let row = 0; row < rows; row++) codes[row * width + j] = column[row]!;
  });
  const sizes = new Int32Array(rows).fill(1);
  const merged = new Grouper(width, rows).merge(
    { count: rows, codes, sizes },
    columns.map(() => null),
  );
  const base: Classes = {
    levels: columns.map(() => 0),
    count: merged.count,
    codes: merged.codes,
    sizes: merged.sizes,
    ofTuple: Int32Array.from({ length: merged.count }, (_, tuple) => tuple),
  };
  return { base, tupleOfRow: merged.classOf };
}

/** The classes at `levels`, merged from those at levels nowhere higher. */
export function rollUp(
  from: Classes,
  levels: readonly number[],
  hierarchies: readonly Hierarchy[],
  grouper: Grouper,
): Classes {
  const maps = levels.map((level, j) => {
    const start = from.levels[j]!;
    return level === start ? null : hierarchies[j]!.step(start, level);
  });
  const { classOf, ...merged } = grouper.merge(from, maps);
  const ofTuple = from.ofTuple.map((known) => classOf[known]!);
  return { levels, ...merged, ofTuple };
}
