import { describe, expect, it } from 'vitest';
import { columnTypes, problemCodes, proposals } from '../../../main/contract/import.ts';
import { STEPS } from '../../../main/contract/steps.ts';
import { screens as en } from '../../../main/words/en/screens.ts';
import { screens as zh } from '../../../main/words/zh/screens.ts';

/** Every sentence by its path; functions are given their own parameters' places. */
function sentences(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const places = Array.from({ length: value.length }, (_, index) => `{${index}}`);
    return [[path, String((value as (...given: string[]) => string)(...places))]];
  }
  return Object.entries(value as object).flatMap(([key, inside]) =>
    sentences(inside, path === '' ? key : `${path}.${key}`),
  );
}
const english = new Map(sentences(en));
const chinese = new Map(sentences(zh));

describe('the words of the screens', () => {
  it('are the same in number and name in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('are all translated', () => {
    const same = [...english].filter(([path, text]) => chinese.get(path) === text);
    expect(same.map(([path]) => path)).toEqual(['app.name']);
    const latin = [...chinese].filter(([, text]) => !/\p{Script=Han}/u.test(text));
    expect(latin.map(([path]) => path)).toEqual(['app.name']);
  });

  it('show every parameter they are given', () => {
    const places = (text: string | undefined): string[] => (text?.match(/\{\d\}/g) ?? []).sort();
    for (const [path, text] of chinese) {
      expect(places(text), path).toEqual(places(english.get(path)));
    }
  });

  it('do not beg, scold or speak in codes', () => {
    for (const [path, text] of english) {
      expect(text, path).not.toMatch(/\b(please|sorry|invalid|forbidden|illegal|oops)\b/i);
    }
    for (const [path, text] of chinese) expect(text, path).not.toMatch(/请|抱歉|非法|无效/);
  });

  it('cover every kind, finding, repair and step of the contract', () => {
    for (const words of [en, zh]) {
      expect(Object.keys(words.profile.types)).toEqual([...columnTypes]);
      expect(Object.keys(words.profile.problemNames)).toEqual([...problemCodes]);
      expect(Object.keys(words.profile.proposals)).toEqual([...proposals]);
      expect(Object.keys(words.steps)).toEqual(['title', ...STEPS]);
    }
  });
});
