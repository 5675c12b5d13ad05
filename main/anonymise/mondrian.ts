import type { PartTest } from './part-test.ts';

/** A numeric quasi-identifier: its values by row (NaN: missing) and the width of all of them. */
export interface Dimension {
  readonly values: Float64Array;
  readonly range: number;
}

/** Rows that stand together, and the lowest and highest value of each dimension among them. */
export interface Part {
  readonly rows: Int32Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface Division {
  readonly parts: readonly Part[];
  /** Rows that could be no part of any. */
  readonly left: Int32Array;
  readonly tested: number;
}

/**
 * Mondrian (LeFevre, DeWitt, Ramakrishnan 2006): parts are cut in two at the median of the
 * dimension that is widest within them, in shares of its whole range, as long as both halves pass;
 * where they do not, the next widest is tried. Strict: equal values stay together (at most the
 * median to the left; where nothing would be right of it, the median goes right). Relaxed: rows of
 * the median value may go to either side, so that halves are equal. Rows that lack the same values
 * are divided among themselves; those that cannot be a part are left.
 * `turn` is awaited now and then, and may throw.
 */
export async function divide(
  dimensions: readonly Dimension[],
  rows: number,
  kind: 'strict' | 'relaxed',
  passes: PartTest,
  turn: (done: number) => Promise<void>,
): Promise<Division> {
  const parts: Part[] = [];
  const left: number[] = [];
  const waiting: Int32Array[] = [];
  let tested = 0;
  let settled = 0;
  for (const alike of alikeInMissing(dimensions, rows)) {
    tested += 1;
    if (passes(alike)) waiting.push(alike);
    else left.push(...alike);
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    await turn(settled + left.length);
    const part = boundsOf(dimensions, next);
    const halves = cut(part);
    if (halves === null) {
      parts.push(part);
      settled += next.length;
    } else waiting.push(halves[1], halves[0]);
  }
  return { parts, left: Int32Array.from(left).sort(), tested };

  function cut(part: Part): readonly [Int32Array, Int32Array] | null {
    const widths = dimensions.map(({ range }, j) => (part.high[j]! - part.low[j]!) / range);
    const widest = widths
      .map((_, j) => j)
      .filter((j) => widths[j]! > 0)
      .sort((a, b) => widths[b]! - widths[a]! || a - b);
    for (const j of widest) {
      const halves = halve(dimensions[j]!.values, part.rows, kind);
      tested += 1;
      if (passes(halves[0]) && passes(halves[1])) return halves;
    }
    return null;
  }
}

function halve(
  values: Float64Array,
  rows: Int32Array,
  kind: 'strict' | 'relaxed',
): readonly [Int32Array, Int32Array] {
  const rising = rows.slice().sort((a, b) => values[a]! - values[b]! || a - b);
  const middle = (rising.length + 1) >> 1;
  if (kind === 'relaxed') return [rising.slice(0, middle), rising.slice(middle)];
  const median = values[rising[middle - 1]!]!;
  const isRight =
    median === values[rising.at(-1)!]!
      ? (row: number) => values[row]! >= median
      : (row: number) => values[row]! > median;
  return [rows.filter((row) => !isRight(row)), rows.filter(isRight)];
}

function boundsOf(dimensions: readonly Dimension[], rows: Int32Array): Part {
  const low = new Float64Array(dimensions.length).fill(NaN);
  const high = new Float64Array(dimensions.length).fill(NaN);
  dimensions.forEach(({ values }, j) => {
    for (const row of rows) {
      const value = values[row]!;
      if (!(low[j]! <= value)) low[j] = value;
      if (!(high[j]! >= value)) high[j] = value;
    }
  });
  return { rows, low, high };
}

/** Rows in groups that lack the same values, by the first row of each. */
export function alikeInMissing(
  dimensions: readonly Dimension[],
  rows: number,
): readonly Int32Array[] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const key = dimensions.map(({ values }) => (Number.isNaN(values[row]) ? '-' : '+')).join('');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map((group) => Int32Array.from(group));
}
