import type { Classes } from './classes.ts';
import type { EncodedColumn } from './encode.ts';

/** How often each value of a sensitive attribute occurs in one class, as parallel lists. */
export interface Histogram {
  readonly distinct: number;
  readonly values: Int32Array;
  readonly counts: Int32Array;
}

/** Histograms of all classes: the cells of class c stand at starts[c] .. starts[c + 1]. */
interface Cells {
  readonly starts: Int32Array;
  readonly values: Int32Array;
  readonly counts: Int32Array;
}

/** Rows of no tuple (-1) are left out. */
function cellsOfTuples(column: EncodedColumn, tupleOfRow: Int32Array, tuples: number): Cells {
  // Rows in the order of their tuples, by counting.
  const next = new Int32Array(tuples + 1);
  for (const tuple of tupleOfRow) if (tuple >= 0) next[tuple + 1]! += 1;
  for (let t = 0; t < tuples; t++) next[t + 1]! += next[t]!;
  const rows = new Int32Array(tupleOfRow.length);
  tupleOfRow.forEach((tuple, row) => {
    if (tuple >= 0) rows[next[tuple]!++] = row;
  });
  const cells = new CellWriter(column.values.length, tuples, tupleOfRow.length);
  let row = 0;
  for (let tuple = 0; tuple < tuples; tuple++) {
    for (; row < next[tuple]!; row++) cells.add(column.codes[rows[row]!]!, 1);
    cells.close();
  }
  return cells.written();
}

/** Gathers the histogram of one class after the other. */
class CellWriter {
  readonly #count: Int32Array;
  readonly #starts: Int32Array;
  readonly #values: Int32Array;
  readonly #counts: Int32Array;
  #class = 0;
  #end = 0;

  constructor(domain: number, classes: number, mostCells: number) {
    this.#count = new Int32Array(domain);
    this.#starts = new Int32Array(classes + 1);
    this.#values = new Int32Array(mostCells);
    this.#counts = new Int32Array(mostCells);
  }

  add(value: number, count: number): void {
    if (this.#count[value] === 0) this.#values[this.#end++] = value;
    this.#count[value]! += count;
  }

  close(): void {
    for (let cell = this.#starts[this.#class]!; cell < this.#end; cell++) {
      const value = this.#values[cell]!;
      this.#counts[cell] = this.#count[value]!;
      this.#count[value] = 0;
    }
    this.#starts[++this.#class] = this.#end;
  }

  written(): Cells {
    return {
      starts: this.#starts,
      values: this.#values.slice(0, this.#end),
      counts: this.#counts.slice(0, this.#end),
    };
  }
}

/** Which classes of the origin each class was merged from, as linked lists. */
export class Members {
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  constructor(tuples: number) {
    this.#first = new Int32Array(tuples);
    this.#next = new Int32Array(tuples);
  }

  /** Throws a RangeError for classes that were merged without a trace. */
  of({ count, origin }: Classes): { first: Int32Array; next: Int32Array } {
    if (origin === null) throw new RangeError('classes without an origin');
    const first = this.#first.fill(-1, 0, count);
    const next = this.#next;
    for (let from = origin.classes.count - 1; from >= 0; from--) {
      const c = origin.classOf[from]!;
      next[from] = first[c]!;
      first[c] = from;
    }
    return { first, next };
  }
}

/** Reads the histograms of one sensitive attribute class by class. */
export class HistogramReader {
  readonly #known = new WeakMap<Classes, Cells>();
  readonly #count: Int32Array;
  readonly #values: Int32Array;
  readonly #counts: Int32Array;

  /** `base`: the distinct original tuples, from which all other classes are merged. */
  constructor(column: EncodedColumn, tupleOfRow: Int32Array, base: Classes) {
    const domain = column.values.length;
    this.#known.set(base, cellsOfTuples(column, tupleOfRow, base.count));
    this.#count = new Int32Array(domain);
    this.#values = new Int32Array(domain);
    this.#counts = new Int32Array(domain);
  }

  /** The histogram of class `c`, given the members of its classes; valid until the next call. */
  read({ origin }: Classes, { first, next }: ReturnType<Members['of']>, c: number): Histogram {
    const { starts, values, counts } = this.#known.get(origin!.classes)!;
    let distinct = 0;
    for (let from = first[c]!; from !== -1; from = next[from]!) {
      for (let cell = starts[from]!; cell < starts[from + 1]!; cell++) {
        const value = values[cell]!;
        if (this.#count[value] === 0) this.#values[distinct++] = value;
        this.#count[value]! += counts[cell]!;
      }
    }
    for (let i = 0; i < distinct; i++) {
      const value = this.#values[i]!;
      this.#counts[i] = this.#count[value]!;
      this.#count[value] = 0;
    }
    return { distinct, values: this.#values, counts: this.#counts };
  }

  /** Keeps the histograms of `classes` for `copy`, which others will be merged from. */
  hold(classes: Classes, members: ReturnType<Members['of']>, copy: Classes): void {
    const { starts, values, counts } = this.#known.get(classes.origin!.classes)!;
    const writer = new CellWriter(this.#count.length, classes.count, values.length);
    for (let c = 0; c < classes.count; c++) {
      for (let from = members.first[c]!; from !== -1; from = members.next[from]!) {
        for (let cell = starts[from]!; cell < starts[from + 1]!; cell++) {
          writer.add(values[cell]!, counts[cell]!);
        }
      }
      writer.close();
    }
    this.#known.set(copy, writer.written());
  }
}

/** Histograms of any rows. */
export class RowHistograms {
  readonly #column: EncodedColumn;
  readonly #count: Int32Array;

  constructor(column: EncodedColumn) {
    this.#column = column;
    this.#count = new Int32Array(column.values.length);
  }

  of(rows: Int32Array): Histogram {
    const found: number[] = [];
    for (const row of rows) {
      const value = this.#column.codes[row]!;
      if (this.#count[value] === 0) found.push(value);
      this.#count[value]! += 1;
    }
    const values = Int32Array.from(found);
    const counts = values.map((value) => this.#count[value]!);
    for (const value of values) this.#count[value] = 0;
    return { distinct: values.length, values, counts };
  }
}
