import { tokensOf } from './tokens.ts';

export type Language = 'en' | 'zh' | 'mixed' | 'other' | 'none';

const HAN = /\p{Script=Han}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const LETTER = /\p{L}/gu;
/** From this share on a script is not there by chance. */
const CLEAR = 0.1;
/** A Chinese character says about what three letters of an alphabet do. */
const WEIGHT = 3;
const MOST_LETTERS = 4096;
/** Words of grammar that no other language writes so often. */
const ENGLISH = new Set(
  (
    'the of and to is was with for that it on as by from this my have has had not are been which ' +
    'she he you they his her their there were would been who but or all can will what when'
  ).split(' '),
);
/** Of the words of English text every third is one of them; of other texts hardly any. */
const ENGLISH_SHARE = 0.1;

/**
 * The language of texts: by the shares of scripts Chinese, mixed (Chinese and an alphabet) or neither;
 * then English by the share of its words of grammar, else `other`; `none` where there are no letters.
 * It looks at the records, so a private training asks its plan instead; the screen may propose it to
 * who holds them.
 */
export function languageOf(texts: Iterable<string>): Language {
  let [han, kana, others, words, english] = [0, 0, 0, 0, 0];
  for (const text of texts) {
    const start = text.slice(0, MOST_LETTERS);
    for (const letter of start.match(LETTER) ?? []) {
      if (HAN.test(letter)) han += WEIGHT;
      else if (KANA.test(letter)) kana += WEIGHT;
      else others++;
    }
    for (const token of tokensOf(start, 'mixed')) {
      if (!/^\p{L}/u.test(token) || HAN.test(token)) continue;
      words++;
      if (ENGLISH.has(token)) english++;
    }
  }
  const all = han + kana + others;
  if (all === 0) return 'none';
  if (kana > CLEAR * all) return 'other';
  if (han > (1 - CLEAR) * all) return 'zh';
  if (han >= CLEAR * all) return 'mixed';
  return english >= ENGLISH_SHARE * words ? 'en' : 'other';
}
