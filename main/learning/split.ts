import type { TrainPlan } from '../contract/train.ts';
import { ConcordError } from '../contract/errors.ts';
import type { DrawnSplit, SplitPlan } from '../contract/split.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { Column, Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { datedParts } from './dated-split.ts';
import { unitInterval } from './keyed-hash.ts';
import { NEITHER, TEST, TRAIN, VALIDATION } from './part.ts';
import { cellHash, contentHashes } from './row-hash.ts';
import { stratifiedParts } from './stratified-split.ts';

export interface Split {
  /** Row numbers (0-based, ascending) of the parts. */
  readonly train: Int32Array;
  /** Empty where the plan asks for none. */
  readonly validation: Int32Array;
  readonly test: Int32Array;
  /** Rows in none of them. */
  readonly neither: number;
}

/** What of a plan parts the rows; label and privacy are asked for by a stratified split only. */
export type SplitRequest = Pick<TrainPlan, 'split' | 'unit' | 'missing'> &
  Partial<Pick<TrainPlan, 'label' | 'privacy'>>;

/**
 * Splits the rows as the plan says. In a draw each row (with a unit column: each person) goes by a
 * keyed hash of its own content, so that adding or removing another record moves nothing: the
 * training parts of neighbouring record sets are neighbours too, as the guarantee needs. Equal rows
 * are told apart by counting them. A stratified draw needs all rows and is refused with privacy.
 *
 * @param key of the study, as text, where the plan asks for it
 * @throws SPLIT_EMPTY {part, column?, by?}, SPLIT_NOT_PRIVATE, SPLIT_KEY_MISSING,
 *   SPLIT_DATES_UNREADABLE {column}, COLUMN_UNKNOWN {column}
 */
export function splitRows(table: Table, plan: SplitRequest, key?: string): Split {
  const { split } = plan;
  const parts = partsOf(table, plan, key);
  const of = { train: rowsIn(parts, TRAIN), validation: rowsIn(parts, VALIDATION) };
  const found = { ...of, test: rowsIn(parts, TEST), neither: rowsIn(parts, NEITHER).length };
  for (const part of ['train', 'validation', 'test'] as const) {
    if (found[part].length > 0 || (part === 'validation' && !wantsValidation(split))) continue;
    throw new ConcordError('SPLIT_EMPTY', { part, ...placeOf(split) });
  }
  return found;
}

/**
 * A guarantee for each person holds only where nobody's records stand in another part as well,
 * whose figures are exact; and a model tested on people it knows looks better than it is. Draws and
 * dates keep people whole; a split column may not. Throws PERSON_IN_BOTH_PARTS {column, split,
 * count, row}: how many people, and the first row (from 1) outside training of one of them.
 */
export function requirePeopleApart(
  table: Table,
  { split, unit, missing }: Pick<TrainPlan, 'split' | 'unit' | 'missing'>,
  { train, validation, test }: Split,
): void {
  if (unit === undefined || !('column' in split)) return;
  const nobody = new Set(['', ...missing]);
  const person = cellTexts(columnNamed(table, unit.column));
  const peopleOf = (rows: Int32Array): Set<string> =>
    new Set(Array.from(rows, (row) => person(row)).filter((one) => !nobody.has(one)));
  const [trained, validated] = [peopleOf(train), peopleOf(validation)];
  const divided = [
    ...validation.filter((row) => trained.has(person(row))),
    ...test.filter((row) => trained.has(person(row)) || validated.has(person(row))),
  ];
  if (divided.length === 0) return;
  throw new ConcordError('PERSON_IN_BOTH_PARTS', {
    column: unit.column,
    split: split.column,
    count: new Set(divided.map((row) => person(row))).size,
    row: divided.reduce((least, row) => Math.min(least, row)) + 1,
  });
}

function wantsValidation(split: SplitPlan): boolean {
  if ('column' in split) return false;
  return ('date' in split ? split.validation_from : split.validation) !== undefined;
}

function placeOf(split: SplitPlan): { column?: string; by?: string } {
  if ('column' in split) return { column: split.column };
  return 'date' in split ? { column: split.date, by: 'date' } : {};
}

function rowsIn(parts: Uint8Array, part: number): Int32Array {
  const rows = new Int32Array(parts.length);
  let count = 0;
  for (let row = 0; row < parts.length; row++) if (parts[row] === part) rows[count++] = row;
  return rows.slice(0, count);
}

/** The part of each row. */
function partsOf(table: Table, plan: SplitRequest, key: string | undefined): Uint8Array {
  const { split, unit, missing } = plan;
  if ('column' in split) return namedParts(columnNamed(table, split.column), table.rows);
  if ('date' in split) {
    const person = unit === undefined ? null : numbered(columnNamed(table, unit.column), missing);
    return datedParts(table, split, person);
  }
  const hashes = unitHashes(table, split, unit?.column, key);
  const { test, validation = 0, stratify = false } = split;
  if (!stratify) {
    return Uint8Array.from(hashes, (hash) => {
      const place = unitInterval(hash);
      if (place < test) return TEST;
      return place < test + validation ? VALIDATION : TRAIN;
    });
  }
  if (plan.privacy !== null && plan.privacy !== undefined) {
    throw new ConcordError('SPLIT_NOT_PRIVATE');
  }
  return stratified(table, plan, hashes, { test, validation });
}

const WORDS: ReadonlyMap<string, number> = new Map([
  ['train', TRAIN],
  ['validation', VALIDATION],
  ['test', TEST],
]);

/** Rows whose split cell says none of the words belong to no part. */
function namedParts(column: Column, rows: number): Uint8Array {
  const cell = cellTexts(column);
  return Uint8Array.from(
    { length: rows },
    (_, row) => WORDS.get(cell(row).trim().toLowerCase()) ?? NEITHER,
  );
}

/** The hash of each row's unit. */
function unitHashes(
  table: Table,
  { seed = 1, key: asked }: DrawnSplit,
  unit: string | undefined,
  studyKey: string | undefined,
): Float64Array {
  if (asked !== undefined && studyKey === undefined) throw new ConcordError('SPLIT_KEY_MISSING');
  const key = asked === undefined ? `split ${seed}` : `split ${seed} ${studyKey}`;
  if (unit === undefined) return contentHashes(table, key);
  const hash = cellHash(columnNamed(table, unit), key);
  return Float64Array.from({ length: table.rows }, (_, row) => hash(row));
}

function stratified(
  table: Table,
  { label, unit, missing }: SplitRequest,
  hashes: Float64Array,
  shares: { readonly test: number; readonly validation: number },
): Uint8Array {
  if (label === undefined) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'label',
      expected: 'a stratified split needs the column that is predicted',
    });
  }
  const answer = cellTexts(columnNamed(table, label));
  const nothing = new Set(missing);
  const answerOf = (row: number): string => (nothing.has(answer(row)) ? '' : answer(row));
  if (unit === undefined) {
    const strata = Array.from(hashes, (_, row) => answerOf(row));
    return stratifiedParts(hashes, strata, shares);
  }
  // Rows of one person have one hash, those of nobody in particular too; they stay together.
  const people = new Map<number, Set<string>>();
  for (const [row, hash] of hashes.entries()) {
    const answers = people.get(hash) ?? new Set();
    people.set(hash, answers.add(answerOf(row)));
  }
  const order = [...people.keys()];
  const strata = order.map((hash) => JSON.stringify([...people.get(hash)!].sort()));
  const parts = stratifiedParts(Float64Array.from(order), strata, shares);
  const byHash = new Map(order.map((hash, person) => [hash, parts[person] ?? NEITHER]));
  return Uint8Array.from(hashes, (hash) => byHash.get(hash) ?? NEITHER);
}

/** A number for each person; -1 for rows of nobody. */
function numbered(column: Column, missing: readonly string[]): (row: number) => number {
  const nobody = new Set(['', ...missing]);
  const person = cellTexts(column);
  const known = new Map<string, number>();
  return (row) => {
    const name = person(row);
    if (nobody.has(name)) return -1;
    const number = known.get(name) ?? known.size;
    known.set(name, number);
    return number;
  };
}
