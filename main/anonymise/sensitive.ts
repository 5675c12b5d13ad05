import type { Classes } from './classes.ts';
import type { EncodedColumn } from './encode.ts';

/** How often each value of a sensitive attribute occurs in one class, as parallel lists. */
export interface Histogram {
  readonly distinct: number;
  readonly values: Int32Array;
  readonly counts: Int32Array;
}

/** The sensitive values per distinct original tuple, so that classes need no pass over the rows. */
export interface SensitiveCells {
  /** Cells of tuple t stand at starts[t] .. starts[t + 1]. */
  readonly starts: Int32Array;
  readonly values: Int32Array;
  readonly counts: Int32Array;
  readonly domain: number;
}

/** Rows of no tuple (-1) are left out. */
export function sensitiveCells(
  column: EncodedColumn,
  tupleOfRow: Int32Array,
  tuples: number,
): SensitiveCells {
  const domain = column.values.length;
  const perTuple: Map<number, number>[] = Array.from({ length: tuples }, () => new Map());
  column.codes.forEach((value, row) => {
    const cells = perTuple[tupleOfRow[row]!];
    if (cells === undefined) return;
    cells.set(value, (cells.get(value) ?? 0) + 1);
  });
  const starts = new Int32Array(tuples + 1);
  perTuple.forEach((cells, tuple) => (starts[tuple + 1] = starts[tuple]! + cells.size));
  const values = new Int32Array(starts[tuples]!);
  const counts = new Int32Array(starts[tuples]!);
  perTuple.forEach((cells, tuple) => {
    let at = starts[tuple]!;
    for (const [value, count] of cells) {
      values[at] = value;
      counts[at++] = count;
    }
  });
  return { starts, values, counts, domain };
}

/** The tuples of each class, listed class after class. */
export interface ClassMembers {
  readonly starts: Int32Array;
  readonly tuples: Int32Array;
}

export function classMembers(classes: Classes): ClassMembers {
  const starts = new Int32Array(classes.count + 1);
  for (const of of classes.ofTuple) starts[of + 1]! += 1;
  for (let c = 0; c < classes.count; c++) starts[c + 1]! += starts[c]!;
  const next = starts.slice();
  const tuples = new Int32Array(classes.ofTuple.length);
  classes.ofTuple.forEach((of, tuple) => (tuples[next[of]!++] = tuple));
  return { starts, tuples };
}

/** Builds histograms class by class in buffers that the next call overwrites. */
export class HistogramReader {
  readonly #cells: SensitiveCells;
  readonly #count: Int32Array;
  readonly #values: Int32Array;
  readonly #counts: Int32Array;

  constructor(cells: SensitiveCells) {
    this.#cells = cells;
    this.#count = new Int32Array(cells.domain);
    this.#values = new Int32Array(cells.domain);
    this.#counts = new Int32Array(cells.domain);
  }

  /** The histogram of class `c`; valid until the next call. */
  read(members: ClassMembers, c: number): Histogram {
    const { starts, values, counts } = this.#cells;
    let distinct = 0;
    for (let m = members.starts[c]!; m < members.starts[c + 1]!; m++) {
      const tuple = members.tuples[m]!;
      for (let cell = starts[tuple]!; cell < starts[tuple + 1]!; cell++) {
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
    return {
      distinct,
      values: this.#values.subarray(0, distinct),
      counts: this.#counts.subarray(0, distinct),
    };
  }
}
