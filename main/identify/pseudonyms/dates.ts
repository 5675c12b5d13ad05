import { narrow } from '../../records/narrow-text.ts';
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

const YMD = /(?<!\d)(\d{4})(\s?[-/.年]\s?)(\d{1,2})(\s?[-/.月]\s?)(\d{1,2})(?!\d)/;
/** 20240305, also before T and a time. */
const COMPACT = /(?<!\d)((?:19|20)\d{2})()(\d{2})()(\d{2})(?!\d)/;
const TWO_FIRST = /(?<!\d)(\d{1,2})([-/.])(\d{1,2})([-/.])(\d{4}|\d{2})(?!\d)/;
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const DAY_MONTH_YEAR = new RegExp(
  String.raw`(\d{1,2})(st|nd|rd|th)?((?: of)?[ .-]{1,2})(${MONTH})(\.?,?[ .-]{1,2})(\d{4})`,
  'i',
);
const MONTH_DAY_YEAR = new RegExp(
  String.raw`(${MONTH})(\.?[ -](?:the )?)(\d{1,2})(st|nd|rd|th)?(,? {1,2})(\d{4})`,
  'i',
);
const WEEKDAY =
  /(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? |[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?/i;
/** A lunar date has no day of ours to count from. */
const LUNAR = /[农阴夏]历/;
/** What may stand beside a date that moves: a time of day, a zone, and words that join them. */
const BESIDE = new RegExp(
  [
    String.raw`T?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d{1,6})?|T\d{4,6}|[+-]\d{2}:?\d{2}`,
    String.raw`\d{1,2} ?(?=[ap]\.?m)|\d{1,2} o['’]clock|[ap]\.?m\b\.?`,
    String.raw`\b(?:at|on|of|the|Z|UTC|GMT|[A-Z]{2,3}T)\b|Z`,
    '[公阳]历|凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|深夜|早|晚',
    String.raw`(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})[点时](?:(?:\d{1,2}|[零一二三四五六七八九十]{1,3})分?|半|一刻|三刻|整)?`,
    '[日号]',
  ].join('|'),
  'g',
);

/** How figures with the year last are read where both could be a month. */
export type FigureOrder = 'day-first' | 'month-first';

/** Month first where some of the dates can only be read so, and none only the other way. */
export function figureOrderOf(dates: Iterable<string>): FigureOrder {
  let order: FigureOrder = 'day-first';
  for (const date of dates) {
    const [, one, , two] = TWO_FIRST.exec(narrow(date)) ?? [];
    if (Number(one) > 12) return 'day-first';
    if (Number(two) > 12) order = 'month-first';
  }
  return order;
}

/**
 * A full date moved by days and written as it was, in Arabic, full-width or Chinese numerals; a name
 * of a weekday goes, for it would give the shift away. null for what is no full date (a year, a
 * month, a time), and for what holds more than one date and its time: the caller hides it whole.
 * Figures with the year last are read by `order` where they can be, so that the dates of one person
 * keep their distances.
 */
export function shiftedDate(
  value: string,
  days: number,
  order: FigureOrder = 'day-first',
): string | null {
  if (LUNAR.test(value)) return null;
  const isWide = /[０-９]/.test(value);
  const text = (isWide ? narrow(value) : value).replace(WEEKDAY, '');
  const moved =
    shiftFigures(text, days, order) ?? shiftSpelled(text, days) ?? shiftNumerals(text, days);
  return moved !== null && isWide ? wide(moved, value) : moved;
}

/** The text with its one date replaced; null where more would stay than a time of day. */
function replaced(text: string, date: string, now: string): string | null {
  const [before = '', after = ''] = text.split(date);
  const isAlone = text.split(date).length === 2;
  const rest = `${before} ${after}`.replace(BESIDE, '');
  return isAlone && !/[\p{L}\p{N}]/u.test(rest) ? before + now + after : null;
}

function shiftFigures(text: string, days: number, order: FigureOrder): string | null {
  const first = YMD.exec(text) ?? COMPACT.exec(text);
  if (first !== null) {
    const [whole, y, a, m, b, d] = first as unknown as string[];
    const moved = move(Number(y), Number(m), Number(d), days);
    if (moved === null) return null;
    const now = `${moved.year}${a}${like(m, moved.month)}${b}${like(d, moved.day)}`;
    return replaced(text, whole ?? '', now);
  }
  const last = TWO_FIRST.exec(text);
  if (last === null) return null;
  const [whole, one, a, two, b, y] = last as unknown as string[];
  const full = Number(y) + (y?.length === 2 ? (Number(y) > 30 ? 1900 : 2000) : 0);
  const american = order === 'month-first' ? Number(one) <= 12 : Number(two) > 12;
  const moved = american
    ? move(full, Number(one), Number(two), days)
    : move(full, Number(two), Number(one), days);
  if (moved === null) return null;
  const [left, right] = american ? [moved.month, moved.day] : [moved.day, moved.month];
  const year = y?.length === 2 ? String(moved.year).slice(2) : String(moved.year);
  return replaced(text, whole ?? '', `${like(one, left)}${a}${like(two, right)}${b}${year}`);
}

function shiftSpelled(text: string, days: number): string | null {
  const british = DAY_MONTH_YEAR.exec(text);
  if (british !== null) {
    const [whole, d, suffix, a, month, , b, y] = british as unknown as string[];
    const moved = move(Number(y), monthOf(month), Number(d), days);
    if (moved === null) return null;
    const day = suffix === undefined ? like(d, moved.day) : ordinal(moved.day);
    const now = `${day}${a}${monthLike(month, moved.month)}${b}${moved.year}`;
    return replaced(text, whole ?? '', now);
  }
  const american = MONTH_DAY_YEAR.exec(text);
  if (american === null) return null;
  const [whole, month, , a, d, suffix, b, y] = american as unknown as string[];
  const moved = move(Number(y), monthOf(month), Number(d), days);
  if (moved === null) return null;
  const day = suffix === undefined ? like(d, moved.day) : ordinal(moved.day);
  const now = `${monthLike(month, moved.month)}${a}${day}${b}${moved.year}`;
  return replaced(text, whole ?? '', now);
}

const NUMERALS = '〇一二三四五六七八九';
const HAN_DATE =
  /([〇○零一二三四五六七八九]{4})( ?年 ?)([一二三四五六七八九十]{1,2})( ?月 ?)([一二三四五六七八九十]{1,3})(?= ?[日号])/;

/** 二〇二四年三月五日, written in the same numerals. */
function shiftNumerals(text: string, days: number): string | null {
  const found = HAN_DATE.exec(text);
  if (found === null) return null;
  const [whole = '', y = '', a, m = '', b, d = ''] = found;
  const nought = /[○零]/.exec(y)?.[0] ?? '〇';
  const year = Number([...y].map((sign) => Math.max(0, NUMERALS.indexOf(sign))).join(''));
  const moved = move(year, ofNumerals(m), ofNumerals(d), days);
  if (moved === null) return null;
  const figures = [...String(moved.year)].map((figure) => NUMERALS[Number(figure)] ?? '').join('');
  const now = `${figures.replaceAll('〇', nought)}${a}${numerals(moved.month)}${b}${numerals(moved.day)}`;
  return replaced(text, whole, now);
}

/** 十, 十二, 二十, 三十一. */
function ofNumerals(text: string): number {
  const [tens = '', ones] = text.split('十');
  if (ones === undefined) return text.length === 1 ? NUMERALS.indexOf(text) : NaN;
  return (
    (tens === '' ? 1 : NUMERALS.indexOf(tens)) * 10 + Math.max(0, NUMERALS.indexOf(ones || '〇'))
  );
}

function numerals(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10 === 0 ? '' : (NUMERALS[value % 10] ?? '');
  if (tens === 0) return ones;
  return `${tens === 1 ? '' : (NUMERALS[tens] ?? '')}十${ones}`;
}

/** With full-width figures, and the signs between them as they were. */
const wide = (text: string, original: string): string =>
  text.replace(/[0-9\-/.:]/g, (sign) => {
    const made = String.fromCharCode(sign.charCodeAt(0) + 0xfee0);
    return /[0-9]/.test(sign) || original.includes(made) ? made : sign;
  });

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
