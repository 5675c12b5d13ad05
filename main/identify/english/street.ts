import { isName, isPlace, isWord } from './lexicon.ts';
import { proper, type Reading } from './reading.ts';
import {
  BUILDING,
  DWELLING,
  INSIDE,
  OF_BUILDING,
  STREET,
  STREET_AFTER,
  STREET_BEFORE,
  STREET_ENDING,
  STREET_MAYBE,
  UNIT,
} from './street-words.ts';
import type { Token } from './tokens.ts';

/** A street or a unit as a range of tokens, `end` behind the last. */
export interface Stretch {
  readonly from: number;
  readonly end: number;
}

export interface Street extends Stretch {
  /** A number before the street, when the street carries its own: 28245 | Puruntie 82. */
  readonly building: Stretch | null;
  /** How much speaks for a street: 3 word and number, 2 numbers around it, 1 a word or a number. */
  readonly weight: 1 | 2 | 3;
  readonly numbered: boolean;
}

const LONGEST_NAME = 6;

/** The street that begins at a token, or null. */
export function streetAt(reading: Reading, from: number): Street | null {
  const { tokens } = reading;
  if (isSpan(tokens, from)) return null;
  let place = from;
  const numbers: number[] = [];
  while (
    numbers.length < 2 &&
    isHouseNumber(tokens[place]) &&
    (place === from || near(tokens[place]))
  ) {
    numbers.push(place);
    place = afterNumber(tokens, place);
    if (tokens[place]?.text === ',' && near(tokens[place + 1])) place++;
  }
  const name = nameAt(reading, place);
  if (name === null || (numbers.length > 0 && !near(tokens[place]))) return null;
  const trailing = trailingNumber(tokens, name.end, name.marked);
  const numbered = numbers.length > 0 || trailing > name.end;
  if (!name.marked && !numbered) return null;
  const second = trailing > name.end || numbers.length === 2;
  const building = second && numbers.length > 0 ? { from, end: buildingEnd(tokens, from) } : null;
  const weight = name.marked && numbered ? 3 : numbers.length > 0 && trailing > name.end ? 2 : 1;
  return { from, end: trailing, building, weight, numbered };
}

const YEAR = /^(?:19|20)\d\d$/;

/** "2015-2019 Octavia": the years of a life's entry are no doors. */
function isSpan(tokens: readonly Token[], from: number): boolean {
  const year = (place: number): boolean => YEAR.test(tokens[place]?.text ?? '');
  const dash = (place: number): boolean => /^[-–]$/.test(tokens[place]?.text ?? '');
  return year(from) && ((dash(from + 1) && year(from + 2)) || (dash(from - 1) && year(from - 2)));
}

const buildingEnd = (tokens: readonly Token[], from: number): number =>
  tokens[from + 1]?.text === ',' ? from + 1 : afterNumber(tokens, from);

interface Name extends Stretch {
  readonly marked: boolean;
}

/** The words of a street's name, with or without a word that makes it a street. */
function nameAt(reading: Reading, from: number): Name | null {
  const { tokens } = reading;
  let end = from;
  let words = 0;
  let prefix = false;
  let suffix = -1;
  const smallEnd = reading.small ? smallStreet(tokens, from) : from;
  for (let place = from; place < tokens.length && words < LONGEST_NAME; place++) {
    const token = tokens[place];
    if (token === undefined || token.kind === 'line') break;
    if (place > from && token.gap === 2 && !reading.small) break;
    if (token.kind === 'sign') {
      if (!joins(reading, place, suffix === place - 1)) break;
      end = place + 1;
      continue;
    }
    const ordinal = /^\d{1,3}(?:st|nd|rd|th)$/i.test(token.text);
    if (token.kind !== 'word' && !ordinal) break;
    if (UNIT.has(token.key) && /^(?:[.#]|\d)/.test(tokens[place + 1]?.text ?? '')) break;
    const first = place === from;
    const makes = STREET_ENDING.test(token.key) || (!first && isSuffix(reading, place, from));
    const written =
      ordinal ||
      makes ||
      proper(reading, token) ||
      STREET_BEFORE.has(token.key) ||
      (reading.small && place < smallEnd);
    const joint = INSIDE.has(token.key) && words > 0 && joinsOn(reading, place + 1);
    if (!written && !joint) break;
    words++;
    if (written) end = place + 1;
    if (first && isPrefix(reading, token, tokens[place + 1])) prefix = true;
    else if (makes) suffix = place;
    // "12 Main St Springfield": behind its own word a street goes on for a direction only.
    if (makes && !prefix && closes(token)) {
      if (DIRECTION.test(tokens[place + 1]?.key ?? '') && tokens[place + 1]?.gap === 1) end++;
      else if (joins(reading, place + 1, true)) end++;
      break;
    }
  }
  if (end === from) return null;
  const marked = prefix ? end > from + 1 : suffix >= 0;
  return marked || !isLoneWord(tokens, from, end) ? { from, end, marked } : null;
}

/** Without capitals: where the street's word stands behind a number and up to three words. */
function smallStreet(tokens: readonly Token[], from: number): number {
  if (!isHouseNumber(tokens[from - 1])) return from;
  for (let place = from + 1; place < from + 4; place++) {
    const token = tokens[place];
    if (token?.kind !== 'word' || token.gap !== 1) return from;
    if (STREET.has(token.key) && !/^(?:place|court|drive|close)$/.test(token.key)) return place;
  }
  return from;
}

const DIRECTION = /^(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)$/;

const closes = ({ key }: Token): boolean => STREET.has(key) || STREET_AFTER.has(key);

const joinsOn = (reading: Reading, place: number): boolean =>
  proper(reading, reading.tokens[place]) ||
  (INSIDE.has(reading.tokens[place]?.key ?? '') && proper(reading, reading.tokens[place + 1]));

/** A stop or hyphen inside a street's name: "St. Mary's", "Av. Brasil", "Piroska u. 97". */
function joins(reading: Reading, place: number, afterStreet: boolean): boolean {
  const [before, token, next] = [-1, 0, 1].map((step) => reading.tokens[place + step]);
  if (token?.kind !== 'sign' || token.gap > 0 || before?.kind !== 'word') return false;
  if (token.text === '/') return /^[cv]$/.test(before.key) && proper(reading, next);
  if (token.text === '-') return proper(reading, next);
  if (token.text !== '.' || !abbreviated(before)) return false;
  if (afterStreet)
    return next?.kind === 'number' || UNIT.has(next?.key ?? '') || next?.text === ',';
  return next !== undefined && (proper(reading, next) || next.kind === 'number');
}

function isLoneWord(tokens: readonly Token[], from: number, end: number): boolean {
  const first = tokens[from];
  if (first === undefined || end > from + 1) return false;
  return isWord(first.key) && !isPlace(first.key) && !isName(first.key);
}

function isSuffix(reading: Reading, place: number, from: number): boolean {
  const { tokens } = reading;
  const token = tokens[place];
  if (token?.kind !== 'word') return false;
  const cased = reading.small || token.shape !== 'lower';
  if (BUILDING.test(token.key) && OF_BUILDING.test(tokens[place - 1]?.key ?? '')) return false;
  if (STREET_AFTER.has(token.key)) return token.key !== 'u' || tokens[place + 1]?.text === '.';
  if (STREET.has(token.key)) return cased || token.text.length > 3 || token.key === 'str';
  return cased && STREET_MAYBE.has(token.key) && !(reading.small && place - from > 3);
}

function isPrefix(reading: Reading, token: Token, next: Token | undefined): boolean {
  if (token.key === 'c' && next?.text === '/') return true;
  const joined =
    next !== undefined && (proper(reading, next) || next.text === '.' || INSIDE.has(next.key));
  return STREET_BEFORE.has(token.key) && joined && next.kind !== 'line';
}

const abbreviated = ({ key, text }: Token): boolean =>
  text.length <= 2 ||
  STREET.has(key) ||
  STREET_AFTER.has(key) ||
  STREET_BEFORE.has(key) ||
  /^(?:ste|mt|avda|bvd|gen|col|sgt|cap|prof)$/.test(key);

/** A number that can stand on a door: 12, 0104, 221B, 12a. */
export const isHouseNumber = (token: Token | undefined): boolean =>
  token?.kind === 'number' && /^\d{1,6}[A-RT-Za-rt-z]?$/.test(token.text);

const near = (token: Token | undefined): boolean =>
  token !== undefined && token.kind !== 'line' && token.gap > 0;

/** Behind a number and what belongs to it: 12-14, 12/3, 39. */
function afterNumber(tokens: readonly Token[], place: number): number {
  const [joint, next] = [tokens[place + 1], tokens[place + 2]];
  const joined =
    joint?.gap === 0 && /^[-/–]$/.test(joint.text) && next?.gap === 0 && isHouseNumber(next);
  return joined ? place + 3 : place + 1;
}

const UNIT_OF_MEASURE =
  /^(?:mg|mcg|g|kg|ml|l|mmol|units?|iu|tablets?|tabs?|caps?|puffs?|drops?|mm|cm|km|mph|kmh|hz|bpm|gb|mb|od|bd|tds|qds|prn|percent)$/;

/** The number behind a street: one to four digits, not the start of something longer. */
function trailingNumber(tokens: readonly Token[], place: number, marked: boolean): number {
  const token = tokens[place]?.text === ',' && marked ? tokens[place + 1] : tokens[place];
  const at = token === tokens[place] ? place : place + 1;
  if (token === undefined || !isHouseNumber(token) || !near(token)) return place;
  if (token.text.replace(/\D/g, '').length > 4) return place;
  if (at > place && !/^\d{1,3}[A-Za-z]?$/.test(token.text)) return place;
  const after = afterNumber(tokens, at);
  const next = tokens[after];
  // 12.5, 10:30, 5%, 2,000 and "12 years" are amounts, not doors.
  if (next?.gap === 0 && /^[:%$€£]$/.test(next.text)) return place;
  if (
    next?.gap === 0 &&
    /^[.,]$/.test(next.text) &&
    tokens[after + 1]?.gap === 0 &&
    tokens[after + 1]?.kind === 'number'
  )
    return place;
  // "Ramipril 5 mg" is a dose.
  if (!marked && UNIT_OF_MEASURE.test(next?.key ?? '')) return place;
  const counted =
    next?.kind === 'word' && next.gap > 0 && next.shape === 'lower' && isWord(next.key);
  if (
    !marked &&
    counted &&
    !/^(?:and|in|at|or|to|for|on|is|was|near|from|apt|suite|flat|unit)$/.test(next.key)
  )
    return place;
  // The stop of an ordinal door ("Piroska u. 97.") belongs to it where the address goes on.
  const [stop, then] = [tokens[after], tokens[after + 1]];
  if (stop?.text !== '.' || stop.gap > 0 || then === undefined) return after;
  const sentence = then.kind === 'word' && then.shape !== 'lower' && !UNIT.has(then.key);
  return sentence ? after : after + 1;
}

/** A unit inside a building: Apt. 12, Suite 5B, Flat A, # 7. */
export function unitAt(
  { tokens }: Reading,
  from: number,
): (Stretch & { readonly sure: boolean }) | null {
  const first = tokens[from];
  if (first === undefined) return null;
  if (first.text === '#' && tokens[from + 1]?.kind === 'number')
    return { from, end: from + 2, sure: false };
  if (first.kind !== 'word' || !UNIT.has(first.key)) return null;
  let place = from + 1;
  if (tokens[place]?.text === '.') place++;
  if (tokens[place]?.text === '#') place++;
  const value = tokens[place];
  if (value === undefined || value.kind === 'line' || value.gap === 2) return null;
  const number = value.kind === 'number' && /^\p{L}?\d{1,5}\p{L}?$/u.test(value.text);
  const letter = value.shape === 'initial' && DWELLING.has(first.key);
  return number || letter ? { from, end: place + 1, sure: DWELLING.has(first.key) } : null;
}
