import { columnOf } from '../shape.ts';
import type { Column, NumericColumn, Table } from '../table.ts';

export interface Leak {
  readonly column: string;
  /** Rows with a label whose label the column alone tells. */
  readonly rows: number;
  /** Share of the errors of guessing the most frequent label that the column takes away. */
  readonly told: number;
}

const MOST_LABELS = 20;
const LEAST_ROWS = 20;
/** So nearly perfect that the column must know the answer. */
const NEARLY_PERFECT = 0.95;
const BINS = 64;

/**
 * Columns that alone tell the label nearly perfectly: a number given after the event, the answer
 * in other words. Each row's label is guessed from the other rows with the same value (numbers in
 * 64 groups of equal size), so a column in which all values differ tells nothing. Looks at labels:
 * for a person's choice of columns, never inside a private training. Empty where the label has one
 * value or more than 20. Throws COLUMN_UNKNOWN.
 */
export function leaksOf(table: Table, label: string): Leak[] {
  const answers = grouped(columnOf(table, label), Infinity);
  const overall = new Float64Array(answers.groups);
  let rows = 0;
  for (const answer of answers.of) {
    if (answer === 0) continue;
    overall[answer] = (overall[answer] as number) + 1;
    rows++;
  }
  const values = overall.filter((count) => count > 0).length;
  if (values < 2 || values > MOST_LABELS || rows < LEAST_ROWS) return [];
  const guessed = Math.max(...overall);
  return table.columns.flatMap((column) => {
    if (column.name === label) return [];
    const hits = rightGuesses(grouped(column, BINS), answers);
    const told = (hits - guessed) / (rows - guessed);
    return told >= NEARLY_PERFECT ? [{ column: column.name, rows: hits, told }] : [];
  });
}

/** Group of each row; 0 is missing. */
interface Grouped {
  readonly of: Int32Array;
  readonly groups: number;
}

function rightGuesses(column: Grouped, answers: Grouped): number {
  // Where nearly every value stands alone there is nobody to learn from.
  if (column.groups > answers.of.length / 2 + 2) return 0;
  const counts = new Int32Array(column.groups * answers.groups);
  for (let row = 0; row < answers.of.length; row++) {
    const answer = answers.of[row] as number;
    if (answer === 0) continue;
    const at = (column.of[row] as number) * answers.groups + answer;
    counts[at] = (counts[at] as number) + 1;
  }
  let hits = 0;
  for (let group = 0; group < column.groups; group++) {
    const here = counts.subarray(group * answers.groups, (group + 1) * answers.groups);
    let most = 0;
    let second = 0;
    for (const count of here) {
      if (count > most) {
        second = most;
        most = count;
      } else if (count > second) second = count;
    }
    // Without the row itself its label must still be the most frequent one.
    if (most - 1 >= second && most > 1) hits += most;
  }
  return hits;
}

function grouped(column: Column, bins: number): Grouped {
  if ('codes' in column) {
    return { of: column.codes.map((code) => code + 1), groups: column.dictionary.length + 1 };
  }
  const { values } = column;
  const edges = edgesOf(column, bins);
  const of = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    let [low, high] = [0, edges.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (value >= (edges[middle] as number)) low = middle;
      else high = middle - 1;
    }
    of[row] = low + 1;
  }
  return { of, groups: edges.length + 1 };
}

/** Where the groups begin: each distinct value, or quantiles where there are more than `bins`. */
function edgesOf({ values }: NumericColumn, bins: number): Float64Array {
  const sorted = values.slice().sort();
  let present = sorted.length;
  while (present > 0 && Number.isNaN(sorted[present - 1])) present--;
  const distinct = new Set<number>();
  for (let at = 0; at < present && distinct.size <= bins; at++) distinct.add(sorted[at] as number);
  if (distinct.size > bins) {
    distinct.clear();
    for (let bin = 0; bin < bins; bin++)
      distinct.add(sorted[Math.floor((bin * present) / bins)] as number);
  }
  return Float64Array.from(distinct).sort();
}
