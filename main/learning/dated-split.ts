import { ConcordError } from '../contract/errors.ts';
import type { DatedSplit } from '../contract/split.ts';
import { cellTexts } from '../records/cell-text.ts';
import { daysOfText } from '../records/date-text.ts';
import type { Column, Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { NEITHER, TEST, TRAIN, VALIDATION } from './part.ts';

/**
 * Earlier rows train, later ones test. A person belongs to the part of their earliest row, and
 * their rows in other parts take no part: so each is decided by their own rows alone, and the test
 * is on people the model has not met. Rows without a date take no part. Throws
 * SPLIT_DATES_UNREADABLE {column}.
 *
 * @param personOf rows of one person share a number, below 0 where a row belongs to nobody; null
 *   where each row stands for itself
 * @returns the part of each row
 */
export function datedParts(
  table: Table,
  { date, test_from: test, validation_from: validation }: DatedSplit,
  personOf: ((row: number) => number) | null,
): Uint8Array {
  const column = columnNamed(table, date);
  const isDay = typeof test === 'string';
  const times = timesOf(column, isDay);
  const [tests, validates] = [timeOf(test), validation === undefined ? null : timeOf(validation)];
  const parts = new Uint8Array(table.rows);
  const first = new Map<number, number>();
  for (let row = 0; row < table.rows; row++) {
    const time = times[row]!;
    if (Number.isNaN(time)) continue;
    const isEarly = time < (validates ?? tests);
    const part = isEarly ? TRAIN : time < tests ? VALIDATION : TEST;
    parts[row] = part;
    const person = personOf?.(row) ?? -1;
    if (person >= 0) first.set(person, Math.min(first.get(person) ?? part, part));
  }
  if (personOf === null) return parts;
  for (let row = 0; row < table.rows; row++) {
    const person = personOf(row);
    if (person >= 0 && parts[row] !== first.get(person)) parts[row] = NEITHER;
  }
  return parts;
}

function timeOf(boundary: string | number): number {
  return typeof boundary === 'number' ? boundary : daysOfText(boundary);
}

/** Days since 1970-01-01, or numbers as they stand; NaN where there is none. */
function timesOf(column: Column, isDay: boolean): Float64Array {
  const unreadable = (): ConcordError =>
    new ConcordError('SPLIT_DATES_UNREADABLE', { column: column.name });
  if ('values' in column) {
    const isFit = isDay ? column.type === 'date' : NUMBERS.has(column.type);
    if (!isFit) throw unreadable();
    return column.values;
  }
  if (!isDay) throw unreadable();
  const text = cellTexts(column);
  const days = Float64Array.from(column.codes, (code, row) =>
    code < 0 ? NaN : daysOfText(text(row)),
  );
  if (days.every((day) => Number.isNaN(day))) throw unreadable();
  return days;
}

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'real']);
