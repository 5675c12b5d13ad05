import { segment } from '../../identify/chinese/segment.ts';
import { normalised } from './normalise.ts';

/**
 * How a text is cut. `words`: words, in Chinese too; `characters`: every letter by itself; `mixed`:
 * words in scripts that space them and characters in those that do not; `spaces`: the text holds its
 * tokens, separated by blanks, and they stay as they are but for their case and form.
 */
export const TOKENISERS = ['words', 'characters', 'mixed', 'spaces'] as const;
export type Tokeniser = (typeof TOKENISERS)[number];

const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー`;
/** Longer numbers have one form. */
const MOST_DIGITS = 4;
/** A longer run of letters is no word; it bounds what a token can be. */
const LONGEST_WORD = 64;

/** In this order: a number, a run without spaces, a word, a pair of letters of a flag, a sign that means something. */
const TOKEN = new RegExp(
  [
    String.raw`(?<number>\p{N}+(?:[.,:]\p{N}+)*)`,
    String.raw`(?<unspaced>[${UNSPACED}][${UNSPACED}\p{M}]*)`,
    String.raw`(?<word>(?:(?![${UNSPACED}])\p{L}\p{M}*)+(?:'(?:(?![${UNSPACED}])\p{L}\p{M}*)+)*)`,
    String.raw`\p{RI}{2}`,
    String.raw`(?![()[\]{}|\\^_'"\p{Emoji_Modifier}])[.,;:!?%&/+\-±\p{S}。、·]`,
  ].join('|'),
  'gu',
);
const LETTER = /\p{L}\p{M}*/gu;
const PLAIN_SIGNS = new Map([
  ['。', '.'],
  ['、', ','],
  ['·', '.'],
]);
/** Endings that stand apart, as in the Penn Treebank. */
const CLITIC = /^(.+?)(n't|'(?:s|m|d|re|ve|ll))$/u;
const BLANKS = /\s+/gu;
const DIGIT = /\p{N}/gu;

/**
 * The tokens of a text, at most `most` of them. Numbers keep only their shape, a 0 for each digit and
 * no more than four (39 is 00, 5.3 is 0.0): no number of a record is ever a word of a vocabulary.
 * Brackets and quotation marks are left out; of equal signs in a row one stays. An empty text has none.
 * Linear in the length of the text.
 */
export function tokensOf(text: string, tokeniser: Tokeniser, most = Infinity): string[] {
  if (tokeniser === 'spaces') return spacedTokens(text, most);
  const plain = normalised(text);
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(plain); found !== null; found = TOKEN.exec(plain)) {
    const { number, unspaced, word } = found.groups!;
    if (number !== undefined) tokens.push(numberShape(number));
    else if (unspaced !== undefined) pushAll(tokens, unspacedTokens(unspaced, tokeniser));
    else if (word !== undefined) pushAll(tokens, wordTokens(word, tokeniser));
    else pushSign(tokens, found[0]);
    if (tokens.length >= most) break;
  }
  return tokens.length > most ? tokens.slice(0, most) : tokens;
}

/** One token for each that the text holds, so that tags stay beside them; the case is kept, digits are not. */
function spacedTokens(text: string, most: number): string[] {
  const tokens: string[] = [];
  for (const cell of text.trim().split(BLANKS)) {
    if (tokens.length >= most) break;
    if (cell === '') continue;
    const plain = normalised(cell.slice(0, LONGEST_WORD), true);
    tokens.push(plain.replace(DIGIT, '0').replace(BLANKS, '_'));
  }
  return tokens;
}

function numberShape(number: string): string {
  return number
    .split(/([.,:])/u)
    .slice(0, 3)
    .map((part, place) =>
      place % 2 === 1 ? part : '0'.repeat(Math.min(digitsOf(part), MOST_DIGITS)),
    )
    .join('');
}

function digitsOf(part: string): number {
  // A digit beyond the first plane is two code units; beyond four none is counted.
  return [...part.slice(0, 2 * MOST_DIGITS)].length;
}

function unspacedTokens(run: string, tokeniser: Tokeniser): string[] {
  if (tokeniser !== 'words') return run.match(LETTER) ?? [];
  return segment(run).map(({ start, end }) => run.slice(start, end));
}

function wordTokens(word: string, tokeniser: Tokeniser): string[] {
  if (tokeniser === 'characters') return word.match(LETTER) ?? [];
  const parts = CLITIC.exec(word.slice(0, LONGEST_WORD + 1));
  const whole = word.slice(0, LONGEST_WORD);
  return parts === null || word.length > LONGEST_WORD ? [whole] : [parts[1]!, parts[2]!];
}

function pushSign(tokens: string[], found: string): void {
  const sign = PLAIN_SIGNS.get(found) ?? found;
  if (tokens.at(-1) !== sign) tokens.push(sign);
}

/** No spread: a run can be a million tokens long. */
function pushAll(tokens: string[], more: readonly string[]): void {
  for (const token of more) tokens.push(token);
}
