import { CROSSED_ATTRIBUTE, CROSSED_GROUP, MISSING_GROUP } from '../contract/review.ts';
import { ConcordError } from '../contract/errors.ts';
import { cellTexts } from '../records/cell-text.ts';
import { columnOf, distinctCount } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';

/** People sorted by one column, or by several at once. */
export interface Grouping {
  /** The column, or the columns joined ("sex*race"). */
  readonly attribute: string;
  readonly columns: readonly string[];
  /** Group names ("Female & White") with the positions of their people among the judged rows. */
  readonly members: ReadonlyMap<string, Uint32Array>;
}

const MOST_VALUES = 50;
const MOST_CATEGORIES = 1000;

/**
 * The groupings of the named columns; with `cross` every pair of them and, of three or more, all
 * together. An empty cell is a group of its own. Groups come in the order of their names; only
 * those with people exist. Throws COLUMN_UNKNOWN; GROUP_INVALID for a column of numbers, dates,
 * text or identifiers with more than 50 different values (categories: 1000).
 */
export function groupings(
  table: Table,
  rows: Uint32Array,
  columns: readonly string[],
  cross: boolean,
): readonly Grouping[] {
  const unique = [...new Set(columns)];
  const names = new Map(unique.map((name) => [name, groupNames(columnOf(table, name), rows)]));
  const wanted = unique.map((name) => [name]);
  if (cross) wanted.push(...pairs(unique));
  if (cross && unique.length > 2) wanted.push(unique);
  return wanted.map((parts) => grouped(parts, names, rows.length));
}

function pairs(names: readonly string[]): string[][] {
  return names.flatMap((first, at) => names.slice(at + 1).map((second) => [first, second]));
}

function groupNames(column: Column, rows: Uint32Array): readonly string[] {
  const count = distinctCount(column);
  if (count > (column.type === 'category' ? MOST_CATEGORIES : MOST_VALUES))
    throw new ConcordError('GROUP_INVALID', { column: column.name, count });
  const textOf = cellTexts(column);
  return Array.from(rows, (row) => groupName(textOf(row)));
}

/** An object cannot carry __proto__ as a plain key through a check: such a group would vanish. */
function groupName(text: string): string {
  return text === '__proto__' ? '(__proto__)' : text || MISSING_GROUP;
}

function grouped(
  columns: readonly string[],
  names: ReadonlyMap<string, readonly string[]>,
  rows: number,
): Grouping {
  const parts = columns.map((column) => names.get(column) ?? []);
  const members = new Map<string, number[]>();
  for (let at = 0; at < rows; at++) {
    const name = parts.map((part) => part[at] ?? '').join(CROSSED_GROUP);
    const people = members.get(name);
    if (people) people.push(at);
    else members.set(name, [at]);
  }
  const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    attribute: columns.join(CROSSED_ATTRIBUTE),
    columns,
    members: new Map(sorted.map(([name, people]) => [name, Uint32Array.from(people)])),
  };
}

/** The group others are compared with. */
export interface Reference {
  readonly group: string;
  readonly chosen: 'given' | 'largest';
}

/**
 * The reference group of a grouping: the named one; of a crossed grouping the crossing of the
 * named ones; else the largest. Throws REFERENCE_UNKNOWN when nobody is in the named group.
 */
export function referenceOf(
  grouping: Grouping,
  named: Readonly<Record<string, string>>,
): Reference | null {
  const whole = own(named, grouping.attribute);
  const parts = grouping.columns.map((column) => own(named, column));
  const given = whole ?? (parts.includes(undefined) ? undefined : parts.join(CROSSED_GROUP));
  if (given !== undefined) {
    if (grouping.members.has(given)) return { group: given, chosen: 'given' };
    // A named pair may have nobody in common: only a name that was written out is a mistake.
    if (whole !== undefined)
      throw new ConcordError('REFERENCE_UNKNOWN', { column: grouping.attribute });
  }
  const [largest] = [...grouping.members].sort(([, a], [, b]) => b.length - a.length);
  return largest ? { group: largest[0], chosen: 'largest' } : null;
}

/** Throws REFERENCE_UNKNOWN for a reference to a column that is not grouped by. */
export function checkReferences(
  all: readonly Grouping[],
  named: Readonly<Record<string, string>>,
): void {
  const known = new Set(all.map(({ attribute }) => attribute));
  for (const column of Object.keys(named))
    if (!known.has(column)) throw new ConcordError('REFERENCE_UNKNOWN', { column });
}

function own(named: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(named, key) ? named[key] : undefined;
}
