import { ENGLISH_WORDS } from './english-words.ts';
import { FIRST_WORD } from './vocabulary.ts';

/** Frequent words say little: the weight of the word of rank r is (r + FLAT) ^ POWER. */
const FLAT = 10;
const POWER = 0.4;
/** As if they had these ranks: what stands for no word, a sign or shape of a number, a Chinese character. */
const RANKS = { none: 30, sign: 60, character: 800 } as const;

const LETTER = /\p{L}/u;
const HAN = /^\p{Script=Han}$/u;

/**
 * How much a word counts for, by how frequent it is in English at large: from the public list alone,
 * which stands in that order, so it costs nothing. A word that is not on it is rarer than all that are.
 * Such weights are for counts what those by a collection's own frequencies are (Sparck Jones 1972).
 *
 * @param words as in a vocabulary; the numbers below FIRST_WORD come before them
 */
export function emphasisOf(words: readonly string[]): Float64Array {
  const english = ENGLISH_WORDS.split(' ');
  const ranks = new Map(english.map((word, rank) => [word, rank]));
  const rankOf = (word: string): number => {
    const rank = ranks.get(word);
    if (rank !== undefined) return rank;
    if (!LETTER.test(word)) return RANKS.sign;
    return HAN.test(word) ? RANKS.character : english.length;
  };
  const all = [...new Array<number>(FIRST_WORD).fill(RANKS.none), ...words.map(rankOf)];
  return Float64Array.from(all, (rank) => (rank + FLAT) ** POWER);
}
