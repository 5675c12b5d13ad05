import type { DateForm } from '../../contract/repair.ts';
import { daysOf, daysOfText, looksLikeDate, withTime } from '../date-text.ts';
import { narrow } from '../narrow-text.ts';
import { numberOfText } from '../number-text.ts';
import { beginsWith } from './first-cells.ts';

const SMALL_FIRST = /^([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?:[T ] *(.*))?$/;

/** Days from Excel's first day to 1970-01-01. */
const EPOCHS = { 'excel-1900': 25_569, 'excel-1904': 24_107 } as const;
/** 9999-12-31 in Excel. */
const LAST_SERIAL = 2_958_465;

/**
 * A reader of dates in one form, in days since 1970-01-01 (times of day as fraction); NaN for what
 * is none. Every form reads year-first and Chinese dates too, since they mean one day only.
 */
export function dayReaderOf(form: DateForm): (text: string) => number {
  if (form === 'year-first') return daysOfText;
  if (form === 'excel-1900' || form === 'excel-1904') {
    return (text) => {
      const serial = numberOfText(text);
      return Number.isNaN(serial) ? daysOfText(text) : daysOfSerial(serial, form);
    };
  }
  return (text) => {
    const parts = SMALL_FIRST.exec(narrow(text).trim());
    if (!parts) return daysOfText(text);
    const [, first, , second, year, clock] = parts;
    const days = form === 'day-first' ? daysOf(year, second, first) : daysOf(year, first, second);
    return withTime(days, clock);
  };
}

/**
 * Days since 1970-01-01 of a day number of Excel (ECMA-376 part 1, 18.17.4.1). The 1900 system
 * counts a 29 February 1900 that never was: its number 60 is no day, and those before it are one
 * less. The fraction, the time of day, is kept to the millisecond.
 */
export function daysOfSerial(serial: number, form: 'excel-1900' | 'excel-1904'): number {
  if (!(serial >= (form === 'excel-1900' ? 1 : 0) && serial < LAST_SERIAL + 1)) return NaN;
  const shift = EPOCHS[form];
  if (form === 'excel-1900' && serial < 61) {
    if (serial >= 60) return NaN;
    return toMilliseconds(serial - shift + 1);
  }
  return toMilliseconds(serial - shift);
}

function toMilliseconds(days: number): number {
  return Math.round(days * 86_400_000) / 86_400_000;
}

/** Whether the cell is written as a date in any form, in the calendar or not. */
export function isDateLike(text: string): boolean {
  return looksLikeDate(text) || SMALL_FIRST.test(narrow(text).trim());
}

export interface FoundDates {
  /** One where the cells leave no doubt, two where day and month could be either way round. */
  readonly forms: readonly DateForm[];
  /** Rows whose cell is written as a date but is in no calendar. */
  readonly impossible: number;
  /** Rows whose cell is no date at all. */
  readonly odd: number;
  readonly dates: number;
}

/**
 * The forms in which most cells of a column are dates. Undefined where too few are (`share` of the
 * filled rows), or where every cell is a date already by itself.
 */
export function dateFormsOf(
  dictionary: readonly string[],
  counts: ArrayLike<number>,
  share: number,
): FoundDates | undefined {
  if (!beginsWith(dictionary, isDateLike)) return undefined;
  let filled = 0;
  let like = 0;
  let orderMatters = false;
  const read = (['year-first', 'day-first', 'month-first'] as const).map((form) => ({
    form,
    reader: dayReaderOf(form),
    rows: 0,
  }));
  for (const [code, text] of dictionary.entries()) {
    const rows = counts[code] ?? 0;
    if (rows === 0) continue;
    filled += rows;
    if (!isDateLike(text)) continue;
    like += rows;
    const days = read.map(({ reader }) => reader(text));
    days.forEach((day, place) => {
      const one = read[place];
      if (one !== undefined && !Number.isNaN(day)) one.rows += rows;
    });
    const [, dayFirst, monthFirst] = days;
    if (!Object.is(dayFirst, monthFirst)) orderMatters = true;
  }
  const most = Math.max(...read.map(({ rows }) => rows));
  if (filled === 0 || like < share * filled || most < share * filled) return undefined;
  if (most === filled && !orderMatters) {
    const isPlain = read[0]?.rows === filled;
    if (isPlain) return undefined;
  }
  const best = read.filter(({ rows }) => rows === most).map(({ form }) => form);
  // 03/03/2024 is one day in any order.
  const forms = orderMatters ? best : best.slice(0, 1);
  return { forms, impossible: like - most, odd: filled - like, dates: most };
}

const NAMED = /date|day$|_dt$|^dt_|dob|birth|日期|时间|生日|出生|年月日/i;
/** 1920-01-01 to 2079-12-31. */
const FIRST_LIKELY = 7306;
const LAST_LIKELY = 65_745;

/** Whether numbers of a column so named may be day numbers of Excel: all in the years people write. */
export function mayBeSerials(name: string, values: Float64Array): boolean {
  if (!NAMED.test(name)) return false;
  let seen = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < FIRST_LIKELY || value > LAST_LIKELY) return false;
    seen++;
  }
  return seen > 0;
}
