import { ConcordError } from '../contract/errors.ts';
import type { JoinPlan } from '../contract/import.ts';
import { cellTexts } from './cell-text.ts';
import { columnOf, isMissing, takeRows } from './shape.ts';
import type { Column, Table } from './table.ts';

export interface Joined {
  readonly table: Table;
  /** Positions (from 0) of rows of the first table without a partner, kept or dropped. */
  readonly unmatched: readonly number[];
  /** Rows of the other table that are the partner of none. */
  readonly unused: number;
  readonly relation: 'one-to-one' | 'many-to-one';
}

/**
 * Adds the columns of `other` to the rows of `table` whose key is the same: a left join with at
 * most one partner per row. Keys are compared as text, blanks around them aside, numbers by value;
 * a missing key has no partner. Columns of the other table whose name is taken get " (2)".
 * `part`: `table` is only the beginning of a file, in which no row need have a partner.
 * Throws COLUMN_UNKNOWN, JOIN_KEY_REPEATED {column, rows, row}, JOIN_NO_MATCH {column}.
 */
export function joinTables(
  table: Table,
  other: Table,
  plan: JoinPlan,
  { part = false } = {},
): Joined {
  const otherKey = columnOf(other, plan.otherKey ?? plan.key);
  const partnerOf = uniqueKeys(otherKey, other.rows);
  const key = columnOf(table, plan.key);
  const keyText = keyTexts(key);
  const partners = new Int32Array(table.rows).fill(-1);
  const unmatched: number[] = [];
  const used = new Uint8Array(other.rows);
  let repeated = false;
  for (let row = 0; row < table.rows; row++) {
    const partner = isMissing(key, row) ? undefined : partnerOf.get(keyText(row));
    if (partner === undefined) {
      unmatched.push(row);
      continue;
    }
    if (used[partner] === 1) repeated = true;
    used[partner] = 1;
    partners[row] = partner;
  }
  if (unmatched.length === table.rows && !part)
    throw new ConcordError('JOIN_NO_MATCH', { column: plan.key });
  const kept = plan.unmatched === 'drop' ? partners.filter((partner) => partner >= 0) : partners;
  const left = plan.unmatched === 'drop' ? matchedRows(table, partners) : table;
  const added = other.columns
    .filter((column) => column !== otherKey)
    .map((column) => taken(column, kept));
  return {
    table: { rows: left.rows, columns: withFreeNames(left.columns, added) },
    unmatched,
    unused: used.reduce((sum, each) => sum + (1 - each), 0),
    relation: repeated ? 'many-to-one' : 'one-to-one',
  };
}

/** The row of every key. */
function uniqueKeys(key: Column, rows: number): ReadonlyMap<string, number> {
  const rowOf = new Map<string, number>();
  const text = keyTexts(key);
  let repeats = 0;
  let first = 0;
  for (let row = 0; row < rows; row++) {
    if (isMissing(key, row)) continue;
    const value = text(row);
    if (!rowOf.has(value)) rowOf.set(value, row);
    else if (repeats++ === 0) first = row + 1;
  }
  if (repeats > 0)
    throw new ConcordError('JOIN_KEY_REPEATED', { column: key.name, rows: repeats, row: first });
  return rowOf;
}

function keyTexts(column: Column): (row: number) => string {
  const text = cellTexts(column);
  return (row) => text(row).trim();
}

function matchedRows(table: Table, partners: Int32Array): Table {
  const rows: number[] = [];
  for (let row = 0; row < partners.length; row++)
    if ((partners[row] as number) >= 0) rows.push(row);
  return takeRows(table, rows);
}

/** The column at the rows given; missing where the row is -1. */
function taken(column: Column, rows: Int32Array): Column {
  if ('codes' in column) {
    const codes = Int32Array.from(rows, (row) => (row < 0 ? -1 : (column.codes[row] as number)));
    return { ...column, codes };
  }
  const values = Float64Array.from(rows, (row) => (row < 0 ? NaN : (column.values[row] as number)));
  return { ...column, values };
}

function withFreeNames(columns: readonly Column[], added: readonly Column[]): Column[] {
  const names = new Set(columns.map(({ name }) => name));
  return [
    ...columns,
    ...added.map((column) => {
      let { name } = column;
      for (let number = 2; names.has(name); number++) name = `${column.name} (${number})`;
      names.add(name);
      return { ...column, name };
    }),
  ];
}
