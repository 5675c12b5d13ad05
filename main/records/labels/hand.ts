/** One key press: a label for a row (from 0), or null where it was skipped. */
export interface HandMark {
  readonly row: number;
  readonly value: string | null;
  /** The name of the person, and when (ISO 8601 in UTC). */
  readonly by: string;
  readonly at: string;
}

export interface HandCounts {
  /** By the values in their order. */
  readonly values: number[];
  readonly labelled: number;
  readonly skipped: number;
}

/** Labels given by hand, as what is left of the key presses made so far; the last can be undone. */
export class HandLabels {
  readonly #marks: HandMark[];
  /** By row its marks, the last of which counts. */
  readonly #ofRow = new Map<number, HandMark[]>();

  constructor(marks: readonly HandMark[] = []) {
    this.#marks = [];
    for (const mark of marks) this.add(mark);
  }

  get length(): number {
    return this.#marks.length;
  }

  add(mark: HandMark): void {
    this.#marks.push(mark);
    const before = this.#ofRow.get(mark.row);
    if (before === undefined) this.#ofRow.set(mark.row, [mark]);
    else before.push(mark);
  }

  /** Takes the last mark back: its row is again as it was before. */
  undo(): HandMark | undefined {
    const last = this.#marks.pop();
    if (last === undefined) return undefined;
    const ofRow = this.#ofRow.get(last.row) ?? [];
    ofRow.pop();
    if (ofRow.length === 0) this.#ofRow.delete(last.row);
    return last;
  }

  /** What counts for a row; undefined where nobody has decided yet. */
  of(row: number): HandMark | undefined {
    return this.#ofRow.get(row)?.at(-1);
  }

  /** What counts for each row, in the order in which rows were first met. */
  *current(): Generator<HandMark> {
    for (const marks of this.#ofRow.values()) {
      const last = marks.at(-1);
      if (last !== undefined) yield last;
    }
  }

  /** The labels of rows, without those skipped. */
  labels(): Map<number, string> {
    const labels = new Map<number, string>();
    for (const { row, value } of this.current()) if (value !== null) labels.set(row, value);
    return labels;
  }

  counts(values: readonly string[]): HandCounts {
    const counts = new Map(values.map((value) => [value, 0]));
    let labelled = 0;
    let skipped = 0;
    for (const { value } of this.current()) {
      if (value === null) skipped++;
      else {
        labelled++;
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    return { values: values.map((value) => counts.get(value) ?? 0), labelled, skipped };
  }

  /** Every value that a mark speaks of, whether it counts now or would after undoing others. */
  valuesMet(): Set<string> {
    return new Set(this.#marks.flatMap(({ value }) => (value === null ? [] : [value])));
  }
}

/**
 * The rows (from 0) in the order in which they are labelled: by their hashes, so that whatever part
 * has been labelled is a fair sample, and one row more moves no other before or behind a third; or
 * as they are, without a hash.
 */
export function orderOfRows(rows: number, hash: ((row: number) => number) | null): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  if (hash === null) return order;
  const hashes = Float64Array.from(order, hash);
  return order.sort((a, b) => (hashes[a] as number) - (hashes[b] as number) || a - b);
}

/** The first place at or behind `from`, else from the beginning on, whose row nobody has decided. */
export function nextOpen(order: Uint32Array, labels: HandLabels, from: number): number | null {
  for (let step = 0; step < order.length; step++) {
    const at = (from + step) % order.length;
    if (labels.of(order[at] as number) === undefined) return at;
  }
  return null;
}
