import type { UniqueSet } from '../contract/identify.ts';
import { columnOf } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import { codedColumn, Divider, undivided, type Coded, type Partition } from './partition.ts';

/** The largest sets that are looked at; people are known by few things at once. */
const MOST_TOGETHER = 4;
/** A column that alone singles out more rows than this share is told alone, not combined. */
const ALONE = 0.5;
/** Rows times sets that may be visited at most: about a second. */
const VISITS = 40_000_000;
/** Fewer rows in classes below five are told only where nothing else is. */
const LEAST = 0.001;
/** Sets told of each size, and what a larger one must add to be told beside a part of it. */
const TOLD_OF_SIZE = 3;
const ADDS = 0.01;
const TIMES = 1.5;

interface Candidate extends Coded {
  readonly name: string;
  readonly partition: Partition;
}

/**
 * Which sets of up to four of the named columns single rows out, as shares of all rows: counted on
 * all rows, never estimated from a sample, because a row that is alone in a sample need not be so
 * in the whole. What bounds the time is the number of columns and sets: as many columns (those
 * that single out most alone first) as can be combined in 40 million visits of a row; sets of four
 * only where these visits suffice for all of them. A missing cell counts as a value.
 *
 * Told are, by size, the three sets with the largest share of unique rows, and no set that adds
 * less than a hundredth to a smaller one in it.
 * @throws COLUMN_UNKNOWN
 */
export function uniqueSets(table: Table, names: readonly string[]): UniqueSet[] {
  const { rows } = table;
  if (rows === 0 || names.length === 0) return [];
  const coded = names.map((name) => ({ name, ...codedColumn(columnOf(table, name)) }));
  const divider = new Divider(rows);
  const whole = undivided(rows);
  const alone = coded
    .map((column): Candidate => ({ ...column, partition: divider.divide(whole, column) }))
    .sort((a, b) => b.partition.unique - a.partition.unique || b.count - a.count);
  const together = withoutTwins(
    alone.filter(({ partition }) => partition.unique <= ALONE * rows),
    divider,
  );
  const { width, size } = bounds(rows, together.length);
  const found: UniqueSet[] = alone.map(({ name, partition }) => told([name], partition, rows));
  const extend = (set: readonly Candidate[], partition: Partition, next: number): void => {
    for (let at = next; at < width; at++) {
      const column = together[at] as Candidate;
      const divided = set.length === 0 ? column.partition : divider.divide(partition, column);
      const larger = [...set, column];
      if (set.length > 0)
        found.push(
          told(
            larger.map(({ name }) => name),
            divided,
            rows,
          ),
        );
      if (larger.length < size) extend(larger, divided, at + 1);
    }
  };
  extend([], whole, 0);
  return worthTelling(found, names);
}

/** Without columns that say the same as one before them in other words (a level and its number). */
function withoutTwins(columns: readonly Candidate[], divider: Divider): Candidate[] {
  const kept: Candidate[] = [];
  for (const column of columns) {
    const twin = kept.some(
      (other) =>
        sameSize(other.partition, column.partition) &&
        sameSize(divider.divide(other.partition, column), column.partition),
    );
    if (!twin) kept.push(column);
  }
  return kept;
}

function sameSize(a: Partition, b: Partition): boolean {
  return a.unique === b.unique && a.shared === b.shared;
}

/** How many columns are combined, and how many of them at once. */
function bounds(rows: number, columns: number): { width: number; size: number } {
  const affordable = (width: number, size: number): boolean => sets(width, size) * rows <= VISITS;
  if (affordable(columns, MOST_TOGETHER)) return { width: columns, size: MOST_TOGETHER };
  let width = columns;
  while (width > 2 && !affordable(width, 3)) width--;
  return { width, size: 3 };
}

/** Sets of up to `size` of so many columns. */
function sets(columns: number, size: number): number {
  let all = 0;
  let ofSize = 1;
  for (let taken = 1; taken <= size; taken++) {
    ofSize = (ofSize * (columns - taken + 1)) / taken;
    all += ofSize;
  }
  return all;
}

function told(columns: string[], { unique, below5 }: Partition, rows: number): UniqueSet {
  return { columns, unique: unique / rows, below5: below5 / rows };
}

function worthTelling(found: readonly UniqueSet[], order: readonly string[]): UniqueSet[] {
  const kept: UniqueSet[] = [];
  for (let size = 1; size <= MOST_TOGETHER; size++) {
    const best = found
      .filter(({ columns, below5 }) => columns.length === size && below5 >= LEAST)
      .sort((a, b) => b.unique - a.unique || b.below5 - a.below5)
      .filter((set) => addsTo(set, kept))
      .slice(0, TOLD_OF_SIZE);
    kept.push(...best);
  }
  const most = found.toSorted((a, b) => b.unique - a.unique || b.below5 - a.below5)[0];
  if (kept.length === 0 && most !== undefined) kept.push(most);
  // In the order of the table, as a person reads it.
  return kept.map(({ columns, ...shares }) => ({
    columns: [...columns].sort((a, b) => order.indexOf(a) - order.indexOf(b)),
    ...shares,
  }));
}

function addsTo({ columns, unique, below5 }: UniqueSet, kept: readonly UniqueSet[]): boolean {
  const within = kept.filter((smaller) => smaller.columns.every((name) => columns.includes(name)));
  return within.every(
    (smaller) =>
      unique >= smaller.unique + ADDS ||
      (unique > 0 && unique >= TIMES * smaller.unique) ||
      (unique === smaller.unique && below5 >= smaller.below5 + ADDS),
  );
}
