import { describe, expect, it } from 'vitest';
import { wordPieceTokenizer } from '../../../../main/learning/encoder/word-piece.ts';

/** The vocabulary and first example of tokenization_test.py of BERT's own repository. */
const BERT = [
  '[UNK]',
  '[CLS]',
  '[SEP]',
  'want',
  '##want',
  '##ed',
  'wa',
  'un',
  'runn',
  '##ing',
  ',',
];
const usual = { lowerCase: true, stripAccents: true };

/** Words as they are looked up: every word asked for is known. */
function words(text: string, options = usual): string[] {
  const all = [...new Set([...text.normalize('NFD').split(/\s+/), ...text])];
  const known = ['[UNK]', ...all.flatMap((word) => [word, word.toLowerCase(), `##${word}`])];
  known.push('hello', 'Hällo', 'hällo', 'how', 'are', 'you', 'ah', 'zz', '!', '?');
  return wordPieceTokenizer(known, options)
    .tokens(text)
    .map((id) => known[id]!);
}

describe('WordPiece tokenizer', () => {
  it('cuts as BERT does', () => {
    const tokenizer = wordPieceTokenizer(BERT, usual);
    expect(tokenizer.tokens('UNwant\u00e9d,running')).toEqual([7, 4, 5, 10, 8, 9]);
    expect(tokenizer.tokens('unwanted running')).toEqual([7, 4, 5, 8, 9]);
    expect(tokenizer.tokens('unwantedX running')).toEqual([0, 8, 9]);
    expect(tokenizer.tokens('')).toEqual([]);
  });

  it('parts punctuation and Chinese characters', () => {
    expect(words(' \tHello!how  \n are you?  ')).toEqual(['hello', '!', 'how', 'are', 'you', '?']);
    expect(words('ah\u535a\u63a8zz')).toEqual(['ah', '博', '推', 'zz']);
  });

  it('keeps capitals and accents where it is told to', () => {
    expect(words('H\u00e4llo', { lowerCase: false, stripAccents: false })).toEqual(['Hällo']);
    expect(words('H\u00e4llo', { lowerCase: true, stripAccents: false })).toEqual(['hällo']);
    expect(wordPieceTokenizer(['[UNK]', 'hallo'], usual).tokens('H\u00e4llo')).toEqual([1]);
  });

  it('drops what cannot be seen, and reads a megabyte', () => {
    expect(words('a\u200bh\u0000')).toEqual(['ah']);
    const tokenizer = wordPieceTokenizer(BERT, usual);
    expect(tokenizer.tokens('unwanted, '.repeat(100_000))).toHaveLength(400_000);
    expect(tokenizer.tokens('x'.repeat(1_000_000))).toEqual([0]);
  });
});
