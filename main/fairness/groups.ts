import { CROSSED_ATTRIBUTE, CROSSED_GROUP, MISSING_GROUP } from '../contract/review.ts';
import { ConcordError } from '../contract/errors.ts';
import { cellTexts } from '../records/cell-text.ts';
import { columnOf, distinctCount } from '../records/shape.ts';
import type { Table } from '../records/table.ts';

/** People sorted by one column, or by several at once. */
export interface Grouping {
  /** The column, or the columns joined ("sex*race"). */
  readonly attribute: string;
  readonly columns: readonly string[];
  /** Group names ("Female & White") in their order; each has people. */
  readonly names: readonly string[];
  /** Of each judged row, the place of its group in `names`. */
  readonly codes: Uint32Array;
  /** People of each group. */
  readonly sizes: Uint32Array;
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
  const single = new Map(unique.map((name) => [name, singleGrouping(table, name, rows)]));
  const wanted = unique.map((name) => [name]);
  if (cross) wanted.push(...pairs(unique));
  if (cross && unique.length > 2) wanted.push(unique);
  return wanted.map((parts) => {
    const [first, ...others] = parts.map((part) => single.get(part)!);
    return others.reduce(crossed, first!);
  });
}

/** Everybody as one group. */
export function everybody(rows: number): Grouping {
  const sizes = Uint32Array.of(rows);
  return { attribute: '', columns: [], names: [''], codes: new Uint32Array(rows), sizes };
}

function pairs(names: readonly string[]): string[][] {
  return names.flatMap((first, at) => names.slice(at + 1).map((second) => [first, second]));
}

function singleGrouping(table: Table, name: string, rows: Uint32Array): Grouping {
  const column = columnOf(table, name);
  const count = distinctCount(column);
  if (count > (column.type === 'category' ? MOST_CATEGORIES : MOST_VALUES))
    throw new ConcordError('GROUP_INVALID', { column: column.name, count });
  const textOf = cellTexts(column);
  const cells = 'codes' in column ? column.codes : column.values;
  const known = new Map<number, number>();
  const names: string[] = [];
  const raw = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    let code = known.get(cells[row]!);
    if (code === undefined) {
      code = names.push(groupName(textOf(row))) - 1;
      known.set(cells[row]!, code);
    }
    raw[at] = code;
  }
  return ordered(name, [name], names, raw);
}

/** An object cannot carry __proto__ as a plain key through a check: such a group would vanish. */
function groupName(text: string): string {
  return text === '__proto__' ? '(__proto__)' : text || MISSING_GROUP;
}

function crossed(a: Grouping, b: Grouping): Grouping {
  const places = new Int32Array(a.names.length * b.names.length).fill(-1);
  const names: string[] = [];
  const raw = new Uint32Array(a.codes.length);
  for (let at = 0; at < raw.length; at++) {
    const pair = a.codes[at]! * b.names.length + b.codes[at]!;
    if (places[pair]! < 0) {
      const name = [a.names[a.codes[at]!], b.names[b.codes[at]!]].join(CROSSED_GROUP);
      places[pair] = names.push(name) - 1;
    }
    raw[at] = places[pair]!;
  }
  const attribute = [a.attribute, b.attribute].join(CROSSED_ATTRIBUTE);
  return ordered(attribute, [...a.columns, ...b.columns], names, raw);
}

/** Names sorted, each once, and counted. */
function ordered(
  attribute: string,
  columns: readonly string[],
  found: readonly string[],
  raw: Uint32Array,
): Grouping {
  const names = [...new Set(found)].sort((a, b) => (a < b ? -1 : 1));
  const place = new Map(names.map((name, at) => [name, at]));
  const moved = Uint32Array.from(found, (name) => place.get(name)!);
  const codes = raw.map((code) => moved[code]!);
  const sizes = new Uint32Array(names.length);
  for (const code of codes) sizes[code]!++;
  return { attribute, columns, names, codes, sizes };
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
    if (grouping.names.includes(given)) return { group: given, chosen: 'given' };
    // A named pair may have nobody in common: only a name that was written out is a mistake.
    if (whole !== undefined)
      throw new ConcordError('REFERENCE_UNKNOWN', { column: grouping.attribute });
  }
  const { names, sizes } = grouping;
  const largest = names[sizes.indexOf(sizes.reduce((a, b) => Math.max(a, b), 0))];
  return largest === undefined ? null : { group: largest, chosen: 'largest' };
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
