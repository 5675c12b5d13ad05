import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../main/learning/text/languages.ts';
import { normalised } from '../../../../main/learning/text/normalise.ts';
import { tokensOf, TOKENISERS } from '../../../../main/learning/text/tokens.ts';

describe('tokens', () => {
  it.each([
    [
      "Don't take the patient's pills!!!",
      ['do', "n't", 'take', 'the', 'patient', "'s", 'pills', '!'],
    ],
    ['39.5 mg, 5,000 IU at 10:30', ['00.0', 'mg', ',', '0,000', 'iu', 'at', '00:00']],
    ['born 1987-12-03 no. 201403120045', ['born', '0000', '-', '00', '-', '00', 'no', '.', '0000']],
    ['(naïve) “café-style” [CT+MRI]', ['naïve', 'café', '-', 'style', 'ct', '+', 'mri']],
    ['p<0.05 ± 3% 🙂👍🏽🇨🇳', ['p', '<', '0.00', '±', '0', '%', '🙂', '👍', '🇨🇳']],
    ['ＣＴ①ﬁne\u200B\u00ADly', ['ct', '0', 'finely']],
    ['مرحبا بالعالم', ['مرحبا', 'بالعالم']],
    ['\u202Eabc\u202C שלום', ['abc', 'שלום']],
    ['  \n\t ', []],
    ['', []],
    ['\u200B\u0301()[]"', []],
  ])('of %j are words, signs and shapes of numbers', (text, tokens) => {
    expect(tokensOf(text, 'words')).toEqual(tokens);
    expect(tokensOf(text, 'mixed')).toEqual(tokens);
  });

  it('of Chinese are words or characters, of mixed text by the script of each run', () => {
    const text = '我有高血压，服用ＣＴ检查2次。。您好';
    const rest = ['检查', '0', '次', '.', '您好'];
    expect(tokensOf(text, 'words')).toEqual(['我', '有', '高血压', ',', '服用', 'ct', ...rest]);
    const apart = [...'我有高血压,服用', 'ct', ...'检查0次.您好'];
    expect(tokensOf(text, 'mixed')).toEqual(apart);
    expect(tokensOf(text, 'characters')).toEqual([...'我有高血压,服用ct检查0次.您好']);
    expect(tokensOf('東京タワー', 'mixed')).toEqual([...'東京タワー']);
  });

  it('separated by spaces stay one for each, in their case, without digits', () => {
    const text = ' John Smith’s  CT-2 ,\n\u200B 3.5 王伟\u3000… ';
    expect(tokensOf(text, 'spaces')).toEqual([
      'John',
      "Smith's",
      'CT-0',
      ',',
      '',
      '0.0',
      '王伟',
      '...',
    ]);
    expect(tokensOf(' a b c ', 'spaces', 2)).toEqual(['a', 'b']);
    expect(tokensOf('  ', 'spaces')).toEqual([]);
  });

  it('hold no digit of a text and no capital letter, and a cut text gives the beginning', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(...TOKENISERS),
        fc.nat(20),
        (text, how, most) => {
          const tokens = tokensOf(text, how);
          expect(tokens.join('')).not.toMatch(/[1-9]/u);
          if (how !== 'spaces') expect(tokens.join('')).toBe(tokens.join('').toLowerCase());
          if (how !== 'spaces') expect(tokens).not.toContain('');
          expect(tokensOf(text, how, most)).toEqual(tokens.slice(0, most));
        },
      ),
    );
  });

  it('of a megabyte of anything come out', () => {
    const parts = ['a', "a'", '1.', '()', '🙂 ', '\u200F\u05D0', '\u0301\u0327'];
    for (const text of parts.map((part) => `e${part.repeat(5e5)}`)) {
      for (const how of TOKENISERS) expect(tokensOf(text, how, 8).length).toBeLessThanOrEqual(8);
    }
    expect(tokensOf('fever, '.repeat(150_000), 'words')).toHaveLength(300_000);
    expect(tokensOf('高血压患者。'.repeat(20_000), 'words')).toHaveLength(60_000);
  });
});

describe('the form of a text', () => {
  it('is the same for writings that mean the same', () => {
    expect(normalised('Ｆｅｖｅｒ')).toBe('fever');
    expect(normalised('cafe\u0301')).toBe(normalised('café'));
    expect(normalised('it`s it´s it’s')).toBe("it's it's it's");
    expect(normalised('a\uD800b')).toBe('a\uFFFDb');
    expect(normalised('John', true)).toBe('John');
  });

  it('stays when it is taken twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = normalised(text);
        expect(normalised(once)).toBe(once);
      }),
    );
  });
});

describe('the language of texts', () => {
  it.each([
    [
      'en',
      [
        'The patient has had a fever for three days.',
        'I have pain in my left arm and it is worse.',
      ],
    ],
    ['zh', ['我有高血压，可以吃党参吗？', '做了ＣＴ检查']],
    ['mixed', ['患者服用 aspirin and clopidogrel 后出血，复查 CT angiography']],
    ['other', ['Der Patient hat seit drei Tagen Fieber und klagt über Schmerzen im linken Arm.']],
    ['other', ['東京タワーはとてもきれいです']],
    ['none', ['', '12.5 %', '🙂']],
    ['none', []],
  ])('is %s', (language, texts) => {
    expect(languageOf(texts)).toBe(language);
  });
});
