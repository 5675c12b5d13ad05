import { Grouper, type PackedTuples } from './grouping.ts';
import { packFields, placeFields, type TupleLayout } from './tuple-layout.ts';

/** What the classes were merged from: class c of `classes` became part of class `classOf[c]`. */
export interface Origin {
  readonly classes: Classes;
  readonly classOf: Int32Array;
}

/**
 * Equivalence classes at one vector of levels. The arrays may be longer than `count`; those of a
 * checked node are buffers that the next check overwrites (`held` copies them).
 */
export interface Classes extends PackedTuples {
  readonly levels: readonly number[];
  readonly layout: TupleLayout;
  /** null for the distinct original tuples, and where nobody asked for it. */
  readonly origin: Origin | null;
}

/** The code of attribute `j` of class `c`. */
export function codeAt({ layout, words }: Classes, c: number, j: number): number {
  const { word, shift, mask } = layout.fields[j]!;
  return (words[word]![c]! >>> shift) & mask;
}

export function recordsIn({ count, sizes }: Classes): number {
  let records = 0;
  for (let c = 0; c < count; c++) records += sizes[c]!;
  return records;
}

/** The distinct original tuples of rows of level-0 codes, and the tuple of each row. */
export function distinctTuples(
  layout: TupleLayout,
  columns: readonly Int32Array[],
  rows: number,
): { readonly base: Classes; readonly tupleOfRow: Int32Array } {
  const tupleOfRow = new Int32Array(rows);
  const records = {
    count: rows,
    words: layout.pack(columns, rows),
    sizes: new Int32Array(rows).fill(1),
  };
  const grouper = new Grouper(layout.words, rows);
  const merged = grouper.merge(records, [], Infinity, Infinity, tupleOfRow)!;
  const base = { ...merged, levels: columns.map(() => 0), layout, origin: null };
  return { base: held(base), tupleOfRow };
}

/** Groups rows of codes of any kind (-1: missing): the size of each group, and that of each row. */
export function groupRows(
  columns: readonly Int32Array[],
  rows: number,
): { readonly sizes: Int32Array; readonly firstRow: Int32Array; readonly groupOfRow: Int32Array } {
  const fields = placeFields(
    columns.map((codes) => codes.reduce((most, code) => Math.max(most, code), -1) + 2),
  );
  const shifted = columns.map((codes) => codes.map((code) => code + 1));
  const words = packFields(fields, shifted, rows);
  const groupOfRow = new Int32Array(rows);
  const records = { count: rows, words, sizes: new Int32Array(rows).fill(1) };
  const grouper = new Grouper(words.length, rows);
  const { count, sizes } = grouper.merge(records, [], Infinity, Infinity, groupOfRow)!;
  const firstRow = new Int32Array(count);
  for (let row = rows - 1; row >= 0; row--) firstRow[groupOfRow[row]!] = row;
  return { sizes: sizes.slice(0, count), firstRow, groupOfRow };
}

/** Some of the distinct original tuples. */
export function part(base: Classes, tuples: Int32Array): Classes {
  return {
    ...base,
    count: tuples.length,
    words: base.words.map((word) => tuples.map((tuple) => word[tuple]!)),
    sizes: tuples.map((tuple) => base.sizes[tuple]!),
  };
}

/** A copy that lasts, with nothing beyond its classes. */
export function held(classes: Classes): Classes {
  return {
    ...classes,
    words: classes.words.map((word) => word.slice(0, classes.count)),
    sizes: classes.sizes.slice(0, classes.count),
  };
}

/** Merges classes into those of coarser levels, in buffers that every call overwrites. */
export class RollUp {
  readonly #layout: TupleLayout;
  readonly #grouper: Grouper;
  readonly #classOf: Int32Array | null;

  /** `traced`: whether results tell what they were merged from. */
  constructor(base: Classes, traced: boolean) {
    this.#layout = base.layout;
    this.#grouper = new Grouper(base.layout.words, base.count);
    this.#classOf = traced ? new Int32Array(base.count) : null;
  }

  /** The classes at `levels`, nowhere finer than `from`; null when there are more than `most`. */
  merge(from: Classes, levels: readonly number[], most = Infinity): Classes | null {
    const layout = this.#layout;
    const steps = layout.steps(from.levels, levels);
    const merged = this.#grouper.merge(from, steps, most, layout.possible(levels), this.#classOf);
    if (merged === null) return null;
    const classOf = this.#classOf;
    return {
      ...merged,
      levels,
      layout,
      origin: classOf === null ? null : { classes: from, classOf },
    };
  }
}
