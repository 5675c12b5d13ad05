import { shapeOf } from './shapes.ts';
import type { Tokeniser } from './tokens.ts';

/** Numbers of tokens that are no words; the words of a vocabulary follow from FIRST_WORD on. */
export const PADDING = 0;
export const UNKNOWN = 1;
/** Stands for a hidden token while a model is pre-trained. */
export const MASK = 2;
/** Between the texts of two columns. */
export const SEPARATOR = 3;
export const FIRST_WORD = 4;

/** Before what can only go on a word. */
export const GOES_ON = '##';
/** A word of more pieces is unknown: it says little and would fill up a text. */
const MOST_PIECES = 8;
/** The scripts of which a word that is not known falls into its characters. */
const HAN = /^\p{Script=Han}/u;

/**
 * Words with their numbers: word w of the list is FIRST_WORD + w. A token that is not among them is
 * cut: a Chinese word into characters, another into the longest piece that begins it and the longest
 * pieces (##) that go on (WordPiece: Wu et al. 2016, arXiv:1609.08144); what does not come out even is
 * UNKNOWN. Tokens of `spaces` are one number each: in their own case, else in lower case, else their shape's.
 */
export class Vocabulary {
  /** Numbers there are, those of FIRST_WORD and below included. */
  readonly size: number;
  readonly #tokeniser: Tokeniser;
  readonly #whole = new Map<string, number>();
  readonly #going = new Map<string, number>();
  readonly #longest: number;

  /** Throws RangeError where a word stands in the list twice. */
  constructor(words: readonly string[], tokeniser: Tokeniser) {
    this.size = FIRST_WORD + words.length;
    this.#tokeniser = tokeniser;
    for (const [place, word] of words.entries()) {
      const goesOn = tokeniser !== 'spaces' && word.startsWith(GOES_ON);
      const [map, key] = goesOn ? [this.#going, word.slice(GOES_ON.length)] : [this.#whole, word];
      if (map.has(key)) throw new RangeError('a word stands in a vocabulary once');
      map.set(key, FIRST_WORD + place);
    }
    this.#longest = words.reduce((most, word) => Math.max(most, word.length), 1);
  }

  /** Appends the numbers of a token, one at least. */
  push(token: string, to: number[]): void {
    const known = this.#whole.get(token);
    if (known !== undefined) to.push(known);
    else if (this.#tokeniser === 'spaces') {
      to.push(this.#whole.get(token.toLowerCase()) ?? this.#shapeNumber(token));
    } else if (HAN.test(token)) {
      for (const character of token) to.push(this.#whole.get(character) ?? UNKNOWN);
    } else this.#pushPieces(token, to);
  }

  #shapeNumber(token: string): number {
    const shape = shapeOf(token);
    return (shape === undefined ? undefined : this.#whole.get(shape)) ?? UNKNOWN;
  }

  #pushPieces(token: string, to: number[]): void {
    const before = to.length;
    for (let at = 0; at < token.length;) {
      const end = Math.min(token.length, at + this.#longest);
      const { number, length } = this.#longestPiece(token, at, end);
      if (length === 0 || to.length - before === MOST_PIECES) {
        to.length = before;
        to.push(UNKNOWN);
        return;
      }
      to.push(number);
      at += length;
    }
  }

  #longestPiece(token: string, at: number, most: number): { number: number; length: number } {
    for (let end = most; end > at; end--) {
      const piece = token.slice(at, end);
      const first = at === 0 ? this.#whole.get(piece) : undefined;
      const number = first ?? this.#going.get(piece);
      if (number !== undefined) return { number, length: end - at };
    }
    return { number: UNKNOWN, length: 0 };
  }
}
