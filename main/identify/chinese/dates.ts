import type { EntitySpan } from '../../contract/identify.ts';
import { matchSpans } from './spans.ts';

const HAN_NUMBER = '[零一二三四五六七八九十廿卅]';
const YEAR = `(?:(?:19|20)?\\d{2} ?年|[一二零两][零一二三四五六七八九]{1,3}年|(?:今|去|前|本|明|当)年)`;
const MONTH = `(?:(?:1[0-2]|0?[1-9]) ?月|(?:十[一二]?|[一二三四五六七八九]|正|元|腊|冬)月)`;
const DAY = `(?:(?:3[01]|[12]\\d|0?[1-9]) ?[日号]|初${HAN_NUMBER}|(?:[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])[日号])`;
const LUNAR = '(?:农历|阴历|公历|阳历|夏历)?';
const NOON = '(?:凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|深夜|早|晚)';
const CLOCK = `(?:${NOON} ?(?:[01]?\\d|2[0-4])(?::[0-5]\\d(?::[0-5]\\d)?|[点时](?:[0-5]?\\d分?|半|一刻|三刻|整)?)|(?:[01]?\\d|2[0-4]):[0-5]\\d(?::[0-5]\\d)?|(?:[01]?\\d|2[0-4])[点时](?:[0-5]?\\d分|半|一刻|三刻|整)|${NOON}(?:十[一二]?|[一二两三四五六七八九])[点时](?:半|一刻|三刻|整|${HAN_NUMBER}{1,3}分)?)`;
const GAP = '[ ,]?';
const WEEKDAY = '(?:星期|礼拜|周)[一二三四五六日天]';
/** A weekday beside its date: 周二3月5日, 3月5日（星期二）. */
const WEEKDAY_BEFORE = `(?:${WEEKDAY}${GAP})?`;
const WEEKDAY_AFTER = `(?: ?[(（]${WEEKDAY}[)）])?`;

/** A whole date, with the time that follows it at once. */
const WHOLE = new RegExp(
  `(?<![\\d零一二三四五六七八九])${WEEKDAY_BEFORE}(?:${LUNAR}${YEAR} ?${MONTH}(?: ?${DAY})?|${LUNAR}${MONTH} ?${DAY}|[农阴]历${MONTH}(?:廿|二?十)[一二三四五六七八九]?)${WEEKDAY_AFTER}(?:${GAP}${CLOCK})?`,
  'gu',
);
const NUMERIC = new RegExp(
  `(?<![\\d./-])(?:19|20)\\d{2}([-./])(?:1[0-2]|0?[1-9])\\1(?:3[01]|[12]\\d|0?[1-9])(?!\\d)${WEEKDAY_AFTER}(?:[ T]?${CLOCK})?`,
  'gu',
);
const YEAR_ALONE =
  /(?<![\d零一二三四五六七八九.])(?:(?:19|20)\d{2}|[一二][零九][零一二三四五六七八九]{2}) ?年(?!龄)/gu;
const MONTH_ALONE = new RegExp(
  `(?<![\\d零一二三四五六七八九十.])${MONTH}(?:份|初|中旬|上旬|下旬|底)`,
  'gu',
);
const CLOCK_ALONE = new RegExp(`(?<![\\d./-])(?<!\\d:)${CLOCK}(?![\\d:])`, 'gu');
const DAY_PART = new RegExp(
  `(?<![\\d零一二三四五六七八九十月])(?:[本上当次]月)?${DAY}${NOON}`,
  'gu',
);
const FESTIVAL =
  /(?:春节|元宵节|清明节|端午节|中秋节|重阳节|国庆节|元旦|除夕)(?:当天|当日|前夕|前一天|后一天)/gu;
const BIRTH = /(?:出生日期|出生年月|生日|生于)[:： ]{0,2}(\d{6}|\d{4}[-./]\d{1,2})(?!\d)/gu;
/** Eight figures, where a word beside them says that they are a day. */
const EIGHT_FIGURES =
  /(?<![\dA-Za-z./-])(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\dA-Za-z]|[./-]\d)/gu;
const DAY_BEFORE =
  /(?:日期|时间|出生|生日|生于|入院|出院|住院|转院|就诊|门诊|急诊|复诊|初诊|复查|检查|检验|手术|术后|随访|签字|签名|入职|入学|死亡|去世|于|自|从|至|到|在|截止|截至|预约|有效期)[日号]?[:：为是在( ]{0,3}$/u;
const DAY_AFTER =
  /^[, ]{0,2}(?:日|出生|生(?![产物活命态存长])|入院|出院|住院|转院|就诊|复诊|初诊|复查|检查|手术|随访|入职|入学|死亡|去世|来院|前往|至|到)/u;
/** 3月5日 is a date; 3月余, 5年前 and 2日后 are lengths of time. */
const LENGTH_AFTER = /^(?:余|来|多|前|后|以上|以下|龄|大|内|间)/u;

/** Dates in figures or characters, years, months with their part, times of day. `text` is folded. */
export function datesIn(text: string): EntitySpan[] {
  const spans = [
    ...matchSpans(text, WHOLE, 'DATE', (value, at) =>
      isLength(text, value, at) ? undefined : 0.9,
    ),
    ...matchSpans(text, NUMERIC, 'DATE', 0.9),
    ...matchSpans(text, YEAR_ALONE, 'DATE', 0.75),
    ...matchSpans(text, MONTH_ALONE, 'DATE', 0.6),
    ...matchSpans(text, CLOCK_ALONE, 'DATE', 0.6),
    ...matchSpans(text, DAY_PART, 'DATE', 0.6),
    ...matchSpans(text, FESTIVAL, 'DATE', 0.5),
    ...matchSpans(text, BIRTH, 'DATE', 0.9, 1),
    ...matchSpans(text, EIGHT_FIGURES, 'DATE', (value, at) => dayNamed(text, value, at)),
  ];
  return spans;
}

function isLength(text: string, value: string, at: number): boolean {
  if (/[日号分半刻整:\d时点]$/u.test(value)) return false;
  if (/^(?:19|20)\d{2}/u.test(value)) return false;
  if (/^\d{2}\D+\d+ ?月$/u.test(value)) return /^[余来多]/u.test(text.slice(at + value.length));
  return LENGTH_AFTER.test(text.slice(at + value.length, at + value.length + 2));
}

function dayNamed(text: string, value: string, at: number): number | undefined {
  const [year, month, day] = [value.slice(0, 4), value.slice(4, 6), value.slice(6)].map(Number);
  const isDay = new Date(Date.UTC(year!, month! - 1, day)).getUTCDate() === day;
  if (!isDay) return undefined;
  if (DAY_BEFORE.test(text.slice(Math.max(0, at - 12), at))) return 0.9;
  const end = at + value.length;
  return DAY_AFTER.test(text.slice(end, end + 6)) ? 0.8 : undefined;
}
