import type { EntitySpan, EntityType } from '../../contract/identify.ts';
import { span } from './addresses.ts';
import { isGroup } from './groups.ts';
import {
  endsLikeFamily,
  isCountry,
  isFamily,
  isGiven,
  isOtherName,
  isRegion,
  isTown,
  isWord,
  startsPlace,
} from './lexicon.ts';
import { firmAt, leadsFirm, LEGAL_FORM, organizationWeight } from './organizations.ts';
import { COUNTRY_LETTERS, STATE_LETTERS } from './places.ts';
import { startsLine, type Reading } from './reading.ts';
import { runsOf, type Run } from './runs.ts';
import type { Stretch } from './street.ts';
import { AFTER_NAME, PURE_TITLES } from './titles.ts';
import type { Token } from './tokens.ts';

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words that a name of a person follows ... */
const BEFORE_PERSON = set(
  "named called dear hi hello hey by name nickname aka alias am i'm it's mother father son daughter wife husband brother sister friend cousin uncle aunt nephew niece boss colleague neighbor neighbour boyfriend girlfriend partner fiance fiancee regards sincerely cheers love yours signed thanks thank meet met tell told ask asked invited married meeting patient client singer actor actress author writer poet composer novelist director producer player nurse teacher unlike remember know knew loves loved kissed saw with under says said between him her and guy girl boy man woman"
    .split('\n')
    .join(' '),
);
/** ... and words that follow one. */
const AFTER_PERSON = set(
  'said says told asked asks replied answered added explained writes wrote speaks spoke speak thinks thought believes knows knew wants wanted likes liked loves loved went came lives lived died married born explained recalls recalled noted claims claimed called calls emailed phoned visited reports reported complains complained denies presents presented takes took has had was is will would plays played sings sang listed stated states admits admitted argues argued who whose novel himself herself smiled laughed works worked'
    .split('\n')
    .join(' '),
);
/** Words that a name of a place follows. */
const BEFORE_PLACE = set(
  'in from to at near around across outside inside visit visited visiting toward towards into through throughout leaving left of between within southern northern eastern western central north south east west downtown upstate greater via reached entering city town village state country county province district region capital born',
);
const MONTHS = set(
  'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun christmas easter ramadan',
);
/** Capitals that are no name: abbreviations of everyday and of the clinic. */
const NO_NAME = set(
  'ok tv pc dvd cd usb pdf faq id url ip gps atm pin sms api html sql cpu ram vat tin iban ssn zip po pm am ad bc tbd tba asap fyi rsvp diy ceo cfo cto hr pr it qa covid hiv aids mri ct ecg ekg eeg icu er ed gp nhs bp hr bmi dob mrn copd uti dna rna cbc iv im po prn bid tid qid internet google english http https apo fpo dpo psc unit box fax tel phone email e-mail website address name mobile office iban cc',
);

type Weights = Readonly<Record<'PERSON' | 'LOCATION' | 'ORGANIZATION', number>>;
const LEAST = 1;

/** People, places and organisations: each run of proper words is weighed for all three. */
export function findNames(reading: Reading): EntitySpan[] {
  const { tokens } = reading;
  const spans: EntitySpan[] = [];
  let done = 0;
  for (const run of runsOf(reading)) {
    if (run.from < done) continue;
    if (run.honorific >= 0) spans.push(...titleOf(tokens, run.honorific));
    const firm = firmAt(reading, run.from);
    if (firm !== null && (!firm.listed || isFirm(reading, run, firm))) {
      spans.push(span(tokens, legal(tokens, firm), 'ORGANIZATION', 0.8));
      done = firm.end;
      continue;
    }
    spans.push(...classified(reading, run));
  }
  return spans;
}

/** A list of three family names is a firm where one is led to, or where the line is all of it. */
function isFirm({ tokens }: Reading, run: Run, firm: Stretch): boolean {
  const last = tokens[firm.end];
  const wholeLine = run.opens && (last === undefined || last.kind === 'line');
  return wholeLine || leadsFirm(tokens[run.from - 1]?.key ?? '') || LEGAL_FORM.has(last?.key ?? '');
}

/** With the comma and legal form behind: "Smith, Inc." */
function legal(tokens: readonly Token[], { from, end }: Stretch): Stretch {
  const at = tokens[end]?.text === ',' ? end + 1 : end;
  const form = tokens[at];
  if (form?.kind !== 'word' || !LEGAL_FORM.has(form.key) || form.shape === 'lower')
    return { from, end };
  return { from, end: tokens[at + 1]?.text === '.' && tokens[at + 1]?.gap === 0 ? at + 2 : at + 1 };
}

function classified(reading: Reading, whole: Run): EntitySpan[] {
  const { tokens } = reading;
  const run = withoutNoise(reading, whole);
  if (run === null) return [];
  const weights = weigh(reading, run);
  const ranked = (Object.entries(weights) as [EntityType, number][]).sort((a, b) => b[1] - a[1]);
  const [type, weight] = ranked[0] ?? ['PERSON', 0];
  if (weight < LEAST) return [];
  const confidence = Math.min(0.83, 0.4 + 0.09 * weight);
  const stretch =
    type === 'ORGANIZATION' ? legal(tokens, run) : type === 'PERSON' ? person(tokens, run) : run;
  return [span(tokens, stretch, type, confidence)];
}

/** Letters behind a name (MD, Jr.) are no part of it. */
function person(tokens: readonly Token[], { from, end }: Stretch): Stretch {
  let last = end;
  while (
    last - from > 1 &&
    AFTER_NAME.has(tokens[last - 1]?.key ?? '') &&
    tokens[last - 1]?.shape !== 'title'
  )
    last--;
  return { from, end: last };
}

/** Cuts months, groups and abbreviations off both ends of a run. */
function withoutNoise({ tokens }: Reading, run: Run): Run | null {
  let { from, end } = run;
  const noise = (token: Token | undefined): boolean =>
    token !== undefined &&
    (token.kind !== 'word'
      ? token.text !== '.'
      : MONTHS.has(token.key) || (NO_NAME.has(token.key) && !isGiven(token.key)));
  while (
    from < end &&
    (noise(tokens[from]) ||
      (end - from > 1 && isGroup(tokens[from]?.key ?? '') && !isFamily(tokens[from]?.key ?? '')))
  )
    from++;
  while (end > from && noise(tokens[end - 1])) end--;
  if (from >= end) return null;
  return { ...run, from, end, opens: run.opens && from === run.from };
}

function weigh(reading: Reading, run: Run): Weights {
  const { tokens } = reading;
  const words = tokens.slice(run.from, run.end).filter(({ kind }) => kind === 'word');
  const name = words.map(({ key }) => key).join(' ');
  return {
    PERSON: personWeight(reading, run, words),
    LOCATION: placeWeight(reading, run, name, words),
    ORGANIZATION: organizationWeight(reading, run) + (words.length > 0 ? 0 : -9),
  };
}

function personWeight(reading: Reading, run: Run, words: readonly Token[]): number {
  const { tokens } = reading;
  const long = words.filter(({ text }) => text.length > 1);
  if (long.length === 0 || isGroup(long.map(({ key }) => key).join(' '))) return 0;
  const values = long.map((token) => nameValue(token));
  const best = Math.max(...values);
  const plain = long.filter(({ key }) => isWord(key) && !isGiven(key) && !isFamily(key)).length;
  let weight = best + 0.35 * (values.length - 1) - 0.9 * plain;
  if (long.length === 2 && isGiven(long[0]?.key ?? '') && values[1] !== undefined && values[1] > 0)
    weight += 1;
  if (words.some(({ shape }) => shape === 'initial') && long.length > 0) weight += 0.6;
  if (long.length > 4) weight -= 1;
  if (run.honorific >= 0) weight += 3;
  const before = tokens[run.from - 1];
  const earlier = tokens[run.from - 2];
  const after = tokens[run.end];
  if (BEFORE_PERSON.has(before?.key ?? '')) weight += 0.8;
  if (/^(?:is|was|it's|to|as|:|\?|")$/.test(before?.key ?? '') && named(tokens, run.from - 2))
    weight += 2;
  if (
    before?.text === ',' &&
    /^(?:hi|hello|hey|dear|thanks|thank|regards|sincerely|cheers)$/.test(earlier?.key ?? '')
  )
    weight += 1.5;
  if (AFTER_PERSON.has(after?.key ?? '')) weight += 0.6;
  if (after?.text === "'s" || after?.text === '’s') weight += 0.3;
  if (/^(?:says|said|told|asked|explained)$/.test(before?.key ?? '')) weight += 1;
  if (run.opens && long.length === 1 && plainWord(long[0])) weight -= 1.5;
  const alone = run.opens && (after === undefined || after.kind === 'line');
  if (alone && long.length > 1 && startsLine(reading, run.from)) weight += 0.8;
  return weight;
}

const plainWord = (token: Token | undefined): boolean => token !== undefined && isWord(token.key);

/** "My name is", "Name:", "last name? ", "change it to", "under" ... within a few words before. */
function named(tokens: readonly Token[], place: number): boolean {
  for (let at = place; at > place - 6 && at >= 0; at--) {
    if (
      /^(?:name|named|surname|nickname|names|called|alias|signatory|holder|contact|attn|recipient|beneficiary)$/.test(
        tokens[at]?.key ?? '',
      )
    )
      return true;
  }
  return false;
}

/** How much one word looks like part of a person's name. */
function nameValue({ key, text, shape }: Token): number {
  const word = isWord(key);
  if (isGiven(key)) return word ? 1.3 : 2;
  if (isFamily(key)) return word ? 0.8 : 1.7;
  if (isOtherName(key)) return word ? 0.4 : 1.5;
  if (word) return -0.4;
  if (endsLikeFamily(key)) return 1.3;
  if (shape === 'capitals' && text.length < 5) return 0.2;
  return key.length > 2 ? 1 : 0.2;
}

function placeWeight(reading: Reading, run: Run, name: string, words: readonly Token[]): number {
  const { tokens } = reading;
  const before = tokens[run.from - 1];
  const after = tokens[run.end];
  if (run.honorific >= 0 || words.length === 0) return 0;
  let weight = 0;
  if (isCountry(name)) weight = 3.6;
  else if (isRegion(name)) weight = 2.6;
  else if (isTown(name)) weight = plainName(name) ? 0.5 : nameOnly(name) ? 1 : 1.7;
  const led =
    BEFORE_PLACE.has(before?.key ?? '') ||
    (before?.key === 'the' && BEFORE_PLACE.has(tokens[run.from - 2]?.key ?? ''));
  const plain = words.filter(({ key }) => isWord(key)).length;
  if (led)
    weight += weight > 0 ? 1.5 : plain === words.length ? -1 : before?.key === 'of' ? 0.8 : 1.5;
  if (led && words.some(({ key }) => PLACE_WORD.has(key))) weight += 1;
  if (after?.text === ',') {
    const next = tokens[run.end + 1];
    const letters = STATE_LETTERS.has(next?.text ?? '') || COUNTRY_LETTERS.has(next?.text ?? '');
    if (next?.kind === 'word' && (letters || isCountry(next.key) || isRegion(next.key)))
      weight += 2.5;
  }
  if (before?.text === ',' && run.from > 1 && weight > 0) weight += 0.5;
  if (run.opens && words.length === 1 && weight < 2 && plain > 0) weight -= 1;
  return weight;
}

const PLACE_WORD = set(
  'port saint st san santa new lake mount fort bad el los las la city town beach island islands falls springs river valley park hills heights bay north south east west upper lower great sankt nova villa castel monte ville burg stadt',
);
const plainName = (name: string): boolean => !name.includes(' ') && isWord(name);
const nameOnly = (name: string): boolean =>
  !name.includes(' ') && (isGiven(name) || isFamily(name));

/** The form of address, with its stop, where it is nothing else. */
function titleOf(tokens: readonly Token[], place: number): EntitySpan[] {
  const token = tokens[place];
  if (token === undefined || !PURE_TITLES.has(token.key)) return [];
  const stop = tokens[place + 1]?.text === '.' && tokens[place + 1]?.gap === 0;
  return [span(tokens, { from: place, end: place + (stop ? 2 : 1) }, 'TITLE', 0.85)];
}

/** Countries, regions and towns of several words, which a run may miss: "the Isle of Man". */
export function findPlaces({ tokens }: Reading): EntitySpan[] {
  const spans: EntitySpan[] = [];
  for (let place = 0; place < tokens.length; place++) {
    const token = tokens[place];
    if (token?.kind !== 'word') continue;
    const length = placeLength(tokens, place);
    if (length === 0) continue;
    const end = place + length;
    const name = tokens
      .slice(place, end)
      .map(({ key }) => key)
      .join(' ');
    const sure = isCountry(name) ? 0.76 : isRegion(name) ? 0.7 : 0.62;
    spans.push(span(tokens, { from: place, end }, 'LOCATION', sure));
    place = end - 1;
  }
  return spans;
}

function placeLength(tokens: readonly Token[], place: number): number {
  const first = tokens[place];
  if (first === undefined) return 0;
  if (
    isCountry(first.key) &&
    !isWord(first.key) &&
    !isGiven(first.key) &&
    first.text.length > 2 &&
    !startsPlace(first.key)
  )
    return 1;
  if (!startsPlace(first.key)) return 0;
  let name = first.key;
  let best = isCountry(name) && !isWord(name) && !isGiven(name) && first.text.length > 2 ? 1 : 0;
  for (let length = 2; length <= 5; length++) {
    const token = tokens[place + length - 1];
    if (token?.kind !== 'word' || token.gap !== 1) break;
    name = `${name} ${token.key}`;
    const capital = first.shape !== 'lower' && token.shape !== 'lower';
    if (isCountry(name) || ((isRegion(name) || isTown(name)) && capital)) best = length;
  }
  return best;
}
