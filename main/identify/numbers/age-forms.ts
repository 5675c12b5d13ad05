import { isFamily, isGiven, isName, isWord } from '../english/lexicon.ts';
import { folded } from '../english/tokens.ts';
import { SURE } from '../matching.ts';

/** One way to write an age: its form, and how sure a match is (null: it is none). */
export interface AgeForm {
  readonly form: RegExp;
  readonly judge: (value: string, match: RegExpMatchArray) => number | null;
}

export const ONES = 'one|two|three|four|five|six|seven|eight|nine';
export const TEENS =
  'ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
export const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const SPOKEN = `(?:(?:${TENS})(?:[- ](?:${ONES}))?|${TEENS}|${ONES}|(?:one|a) hundred(?: and (?:${ONES}|${TEENS}))?)`;
const FIGURE = String.raw`(?:1[0-4]\d|[1-9]?\d)(?:\.5|½)?`;
/** Texts without a number hold no age. */
export const ANY_NUMBER = new RegExp(
  `\\d|${ONES}|${TENS}|ten|eleven|twelve|teen|twenties|thirties|ties\\b|hundred`,
  'i',
);
const NUMBER = `(?:${FIGURE}|${SPOKEN})`;
const VALUE = `(?<value>${NUMBER})`;
const START = String.raw`(?<![\p{Script=Latin}\p{N}.,/$€£-])`;
const WORD = String.raw`(?<![\p{L}\p{N}])`;
const YEARS = String.raw`(?:years?|yrs?\.?|months?|mos?|mths?|weeks?|wks?|days?)`;
const YO = String.raw`(?:yo|y/o|y\.o\.?|y-o|yoa|y/old|yrs?\.? ?old)`;

/** What a number counts instead of years. */
const COUNTED =
  "percent|per|kg|kilos?|lbs?|stone|cm|mm|km|mg|mcg|ml|mmol|mmhg|bpm|beats|breaths|g|units?|miles?|metres?|meters?|yards?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|times|people|persons|men|women|children|patients|staff|of|out|in|feet|foot|ft|inches|dollars|euros|pounds|degrees|points|items?|am|pm|o['’]clock|more|other|others|different|cents|pages|rooms|players|members|cases|copies|cars|goals|stars|million|billion|thousand|hundred|years? (?:ago|later|in|with|at|of (?!age))";
const NO_COUNT = String.raw`(?![\p{L}\p{N}%°-]|[.,:/]\d| ?(?:%|°|(?:${COUNTED})\b))`;

const KIN =
  'mother|father|mum|mom|mam|dad|parents?|grand(?:mother|father|ma|pa|son|daughter|child|dad|mum)|gran|nan|nana|stepson|stepdaughter|patient|pt|client|son|daughter|child|kid|baby|infant|toddler|teenager|twin|cousin|niece|nephew|boyfriend|girlfriend|bf|gf|partner|spouse|wife|husband|hubby|fiancee?|brother|sister|sibling|uncle|aunt|auntie|friend|girl|boy|woman|man|lady|gentleman|guy|eldest|oldest|youngest|middle one|sib|bro|sis|neighbou?r|tenant|resident|victim|suspect|witness|driver|passenger|pedestrian|applicant|claimant|deceased|carer|pupil|student|roommate|flatmate|housemate|landlord|landlady|owner|colleague|widow|widower';
const KINS =
  'children|kids|sons|daughters|boys|girls|twins|brothers|sisters|siblings|grandchildren|grandsons|granddaughters|nieces|nephews|cousins|women|men|girls|pupils|students|teenagers|babies|little ones';
const BEING = String.raw`(?:is|was|are|were|will be|would be|would have been|had been|has been|turns?|turned|just turned|turning|becomes|became|hits|hit|reached|reaches|is turning|has turned|has just turned|is now|was then)`;
const HEDGE = String.raw`(?:(?:only|just|about|almost|nearly|now|over|under|already|both|still|around|approximately|approx\.?|roughly|maybe|barely|not yet|well over|just over|just under|actually|currently|probably|an? (?:very )?(?:active|young|healthy|fit|sprightly|frail|spry)) )?`;

const sure = (confidence: number) => (): number => confidence;
/** Words for small numbers count many other things. */
const figuresFirst = (value: string): number => (/\d/.test(value) ? 0.82 : 0.7);

const form = (source: string, judge: AgeForm['judge'], flags = 'dgiu'): AgeForm => ({
  form: new RegExp(source, flags),
  judge,
});

/** What makes a number an age behind it: "43 years old", "43yo", "aged 43 yrs", "43-year female". */
const AFTER: readonly AgeForm[] = [
  form(
    String.raw`${START}${VALUE}(?:[- ]{0,2}${YEARS}[- ]{1,2}old\b|[- ]?${YO}(?![\p{Script=Latin}])|[- ]year[- ]olds?\b| years? of age\b| years? young\b| (?:and|&) a half[- ]years?[- ]old)`,
    sure(SURE.announced),
  ),
  // "10 or 11 years old", "18-30 year olds": the first of two.
  form(
    String.raw`${START}${VALUE}(?: or | to | and |-|–)${NUMBER}[- ]${YEARS}[- ](?:olds?\b|of age\b)`,
    sure(SURE.form),
  ),
  form(
    String.raw`${START}${VALUE}[- ]{0,2}(?:years?|yrs?\.?|y)[-, /]{1,2}(?:male|female|man|woman|boy|girl|lady|gentleman|guy|[mf])(?![\p{L}])`,
    sure(SURE.form),
  ),
  // "who is just 15 months", "now 3 weeks".
  form(
    String.raw`${WORD}(?:who is|who['’]s|(?:s?he|baby|infant)(?: is|['’]s)|aged) (?:just |only |now |about |nearly |almost )?${VALUE} (?:months?|weeks?)(?=[.,;)]|$| and\b)`,
    sure(SURE.form),
  ),
  // British clinical notes count months and weeks of a life as 7/12 and 3/52.
  form(String.raw`${START}(?<value>\d{1,2})/(?:12|52)[- ](?:old|of age)\b`, sure(SURE.form)),
  form(String.raw`${START}${VALUE}(?: years)? (?:and|or) (?:older|younger)\b`, sure(SURE.likely)),
  form(
    String.raw`${WORD}(?<value>\d{1,3})(?:st|nd|rd|th) (?:birthday|bday|b-day|year of life)\b`,
    sure(SURE.form),
  ),
];

/** ... and before it. */
const BEFORE: readonly AgeForm[] = [
  String.raw`(?:ages?d?(?:/sex)?(?: ?\((?:in )?(?:years|yrs|y)\))?(?: (?:in years|last birthday|today|now|if under \d+|at (?:\p{L}+ ){0,2}\p{L}+|on (?:\p{L}+ ){0,2}\p{L}+|of (?:\p{L}+ ){1,4}\p{L}+))?(?: is| was|:| =|=| -| –|\t|\.{2,20}| of| at|\|| \|)?\n?|(?:at|of|by|from|since|until|till|before|after|to|around|about|over|under) (?:the )?(?:ripe )?(?:old )?ages?(?: of)?(?: about| around)?|turn(?:s|ed|ing)?|years old at|pushing|going on|getting on for|approaching|not a day over|young for|old at)`,
  String.raw`(?:i am|i was|im|i['’]m|i['’]ll be|i will be|we['’]re|we (?:are|were)|(?:s?he|they|who|you) ${BEING}|(?:s?he|who|they|that)['’](?:s|ll be|d be|re)|(?:my|his|her|our|their|your|the|a|an) (?:\p{L}+ ){0,2}(?:${KIN}) ${BEING}|(?:${KIN}) ${BEING}|(?:${KIN}) \p{L}+ ${BEING}|(?:my|his|her|our|their|your|the|these|those|both|all|two|three) (?:\p{L}+ )?(?:${KINS}) ${BEING})`,
  String.raw`(?:died|dead|retired|married|wed|widowed|orphaned|passed away|diagnosed|graduated|lived|survived|pregnant|menarche|menopause) (?:at|aged|to|until|by|to be)`,
  String.raw`(?:how old|what(?: is|['’]s) your age|your age|d\.?o\.?b)[^\n]{0,12}\? ?(?:i am|i['’]m)?`,
  String.raw`(?:${KIN}|person|male|female) of`,
  String.raw`(?:feel(?:s|ing)?|felt|act(?:s|ing|ed)?|looks?|looked) (?:like )?(?:i am |i['’]m |s?he['’]s |you['’]re )?`,
  String.raw`(?:both|all|anyone|anybody|everyone|those|us|children|adults?|women|men|people|persons|patients|kids|girls|boys|pensioners|residents|employees|workers|nurses|users|members|drivers|applicants|customers|clients|voters|fans|under[- ]?|ladies|mothers|we are|we['’]re|they are) (?:aged )?(?:over|under|above|below|older than|younger than|between)`,
].map((words) => form(String.raw`${WORD}${words}\s{0,2}${HEDGE}${VALUE}${NO_COUNT}`, figuresFirst));

/** A word that may be a person: a name of the lists, or a capital on a word that English lacks. */
function person(who: string): 'listed' | 'unknown' | null {
  const key = folded(who);
  if (isGiven(key)) return isWord(key) && who === key ? null : 'listed';
  if (who === who.toLowerCase()) return null;
  if (isWord(key)) return isFamily(key) ? 'unknown' : null;
  if (isName(key)) return 'listed';
  // What laboratories measure: "Troponin was 14", "HbA1c is 52".
  const measured = /(?:[a-z]in|ine|ase|ium|ide|ol|ate|ose|ite|gen|ate|lets?|phil)$/.test(key);
  return measured || who === who.toUpperCase() ? null : 'unknown';
}

const named =
  (listed: number, unknown: number | null): AgeForm['judge'] =>
  (_, match) => {
    const kind = person(match.groups?.['who'] ?? '');
    return kind === 'listed' ? listed : kind === 'unknown' ? unknown : null;
  };

const WHO = String.raw`(?<![\p{L}\p{N}])(?<who>\p{L}[\p{L}\p{M}'’-]{1,30})`;

/** Ages that stand beside a name: "Anna is 34", "Anna Kay (34)", "Anna, 34,", "Ben and Bo are 3". */
const BESIDE_NAME: readonly AgeForm[] = [
  form(String.raw`${WHO} ${BEING} ${HEDGE}${VALUE}${NO_COUNT}`, named(0.7, null)),
  form(
    String.raw`${WHO} ${BEING} ${HEDGE}(?<value>[1-9]\d?|1[01]\d)(?=[.,;!?]|$| (?:years?|and|but|when|while|next|this|today|now|old|at)\b)(?![.,]\d)`,
    named(0.7, 0.65),
  ),
  form(
    String.raw`${WHO},? ?\((?:aged? |now )?${VALUE}(?: ?(?:years?|yrs?|y))?(?=[);,]|[MFmf]\))`,
    named(SURE.form, SURE.likely),
  ),
  form(
    String.raw`${WHO}, (?:now |then |just |only )?${VALUE}(?=, |[.;!?](?:\s|$)|[);\n]| (?:from|who|of|at|in|and (?:his|her|their|a)|years)\b|$)`,
    named(SURE.likely, SURE.weak),
  ),
  form(String.raw`${WHO} (?<value>[1-9]\d)(?=, (?:of|from|who|a|an)\b)`, named(SURE.likely, null)),
];

const BRACKET = String.raw`(?:\((?:now |aged? |about |only )?|, (?:now |then |just |only |about |aged? )?|: )`;
/** Ages that stand beside a word for a person: "my son (7)", "two children, 4 and 9", "a boy, 5,". */
const BESIDE_KIN: readonly AgeForm[] = [
  form(
    String.raw`${WORD}(?:my|his|her|our|their|your|a|the|one|i|me|and|she|he) ?(?:\p{L}+ )?(?:${KIN}) ?${BRACKET}${VALUE}(?=[),.;:!?]|[MFmf]\)|$| and )`,
    sure(SURE.form),
  ),
  form(
    String.raw`${WORD}(?:i|me|i['’]m|im|we|he|she|${KIN}) ?\((?:now )?${VALUE}(?=[MFmf]?[),])`,
    sure(SURE.form),
  ),
  form(
    String.raw`${WORD}(?:${KINS})(?: ?${BRACKET}| of | )${VALUE}(?=(?:, ${NUMBER}){0,4},? (?:and|&|or) ${NUMBER}${NO_COUNT})`,
    sure(SURE.form),
  ),
  form(
    String.raw`(?=${NUMBER})(?<=${WORD}(?:${KINS})(?: ?\((?:ages |aged )?|, (?:ages |aged )?|,? ages |,? aged | of | )${NUMBER}(?:, ${NUMBER}){0,3},? (?:and|&|or) )${VALUE}${NO_COUNT}`,
    sure(SURE.form),
  ),
  form(
    String.raw`(?=${NUMBER})(?<=\b(?:ages?d?|between|between the ages of)(?: of| between)? ${NUMBER}(?:, ${NUMBER}){0,3},? ?(?:and|or|to|-|–|&) ?)${VALUE}${NO_COUNT}`,
    (_, match) => (/between \S+ ?$/.test(match.input?.slice(0, match.index) ?? '') ? null : 0.8),
  ),
  form(String.raw`${WORD}ages? ${VALUE}(?= ?[-–] ?\d{1,3}(?!\d))`, sure(SURE.form)),
  form(String.raw`(?=\d)(?<=${WORD}ages? \d{1,3} ?[-–] ?)${VALUE}(?!\d)`, sure(SURE.form)),
];

/** Words of a life, of which one before "at 43" makes it an age and no hour. */
const LIFE =
  'born|birth|died|death|retired|retire|retires|married|marry|divorced|widowed|diagnosed|diagnosis|graduated|joined|left|quit|began|became|become|learned|learnt|started|stopped|moved|emigrated|child|baby|stroke|attack|menopause|periods?|cancer|dementia|seizures?|surgery|operated|removed|out|lump|noticed|underwent|won|debut|career|orphaned|adopted|fostered|elected|sold|suffered|lost|onset|first|smoking|drinking|pregnant|walked|talked|read|disabled|unemployed|symptoms?|mother|father|brother|sister|aunt|uncle|champion|school|university|home';
const PRONOUN = String.raw`(?:he|she|they|i|we|you|my|his|her|their|our|the patient|\p{L}+)`;

const AT: readonly AgeForm[] = [
  form(
    String.raw`(?=at )(?<=(?:^|[.!?;:]\s{1,2}|,\s|[-–]\s|\n))at ${HEDGE}(?<value>[1-9]\d|${ONES}|${TEENS}|[3-9]),? (?=${PRONOUN}\b)(?!(?:am|pm|in|on|the (?:latest|earliest)|per|sharp|tonight|tomorrow|minutes|${COUNTED})\b)`,
    (_, { input = '', index = 0 }) =>
      /^\S+ \S+,? (?:he|she|they|i|we|my|his|her|the)\b/i.test(input.slice(index)) ? 0.68 : 0.55,
  ),
  form(
    String.raw`(?=at|by|before|until|till|since)(?<=\b(?:${LIFE})\b[^.!?\n]{0,40} )(?:at|by|before|until|till|since) ${HEDGE}${VALUE}(?=[.,;!?)]|$| (?:and|but|when|while|after|because|with|he|she|they|due|following|from|in (?:19|20)\d\d)\b)(?![.,]\d)${NO_COUNT}`,
    (value) => (/^[1-9]$|^1[0-2]$/.test(value) ? SURE.weak : 0.62),
  ),
  form(
    String.raw`(?<!\b(?:set|kept|held|maintained|measured|recorded|running|sat|scored|capped|limited|peaked|peaks|starts|begins|ends|opens|closes|leaves|departs|due|back|home|look|looks|priced|stands?|stood|valued|closed|opened|fixed|is|are|was|be|remains?|arrived?|meet) )(?<=\b[a-z]{3,20} )(?:at|by|before|until) (?<value>[1-9]\d)(?=[.;!?]|$)(?![.,]\d)`,
    sure(SURE.weak),
    'dgu',
  ),
  form(
    String.raw`${WORD}(?:age|he|she|him|her|it|child|boy|girl),? (?:now|then|only|just) ${VALUE}(?=[,.;!?]|$| and a half| years| who\b)`,
    sure(SURE.form),
  ),
  form(String.raw`(?<=\bnow )${VALUE}(?= and a half)`, sure(SURE.likely)),
];

const TENTHS = String.raw`(?<value>[2-9]0['’]?s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|teens)`;
const OTHER: readonly AgeForm[] = [
  form(
    String.raw`\b(?:in|into|through|during|of|from|to|out of|reached|entering|past|well into) (?:his|her|their|my|your|our) (?:very )?(?:early |mid[- ]?|late |mid[- ]to[- ]late )?${TENTHS}\b`,
    sure(SURE.likely),
  ),
  form(String.raw`\b(?:early|mid|late)[- ]${TENTHS}\b`, (value) =>
    /s$/.test(value) ? SURE.weak : null,
  ),
  form(String.raw`\b(?:over|under)[- ](?<value>[1-9]\d?)s\b`, sure(SURE.likely)),
  form(String.raw`${WORD}(?<value>${TENS})[- ]?something\b`, sure(SURE.likely)),
  form(
    String.raw`${START}(?<value>${FIGURE})(?:(?:,? ?|\/)(?:[MF]\b|♂|♀)|[-, ]{1,2}(?:male|female|man|woman|boy|girl|lady|gentleman|guy)\b)`,
    sure(SURE.form),
    'dgu',
  ),
  form(
    String.raw`(?<![\p{L}\p{N}])(?:[MF]|[Mm]ale|[Ff]emale|(?<=\()[mf])(?:[,/ ]{1,2}|(?=\d))(?<value>[1-9]\d)(?![\p{L}\p{N}%]|[.,:/]\d)`,
    sure(SURE.likely),
    'dgu',
  ),
];

/** Every way the finder knows, surest words first. */
export const AGE_FORMS: readonly AgeForm[] = [
  ...AFTER,
  ...BEFORE,
  ...BESIDE_NAME,
  ...BESIDE_KIN,
  ...AT,
  ...OTHER,
];
