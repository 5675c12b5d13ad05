import type { DateForm } from '../../contract/repair.ts';
import { daysOf, daysOfText, daysWithZone, looksLikeDate, withTime } from '../date-text.ts';
import { narrow } from '../narrow-text.ts';
import { numberOfText } from '../number-text.ts';
import { beginsWith } from './first-cells.ts';

const SMALL_FIRST = /^([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?:[T ] *(.*))?$/;
/** A year of two digits; hyphens between three such figures have no usual order. 24年3月5日. */
const SHORT_LAST = /^([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{2})(?:[T ] *(.*))?$/;
const SHORT_CHINESE = /^([0-9]{2})年 ?([0-9]{1,2})月 ?([0-9]{1,2})[日号] ?(.*)$/;

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
  if (form === 'zone-to-utc') return (text) => daysWithZone(text, 'to-utc');
  if (form === 'zone-left-out') return (text) => daysWithZone(text, 'left-out');
  const isDayFirst = !form.startsWith('month-first');
  const from = FIRST_YEARS[form];
  return (text) => {
    const trimmed = narrow(text).trim();
    const parts = SMALL_FIRST.exec(trimmed) ?? (from === null ? null : SHORT_LAST.exec(trimmed));
    if (parts) {
      const [, first, , second, year, clock] = parts;
      if (form === 'year-first-from-1930' && year?.length === 2) {
        return withTime(daysOf(fullYear(first, from), second, year), clock);
      }
      const full = fullYear(year, from);
      return withTime(
        isDayFirst ? daysOf(full, second, first) : daysOf(full, first, second),
        clock,
      );
    }
    const chinese = from === null ? null : SHORT_CHINESE.exec(trimmed);
    if (!chinese) return daysOfText(text);
    const [, year, month, day, clock] = chinese;
    return withTime(daysOf(fullYear(year, from), month, day), clock || undefined);
  };
}

/** The first of the hundred years in which years of two digits lie. */
const FIRST_YEARS = {
  'day-first': null,
  'month-first': null,
  'day-first-from-1930': 1930,
  'month-first-from-1930': 1930,
  'year-first-from-1930': 1930,
  'day-first-from-1969': 1969,
  'month-first-from-1969': 1969,
  'day-first-from-1900': 1900,
  'month-first-from-1900': 1900,
} as const;

function fullYear(year: string | undefined, from: number | null): string | undefined {
  if (from === null || year?.length !== 2) return year;
  const short = Number(year);
  const century = from - (from % 100);
  return String(century + short + (short < from % 100 ? 100 : 0));
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

const isLast = (text: string): boolean => SMALL_FIRST.test(narrow(text).trim());

function isShort(text: string): boolean {
  const trimmed = narrow(text).trim();
  return SHORT_LAST.test(trimmed) || SHORT_CHINESE.test(trimmed);
}

/** Whether the cell is written as a date in any form, in the calendar or not. */
export function isDateLike(text: string): boolean {
  return looksLikeDate(text) || isLast(text) || isShort(text);
}

export interface FoundDates {
  /** One where the cells leave no doubt; more where order, century or zone could be another. */
  readonly forms: readonly DateForm[];
  /** Rows whose cell is written as a date but is in no calendar. */
  readonly impossible: number;
  /** Rows whose cell is no date at all. */
  readonly odd: number;
  readonly dates: number;
}

const LONG: readonly DateForm[] = ['year-first', 'day-first', 'month-first'];
const ZONED: readonly DateForm[] = ['zone-to-utc', 'zone-left-out'];
/** What Windows and what POSIX take two digits for; birth dates may lie further back. */
const SHORT: readonly DateForm[] = [
  ...(['day-first-from-1930', 'month-first-from-1930', 'year-first-from-1930'] as const),
];
const SHORT_OTHERS: readonly DateForm[] = ['day-first-from-1969', 'month-first-from-1969'];
const SHORT_BIRTHS: readonly DateForm[] = ['day-first-from-1900', 'month-first-from-1900'];
const BIRTHS = /birth|born|dob|出生|生日/i;

/**
 * The forms in which most cells of a column are dates: those that read the most, each that means
 * other days. Undefined where too few are (`share` of the filled rows), or where every cell is a
 * date already by itself. `name` tells dates of birth, which may lie in the last century.
 */
export function dateFormsOf(
  name: string,
  dictionary: readonly string[],
  counts: ArrayLike<number>,
  share: number,
): FoundDates | undefined {
  if (!beginsWith(dictionary, isDateLike)) return undefined;
  let filled = 0;
  let like = 0;
  const texts: string[] = [];
  const rowsOf: number[] = [];
  for (const [code, text] of dictionary.entries()) {
    const rows = counts[code] ?? 0;
    filled += rows;
    if (rows === 0 || !isDateLike(text)) continue;
    like += rows;
    texts.push(text);
    rowsOf.push(rows);
  }
  if (filled === 0 || like < share * filled) return undefined;
  const hasShort = texts.some(isShort);
  const hasLast = hasShort || texts.some(isLast);
  const [plain, ...rest] = [
    ...(hasLast ? LONG : LONG.slice(0, 1)),
    ...(hasShort ? [...SHORT, ...(BIRTHS.test(name) ? SHORT_BIRTHS : SHORT_OTHERS)] : []),
  ].map((form) => readIn(form, texts, rowsOf));
  if (plain === undefined) return undefined;
  const isZone = (text: string, at: number): boolean =>
    Number.isNaN(plain.days[at]) && isZoned(text);
  const zoned = texts.some(isZone) ? ZONED.map((form) => readIn(form, texts, rowsOf)) : [];
  const read = [plain, ...rest, ...zoned];
  const most = Math.max(...read.map(({ rows }) => rows));
  if (most < share * filled || (most === filled && plain.rows === filled)) return undefined;
  const best = read.filter(({ rows }) => rows === most);
  // 03/03/2024 is one day in any order.
  const differ = best.filter(
    ({ days }, place) => !best.slice(0, place).some((before) => isSame(before.days, days)),
  );
  const forms = differ.map(({ form }) => form);
  return { forms, impossible: like - most, odd: filled - like, dates: most };
}

interface Read {
  readonly form: DateForm;
  readonly days: Float64Array;
  readonly rows: number;
}

function readIn(form: DateForm, texts: readonly string[], rowsOf: readonly number[]): Read {
  const days = Float64Array.from(texts, dayReaderOf(form));
  const rows = rowsOf.reduce((sum, one, at) => sum + (Number.isNaN(days[at]) ? 0 : one), 0);
  return { form, days, rows };
}

const isSame = (one: Float64Array, other: Float64Array): boolean =>
  one.every((day, at) => Object.is(day, other[at]));

const isZoned = (text: string): boolean => !Number.isNaN(daysWithZone(text, 'to-utc'));

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
