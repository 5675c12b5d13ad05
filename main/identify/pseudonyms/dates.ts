import { Keyed } from './keyed.ts';

const DAY = 86_400_000;
/** A person's dates move by up to half a year either way, and never by none. */
const MOST = 182;
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august'],
  ...['september', 'october', 'november', 'december'],
];

/** By how many days all dates of one person move: -182..182 without 0, from the key alone. */
export function shiftOf(key: Uint8Array, person: string): number {
  const days = new Keyed(key, 'shift', person).below(2 * MOST) - MOST;
  return days >= 0 ? days + 1 : days;
}

const YMD = /(\d{4})(\s?[-/.年]\s?)(\d{1,2})(\s?[-/.月]\s?)(\d{1,2})/;
const TWO_FIRST = /(\d{1,2})([-/.])(\d{1,2})([-/.])(\d{4}|\d{2})(?!\d)/;
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const DAY_MONTH_YEAR = new RegExp(
  String.raw`(\d{1,2})(st|nd|rd|th)?((?: of)?[ .-]{1,2})(${MONTH})(\.?,?[ .-]{1,2})(\d{4})`,
  'i',
);
const MONTH_DAY_YEAR = new RegExp(
  String.raw`(${MONTH})(\.?[ -](?:the )?)(\d{1,2})(st|nd|rd|th)?(,? {1,2})(\d{4})`,
  'i',
);
const WEEKDAY = /(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? /i;

/**
 * A full date moved by days and written as it was; a name of a weekday goes, for it would give the
 * shift away. null for what is no full date (a year, a month, a time): the caller hides it whole.
 * Figures of two first are read as day, month where they can be, so that the dates of one person
 * keep their distances.
 */
export function shiftedDate(value: string, days: number): string | null {
  const text = value.replace(WEEKDAY, '');
  return shiftFigures(text, days) ?? shiftSpelled(text, days);
}

function shiftFigures(text: string, days: number): string | null {
  const first = YMD.exec(text);
  if (first !== null) {
    const [whole, y, a, m, b, d] = first as unknown as string[];
    const moved = move(Number(y), Number(m), Number(d), days);
    if (moved === null) return null;
    const now = `${moved.year}${a}${like(m, moved.month)}${b}${like(d, moved.day)}`;
    return text.replace(whole ?? '', now);
  }
  const last = TWO_FIRST.exec(text);
  if (last === null) return null;
  const [whole, one, a, two, b, y] = last as unknown as string[];
  const full = Number(y) + (y?.length === 2 ? (Number(y) > 30 ? 1900 : 2000) : 0);
  const american = Number(two) > 12;
  const moved = american
    ? move(full, Number(one), Number(two), days)
    : move(full, Number(two), Number(one), days);
  if (moved === null) return null;
  const [left, right] = american ? [moved.month, moved.day] : [moved.day, moved.month];
  const year = y?.length === 2 ? String(moved.year).slice(2) : String(moved.year);
  return text.replace(whole ?? '', `${like(one, left)}${a}${like(two, right)}${b}${year}`);
}

function shiftSpelled(text: string, days: number): string | null {
  const british = DAY_MONTH_YEAR.exec(text);
  if (british !== null) {
    const [whole, d, suffix, a, month, , b, y] = british as unknown as string[];
    const moved = move(Number(y), monthOf(month), Number(d), days);
    if (moved === null) return null;
    const day = suffix === undefined ? like(d, moved.day) : ordinal(moved.day);
    return text.replace(whole ?? '', `${day}${a}${monthLike(month, moved.month)}${b}${moved.year}`);
  }
  const american = MONTH_DAY_YEAR.exec(text);
  if (american === null) return null;
  const [whole, month, , a, d, suffix, b, y] = american as unknown as string[];
  const moved = move(Number(y), monthOf(month), Number(d), days);
  if (moved === null) return null;
  const day = suffix === undefined ? like(d, moved.day) : ordinal(moved.day);
  return text.replace(whole ?? '', `${monthLike(month, moved.month)}${a}${day}${b}${moved.year}`);
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function move(year: number, month: number, day: number, days: number): Day | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const moved = new Date(date.getTime() + days * DAY);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** With a leading zero where the original had two figures. */
const like = (original: string | undefined, value: number): string =>
  original?.length === 2 ? String(value).padStart(2, '0') : String(value);

const monthOf = (word: string | undefined): number =>
  MONTHS.findIndex((name) => name.startsWith((word ?? '').slice(0, 3).toLowerCase())) + 1;

function monthLike(word = '', month: number): string {
  const name = MONTHS[month - 1] ?? '';
  const long = word.length > 4 || word.toLowerCase() === MONTHS[monthOf(word) - 1];
  const plain = long && word.length !== 3 ? name : name.slice(0, 3);
  if (word === word.toUpperCase()) return plain.toUpperCase();
  return word === word.toLowerCase() ? plain : plain[0]?.toUpperCase() + plain.slice(1);
}

function ordinal(day: number): string {
  const last = day % 10;
  const end =
    day > 10 && day < 14 ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th';
  return `${day}${end}`;
}
