import type { EntitySpan, EntityType } from '../../contract/identify.ts';
import { SURE } from '../matching.ts';
import { isPlace, isWord, placeLength } from './lexicon.ts';
import { COUNTRY_LETTERS, STATE_LETTERS } from './places.ts';
import { proper, startsLine, type Reading } from './reading.ts';
import { streetAt, unitAt, type Street, type Stretch } from './street.ts';
import { INSIDE, STREET, STREET_ENDING, UNIT } from './street-words.ts';
import type { Token } from './tokens.ts';

type Part = Stretch & {
  readonly kind: 'building' | 'street' | 'unit' | 'place' | 'code' | 'blank';
};

/** Words before a street that has nothing but a name and a number. */
const LEADS = new Set(
  'at on to in near from of along is address lives live living lived located residing resides moved corner off visit down street same'.split(
    ' ',
  ),
);

const ON = new Set('on at along down corner'.split(' '));

/**
 * Streets with what belongs to them. An address in running text or behind a label is one finding;
 * one that stands as a block of lines, as on an envelope, is found part by part: door, street, unit
 * (ADDRESS), town, state and country (LOCATION), postcode (POSTCODE).
 */
export function findStreets(reading: Reading): EntitySpan[] {
  const { tokens } = reading;
  const spans: EntitySpan[] = [];
  for (let place = 0; place < tokens.length; place++) {
    const found = addressAt(reading, place);
    if (found === null) continue;
    spans.push(...found.spans);
    place = found.end - 1;
  }
  return spans;
}

function addressAt(reading: Reading, place: number): { spans: EntitySpan[]; end: number } | null {
  const { tokens } = reading;
  const token = tokens[place];
  if (token === undefined || token.kind === 'line') return null;
  const corner = cornerAt(reading, place);
  if (corner !== null) {
    return { spans: [span(tokens, corner, 'ADDRESS', 0.88)], end: corner.end };
  }
  if (token.kind === 'sign') return null;
  const parts: Part[] = [];
  let next = place;
  const first = unitAt(reading, place);
  if (first?.sure === true) {
    parts.push({ ...first, kind: 'unit' });
    next = skip(tokens, first.end);
  }
  const street = streetAt(reading, next);
  if (street === null && parts.length === 0) return null;
  if (street !== null) next = addStreet(reading, street, parts);
  addPlaces(reading, next, parts);
  if (street !== null && !believed(reading, place, street, parts)) return null;
  const end = parts.at(-1)?.end ?? place;
  return { spans: emit(reading, parts, street), end };
}

/** The street, its unit on the same or the next line, and a lone unit before the street. */
function addStreet(reading: Reading, street: Street, parts: Part[]): number {
  const { tokens } = reading;
  if (street.building !== null) {
    parts.push({ ...street.building, kind: 'building' });
    const from =
      tokens[street.building.end]?.text === ',' ? street.building.end + 1 : street.building.end;
    parts.push({ from, end: street.end, kind: 'street' });
  } else {
    parts.push({ from: street.from, end: street.end, kind: 'street' });
  }
  let { end } = street;
  // A second line of the street: "Storgatan 52 Oak Forks".
  const more = street.numbered && tokens[end]?.gap === 1 ? streetAt(reading, end) : null;
  if (more !== null && more.building === null && more.weight !== 2) {
    parts.push({ from: parts.pop()?.from ?? street.from, end: more.end, kind: 'street' });
    end = more.end;
  }
  for (;;) {
    const stop = tokens[end]?.text === '.' && tokens[end]?.gap === 0 ? end + 1 : end;
    const behind = skip(tokens, stop);
    const unit = unitAt(reading, behind);
    if (unit === null || (!unit.sure && behind > end + 2)) return end;
    parts.push({ from: unit.from, end: unit.end, kind: 'unit' });
    end = unit.end;
  }
}

/** Over a comma, a line end and marks that begin a line. */
function skip(tokens: readonly Token[], place: number): number {
  let at = place;
  let lines = 0;
  for (; at < tokens.length && at < place + 8; at++) {
    const token = tokens[at];
    if (token?.kind === 'line') lines++;
    else if (token?.kind !== 'sign' || !/^[,?*•>|-]$/.test(token.text)) break;
    if (lines > 1) return place;
  }
  return at;
}

const MOST_PLACES = 5;

/** Town, state, country and postcode behind a street, in any order, as far as they go on. */
function addPlaces(reading: Reading, from: number, parts: Part[]): void {
  const { tokens } = reading;
  let end = from;
  for (let count = 0; count < MOST_PLACES; count++) {
    const at = skip(tokens, end);
    const joined = at === end;
    const newLine = tokens.slice(end, at).some(({ kind }) => kind === 'line');
    const part = codeAt(tokens, at) ?? placeAt(reading, at, newLine, joined, parts);
    if (part === null) break;
    if (part.kind !== 'blank') parts.push(part);
    end = part.end;
  }
}

/** British, Canadian and Dutch postcodes, as two tokens. */
const LETTERED = /^(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d|\d{4} [A-Z]{2})$/;

/** A postcode: three to six digits, with a joint or letters as some countries have them. */
function codeAt(tokens: readonly Token[], from: number): Part | null {
  const token = tokens[from];
  const pair = `${token?.text ?? ''} ${tokens[from + 1]?.text ?? ''}`;
  if (tokens[from + 1]?.gap === 1 && LETTERED.test(pair))
    return { from, end: from + 2, kind: 'code' };
  if (
    token?.kind === 'word' &&
    /^[A-Z]{1,2}$/.test(token.text) &&
    tokens[from + 1]?.text === '-' &&
    /^\d{4,5}$/.test(tokens[from + 2]?.text ?? '')
  )
    return { from, end: from + 3, kind: 'code' };
  if (token?.kind !== 'number' || !/^\d{3,6}$/.test(token.text)) return null;
  const after = tokens[from + 1];
  const tail = tokens[from + 2];
  if (after?.text === '-' && after.gap === 0 && /^\d{3,4}$/.test(tail?.text ?? ''))
    return { from, end: from + 3, kind: 'code' };
  // A telephone that follows on the next line is no postcode.
  if (after !== undefined && after.kind === 'number' && after.gap > 0) {
    if (!/^\d{2}$/.test(after.text) || token.text.length !== 3 || tail?.kind === 'number')
      return null;
    return { from, end: from + 2, kind: 'code' };
  }
  if (
    after !== undefined &&
    after.gap === 0 &&
    /^[-/.()]$/.test(after.text) &&
    tail?.kind === 'number'
  )
    return null;
  return { from, end: from + 1, kind: 'code' };
}

/** A place of up to five words: after a comma or line end any name, else one that is known. */
function placeAt(
  reading: Reading,
  from: number,
  newLine: boolean,
  joined: boolean,
  parts: readonly Part[],
): Part | null {
  const { tokens } = reading;
  if (BLANK.test(tokens[from]?.text ?? '')) return { from, end: from + 1, kind: 'blank' };
  let end = from;
  for (let place = from; place < from + 5; place++) {
    const token = tokens[place];
    if (token?.kind !== 'word' || (place > from && token.gap === 2)) break;
    if (startsUnit(token, tokens[place + 1])) break;
    const small = INSIDE.has(token.key) && place > from && proper(reading, tokens[place + 1]);
    if (!proper(reading, token) && !small) break;
    // "Aalborg NO 9100": the letters of a state or country are a part of their own.
    if (place > from && isLetters(token) && endsPart(tokens[place + 1])) break;
    if (place > from && BLANK.test(token.text)) break;
    end = place + 1;
  }
  if (reading.small) end = Math.max(end, from + placeLength(tokens, from));
  if (end === from) return null;
  const last = tokens[end];
  if (last?.text === ':' || last?.text === '@') return null;
  const name = tokens
    .slice(from, end)
    .map(({ key }) => key)
    .join(' ');
  const letters = end === from + 1 && isLetters(tokens[from]);
  const known = letters || isPlace(name);
  if (newLine) {
    // A whole short line, or one that a postcode ends, not the begin of a sentence.
    const closes =
      last === undefined ||
      last.kind === 'line' ||
      last.text === ',' ||
      last.text === '.' ||
      isLetters(last) ||
      BLANK.test(last.text) ||
      last.kind === 'number';
    if (
      !closes ||
      (end === from + 1 && !known && isWord(name) && tokens[from]?.shape !== 'capitals')
    )
      return null;
    return { from, end, kind: 'place' };
  }
  if (!joined) {
    // Behind a comma any name, but not the begin of something else: ", Please call".
    const goesOn = proper(reading, last) && !known && last?.gap === 1;
    const plain = end === from + 1 && isWord(name) && !known;
    const short = /^\p{Lu}{2,4}$/u.test(tokens[from]?.text ?? '') && end === from + 1;
    const abbreviation = short && !known && !reading.large && last?.kind !== 'number';
    return goesOn || plain || abbreviation ? null : { from, end, kind: 'place' };
  }
  // Without a comma: behind a unit, a postcode or a town, or a place that is known.
  const behind = parts.at(-1)?.kind;
  if (behind === 'unit' || behind === 'code' || known) return { from, end, kind: 'place' };
  return behind === 'place' && end === from + 1 && letters ? { from, end, kind: 'place' } : null;
}

const startsUnit = (token: Token, next: Token | undefined): boolean =>
  UNIT.has(token.key) && token.key !== 'no' && /^(?:[.#]|\d)/.test(next?.text ?? '');

/** What an export writes where it knows no state. */
const BLANK = /^(?:nan|null|none|n\/a)$/;

const isLetters = (token: Token | undefined): boolean =>
  token !== undefined && (STATE_LETTERS.has(token.text) || COUNTRY_LETTERS.has(token.text));

const endsPart = (token: Token | undefined): boolean =>
  token === undefined || token.kind !== 'word' || token.gap === 2;

/** Whether enough speaks for an address and not, say, "Chapter 3" or "Blink 182". */
function believed(
  reading: Reading,
  place: number,
  { weight, numbered, from, end }: Street,
  parts: readonly Part[],
): boolean {
  if (weight === 3) return true;
  const { tokens } = reading;
  const unit = parts.some(({ kind }) => kind === 'unit');
  const code = parts.some(({ kind }) => kind === 'code');
  const places = parts.filter(({ kind }) => kind === 'place').length;
  if (unit || (code && places > 0)) return true;
  const before = tokens[place - 1];
  const led = LEADS.has(before?.key ?? '') || before?.text === ':';
  // "At 35, Anna Kay left": an age and a name.
  // "BP 130", "CKD 3": a measure, not a street.
  const abbreviation =
    !reading.large &&
    tokens
      .slice(from, end)
      .filter(({ kind }) => kind === 'word')
      .every(({ text }) => /^(?:\p{Lu}{1,5}|\p{Lu}\p{Ll}?)$/u.test(text));
  if (abbreviation && weight < 3 && !code) return false;
  if (numbered && weight === 1 && places === 0 && !code && tokens[from + 1]?.text === ',')
    return false;
  const names = tokens.slice(from, end).filter(({ kind }) => kind === 'word');
  const plain = names.every(({ key }) => isWord(key));
  if (weight === 2) return places > 0 || ((led || startsLine(reading, place)) && !plain);
  if (!numbered) {
    const marked = end - from > 1;
    const sure = STREET.has(names.at(-1)?.key ?? '') || STREET_ENDING.test(names[0]?.key ?? '');
    const on = ON.has(before?.key ?? '');
    if (!sure && !on) return false;
    return (
      marked && (led || !plain || places > 0) && !isPlace(names.map(({ key }) => key).join(' '))
    );
  }
  if (names.length === 1 && isWord(names[0]?.key ?? '')) return false;
  if (startsLine(reading, place) && (places > 0 || code) && !plain) return true;
  return led && !plain;
}

function cornerAt(reading: Reading, place: number): Stretch | null {
  const { tokens } = reading;
  const starts = tokens[place]?.key === 'the' ? place + 1 : place;
  if (tokens[starts]?.key !== 'corner' || tokens[starts + 1]?.key !== 'of') return null;
  const one = streetAt(reading, starts + 2) ?? nameOnly(reading, starts + 2);
  const joint = tokens[one?.end ?? 0];
  if (one === null || (joint?.key !== 'and' && joint?.text !== '&')) return null;
  const other = streetAt(reading, one.end + 1) ?? nameOnly(reading, one.end + 1);
  return other === null ? null : { from: place, end: other.end };
}

function nameOnly(reading: Reading, from: number): Stretch | null {
  let end = from;
  while (end < from + 4 && proper(reading, reading.tokens[end])) end++;
  return end > from ? { from, end } : null;
}

function emit(reading: Reading, parts: readonly Part[], street: Street | null): EntitySpan[] {
  const { tokens } = reading;
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return [];
  const rich =
    parts.some(({ kind }) => kind === 'unit' || kind === 'code') ||
    parts.filter(({ kind }) => kind === 'place').length > 1;
  const sure = street?.weight === 3 ? 0.87 : street?.weight === 2 ? 0.84 : 0.74;
  if (rich && introduced(reading, first.from)) {
    return [span(tokens, { from: first.from, end: last.end }, 'ADDRESS', 0.88)];
  }
  return parts.map((part) => {
    const type = part.kind === 'place' ? 'LOCATION' : part.kind === 'code' ? 'POSTCODE' : 'ADDRESS';
    return span(tokens, part, type, part.kind === 'street' ? sure : SURE.form);
  });
}

/** How many tokens before an address are read for what leads to it. */
const REACH = 60;

/**
 * Whether running text or a label leads to the address. A name before it on the line, or marks of a
 * list, do not: such a block stands by itself.
 */
function introduced({ tokens }: Reading, place: number): boolean {
  // Not farther, so that a hostile line costs no more than its length.
  const farthest = Math.max(0, place - REACH);
  for (let at = place - 1; at >= farthest; at--) {
    const token = tokens[at];
    if (token === undefined) return false;
    if (token.kind === 'word' && token.shape === 'lower') return true;
    if (token.text === ':') return true;
    if (token.kind !== 'line') continue;
    let above = at - 1;
    while (above > farthest && tokens[above]?.kind === 'line') above--;
    return tokens[above]?.text === ':';
  }
  return false;
}

export function span(
  tokens: readonly Token[],
  { from, end }: Stretch,
  type: EntityType,
  confidence: number,
): EntitySpan {
  const start = tokens[from]?.start ?? 0;
  return { start, end: tokens[end - 1]?.end ?? start, type, confidence };
}
