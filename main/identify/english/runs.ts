import { isGiven, isName, isPlace, isWord } from './lexicon.ts';
import { proper, startsSentence, type Reading } from './reading.ts';
import type { Stretch } from './street.ts';
import { UNIT } from './street-words.ts';
import type { Token } from './tokens.ts';
import { HONORIFICS, OCCUPATIONS, PURE_TITLES } from './titles.ts';

/** A run of words written like a name, with the words of address that stood before it cut off. */
export interface Run extends Stretch {
  /** The form of address just before it, as a token's place; -1 without one. */
  readonly honorific: number;
  /** It begins a sentence or a line, where a capital says little. */
  readonly opens: boolean;
  /** Where it began before common words were cut off its front. */
  readonly lead: number;
}

const PARTICLES = new Set(
  'van von der den de del della di da do dos das du la le el al bin binti ibn ben bint abu ter ten zu zum zur af av san santa st ap mac mc y e'.split(
    ' ',
  ),
);
/** Words that open a sentence or a letter and may stand before a name. */
const OPENERS = new Set(
  'hi hello hey dear yo good morning afternoon evening thanks thank regards sincerely cheers welcome greetings please sorry yes no ok okay the a an this that these those my your his her its our their i we you he she it they and but or so if when while as at in on by for from to of with about after before then there here what who why how which where is are was were do does did has have had can could will would should may might must not also both either neither since because although though unless until once patient pt mother father son daughter wife husband brother sister client customer user name contact re subject attn attention from cc bcc date time sent signed author per via unlike like let lets'.split(
    ' ',
  ),
);
const LONGEST = 7;
/** Legal forms that firms write small: "Hartwell plc". */
const SMALL_LEGAL = /^(?:ltd|plc|llc|llp|inc|gmbh|corp)$/;
/** Ranks that hospitals, schools and ships are called by: "Queen Elizabeth Hospital". */
const RANKS =
  /^(?:king|queen|prince|princess|lady|lord|general|sir|duke|duchess|emperor|president|st|father|sister|mother|our)$/;

/** Every run of proper words in a text, left to right, none overlapping another. */
export function runsOf(reading: Reading): Run[] {
  const { tokens } = reading;
  const runs: Run[] = [];
  for (let place = 0; place < tokens.length; place++) {
    if (!begins(reading, place)) continue;
    const end = runEnd(reading, place);
    const run = trimmed(reading, place, end);
    if (run !== null) runs.push(run);
    place = Math.max(end - 1, place);
  }
  return runs;
}

function begins(reading: Reading, place: number): boolean {
  const token = reading.tokens[place];
  if (token === undefined) return false;
  if (proper(reading, token)) return true;
  // Without capitals a form of address or a given name can still begin one.
  if (!reading.small && !reading.large) return false;
  return (
    token.kind === 'word' &&
    isName(token.key) &&
    (LEADS_NAME.has(reading.tokens[place - 1]?.key ?? '') ||
      PURE_TITLES.has(titleBefore(reading.tokens, place)) ||
      (isGiven(token.key) && token.key.length > 2 && isUnknownName(reading.tokens[place + 1])))
  );
}

/** The word before, over the stop of an abbreviation. */
const titleBefore = (tokens: readonly Token[], place: number): string =>
  tokens[tokens[place - 1]?.text === '.' ? place - 2 : place - 1]?.key ?? '';

/** Without capitals, words that a name follows. */
const LEADS_NAME = new Set('named called dear hi hello hey'.split(' '));

const isUnknownName = (token: Token | undefined): boolean =>
  token?.kind === 'word' && token.gap > 0 && isName(token.key) && !isWord(token.key);

function runEnd(reading: Reading, from: number): number {
  const { tokens } = reading;
  let end = from + 1;
  let words = 1;
  for (let place = from + 1; place < tokens.length && words < LONGEST; place++) {
    const token = tokens[place];
    if (token === undefined || token.kind === 'line' || tooFar(reading, place)) break;
    const before = tokens[place - 1];
    if (token.text === '.' && token.gap === 0) {
      const short =
        before?.shape === 'initial' ||
        HONORIFICS.has(before?.key ?? '') ||
        /^(?:jr|sr|st)$/.test(before?.key ?? '') ||
        (reading.small && before?.text.length === 1);
      if (!short) break;
      if (before?.shape === 'initial' && place === end) end = place + 1;
      continue;
    }
    if (token.kind !== 'word' || (token.gap === 0 && tokens[place - 1]?.text !== '.')) break;
    const after = tokens[place + 1];
    if (UNIT.has(token.key) && /^(?:[.#]|\d)/.test(after?.text ?? '') && token.key !== 'no') break;
    const nameInSmall = (reading.small || reading.large) && continuesSmall(token, after);
    const legal = SMALL_LEGAL.test(token.key) && token.shape === 'lower';
    if (proper(reading, token) || nameInSmall || legal) {
      words++;
      end = place + 1;
      continue;
    }
    if (isPhrase(tokens, place)) {
      words += 2;
      end = place + 2;
      continue;
    }
    const particle = PARTICLES.has(token.key) && token.shape === 'lower' && !reading.small;
    const goesOn =
      proper(reading, after) ||
      (PARTICLES.has(after?.key ?? '') && proper(reading, tokens[place + 2]));
    if (!particle || !goesOn) break;
  }
  return end;
}

/** "Help for Heroes", "Save the Children": plain words with capitals around a small one. */
function isPhrase(tokens: readonly Token[], place: number): boolean {
  const [before, joint, after] = [tokens[place - 1], tokens[place], tokens[place + 1]];
  const plain = (token: Token | undefined): boolean =>
    token?.shape === 'title' && isWord(token.key) && !isName(token.key) && !isPlace(token.key);
  const small = /^(?:the|of|for|without|against)$/.test(joint?.text ?? '');
  return small && plain(before) && plain(after) && after?.gap === 1;
}

/** Without capitals: a name that is no word, a longer one that is both, an initial before a name. */
function continuesSmall(token: Token, after: Token | undefined): boolean {
  if (token.text.length === 1) return !/^[ai]$/.test(token.key) || isUnknownName(after);
  return isName(token.key) && (!isWord(token.key) || token.text.length > 3);
}

/** A wide gap ends a run, except two blanks where a name goes on: "Lara  Fiorentino". */
function tooFar({ tokens, small }: Reading, place: number): boolean {
  const [before, token] = [tokens[place - 1], tokens[place]];
  if (small || token?.gap !== 2 || before === undefined) return false;
  return token.start - before.end > 2 || !isGiven(before.key) || !isName(token.key);
}

const ranked = (tokens: readonly Token[], honorific: number, from: number): boolean =>
  honorific >= from && RANKS.test(tokens[honorific]?.key ?? '');

/** "Will O'Hara": a family name that is no word makes a name of the opener before it. */
const isFamilyName = (token: Token | undefined): boolean =>
  token?.kind === 'word' && isName(token.key) && !isWord(token.key);

/** Cuts openers, forms of address and occupations off the front; null when nothing is left. */
function trimmed(reading: Reading, from: number, end: number): Run | null {
  const { tokens } = reading;
  let start = from;
  let honorific = -1;
  let common = from;
  const opens = startsSentence(reading, from);
  if (from > 0) {
    const before = tokens[from - 1]?.text === '.' ? from - 2 : from - 1;
    if (HONORIFICS.has(tokens[before]?.key ?? '')) honorific = before;
  }
  // "Call Señora García": what stands before a form of address is no name.
  for (let at = start; at < end - 1; at++) {
    if (PURE_TITLES.has(tokens[at]?.key ?? '') && tokens[at]?.shape === 'title') {
      honorific = at;
      start = at + 1;
    }
  }
  while (start < end) {
    const token = tokens[start];
    if (token === undefined) break;
    if (token.text === '.') {
      start++;
      continue;
    }
    const more = end - start > 1;
    const title = HONORIFICS.has(token.key) && (more || token.shape !== 'lower');
    const ambiguous =
      /^(?:major|king|prince|earl|dean|judge|bishop|pope|miss|baron|duke|count|general|private|sister|father|brother|pastor|coach|mayor|minister|cardinal|deacon|marshal|gene?r?a?l|sen|rep|fr|st|sr)$/.test(
        token.key,
      );
    if (title && (more || !ambiguous)) {
      honorific = start;
      start++;
      continue;
    }
    const opener =
      opens &&
      !(more && token.key.length > 3 && isGiven(token.key) && isFamilyName(tokens[start + 1])) &&
      OPENERS.has(token.key) &&
      (!isGiven(token.key) || token.key.length < 4 || (start === from && opens));
    const work = more && OCCUPATIONS.has(token.key) && !isGiven(token.key);
    // A common word that opens the sentence, before a name: "Yesterday Anna ..."
    const lead =
      more &&
      start === from &&
      opens &&
      isWord(token.key) &&
      !isName(token.key) &&
      !isPlace(token.key);
    if (!opener && !work && !lead) break;
    if (!more && !opener) break;
    honorific = -1;
    start++;
    if (opener) common = start;
  }
  while (
    end > start &&
    tokens[end - 1]?.kind === 'word' &&
    OPENERS.has(tokens[end - 1]?.key ?? '') &&
    tokens[end - 1]?.key !== 'will' &&
    tokens[end - 1]?.shape !== 'capitals' &&
    end - start > 0
  ) {
    end--;
  }
  while (end > start && tokens[end - 1]?.text === '.' && tokens[end - 2]?.shape !== 'initial')
    end--;
  return start < end
    ? {
        from: start,
        end,
        honorific,
        opens: opens && start === from,
        lead: honorific < 0 ? common : ranked(tokens, honorific, from) ? honorific : start,
      }
    : null;
}
