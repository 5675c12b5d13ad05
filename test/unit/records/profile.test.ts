import { describe, expect, it } from 'vitest';
import { fileProfile, problemCodes, proposals } from '../../../main/contract/import.ts';
import { profile, shapeOf } from '../../../main/records/profile.ts';
import { repeatedRows } from '../../../main/records/repeated-rows.ts';
import * as en from '../../../main/words/en/problems.ts';
import * as zh from '../../../main/words/zh/problems.ts';
import { cells, readText } from './reading.ts';

const of = async (text: string) => {
  const { table, facts } = await readText(text);
  return fileProfile.parse(profile(table, facts));
};

describe('profile', () => {
  it('tells type, missing, distinct, bounds and examples', async () => {
    const told = await of('n,d,c\n3,2024-03-05,x\n-1.5,2023/1/2,y\n,,x\n3,2024-03-05,z\n');
    expect(told).toMatchObject({ rows: 4, encoding: 'utf-8', delimiter: ',' });
    const plain = told.columns.map((column) => ({ ...column, histogram: undefined }));
    expect(plain).toEqual([
      {
        name: 'n',
        type: 'real',
        missing: 1,
        distinct: 2,
        min: -1.5,
        max: 3,
        examples: ['3', '-1.5'],
      },
      {
        name: 'd',
        type: 'date',
        missing: 1,
        distinct: 2,
        min: '2023-01-02',
        max: '2024-03-05',
        examples: ['2024-03-05', '2023-01-02'],
      },
      {
        name: 'c',
        type: 'category',
        missing: 0,
        distinct: 3,
        min: null,
        max: null,
        examples: ['x', 'y', 'z'],
      },
    ]);
  });

  it('shows only shapes of what is like an identifier', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${100 + i}-${10 + i}-${1000 + i},${5000 + i},x`,
    );
    const told = await of(`ssn,number,c\n${rows.join('\n')}\n`);
    expect(told.columns.map((column) => column.examples)).toEqual([
      ['000-00-0000'],
      ['0000'],
      ['x'],
    ]);
    expect(shapeOf('Ab-张٣')).toBe('Aa-A0');
  });

  /** What was found, without what would mend it. */
  const problemsOf = async (text: string) =>
    (await of(text)).problems.map(({ code, column, rows, proposal }) => ({
      ...{ code, column, rows, proposal },
    }));
  it('blanks around values', async () => {
    expect(await problemsOf('c,d\nx,1\n x,2\ny ,3\nz,4\n')).toContainEqual({
      code: 'SPACES_AROUND',
      column: 'c',
      rows: 2,
      proposal: 'trim',
    });
  });
  it('numbers with a few other cells, but not codes of digits', async () => {
    const numbers = Array.from({ length: 20 }, (_, i) => `${i},0${i}`).join('\n');
    expect(await problemsOf(`c,d\n${numbers}\nsome,x\nten,y\n`)).toEqual([
      { code: 'MIXED_TYPES', column: 'c', rows: 2, proposal: 'parse_number' },
    ]);
    expect(await problemsOf(`c,d\n${numbers}\n?,x\n?,y\n`)).toEqual([
      { code: 'MISSING_MARKS', column: 'c', rows: 2, proposal: 'mark_missing' },
    ]);
  });
  it('constant, empty and nearly empty columns', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},x,,${i === 3 ? 'once' : ''}`).join(
      '\n',
    );
    expect(await problemsOf(`a,b,c,d\n${rows}\n`)).toEqual([
      { code: 'CONSTANT_COLUMN', column: 'b', rows: 40, proposal: 'drop_column' },
      { code: 'EMPTY_COLUMN', column: 'c', rows: 40, proposal: 'drop_column' },
      { code: 'NEARLY_EMPTY_COLUMN', column: 'd', rows: 39, proposal: 'drop_column' },
    ]);
  });
  it('categories that differ by case, blanks or full width', async () => {
    expect(await problemsOf('c,n\nMale,1\nmale,2\nMale,3\nＭale,4\nF,5\n')).toContainEqual({
      code: 'SIMILAR_CATEGORIES',
      column: 'c',
      rows: 2,
      proposal: 'merge_categories',
    });
  });
  it('rows that repeat an earlier one, missing cells too', async () => {
    expect(await problemsOf('a,b\n1,x\n1,x\n2,\n2,\n1,x\n2,y\n')).toEqual([
      { code: 'DUPLICATE_ROWS', column: null, rows: 3, proposal: 'drop_duplicates' },
    ]);
  });

  it('counts repeated rows like a plain set does', async () => {
    const lines = Array.from(
      { length: 3000 },
      (_, i) => `${(i * 7919) % 53},${(i * 31) % 11},w${i % 4},${(i % 6) / 4}`,
    );
    const { table } = await readText(`a,b,c,d\n${lines.join('\n')}\n`);
    const distinct = new Set(cells(table).map((row) => row.join('|'))).size;
    expect(repeatedRows(table)).toBe(3000 - distinct);
  });

  it('has a sentence for every problem and proposal in both languages', () => {
    for (const words of [en, zh]) {
      for (const code of problemCodes) {
        const sentence = words.problems[code]({ column: 'COLUMN', rows: 12 });
        expect(sentence).not.toMatch(/undefined|null/);
        expect(sentence.length).toBeGreaterThan(5);
      }
      for (const proposal of proposals) expect(words.proposals[proposal]).not.toBe('');
    }
  });
});
