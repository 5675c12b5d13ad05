import { announced, findForm, SURE } from '../matching.ts';
import type { Finder } from '../settle.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?`;
const YEAR = String.raw`(?:1[6-9]|20|21)\d{2}`;
const WEEKDAY =
  '(?:mon(?:day)?|tues?(?:day)?|wed(?:nesday|s)?|thur?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)[.]?';
/** am and pm; the last stop only where the first is written too. */
const NOON = String.raw`(?:[ap]m\b|[ap]\.m\.)`;
/** The stop of a short month, where more of the date follows. */
const STOP = String.raw`(?:\.(?=[ ,-]{0,2}['’]?\d))?`;
const TIME = String.raw`(?:[01]?\d|2[0-3])(?::[0-5]\d){1,2}(?:[.,]\d{1,6})?(?: ?${NOON})?(?: ?(?:Z|UTC|GMT|[A-Z]{2,3}T\b|[+-]\d{2}:?\d{2}))?`;
const CLOCK = String.raw`(?:1[0-2]|0?[1-9]) ?${NOON}|(?:1[0-2]|0?[1-9]) o['’]clock`;
const THEN_TIME = String.raw`(?:(?:,? at |,? |T)(?:${TIME}|${CLOCK}))?`;
const EDGE = String.raw`(?<![\p{Script=Latin}\p{N}./-])`;
const CLOSE = String.raw`(?![\p{Script=Latin}\p{N}]|[/-]\d|\.\d)`;

const whole = (form: string): RegExp => new RegExp(`${EDGE}(?:${form})${CLOSE}`, 'giu');

/** ISO 8601 and its neighbours: 2024-03-05, 2024/3/5, 20240305T101500. */
const ISO = whole(
  String.raw`${YEAR}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?:[T ]${TIME})?|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T\d{4,6}Z?`,
);
/** Day and month in either order, with a year of two or four digits. */
const NUMERIC = whole(
  String.raw`(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:${YEAR}|\d{2})${THEN_TIME}`,
);
const SPELLED = whole(
  [
    String.raw`(?:${WEEKDAY},? )?(?:the )?${DAY}(?: of)?[ .-]{1,2}${MONTH}${STOP}(?:,?[ .-]{1,2}(?:${YEAR}|['’]?\d{2}))?${THEN_TIME}`,
    String.raw`(?:${WEEKDAY},? )?${MONTH}${STOP}[ -](?:the )?${DAY}(?:,? {1,2}${YEAR}|, ?['’]\d{2})?${THEN_TIME}`,
    String.raw`${MONTH}${STOP}(?:,? of |,? |-)${YEAR}`,
  ].join('|'),
);
/** Month and year in figures: 03/1987. */
const MONTH_YEAR = whole(
  String.raw`(?:0?[1-9]|1[0-2])[/-]${YEAR}|(?:19|20)\d{2}-(?:0[1-9]|1[0-2])|${YEAR} ?[–-] ?${YEAR}`,
);
/** Day and month in figures, or a day alone, behind a weekday: "Tue 05/03", "Tuesday 5th". */
const WEEKDAY_FIGURES = whole(
  String.raw`${WEEKDAY},? (?:the )?(?:(?:0?[1-9]|[12]\d|3[01])(?:[/-](?:0?[1-9]|[12]\d|3[01])|\.(?:0?[1-9]|1[0-2])\.?)|(?:[12]?\d|3[01])(?:st|nd|rd|th))${THEN_TIME}`,
);
/** Eight figures that are a day of the calendar, where words say that they are one. */
const EIGHT_FIGURES =
  /(?<![\p{Script=Latin}\p{N}./#$€£+-])(?<year>(?:19|20)\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?![\p{Script=Latin}\p{N}%]|[/-]\d|\.\d)/gu;
const EIGHT_FIGURES_AFTER =
  /^[:,]? {0,2}(?:admi(?:t|ssion)|discharg|seen\b|review|visit|clinic\b|follow|appointment|surgery|operation|born\b|birth|died\b)/i;
const DAY_MONTH = whole(String.raw`(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])`);
const WORDS =
  /\b(?:born|birth|dob|d\.o\.b|date|dated|admitted|admission|discharged?|died|death|deceased|visit(?:ed)?|reviewed|seen|on|since|until|till|by|from|between|exp(?:ir\w{0,6})?|due|appointment|surgery|operation|before|after)\b[^\n]{0,12}$/i;

const YEAR_ALONE = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}.,:/$€£#-])(?<value>${YEAR})(?:s\b)?(?![\p{Script=Latin}\p{N}%]|[/:-]\d|[.,]\d)`,
  'dgu',
);
const YEAR_WORDS =
  /(?:\b(?:in|of|since|from|until|till|by|before|after|during|around|circa|year|early|late|mid|summer|winter|spring|autumn|fall|born|class of|founded|between|to|and|established|est\.?|released|act of|©)\s{0,2}(?:the\s)?|\(|[-–])$/i;

const DAY_NAMES = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}-])(?:(?:next|last|this|coming) )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas(?: day| eve)?|new year['’]s (?:day|eve)|easter(?: sunday| monday)?|thanksgiving)(?: (?:morning|afternoon|evening|night)s?)?(?:,? (?:at )?(?:${TIME}|${CLOCK}))?(?![\p{Script=Latin}\p{N}])`,
  'giu',
);
const TIMES = whole(`${TIME}h?|${CLOCK}`);
/** Months that are also words or names, where a word before says which they are. */
const MONTHS_TOLD = new RegExp(
  String.raw`\b(?:in|since|until|till|by|last|next|this|of|every|early|late|mid|during|from|through|before|after) (?<value>january|february|march|april|may|june|july|august|september|october|november|december)(?=[.,;!?)]|$|\s)(?! (?:be|have|not|I)\b)`,
  'dgiu',
);
const DAY_ALONE =
  /\b(?:on|by|until|till|before|after|since|from|for) the (?<value>(?:[12]?\d|3[01])(?:st|nd|rd|th))(?=[.,;!?)]|$| (?:at|of|and|to|in|or|this|next)\b)/dgiu;
const DECADES =
  /(?<![\p{N}$€£])(?<value>(?:19|20)\d0['’]?s|['’][2-9]0s)(?![\p{Script=Latin}\p{N}])/dgiu;
/** A year before what happened in it: "the 2012 season". */
const YEAR_OF =
  /(?<=\b(?:the|a|an|its|their|his|her|our|my|this|that) )(?<value>(?:19|20)\d{2})(?= \p{Script=Latin}{3,})(?! (?:people|men|women|dollars|euros|pounds|meters|metres|miles|calories|units|items|words|members|points|percent|mile|meter|kg|mg|ml)\b)/dgu;
/** A year that no word tells, but that no count follows either. */
const YEAR_BARE =
  /(?<![\p{Script=Latin}\p{N}.,:/$€£#-])(?<!\b(?:page|room|no\.?|number|version|model|type|code|pin|of|to|at|for|about|over|under|than|is|was|the) )(?<value>(?:19|20)\d{2})(?=[.,;!?)\]"'’]|$| (?:was|is|were|when|but|he|she|we|they|i|it|until|through)\b)(?![.,]\d)/dgiu;
const MONTHS_ALONE = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}-])(?:(?:early|late|mid|last|next|this)[ -])?(?:January|February|April|June|July|August|September|October|November|December)(?![\p{Script=Latin}\p{N}])`,
  'gu',
);
/** Dates and times in the forms English texts use; a year alone only where words make it one. */
export const findDate: Finder = (text) => [
  ...findForm(text, 'DATE', ISO, () => 0.94),
  ...findForm(text, 'DATE', NUMERIC, (value) =>
    /^\d{1,2}\.\d{1,2}\.\d{2}$/.test(value) ? SURE.likely : 0.92,
  ),
  // "Children of 5 to 13 may join": may is a verb more often than a month.
  ...findForm(text, 'DATE', SPELLED, (value) => (/^\d{1,2} may$/.test(value) ? SURE.weak : 0.92)),
  ...findForm(text, 'DATE', MONTH_YEAR, () => SURE.form),
  ...findForm(text, 'DATE', WEEKDAY_FIGURES, (value) =>
    // "sat 12/20", "sun 5th": saturation and the sun are written small.
    /^(?:sat|sun|wed)\b/.test(value) ? null : SURE.form,
  ),
  ...findForm(text, 'DATE', EIGHT_FIGURES, eightFiguresSure),
  ...findForm(text, 'DATE', DAY_MONTH, (_, { index = 0 }) =>
    announced(text, index, WORDS, 24) ? SURE.likely : null,
  ),
  ...findForm(text, 'DATE', YEAR_ALONE, (_, { index = 0 }) =>
    announced(text, index, YEAR_WORDS, 16) ? SURE.form : null,
  ),
  ...findForm(text, 'DATE', YEAR_BARE, () => SURE.weak),
  ...findForm(text, 'DATE', YEAR_OF, () => SURE.likely),
  ...findForm(text, 'DATE', MONTHS_TOLD, () => SURE.likely),
  ...findForm(text, 'DATE', DAY_ALONE, () => SURE.likely),
  ...findForm(text, 'DATE', DECADES, () => SURE.likely),
  ...findForm(text, 'DATE', DAY_NAMES, () => SURE.form),
  ...findForm(text, 'DATE', TIMES, (value) => (value.includes(':') ? SURE.form : SURE.likely)),
  ...findForm(text, 'DATE', MONTHS_ALONE, (value) =>
    value === 'April' || value === 'June' || value === 'August' ? SURE.weak : SURE.likely,
  ),
];

function eightFiguresSure(value: string, { groups, index = 0, input = '' }: RegExpMatchArray) {
  if (!isDay(groups ?? {})) return null;
  if (announced(input, index, WORDS, 24)) return SURE.form;
  const after = input.slice(index + value.length, index + value.length + 16);
  return EIGHT_FIGURES_AFTER.test(after) ? SURE.likely : null;
}

/** Whether the calendar has the day. */
function isDay({ year, month, day }: Readonly<Record<string, string | undefined>>): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCDate() === Number(day);
}
