import type { TrainPlan } from '../contract/train.ts';
import { ConcordError } from '../contract/errors.ts';
import { cellTexts } from '../records/cell-text.ts';
import { daysOfText, isoDate } from '../records/date-text.ts';
import { numberOfText } from '../records/number-text.ts';
import type { Column, Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { keyedHash, mixHash, unitInterval } from './keyed-hash.ts';

export interface Split {
  /** Row numbers (0-based, ascending) of the two parts. */
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Splits the rows as the plan says. With `{test, seed}` each row (with a unit column: each person)
 * goes by a keyed hash of its own content, so that adding or removing another record moves
 * nothing: the training parts of neighbouring record sets are neighbours too, as the guarantee
 * needs. Equal rows are told apart by counting them. Throws SPLIT_EMPTY {part, column?}.
 */
export function splitRows(table: Table, plan: Pick<TrainPlan, 'split' | 'unit'>): Split {
  const split = plan.split;
  const inTest =
    'column' in split
      ? namedPart(columnNamed(table, split.column))
      : hashedPart(table, plan.unit?.column, split.test, split.seed ?? 1);
  const train = new Int32Array(table.rows);
  const test = new Int32Array(table.rows);
  let trained = 0;
  let tested = 0;
  for (let row = 0; row < table.rows; row++) {
    const part = inTest(row);
    if (part === 'test') test[tested++] = row;
    else if (part === 'train') train[trained++] = row;
  }
  const by = 'column' in split ? { column: split.column } : {};
  if (trained === 0) throw new ConcordError('SPLIT_EMPTY', { part: 'train', ...by });
  if (tested === 0) throw new ConcordError('SPLIT_EMPTY', { part: 'test', ...by });
  return { train: train.slice(0, trained), test: test.slice(0, tested) };
}

/**
 * A guarantee for each person holds only where nobody's records stand in the test part as well,
 * whose figures are exact; and a model tested on people it knows looks better than it is. The keyed
 * hash keeps people whole; a split column may not. Throws PERSON_IN_BOTH_PARTS {column, split,
 * count, row}: how many people, and the first test row (from 1) of one of them.
 */
export function requirePeopleApart(
  table: Table,
  { split, unit, missing }: Pick<TrainPlan, 'split' | 'unit' | 'missing'>,
  { train, test }: Split,
): void {
  if (unit === undefined || !('column' in split)) return;
  const nobody = new Set(['', ...missing]);
  const person = cellTexts(columnNamed(table, unit.column));
  const trained = new Set(Array.from(train, (row) => person(row)));
  const both = test.filter((row) => trained.has(person(row)) && !nobody.has(person(row)));
  const [first] = both;
  if (first === undefined) return;
  throw new ConcordError('PERSON_IN_BOTH_PARTS', {
    column: unit.column,
    split: split.column,
    count: new Set(Array.from(both, (row) => person(row))).size,
    row: first + 1,
  });
}

type Part = 'train' | 'test' | 'neither';

/** Rows whose split cell says neither 'train' nor 'test' belong to no part. */
function namedPart(column: Column): (row: number) => Part {
  const cell = cellTexts(column);
  return (row) => {
    const text = cell(row).trim().toLowerCase();
    return text === 'train' || text === 'test' ? text : 'neither';
  };
}

function hashedPart(
  table: Table,
  unit: string | undefined,
  share: number,
  seed: number,
): (row: number) => Part {
  const key = `split ${seed}`;
  const decide = (hash: number): Part => (unitInterval(hash) < share ? 'test' : 'train');
  if (unit !== undefined) {
    const hash = cellHash(columnNamed(table, unit), key);
    return (row) => decide(hash(row));
  }
  const hashes = table.columns.map((column) => cellHash(column, `${key} ${column.name}`));
  const seen = new Map<number, number>();
  return (row) => {
    let content = 0;
    for (const hash of hashes) content = mixHash(content, hash(row));
    const copy = seen.get(content) ?? 0;
    seen.set(content, copy + 1);
    return decide(mixHash(content, copy));
  };
}

/**
 * A 53-bit hash of each cell, computed once per distinct value. Numbers and dates are hashed in
 * one form, whatever type the other records gave the column.
 */
export function cellHash(column: Column, key: string): (row: number) => number {
  const none = keyedHash(key, '');
  if ('codes' in column) {
    const byCode = column.dictionary.map((text) => keyedHash(key, plainForm(text)));
    return (row) => (column.codes[row]! < 0 ? none : byCode[column.codes[row]!]!);
  }
  const text = cellTexts(column);
  const byValue = new Map<number, number>();
  return (row) => {
    const value = column.values[row]!;
    if (Number.isNaN(value)) return none;
    const known = byValue.get(value);
    if (known !== undefined) return known;
    const hash = keyedHash(key, plainForm(text(row)));
    byValue.set(value, hash);
    return hash;
  };
}

function plainForm(text: string): string {
  const number = numberOfText(text);
  if (!Number.isNaN(number)) return String(number);
  const days = daysOfText(text);
  return Number.isNaN(days) ? text : isoDate(days);
}
