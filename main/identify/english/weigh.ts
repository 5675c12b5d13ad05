import { isGroup } from './groups.ts';
import {
  endsLikeFamily,
  isCity,
  isCompound,
  isCountry,
  isFamily,
  isGiven,
  isName,
  isOtherName,
  isRegion,
  isTown,
  isWord,
} from './lexicon.ts';
import { contextOf, organizationContext } from './organization-context.ts';
import { organizationWeight } from './organizations.ts';
import { placeContext } from './place-context.ts';
import { COUNTRY_LETTERS, STATE_LETTERS } from './places.ts';
import { startsLine, type Reading } from './reading.ts';
import type { Run } from './runs.ts';
import { OCCUPATIONS, PURE_TITLES } from './titles.ts';
import type { Token } from './tokens.ts';

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words that a name of a person follows ... */
const BEFORE_PERSON = set(
  "named called dear hi hello hey by name nickname aka alias am i'm it's mother father son daughter wife husband brother sister friend cousin uncle aunt nephew niece boss colleague neighbor neighbour boyfriend girlfriend partner fiance fiancee regards sincerely cheers love yours signed thanks thank meet met tell told ask asked invited married meeting patient client singer actor actress author writer poet composer novelist director producer player nurse teacher unlike remember know knew loves loved kissed saw with under says said between him her and guy girl boy man woman",
);
/** Words that firms and places follow as well. */
const WEAK_BEFORE = set('with under between and by meeting meet met like unlike');
/** ... and words that follow one. */
const AFTER_PERSON = set(
  'said says told asks asked replies replied answered added explained writes wrote speaks spoke speak thinks thought believes knows knew wants wanted likes liked loves loved went came lives lived died married born explains recalls recalled noted claims claimed called calls emailed phoned visited reports reported complains complained denies presents presented takes took has had was is will would plays played sings sang listed stated states admits admitted argues argued who whose novel himself herself smiled laughed works worked',
);
/** Words that a name of a place follows. */
const BEFORE_PLACE = set(
  'in from to at near around across outside inside visit visited visiting toward towards into through throughout leaving left of between within southern northern eastern western central north south east west downtown upstate greater via reached entering city town village state country county province district region capital born flight flights trip travel travels travelled traveled weather mayor airport people',
);
const ARRIVING = set(
  'arrive arrives arrived arriving land lands landed stop stops stopped stay stayed staying',
);
const NAMING = set(
  'name named surname nickname names called alias signatory holder contact attn recipient beneficiary',
);
const AFTER_PLACE = set(
  'city town village county province district airport region border government leader embassy suburbs',
);
const PLACE_WORD = set(
  'port saint st san santa new lake mount fort bad el los las la city town beach island islands falls springs river valley park hills heights bay north south east west upper lower great sankt nova villa castel monte ville burg stadt den nord sud',
);
/** A first word that names of places begin with and names of people hardly. */
const PLACE_FIRST = set('los las san santa saint st new port fort mount lake den el bad nova sao');

export type Weights = Readonly<Record<'PERSON' | 'LOCATION' | 'ORGANIZATION', number>>;

/** How much speaks for each reading of a run of proper words. One is worth a finding. */
export function weigh(reading: Reading, run: Run): Weights {
  const words = reading.tokens.slice(run.from, run.end).filter(({ kind }) => kind === 'word');
  if (words.length === 0) return { PERSON: 0, LOCATION: 0, ORGANIZATION: 0 };
  if (isNoName(reading, run, words)) return { PERSON: 0, LOCATION: 0, ORGANIZATION: 0 };
  const line = lineOf(reading, run);
  const unknown = words.length === 1 && isUnknown(words[0]);
  const coined = unknown && isCoined(words[0]?.key ?? '');
  const small = reading.small && unknown ? 0.7 : 0;
  return {
    PERSON: personWeight(reading, run, words) - (coined ? 0.5 : 0) - small,
    LOCATION:
      placeWeight(reading, run, words) +
      placeContext(reading, run) +
      (line === 'above-country' ? 2.5 : 0) -
      small,
    ORGANIZATION:
      organizationWeight(reading, run) +
      organizationContext(reading, run) +
      (coined ? 1.1 : 0) +
      (isDouble(words) ? 1 : 0) +
      (unknown && reading.tokens[run.from - 1]?.key === 'at' ? 0.7 : 0) +
      (line === 'above-address' ? 2.2 : 0),
  };
}

/** Stems of drugs (WHO, international nonproprietary names) and endings of findings and procedures. */
const MEDICAL_ENDING =
  /(?:formin|statin|pril|olol|azole|mycin|micin|cillin|sartan|azepam|zolam|mab|prazole|floxacin|cycline|dipine|gliptin|gliflozin|caine|nafil|vir|triptan|parin|setron|thiazide|codone|profen|asone|olone|tidine|barbital|oxetine|azine|xaban|amol|dronate|lukast|tropium|terol|sone|fibrillation|infarction|hypertension|hypotension|effusion|occlusion|ology|itus|trial|ferol|itis|osis|aemia|emia|opathy|ectomy|otomy|ostomy|oscopy|algia|plegia|uria|pnea|noea|graphy|sclerosis|carcinoma|lymphoma|sarcoma)$/;
const EPONYM_OF =
  /^(?:disease|syndrome|sign|test|score|scale|palsy|lymphoma|sarcoma|tumou?r|fracture|phenomenon|reflex|position|catheter|procedure|criteria|classification|maneuver|manoeuvre|anemia|anaemia|contracture|law|theorem|algorithm|chorea|dementia|reaction|stain|tube|line)$/;

/** Drugs, diseases, what they are called after, jobs: "Metformin", "Crohn's disease". */
function isNoName({ tokens }: Reading, run: Run, words: readonly Token[]): boolean {
  const drug =
    words.every(({ key }) => (MEDICAL_ENDING.test(key) || isWord(key)) && !isName(key)) &&
    words.some(({ key }) => MEDICAL_ENDING.test(key) && !isWord(key));
  // "MRI Brain", "Line Manager".
  const scan = /^(?:mri|mra|ct|xr|x-ray|uss|pet|ultrasound)$/.test(tokens[run.from - 1]?.key ?? '');
  const plain = words.every(({ key }) => isWord(key) && !isGiven(key));
  if (plain && (scan || (words.length > 1 && OCCUPATIONS.has(words.at(-1)?.key ?? ''))))
    return true;
  const genitive = /^['’]s$/.test(tokens[run.end]?.text ?? '');
  const next = tokens[genitive ? run.end + 1 : run.end];
  const eponym = next?.kind === 'word' && EPONYM_OF.test(next.key) && words.length < 3;
  return drug || (eponym && (genitive || words.length === 1));
}

const isUnknown = (token: Token | undefined): boolean =>
  token !== undefined && !isWord(token.key) && !isName(token.key) && !isTown(token.key);

/** "Zhou-Mukherjee" alone: firms are called so, and people hardly by a family name alone. */
const isDouble = ([only, more]: readonly Token[]): boolean =>
  more === undefined &&
  only !== undefined &&
  /^[^-]{3,}-[^-]{3,}$/.test(only.key) &&
  only.key.split('-').every((part) => isName(part) && !isGiven(part));

/** Names made for companies: two English words in one, or an ending of the trade. */
const isCoined = (key: string): boolean =>
  isCompound(key) ||
  (key.length > 5 &&
    /(?:tech|soft|data|corp|bank|ware|lytics|group|pharma|systems|ify|works|labs|logic|matics|tronics|medica)$/.test(
      key,
    ));

/**
 * A run that is a whole line of an envelope or a signature: above a country it is a town; below a
 * name and above an address it is where the person works.
 */
function lineOf(reading: Reading, run: Run): 'above-country' | 'above-address' | null {
  const { tokens } = reading;
  if (!startsLine(reading, run.from) || tokens[run.end]?.kind !== 'line') return null;
  let next = run.end + 1;
  while (tokens[next]?.kind === 'sign') next++;
  let line = '';
  for (let at = next; tokens[at]?.kind === 'word' && at < next + 5; at++) {
    line += `${line === '' ? '' : ' '}${tokens[at]?.key ?? ''}`;
  }
  if (isCountry(line)) return 'above-country';
  const below = tokens[next];
  const address =
    below?.kind === 'number' || /^(?:psc|unit|po|p\.o|box|apo)$/.test(below?.key ?? '');
  let above = run.from - 1;
  while (above >= 0 && tokens[above]?.kind === 'sign') above--;
  const follows = tokens[above]?.kind === 'line' && tokens[above - 1]?.kind === 'word';
  return address && follows ? 'above-address' : null;
}

function personWeight(reading: Reading, run: Run, words: readonly Token[]): number {
  const { tokens } = reading;
  const long = words.filter(
    ({ text, shape }) => text.length > 1 && (shape !== 'lower' || reading.small),
  );
  if (long.length === 0 || isGroup(long.map(({ key }) => key).join(' '))) return 0;
  const values = long.map((token) => nameValue(token));
  const plain = long.filter(({ key }) => isWord(key) && !isGiven(key) && !isFamily(key)).length;
  let weight = Math.max(...values) + 0.35 * (values.length - 1) - 0.9 * plain;
  const second = values[1];
  if (long.length === 2 && isGiven(long[0]?.key ?? '') && second !== undefined && second > 0)
    weight += 1;
  if (words.some(({ shape }) => shape === 'initial')) weight += 0.6;
  if (long.length > 4) weight -= 1;
  if (PLACE_FIRST.has(words[0]?.key ?? '') && words.length > 1) weight -= 1;
  if (run.honorific >= 0) {
    const pure = PURE_TITLES.has(tokens[run.honorific]?.key ?? '');
    // "Princess Royal", "General Hospital": a rank before a plain word says little.
    const word = long.every(({ key }) => isWord(key) && !isGiven(key));
    weight += pure || !word ? 3 : 0;
  }
  const before = tokens[run.from - 1];
  const earlier = tokens[run.from - 2];
  const after = tokens[run.end];
  const first = long[0]?.key ?? '';
  if (BEFORE_PERSON.has(before?.key ?? '')) {
    weight += WEAK_BEFORE.has(before?.key ?? '') && !isName(first) ? 0 : 0.8;
  }
  // Nobody is "in" or "near" a person, but for the house of one.
  const around = contextOf(reading, run);
  if (around >= 3) weight -= 2;
  else if (around >= 1.3 && run.honorific < 0 && !long.some(({ key }) => isGiven(key)))
    weight -= plain === long.length ? 1.5 : 0.8;
  if (/^(?:in|near|throughout)$/.test(before?.key ?? '') && !/^['’]s$/.test(after?.text ?? ''))
    weight -= 1;
  if (/^(?:is|was|it's|to|as|:|\?|")$/.test(before?.key ?? '') && named(tokens, run.from - 2))
    weight += 2;
  if (before?.text === ':' && /^(?:from|to|cc|bcc|attn|sender)$/.test(earlier?.key ?? ''))
    weight += 1.2;
  if (before?.key === 'let' && after?.key === 'know') weight += 1.5;
  if (signs(tokens, run)) weight += 2.5;
  if (/^[(,]$/.test(after?.text ?? '') && isAge(tokens, run.end + 1)) weight += 1.3;
  if (
    before?.text === ',' &&
    /^(?:hi|hello|hey|dear|thanks|thank|regards|sincerely|cheers)$/.test(earlier?.key ?? '')
  )
    weight += 1.5;
  const auxiliary = /^(?:has|had|was|is|will|would|who)$/.test(after?.key ?? '');
  if (AFTER_PERSON.has(after?.key ?? '') && !(auxiliary && long.length === 1 && isCity(first)))
    weight += 0.6;
  if (after?.text === "'s" || after?.text === '’s') weight += 0.3;
  if (/^(?:says|said|told|asked|explained)$/.test(before?.key ?? '')) weight += 1;
  if (run.opens && long.length === 1 && isWord(long[0]?.key ?? '')) weight -= 1.5;
  if (run.opens && long.length === 1 && long[0]?.text.length === 3 && !isName(long[0].key))
    weight -= 0.3;
  // One short word in capitals is an abbreviation, and so is X-Ray.
  const [only] = long;
  if (long.length === 1 && only !== undefined && isAbbreviation(reading, only)) weight -= 1;
  const alone = run.opens && (after === undefined || after.kind === 'line');
  if (alone && long.length > 1 && startsLine(reading, run.from)) weight += 0.8;
  return weight;
}

/** "Anna (34)", "Rose, 14,": an age behind a name. */
const isAge = (tokens: readonly Token[], place: number): boolean =>
  /^[1-9]\d?[MFmf]?$/.test(tokens[place]?.text ?? '') &&
  /^[),]$/.test(tokens[place + 1]?.text ?? '');

/** The line below "Kind regards,": who signs, whatever the name. */
function signs(tokens: readonly Token[], { from, end }: Run): boolean {
  if (end - from > 4 || (tokens[end] !== undefined && tokens[end]?.kind !== 'line')) return false;
  let at = from - 1;
  if (tokens[at]?.kind !== 'line') return false;
  while (tokens[at]?.kind === 'line' || tokens[at]?.text === ',' || tokens[at]?.text === '.') at--;
  return CLOSING.test(tokens[at]?.key ?? '');
}

const CLOSING =
  /^(?:regards|sincerely|faithfully|truly|wishes|thanks|cheers|love|best|respectfully|cordially|yours|gratefully|x|xx|xxx|hugs|soon|advance|signed)$/;

const isAbbreviation = ({ large }: Reading, { text, shape }: Token): boolean =>
  (!large && shape === 'capitals' && text.length < 5) || /^\p{L}[-‐]/u.test(text);

/** "My name is", "Name:", "last name? ", "change it to" ... within a few words before. */
function named(tokens: readonly Token[], place: number): boolean {
  for (let at = place; at > place - 6 && at >= 0; at--) {
    if (NAMING.has(tokens[at]?.key ?? '')) return true;
  }
  return false;
}

/** How much one word looks like part of a person's name. */
export function nameValue({ key, text, shape }: Token): number {
  const word = isWord(key);
  if (isGiven(key)) return word ? 1.3 : 2;
  if (isFamily(key)) return word ? 0.8 : 1.7;
  if (isOtherName(key)) return word ? 0.4 : 1.5;
  if (word) return -0.4;
  if (endsLikeFamily(key)) return 1.3;
  if (shape === 'capitals' && text.length < 5) return 0.2;
  return key.length > 2 ? 1 : 0.2;
}

function placeWeight(reading: Reading, run: Run, words: readonly Token[]): number {
  const { tokens } = reading;
  if (run.honorific >= 0) return 0;
  const name = words.map(({ key }) => key).join(' ');
  const before = tokens[run.from - 1];
  const earlier = tokens[run.from - 2];
  const led =
    BEFORE_PLACE.has(before?.key ?? '') ||
    (before?.key === 'the' && BEFORE_PLACE.has(earlier?.key ?? ''));
  let weight = knownPlace(name, words.length);
  const plain = words.filter(({ key }) => isWord(key)).length;
  if (led && weight > 0) weight += 1.5;
  else if (led)
    weight += unknownPlace(
      before?.key ?? '',
      earlier?.key ?? '',
      plain === words.length,
      words.length === 1 &&
        !reading.large &&
        words[0]?.shape === 'capitals' &&
        words[0].text.length < 7 &&
        before?.key !== 'in',
    );
  if (led && words.some(({ key }) => PLACE_WORD.has(key))) weight += 1;
  if (tokens[run.end]?.text === ',' && !isGiven(name)) {
    const next = tokens[run.end + 1];
    const letters = STATE_LETTERS.has(next?.text ?? '') || COUNTRY_LETTERS.has(next?.text ?? '');
    const region = next?.kind === 'word' && (isCountry(next.key) || isRegion(next.key));
    if (letters || (region && !isGiven(next.key))) weight += 2.5;
  }
  if (before?.text === ',' && run.from > 1 && weight > 0) weight += 0.5;
  if (before?.kind === 'number' && /^\d{4,6}$/.test(before.text) && weight > 0) weight += 1.5;
  if (run.opens && words.length === 1 && weight < 2 && plain > 0) weight -= 1;
  // "in Section 4".
  if (plain === words.length && tokens[run.end]?.kind === 'number') weight -= 1;
  if (AFTER_PLACE.has(tokens[run.end]?.key ?? '')) weight += 1.2;
  if (/^(?:city|town|village|county|province)$/.test(before?.key ?? '')) weight += 1.2;
  return weight;
}

/** Countries that people are often called like. */
const NAMESAKE = /^(?:georgia|jordan|chad|israel|cuba|kenya|ireland)$/;

/** What the lists say of a name as a place; one that is a person's name as well says less. */
function knownPlace(name: string, length: number): number {
  if (isCountry(name)) return isGiven(name) ? (NAMESAKE.test(name) ? 1.8 : 3) : 3.6;
  if (isRegion(name)) return isGiven(name) ? 1.6 : 2.6;
  if (!isTown(name)) return 0;
  if (length > 1) return isCity(name) ? 3.8 : 3;
  if (isCity(name) && !isWord(name)) return isGiven(name) ? 2.2 : 2.7;
  if (isWord(name)) return 0.5;
  return isName(name) ? 1 : 1.7;
}

/** A name on no list behind a word that places follow. */
function unknownPlace(before: string, earlier: string, plain: boolean, acronym: boolean): number {
  if (acronym) return 0.3;
  if (plain) return /^(?:in|from|near|visit|visited|to)$/.test(before) ? 1 : -1;
  if (/^(?:of|left|leaving)$/.test(before)) return 0.8;
  if (before === 'at') return ARRIVING.has(earlier) ? 2 : 1;
  return 1.5;
}
