import { describe, expect, it } from 'vitest';
import { words } from '../../../main/words/index.ts';
import { isPseudo, pseudo, pseudoWords } from '../../pseudo.ts';

/** Names, units and codes that are the same in every language. */
const SAME =
  /^[\s\d\p{P}\p{S}]*$|^(Concord|English|中文|AUC|TPR|FPR|FNR|TNR|PPV|NPV|ECE|Brier|PDF|HTML|UTF-8|GB18030|RDP|k-map|ε|δ|k)$/u;

interface Sentence {
  readonly key: string;
  readonly english: string;
  readonly chinese: string;
}

/** Sentences without parameters, by their key, in both languages. */
function* plainSentences(english: unknown, chinese: unknown, key: string): Generator<Sentence> {
  if (typeof english === 'string' && typeof chinese === 'string') {
    yield { key, english, chinese };
    return;
  }
  if (english === null || typeof english !== 'object') return;
  for (const [name, entry] of Object.entries(english)) {
    const other = (chinese as Record<string, unknown> | undefined)?.[name];
    yield* plainSentences(entry, other, `${key}.${name}`);
  }
}

describe('every sentence', () => {
  const all = [...plainSentences({ ...words('en') }, { ...words('zh-CN') }, 'words')];

  it('is there to be compared', () => expect(all.length).toBeGreaterThan(150));

  it('differs between the languages, names and units apart', () => {
    const same = all.filter(({ english, chinese }) => english === chinese && !SAME.test(english));
    expect(same).toEqual([]);
  });

  it('has Chinese in Chinese and none in English', () => {
    const han = /\p{Script=Han}/u;
    const without = all.filter(({ chinese }) => !han.test(chinese) && !SAME.test(chinese));
    expect(without).toEqual([]);
    const within = all.filter(({ english }) => han.test(english) && english !== '中文');
    expect(within).toEqual([]);
  });

  it('uses the punctuation of its language', () => {
    const halfWidth = /\p{Script=Han}[,;!?]|[,;!?]\s*\p{Script=Han}/u;
    expect(all.filter(({ chinese }) => halfWidth.test(chinese))).toEqual([]);
    expect(all.filter(({ english }) => /[，。；：！？（）]/u.test(english))).toEqual([]);
  });
});

describe('the pseudo-language', () => {
  it('marks and lengthens whatever comes from words, functions included', () => {
    expect(pseudo('Lock the vault')).toMatch(/^⟦Löck thé våûlt.{5,}⟧$/);
    const said = pseudoWords(words('en')).errors.CSV_RAGGED({ row: 3, expected: 2, found: 1 });
    expect(isPseudo(said)).toBe(true);
    expect(said).toContain('3');
  });
});
