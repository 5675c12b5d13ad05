import { findForm, SURE } from '../matching.ts';
import type { Finder } from '../settle.ts';

const ONES = 'one|two|three|four|five|six|seven|eight|nine';
const TEENS = 'ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const SPOKEN = `(?:(?:${TENS})(?:[- ](?:${ONES}))?|${TEENS}|${ONES}|(?:one|a) hundred(?: and (?:${ONES}|${TEENS}))?)`;
const FIGURE = String.raw`(?:1[0-4]\d|[1-9]?\d)(?:\.5|½)?`;
const VALUE = `(?<value>${FIGURE}|${SPOKEN})`;
const START = String.raw`(?<![\p{Script=Latin}\p{N}.,/$€£-])`;
const UNIT = '(?:years?|yrs?|yo|y/o|y\\.o\\.|months?|mos?|weeks?|wks?|days?)';

/** What makes a number an age, behind it ... */
const AFTER = new RegExp(
  String.raw`${START}${VALUE}(?:[- ]{0,2}${UNIT}[- ]{1,2}old\b|[- ]?(?:yo|y/o|y\.o\.|yrs?\.? ?old)(?![\p{Script=Latin}])|[- ]year[- ]olds?\b| years? of age\b| years? young\b)`,
  'dgiu',
);
/** ... or before it. */
const BEFORE = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}])(?:aged?(?: is| was|:| of)?|(?:at|of) (?:the )?age(?: of)?|turn(?:s|ed|ing)|(?:i am|i['’]m|(?:s?he|they) (?:is|was|are|were)|s?he['’]s|they['’]re|(?:mother|father|mum|mom|dad|parent|grand(?:mother|father|ma|pa|son|daughter)|patient|pt|son|daughter|child|baby|wife|husband|brother|sister|uncle|aunt|girl|boy|woman|man) (?:is|was)) (?:only |just |about |almost |nearly |now |over |under )?)\s{0,2}${VALUE}(?![\p{Script=Latin}\p{N}%-]|[.,:/]\d| ?(?:%|percent|kg|lbs?|cm|mm|km|miles?|minutes?|hours?|days?|weeks?|times|people|of|feet|foot|dollars|euros|pounds|degrees|points|and a half (?:hours|miles)))`,
  'dgiu',
);
const SEX = new RegExp(
  String.raw`${START}(?<value>${FIGURE})(?: ?(?:[MF]\b|♂|♀)|[- ](?:male|female|man|woman|boy|girl)\b)`,
  'dgu',
);
const BRACKETS = new RegExp(
  String.raw`(?<=\p{Lu}[\p{Script=Latin}'’-]{1,20},? ?[(,] ?)(?<value>[1-9]\d?)(?=\)|, )`,
  'dgu',
);

/**
 * Ages in figures or words; the finding is the number alone. Callers tell ages over 89 (45 CFR
 * 164.514 (b)(2)(i)(C)) with `ageOf`.
 */
export const findAge: Finder = (text) => [
  ...findForm(text, 'AGE', AFTER, () => SURE.announced),
  ...findForm(text, 'AGE', BEFORE, (value) => (/\d/.test(value) ? 0.82 : 0.7)),
  ...findForm(text, 'AGE', SEX, () => SURE.form),
  ...findForm(text, 'AGE', BRACKETS, () => SURE.likely),
];

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...ONES.split('|').map((word, place): [string, number] => [word, place + 1]),
  ...TEENS.split('|').map((word, place): [string, number] => [word, place + 10]),
  ...TENS.split('|').map((word, place): [string, number] => [word, (place + 2) * 10]),
  ['hundred', 100],
]);

/** The years a finding of type AGE says, in figures or words; NaN where it is none. */
export function ageOf(value: string): number {
  const figure = /\d{1,3}/.exec(value);
  if (figure !== null) return Number(figure[0]);
  const words = value.toLowerCase().split(/[\s-]+/);
  const known = words.flatMap((word) => NUMBERS.get(word) ?? []);
  if (known.length === 0) return Number.NaN;
  return words.includes('hundred')
    ? known.reduce((sum, one) => sum + one, 0) - (known[0] === 1 ? 1 : 0)
    : known.reduce((sum, one) => sum + one, 0);
}
