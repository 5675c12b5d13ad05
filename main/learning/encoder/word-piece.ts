import type { EncoderTokenizer } from './tokenizer.ts';

export interface WordPieceOptions {
  readonly lowerCase: boolean;
  /** Accents are taken off; BERT does so wherever it writes in lower case. */
  readonly stripAccents: boolean;
}

const LONGEST_WORD = 100;

/**
 * BERT's tokenizer (Devlin et al. 2019; Wu et al. 2016, section 4.1): words at blanks and
 * punctuation, Chinese characters each for itself, every word cut greedily into the longest known
 * pieces, those inside a word with ## before them. A word that cannot be cut is [UNK].
 *
 * @param vocabulary lines of vocab.txt in the order of their numbers; [UNK] must be among them
 */
export function wordPieceTokenizer(
  vocabulary: readonly string[],
  { lowerCase, stripAccents }: WordPieceOptions,
): EncoderTokenizer {
  const numbers = new Map(vocabulary.map((piece, id) => [piece, id]));
  const unknown = numbers.get('[UNK]') ?? 0;

  function addWord(word: string, ids: number[]): void {
    const characters = [...word];
    if (characters.length > LONGEST_WORD) {
      ids.push(unknown);
      return;
    }
    const from = ids.length;
    for (let start = 0; start < characters.length;) {
      let end = characters.length;
      let id: number | undefined;
      for (; end > start && id === undefined; end--) {
        const piece = characters.slice(start, end).join('');
        id = numbers.get(start === 0 ? piece : `##${piece}`);
      }
      if (id === undefined) {
        ids.length = from;
        ids.push(unknown);
        return;
      }
      ids.push(id);
      start = end + 1;
    }
  }

  return {
    tokens(text) {
      let plain = text.replace(/[^\P{C}\t\n\r]|\ufffd/gu, '');
      if (lowerCase) plain = plain.toLowerCase();
      if (stripAccents) plain = plain.normalize('NFD').replace(/\p{Mn}/gu, '');
      const ids: number[] = [];
      for (const [word] of plain.matchAll(WORDS)) addWord(word, ids);
      return ids;
    },
  };
}

/** BERT counts every ASCII sign as punctuation, not only those that Unicode does. */
const SIGNS = '\\p{P}$+<=>^`|~';
const CHINESE =
  '\\u4e00-\\u9fff\\u3400-\\u4dbf\\u{20000}-\\u{2a6df}\\u{2a700}-\\u{2ceaf}\\uf900-\\ufaff\\u{2f800}-\\u{2fa1f}';
const WORDS = new RegExp(`[${SIGNS}${CHINESE}]|[^\\s${SIGNS}${CHINESE}]+`, 'gu');
