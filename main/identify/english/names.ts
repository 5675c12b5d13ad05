import type { EntitySpan, EntityType } from '../../contract/identify.ts';
import { span } from './addresses.ts';
import { isGroup } from './groups.ts';
import { isCountry, isFamily, isGiven, isRegion, isWord, placeLength } from './lexicon.ts';
import { alike, withLists, type Weighed } from './lists.ts';
import { contextOf } from './organization-context.ts';
import { firmAt, isBusiness, leadsFirm, LEGAL_FORM, type Firm } from './organizations.ts';
import { STATE_LETTERS } from './places.ts';
import type { Reading } from './reading.ts';
import { runsOf, type Run } from './runs.ts';
import type { Stretch } from './street.ts';
import { AFTER_NAME, PURE_TITLES } from './titles.ts';
import type { Token } from './tokens.ts';
import { weigh, type Weights } from './weigh.ts';

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const MONTHS = set(
  'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday christmas easter ramadan',
);
const SHORT_MONTHS = set(
  'jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun',
);
/** Capitals that are no name: abbreviations of everyday and of the clinic. */
const NO_NAME = set(
  'ok tv pc dvd cd usb pdf faq id url ip gps atm pin sms api html sql cpu ram vat tin iban ssn zip po pm am ad bc tbd tba asap fyi rsvp diy ceo cfo cto hr pr it qa covid hiv aids mri ct ecg ekg eeg icu er ed gp nhs bp hr bmi dob mrn copd uti dna rna cbc iv im po prn bid tid qid ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xx nstemi stemi aki ckd dwi lbbb rbbb wcc wbc hb crp esr egfr u&e u&es lft lfts tft tfts inr aptt abg vbg bnp psa tsh hba1c nad nkda sats spo2 gcs avpu news ews rr bd od tds qds qid stat nocte mane abx nsaid ssri ace arb dvt pe mi tia cva ccf chf ibd ibs gord gerd ra oa sle ms als tb cf pcos stds ptsd adhd ocd asd aud fbc cmp bmp lp pft eeg emg tte toe ercp ogd tkr thr orif cabg pci icd pacs picc ngt peg tpn cpap bipap itu hdu nicu picu ccu mdt dnr dnacpr dols pmhx shx hpi hpc o/e poc gtn cns cvs gi gu msk ent obs gynae ot pt slt salt sn rmn hca cna lpn ma cme css json xml cli ast jsx cdn npm ui ux ttl mime lts yaml svg png jpg jpeg gif csv tsv sql js ts utf ascii wcag aria sdk ide api apis oauth jwt tls ssl ssh tcp udp dns ftp smtp imap iot ai ml nlp gpu ssd hdd vpn lan wlan wan kb mb gb tb eta eur usd gbp rrp poa nb ps pps ie eg vs cv crb dbs mot aob kpi roi faqs gcse gcses btec nvq ks1 ks2 sen senco pe ict internet google english http https apo fpo dpo psc unit box lol lmao omg btw idk imo tbh pls plz thx ur ama iphone ipad ios wifi q&a r&d a&e b&b p&l h&s nbm pmh pmhx fhx rx dx hx tx sob cxr fx fax tel phone email e-mail website address name mobile office iban cc',
);

const LEAST = 1;
/** How sure a name is that ends in its kind, above the parts that lists know. */
const WHOLE_NAME = 0.845;

/** People, places and organisations: each run of proper words is weighed for all three. */
export function findNames(reading: Reading): EntitySpan[] {
  const { tokens } = reading;
  const spans: EntitySpan[] = [];
  const seen: Weighed[] = [];
  let done = 0;
  for (const run of runsOf(reading)) {
    if (run.from < done) continue;
    if (run.honorific >= 0) spans.push(...titleOf(tokens, run.honorific));
    const firm = firmAt(reading, run.from);
    if (firm !== null && (!firm.listed || isFirm(reading, run, firm))) {
      spans.push(span(tokens, legal(tokens, firm), 'ORGANIZATION', 0.8));
      seen.push({ run: { ...run, end: firm.end }, weights: FIRM, settled: true });
      done = firm.end;
      continue;
    }
    const turned = turnedName(tokens, run);
    if (turned !== null) {
      spans.push(span(tokens, turned, 'PERSON', 0.84));
      done = turned.end;
      continue;
    }
    const weighed = classified(reading, run);
    if (weighed !== null) seen.push(weighed);
  }
  const found = alike(reading, seen).filter(({ settled }) => !settled);
  const decided = found.map(({ run, weights }) => ({
    run,
    finding: finding(reading, run, weights),
  }));
  const codes = decided.flatMap(({ run, finding: one }) =>
    one?.type === 'LOCATION' ? codeAfter(tokens, run.end) : [],
  );
  return [...spans, ...codes, ...withLists(reading, decided)];
}

/** What a list of partners is, whatever else its names might be. */
const FIRM = { PERSON: 0, LOCATION: 0, ORGANIZATION: 5 };

/** "Patient: Johnson, Mary A.": the family name first, behind a label. */
function turnedName(tokens: readonly Token[], { from, end }: Run): Stretch | null {
  const label = tokens[from - 2]?.key ?? '';
  if (
    tokens[from - 1]?.text !== ':' ||
    !/^(?:patient|name|pt|client|customer|employee)$/.test(label)
  )
    return null;
  if (end !== from + 1 || tokens[end]?.text !== ',' || !isGiven(tokens[end + 1]?.key ?? ''))
    return null;
  let last = end + 2;
  if (tokens[last]?.shape === 'initial') last += tokens[last + 1]?.text === '.' ? 2 : 1;
  return { from, end: last };
}

/**
 * A list of family names is a firm where one is led to, where a verb in the singular follows, or
 * where the line is all of it.
 */
function isFirm(reading: Reading, run: Run, firm: Firm): boolean {
  const { tokens } = reading;
  const last = tokens[firm.end];
  if (LEGAL_FORM.has(last?.key ?? '')) return true;
  if (/^(?:is|was|has|does|says|doesn't|isn't|hasn't)$/.test(last?.key ?? '')) return true;
  if (contextOf(reading, { ...run, end: firm.end }) >= 1.3) return true;
  if (firm.pair) return false;
  const wholeLine = run.opens && (last === undefined || last.kind === 'line');
  return wholeLine || leadsFirm(tokens[run.from - 1]?.key ?? '');
}

/** With the comma and legal form behind: "Smith, Inc." */
function legal(tokens: readonly Token[], { from, end }: Stretch): Stretch {
  const at = tokens[end]?.text === ',' ? end + 1 : end;
  const form = tokens[at];
  if (form?.kind !== 'word' || !LEGAL_FORM.has(form.key) || form.shape === 'lower')
    return { from, end };
  return { from, end: tokens[at + 1]?.text === '.' && tokens[at + 1]?.gap === 0 ? at + 2 : at + 1 };
}

function classified(reading: Reading, whole: Run): Weighed | null {
  const wide = { ...whole, from: whole.lead, honorific: -1 };
  const business = whole.lead < whole.from && isBusiness(reading, wide);
  const run = business ? wide : withoutNoise(reading, whole);
  return run === null ? null : { run, weights: weigh(reading, run), settled: false };
}

function finding(reading: Reading, run: Run, weights: Weights): EntitySpan | null {
  const { tokens } = reading;
  const ranked = (Object.entries(weights) as [EntityType, number][]).sort((a, b) => b[1] - a[1]);
  const [type, weight] = ranked[0] ?? ['PERSON', 0];
  if (weight < LEAST) return null;
  const confidence = Math.min(0.83, 0.4 + 0.09 * weight);
  // "New York Infirmary" is surer than the town in it.
  const sure = isBusiness(reading, run) ? Math.max(confidence, WHOLE_NAME) : confidence;
  if (type === 'ORGANIZATION') return span(tokens, legal(tokens, run), type, sure);
  return span(tokens, type === 'PERSON' ? person(tokens, run) : run, type, confidence);
}

/** Letters behind a name (MD, Jr.) are no part of it. */
function person(tokens: readonly Token[], { from, end }: Stretch): Stretch {
  let [first, last] = [from, end];
  const letters = (at: number): boolean =>
    AFTER_NAME.has(tokens[at]?.key ?? '') && tokens[at]?.shape !== 'title';
  while (last - first > 1 && letters(first)) first++;
  while (last - first > 1 && letters(last - 1)) last--;
  return { from: first, end: last };
}

/** Cuts months, groups and abbreviations off both ends of a run. */
function withoutNoise(reading: Reading, run: Run): Run | null {
  const { tokens } = reading;
  // "American Red Ball Movers" is no group of people.
  const business = isBusiness(reading, run);
  let { from, end } = run;
  const noise = (token: Token | undefined): boolean => {
    if (token === undefined) return false;
    if (token.kind !== 'word') return token.text !== '.';
    if (NO_NAME.has(token.key) && token.shape === 'capitals') return true;
    const named = isGiven(token.key) && end - from > 1;
    if (named) return false;
    if (MONTHS.has(token.text.toLowerCase())) return true;
    const dated = tokens[run.end]?.kind === 'number' || tokens[run.from - 1]?.kind === 'number';
    // "Jun Zhou" and "Wei Sun" are people where no day or year is near.
    if (SHORT_MONTHS.has(token.key)) return dated || (end - from < 2 && !isGiven(token.key));
    return NO_NAME.has(token.key) && !isGiven(token.key);
  };
  const group = (token: Token | undefined): boolean =>
    token !== undefined &&
    !business &&
    end - from > 1 &&
    isGroup(token.key) &&
    !isFamily(token.key);
  while (from < end && (noise(tokens[from]) || group(tokens[from]))) from++;
  while (end > from && noise(tokens[end - 1])) end--;
  if (from >= end) return null;
  return { ...run, from, end, opens: run.opens && from === run.from };
}

/** The form of address, with its stop, where it is nothing else. */
function titleOf(tokens: readonly Token[], place: number): EntitySpan[] {
  const token = tokens[place];
  if (token === undefined || !PURE_TITLES.has(token.key)) return [];
  const stop = tokens[place + 1]?.text === '.' && tokens[place + 1]?.gap === 0;
  return [span(tokens, { from: place, end: place + (stop ? 2 : 1) }, 'TITLE', 0.85)];
}

/** "Tulsa, OK": the letters of a state behind a place. */
function stateAfter(tokens: readonly Token[], place: number): EntitySpan[] {
  const [comma, state, after] = [tokens[place], tokens[place + 1], tokens[place + 2]];
  if (comma?.text !== ',' || state === undefined || !STATE_LETTERS.has(state.text)) return [];
  if (after?.kind === 'word' && after.gap === 1) return [];
  return [span(tokens, { from: place + 1, end: place + 2 }, 'LOCATION', 0.6)];
}

/** "Springfield, 62701": a postcode behind a comma that closes the place, and no year. */
function codeAfter(tokens: readonly Token[], place: number): EntitySpan[] {
  const [comma, code, after] = [tokens[place], tokens[place + 1], tokens[place + 2]];
  if (comma?.text !== ',' || !/^(?!19|20)\d{4}$|^\d{5,6}$/.test(code?.text ?? '')) return [];
  const closes = after === undefined || after.kind === 'line' || /^[,.;)]$/.test(after.text);
  return closes ? [span(tokens, { from: place + 1, end: place + 2 }, 'POSTCODE', 0.6)] : [];
}

/** "1051 Budapest": a postcode that stands before its town, and is no year. */
function codeBefore(tokens: readonly Token[], place: number): EntitySpan[] {
  const [code, town] = [tokens[place - 1], tokens[place]];
  if (code?.kind !== 'number' || town?.gap !== 1 || town.shape === 'lower') return [];
  if (!/^(?!19|20)\d{4}$|^\d{5,6}$/.test(code.text)) return [];
  return [span(tokens, { from: place - 1, end: place }, 'POSTCODE', 0.6)];
}

/** Countries, and regions and towns of several words, which a run may miss: "the Isle of Man". */
export function findPlaces({ tokens }: Reading): EntitySpan[] {
  const spans: EntitySpan[] = [];
  for (let place = 0; place < tokens.length; place++) {
    const length = placeLength(tokens, place);
    if (length === 0) continue;
    const words = tokens.slice(place, place + length);
    const name = words.map(({ key }) => key).join(' ');
    const capital = words.every(({ shape }) => shape !== 'lower');
    const alone = isCountry(name) && !isWord(name) && !isGiven(name) && name.length > 2;
    const several = length > 1 && (isCountry(name) || capital);
    spans.push(...stateAfter(tokens, place + length), ...codeBefore(tokens, place));
    if (!alone && !several) continue;
    const sure = isCountry(name) ? (several ? 0.84 : 0.76) : isRegion(name) ? 0.7 : 0.62;
    spans.push(span(tokens, { from: place, end: place + length }, 'LOCATION', sure));
    place += length - 1;
  }
  return spans;
}
