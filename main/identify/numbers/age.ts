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
/** What a number after these words counts instead of years. */
const NO_COUNT = String.raw`(?![\p{L}\p{N}%-]|[.,:/]\d| ?(?:%|percent|kg|lbs?|cm|mm|km|miles?|minutes?|hours?|days?|weeks?|months?|times|people|persons|men|women|of|out|in|feet|foot|inches|dollars|euros|pounds|degrees|points|items?|am|pm|o['’]clock|and a half|more|other|different|cents|pages|rooms|players|members)\b)`;
const PERSON = String.raw`(?:mother|father|mum|mom|dad|parent|grand(?:mother|father|ma|pa|son|daughter)|patient|pt|client|son|daughter|child|kid|baby|infant|toddler|teenager|twins|cousin|niece|nephew|boyfriend|girlfriend|partner|spouse|wife|husband|brother|sister|uncle|aunt|friend|girl|boy|woman|man)`;
const BEING = String.raw`(?:is|was|are|were|will be|would be|turns?|turned|just turned)`;
const HEDGE = String.raw`(?:(?:only|just|about|almost|nearly|now|over|under|already|both|still|around|approximately) )?`;
/** ... or before it. */
const BEFORE = [
  String.raw`(?:aged?(?: is| was|:| of| at)?|(?:at|of|by) (?:the )?(?:ripe )?(?:old )?age(?: of)?|turn(?:s|ed|ing)|years old at)`,
  String.raw`(?:i am|i was|i['’]m|i['’]ll be|we['’]re|we (?:are|were)|(?:s?he|they|who|you) ${BEING}|s?he['’](?:s|ll be)|they['’](?:re|ll be)|${PERSON} ${BEING})`,
  String.raw`(?:died|retired|married|passed away|diagnosed|graduated) at`,
  String.raw`(?:how old|what(?: is|['’]s) your age|your age)[^\n]{0,12}\? ?(?:i am|i['’]m)?`,
  String.raw`(?:${PERSON}|person|lady|gentleman|male|female) of`,
].map(
  (words) =>
    new RegExp(String.raw`(?<![\p{L}\p{N}])${words}\s{0,2}${HEDGE}${VALUE}${NO_COUNT}`, 'dgiu'),
);
/** A name that is so old: "Anna is 34". Names begin with a capital, so the case counts here. */
const NAMED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]{1,30} (?:is|was|turns|turned|will be) ${HEDGE}(?<value>[1-9]\d?|1[01]\d)(?=[.,;!?]|$| (?:years?|and|but|when|while|next|this|today|now|old)\b)(?![.,]\d)`,
  'dgu',
);
const AT_START =
  /(?<=(?:^|[.!?]\s{1,2}|,\s))[Aa]t (?<value>[1-9]\d), (?=(?:he|she|they|I|we|my|his|her|the|a|\p{Lu}\p{L}+)\b)/dgu;
const CLOSING =
  /(?<!\b(?:look|looks|priced|stands?|stood|valued|closed|opened|fixed|is|are|was|be|remains?|arrived?|meet) )(?<=\b[a-z]{3,20} )(?:at|by|before|until) (?<value>[1-9]\d)(?=[.;!?]|$)(?![.,]\d)/dgu;
const AND_UP =
  /(?<![\p{L}\p{N}.,/$€£-])(?<value>[1-9]\d?)(?: years)? (?:and|or) (?:older|younger)\b/dgiu;
const SECOND = /(?<=\baged \d{1,3} (?:and|or|to) )(?<value>\d{1,3})(?![\p{L}\p{N}%])/dgiu;
const BIRTHDAY =
  /(?<![\p{L}\p{N}])(?<value>\d{1,3})(?:st|nd|rd|th) (?:birthday|year of life)\b/dgiu;
const DECADE =
  /\b(?:in|into) (?:his|her|their|my|your|our) (?:early |mid[- ]?|late )?(?<value>[2-9]0['’]?s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b/dgiu;

const SEX = new RegExp(
  String.raw`${START}(?<value>${FIGURE})(?:(?:,? ?|\/)(?:[MF]\b|♂|♀)|[-, ]{1,2}(?:male|female|man|woman|boy|girl)\b)`,
  'dgu',
);
const SEX_FIRST =
  /(?<![\p{L}\p{N}])(?:[MF]|[Mm]ale|[Ff]emale)[,/ ]{1,2}(?<value>[1-9]\d)(?![\p{L}\p{N}%]|[.,:/]\d)/dgu;
const LIMIT =
  /\b(?:children|adults?|women|men|people|persons|patients|kids|girls|boys|those|anyone|everyone) (?:over|under|above|below|older than|younger than|between) (?:the age of )?(?<value>[1-9]\d?)(?![\p{L}\p{N}%]|[.,:/]\d)/dgiu;
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
  ...BEFORE.flatMap((form) =>
    findForm(text, 'AGE', form, (value) => (/\d/.test(value) ? 0.82 : 0.7)),
  ),
  ...findForm(text, 'AGE', NAMED, () => 0.7),
  ...findForm(text, 'AGE', AT_START, () => SURE.likely),
  ...findForm(text, 'AGE', CLOSING, () => SURE.weak),
  ...findForm(text, 'AGE', AND_UP, () => SURE.likely),
  ...findForm(text, 'AGE', SECOND, () => SURE.form),
  ...findForm(text, 'AGE', BIRTHDAY, () => SURE.form),
  ...findForm(text, 'AGE', DECADE, () => SURE.likely),
  ...findForm(text, 'AGE', SEX, () => SURE.form),
  ...findForm(text, 'AGE', SEX_FIRST, () => SURE.likely),
  ...findForm(text, 'AGE', LIMIT, () => SURE.likely),
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
  const words = value
    .toLowerCase()
    .replace(/ties$/, 'ty')
    .split(/[\s-]+/);
  const known = words.flatMap((word) => NUMBERS.get(word) ?? []);
  if (known.length === 0) return Number.NaN;
  return words.includes('hundred')
    ? known.reduce((sum, one) => sum + one, 0) - (known[0] === 1 ? 1 : 0)
    : known.reduce((sum, one) => sum + one, 0);
}
