import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicWords } from '../../../../main/learning/text/public-words.ts';
import { tokensOf, TOKENISERS, type Tokeniser } from '../../../../main/learning/text/tokens.ts';
import {
  FIRST_WORD,
  MASK,
  PADDING,
  SEPARATOR,
  UNKNOWN,
  Vocabulary,
} from '../../../../main/learning/text/vocabulary.ts';

function read(words: readonly string[], how: Tokeniser, text: string): string[] {
  const numbers: number[] = [];
  const vocabulary = new Vocabulary(words, how);
  for (const token of tokensOf(text, how)) vocabulary.push(token, numbers);
  expect(numbers.every((number) => number < vocabulary.size)).toBe(true);
  return numbers.map((number) => (number === UNKNOWN ? '?' : words[number - FIRST_WORD]!));
}

describe('a vocabulary', () => {
  it('begins behind the numbers that are no words', () => {
    expect([PADDING, UNKNOWN, MASK, SEPARATOR, FIRST_WORD]).toEqual([0, 1, 2, 3, 4]);
    const to: number[] = [];
    const vocabulary = new Vocabulary(['a', 'b'], 'words');
    for (const token of ['b', 'a', 'c']) vocabulary.push(token, to);
    expect(to).toEqual([5, 4, UNKNOWN]);
    expect(vocabulary.size).toBe(6);
    expect(() => new Vocabulary(['a', 'a'], 'words')).toThrow(RangeError);
  });

  it('cuts what it does not have into its longest pieces, or knows it not', () => {
    const words = ['cardio', 'card', '##my', '##o', '##pathy', '##path', 'mild', '血', '高血'];
    expect(read(words, 'words', 'Mild cardiomyopathy, cardiologist')).toEqual([
      'mild',
      'cardio',
      '##my',
      '##o',
      '##pathy',
      '?',
      '?',
    ]);
    // Pieces alone can begin a word, and a word that is none of them goes on no other.
    expect(read(words, 'words', 'pathy myo cardmild')).toEqual(['##pathy', '##my', '##o', '?']);
    expect(read(['##a'], 'words', `${'a'.repeat(8)} ${'a'.repeat(9)}`)).toEqual([
      ...Array<string>(8).fill('##a'),
      '?',
    ]);
    expect(read(words, 'words', '高血压')).toEqual(['?', '血', '?']);
  });

  it('gives each token of tags one number, in its case or else in lower case', () => {
    const words = ['john', 'Smith', 'the', '##a', '##aa'];
    expect(read(words, 'spaces', 'John Smith smith THE 王伟 ##a aaa')).toEqual([
      'john',
      'Smith',
      '?',
      'the',
      '?',
      '##a',
      '?',
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(read(words, 'spaces', text)).toHaveLength(tokensOf(text, 'spaces').length);
      }),
    );
  });
});

describe('the shape of a token of tags', () => {
  it('stands for it where no word does', () => {
    const text = 'Zyx McZyx Z.Z. ZYX 12.5 B12 zyx-like zyx ++ THE The the';
    const shapes = ['<Xx>', '<XxX>', '<X.>', '<XX>', '00.0', '<XX>', '<x-x>', '<x>', '?'];
    const words = publicWords('spaces');
    expect(read(words, 'spaces', text)).toEqual([...shapes, 'the', 'the', 'the']);
    expect(read(words, 'spaces', 'b12 Straße-1 王伟 1,000.5')).toEqual([
      ...['<x0>', '<XxX>', '<x>', '<0>'],
    ]);
  });
});

describe('public words', () => {
  it('are what a text is cut into, once each', () => {
    for (const how of TOKENISERS) {
      const words = publicWords(how);
      expect(new Set(words).size).toBe(words.length);
      const whole = words.filter((word) => !word.startsWith('##'));
      // Endings stand behind a word, and alone where tokens are given.
      const cut = whole.filter((word) => {
        const text = how !== 'spaces' && word.startsWith("'") ? `it${word}` : word;
        return tokensOf(text, how).at(-1) !== word;
      });
      expect(cut).toEqual([]);
    }
  });

  it('have every character of GB 2312 and read English to the last piece', () => {
    const characters = publicWords('characters');
    const han = characters.filter((word) => /\p{Script=Han}/u.test(word));
    expect(han).toHaveLength(6763);
    expect([han[0], han[3754], han[3755], han.at(-1)]).toEqual(['啊', '座', '亍', '齄']);
    const text = 'Echocardiography showed a 5.3 cm hepatocellular carcinoma; 患者血压120/80。';
    expect(read(publicWords('mixed'), 'mixed', text)).not.toContain('?');
    expect(read(publicWords('words'), 'words', text.split('患')[0]!)).not.toContain('?');
  });
});
