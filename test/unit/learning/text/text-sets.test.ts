import { expect, it } from 'vitest';
import { distinctTexts } from '../../../../bench/near-duplicates.ts';
import { readTextSet, TEXT_SET_NAMES } from '../../../../bench/text-sets.ts';
import { describeWithShared } from '../../../shared.ts';
import { seededUniform } from '../fixtures.ts';

it('texts that equal or nearly equal an earlier one go, and no others', () => {
  const sentence = 'the patient has had a cough and a mild fever for more than three weeks now';
  const words = sentence.split(' ');
  const texts = [
    sentence,
    `  ${sentence.toUpperCase()} `,
    `${sentence} again`,
    [...words.slice(0, 7), 'very', ...words.slice(7)].join(' '),
    words.slice(0, 9).join(' '),
    '',
    '??',
    '我有高血压这两天女婿来的时候给我拿了些党参泡水喝',
    '我有高血压这两天女婿来的时候给我拿了些党参泡水喝了',
    '我有糖尿病这两天女婿来的时候给我拿了些苦瓜泡水吃',
  ];
  expect(distinctTexts(texts)).toEqual({ kept: [0, 3, 4, 5, 6, 7, 9], equal: 1, near: 2 });
  expect(distinctTexts([])).toEqual({ kept: [], equal: 0, near: 0 });
});

it('of texts of all likenesses none that stays is as like as 0.8 to another', () => {
  const draw = seededUniform(3);
  const long = Array.from(
    { length: 60 },
    (_, place) =>
      `w${'abcdefgh'[place % 8]}${'xyz'[place % 3]}${'klmnop'[Math.floor(place / 8) % 6]}`,
  );
  const texts = Array.from({ length: 250 }, () => {
    const changed = Math.floor(8 * draw());
    const own = [...long];
    for (let i = 0; i < changed; i++)
      own[Math.floor(60 * draw())] = `n${'abcdefghij'[Math.floor(10 * draw())]}`;
    return own.join(' ');
  });
  const shingles = texts.map((text) => {
    const words = text.split(' ');
    return new Set(words.slice(2).map((_, at) => words.slice(at, at + 3).join(' ')));
  });
  const alike = (a: number, b: number): number => {
    const both = [...shingles[a]!].filter((one) => shingles[b]!.has(one)).length;
    return both / (shingles[a]!.size + shingles[b]!.size - both);
  };
  // The rule itself, pair by pair.
  const kept: number[] = [];
  for (const place of texts.keys()) {
    if (kept.every((other) => alike(other, place) < 0.8)) kept.push(place);
  }
  expect(kept.length).toBeLessThan(240);
  expect(kept.length).toBeGreaterThan(20);
  expect(distinctTexts(texts).kept).toEqual(kept);
});

describeWithShared('the text sets', ['text'], () => {
  it.each(TEXT_SET_NAMES)('%s is cut in two parts that share no text', async (name) => {
    const { table, test, text, label, removed } = await readTextSet(name, 7);
    const names = table.columns.map((column) => column.name);
    for (const column of [...text, label, 'part']) expect(names).toContain(column);
    expect(test).toHaveLength(Math.round(table.rows / 4));
    const part = table.columns.at(-1)!;
    if (!('codes' in part)) throw new Error('part is a column of words');
    const marked = [...part.codes.entries()].filter(([, code]) => code === 1).map(([row]) => row);
    expect([...test]).toEqual(marked);
    expect(removed.equal).toBeGreaterThan(40);
    expect([...(await readTextSet(name, 7)).test]).toEqual([...test]);
    expect([...(await readTextSet(name, 8)).test]).not.toEqual([...test]);
  });

  it('of wikigold have a tag for each token', async () => {
    const { table } = await readTextSet('wikigold');
    const [tokens, tags] = table.columns;
    if (tokens === undefined || tags === undefined) throw new Error('two columns');
    if (!('codes' in tokens && 'codes' in tags)) throw new Error('columns of texts');
    for (let row = 0; row < table.rows; row++) {
      const [cell, tag] = [tokens, tags].map((c) => c.dictionary[c.codes[row]!]!.split(' '));
      expect(tag).toHaveLength(cell!.length);
      expect(tag!.every((one) => /^(?:O|[IB]-(?:PER|LOC|ORG|MISC))$/.test(one))).toBe(true);
    }
  });
});
