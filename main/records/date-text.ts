import { narrow } from './narrow-text.ts';

const DAY = 86_400_000;
const MONTH_DAY = /^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ] *(.*))?$/;
const CHINESE = /^([0-9]{4})年 ?([0-9]{1,2})月 ?([0-9]{1,2})[日号] ?(.*)$/;
const CLOCK =
  /^([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,6}))?)?(?: ?(?:Z|UTC|GMT|[+-]00(?::?00)?))?$/;
/** A zone that is not UTC, behind a time. */
const ZONE = /^(.*:[0-9.,]+) ?(?:UTC|GMT)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?$/;
/** UTC-12:00 to UTC+14:00. */
const ZONES = [-720, 840] as const;
const CHINESE_CLOCK =
  /^(上午|下午|晚上|凌晨|中午)? ?([0-9]{1,2})(?:[时点:] ?)(?:([0-9]{1,2})分?)?(?: ?:?([0-9]{1,2})秒?)?$/;
const BEGINS = /^\s*[0-9０-９〇○零一二三四五六七八九]/;
const NUMERALS = '〇一二三四五六七八九';

/**
 * Days since 1970-01-01 of a date whose writing leaves no doubt: yyyy-mm-dd, yyyy/mm/dd and
 * yyyy.mm.dd, yyyy年m月d日 with Arabic, full-width or Chinese numerals; month and day with one or two
 * digits; years 1000 to 9999, proleptic Gregorian. A time of day may follow (24 hours; 上午 and 下午)
 * and is the fraction of the day, as the clock showed it; of time zones only UTC (Z, GMT, +00:00) is
 * read, others see daysWithZone. NaN when it is none. Dates in another order depend on the column they stand in: see repairs/date-form.ts.
 */
export function daysOfText(text: string): number {
  if (text.length < 8 || text.length > 40 || !BEGINS.test(text)) return NaN;
  const trimmed = arabic(narrow(text).trim());
  const parts = MONTH_DAY.exec(trimmed);
  if (parts) return withTime(daysOf(parts[1], parts[3], parts[4]), parts[5]);
  const chinese = CHINESE.exec(trimmed);
  if (!chinese) return NaN;
  return withTime(daysOf(chinese[1], chinese[2], chinese[3]), chinese[4] || undefined);
}

/**
 * The same of a time with a zone (+08:00, -0330, UTC+8): the moment in UTC, or the time as the clock
 * showed it where `zone` is left out. Without a zone the time is taken as it stands.
 */
export function daysWithZone(text: string, zone: 'to-utc' | 'left-out'): number {
  const parts = text.length > 40 ? null : ZONE.exec(narrow(text).trim());
  if (parts === null) return daysOfText(text);
  const ahead = (Number(parts[3]) * 60 + Number(parts[4] ?? 0)) * (parts[2] === '-' ? -1 : 1);
  if (ahead < ZONES[0] || ahead > ZONES[1] || Number(parts[4] ?? 0) > 59) return NaN;
  const shown = daysOfText(parts[1] ?? '');
  // A multiple of a millisecond again, as every time is; and 0, not -0.
  return zone === 'left-out' ? shown : (Math.round(shown * DAY - ahead * 60_000) + 0) / DAY;
}

/** Whether a text has the form of such a date, in the calendar or not (2024-02-30). */
export function looksLikeDate(text: string): boolean {
  if (text.length < 8 || text.length > 40 || !BEGINS.test(text)) return false;
  const trimmed = arabic(narrow(text).trim());
  return MONTH_DAY.test(trimmed) || CHINESE.test(trimmed);
}

/** Days of year, month and day as digits; NaN outside the calendar. */
export function daysOf(
  yearText: string | undefined,
  monthText: string | undefined,
  dayText: string | undefined,
): number {
  const [year, month, day] = [Number(yearText), Number(monthText), Number(dayText)];
  if (!(year >= 1000 && year <= 9999)) return NaN;
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time / DAY : NaN;
}

/** A day with the time of day that follows it, if any does. */
export function withTime(days: number, clock: string | undefined): number {
  if (clock === undefined || Number.isNaN(days)) return days;
  return days + timeOfDay(clock.trim()) / DAY;
}

/** Milliseconds since midnight; NaN when it is no time of day. */
function timeOfDay(clock: string): number {
  const plain = CLOCK.exec(clock);
  if (plain) {
    const thousandths = Math.floor(Number(`0.${plain[4] ?? '0'}`) * 1000);
    return milliseconds(Number(plain[1]), plain[2], plain[3], thousandths);
  }
  const chinese = CHINESE_CLOCK.exec(clock);
  if (!chinese) return NaN;
  const [, half, hours, minutes, seconds] = chinese;
  const shown = Number(hours);
  const isLater = (half === '下午' || half === '晚上') && shown < 12;
  if (half === '中午' && shown !== 12) return NaN;
  return milliseconds(isLater ? shown + 12 : shown, minutes, seconds, 0);
}

function milliseconds(
  hours: number,
  minutes: string | undefined,
  seconds: string | undefined,
  thousandths: number,
): number {
  const [m, s] = [Number(minutes ?? 0), Number(seconds ?? 0)];
  if (hours > 23 || m > 59 || s > 59) return NaN;
  return ((hours * 60 + m) * 60 + s) * 1000 + thousandths;
}

/** 二〇二四年三月十五日 as 2024年3月15日; what holds no Chinese numeral stays. */
function arabic(text: string): string {
  if (!/[〇○零一二三四五六七八九十]/.test(text)) return text;
  return text
    .replace(/[〇○零一二三四五六七八九]{4}(?=年)/, (year) =>
      [...year].map((numeral) => numeralOf(numeral)).join(''),
    )
    .replace(/([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=[月日号时点分秒])/g, small);
}

function small(all: string, tens: string, ten: string, ones: string): string {
  if (all === '') return '';
  if (ten === '') return tens === '' || ones === '' ? String(numeralOf(tens + ones)) : all;
  return String((tens === '' ? 1 : numeralOf(tens)) * 10 + (ones === '' ? 0 : numeralOf(ones)));
}

function numeralOf(numeral: string): number {
  return Math.max(0, NUMERALS.indexOf(numeral));
}

/**
 * Days since 1970-01-01 as yyyy-mm-dd (years 0 to 9999); with a time of day yyyy-mm-ddThh:mm, and
 * seconds and thousandths where there are any (ISO 8601).
 */
export function isoDate(days: number): string {
  const time = Math.round(days * DAY);
  const text = new Date(time).toISOString();
  if (time % DAY === 0) return text.slice(0, 10);
  if (time % 60_000 === 0) return text.slice(0, 16);
  return time % 1000 === 0 ? text.slice(0, 19) : text.slice(0, 23);
}
