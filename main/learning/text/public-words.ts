import { ENGLISH_WORDS } from './english-words.ts';
import { SHAPE_WORDS } from './shapes.ts';
import type { Tokeniser } from './tokens.ts';
import { GOES_ON } from './vocabulary.ts';

/** Signs that a text is cut into, endings that stand apart, and the shapes of numbers. */
const SIGNS = '. , ; : ! ? % & / + - ± < > = ° $ € £ ¥ ~ ≥ ≤ ×';
const ENDINGS = "n't 's 'm 'd 're 've 'll";
const NUMBERS =
  '0 00 000 0000 0.0 00.0 000.0 0000.0 0.00 00.00 000.00 0.000 0.0000 0:0 0:00 00:00 ' +
  '0,0 0,00 00,00 0,000 00,000 000,000';
const LETTERS = 'a b c d e f g h i j k l m n o p q r s t u v w x y z';

/**
 * The words that everyone knows and that therefore cost nothing: for `words` English words and
 * pieces, for `spaces` English words and the shapes of others, for `characters` letters and those of
 * GB 2312, for `mixed` what `words` and `characters` have.
 */
export function publicWords(tokeniser: Tokeniser): readonly string[] {
  const always = `${SIGNS} ${NUMBERS}`;
  const english = `${always} ${ENDINGS} ${ENGLISH_WORDS}`.split(' ');
  switch (tokeniser) {
    case 'words':
      return english;
    case 'spaces':
      return [...SHAPE_WORDS, ...english.filter((word) => !word.startsWith(GOES_ON))];
    case 'characters':
      return [...`${always} ${LETTERS}`.split(' '), ...chineseCharacters()];
    case 'mixed':
      return [...english, ...chineseCharacters()];
  }
}

const [FIRST_ROW, LAST_ROW, FIRST_CELL, LAST_CELL] = [0xb0, 0xf7, 0xa1, 0xfe];
const HAN = /^\p{Script=Han}$/u;

/** The 6,763 characters of GB 2312-80, level 1 (by sound) and level 2 (by radical), from its code table. */
function chineseCharacters(): string[] {
  const decoder = new TextDecoder('gbk');
  const found: string[] = [];
  for (let row = FIRST_ROW; row <= LAST_ROW; row++) {
    for (let cell = FIRST_CELL; cell <= LAST_CELL; cell++) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (HAN.test(character)) found.push(character);
    }
  }
  return found;
}
