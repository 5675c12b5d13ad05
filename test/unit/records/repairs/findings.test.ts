import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaksOf } from '../../../../main/records/repairs/leakage.ts';
import { missingMarksOf } from '../../../../main/records/repairs/marks.ts';
import {
  isWithin,
  misspellings,
  spellings,
  synonyms,
} from '../../../../main/records/repairs/merge-groups.ts';
import { outliersOf } from '../../../../main/records/repairs/outliers.ts';
import type { CodedColumn, NumericColumn } from '../../../../main/records/table.ts';

function coded(cells: readonly string[]): CodedColumn {
  const dictionary = [...new Set(cells)];
  const codes = Int32Array.from(cells, (cell) => dictionary.indexOf(cell));
  return { name: 'c', type: 'category', codes, dictionary };
}
const numbers = (values: readonly number[]): NumericColumn => ({
  ...{ name: 'n', type: 'real', values: Float64Array.from(values) },
});
const times = (cell: string, count: number): string[] => Array<string>(count).fill(cell);

describe('marks of missing values', () => {
  it('are known entries of text, with the blanks around them aside', () => {
    const found = missingMarksOf(coded(['x', 'NA', ' n/a', '无', '不详', 'y', '--']));
    expect(found).toEqual({ marks: ['NA', 'n/a', '无', '不详', '--'], rows: 5 });
    expect(missingMarksOf(coded(['x', 'y']))).toBeUndefined();
    expect(missingMarksOf(coded(['NA', 'NA']))).toBeUndefined();
  });
  it('a minus beside a plus is a result', () => {
    expect(missingMarksOf(coded(['+', '-', '+']))).toBeUndefined();
    expect(missingMarksOf(coded(['x', '-', 'y']))?.marks).toEqual(['-']);
  });
  it('are numbers only where these stand alone beyond a gap', () => {
    const ages = Array.from({ length: 80 }, (_, i) => i + 10);
    expect(missingMarksOf(numbers([...ages, 999, 999]))).toEqual({ marks: ['999'], rows: 2 });
    expect(missingMarksOf(numbers([...ages, 999, -999]))?.marks.toSorted()).toEqual([
      '-999',
      '999',
    ]);
    expect(missingMarksOf(numbers([...ages, 99]))).toBeUndefined();
    expect(missingMarksOf(numbers([...ages, 600, 999]))).toBeUndefined();
    expect(missingMarksOf(numbers([...ages, 640]))).toBeUndefined();
  });
});

describe('near-duplicate categories', () => {
  it('differ by case, blanks or full width', () => {
    expect(spellings(coded(['Yes', 'Yes', 'yes', 'ＹＥＳ', 'No']))).toEqual([
      { into: 'Yes', from: ['yes', 'ＹＥＳ'] },
    ]);
  });
  it('say the same in other words, where nearly all rows do', () => {
    const sexes = coded([...times('男', 5), ...times('男性', 2), 'M', ...times('女', 4), 'F']);
    expect(synonyms(sexes)).toEqual([
      { into: '男', from: ['男性', 'M'] },
      { into: '女', from: ['F'] },
    ]);
    expect(synonyms(coded([...times('M', 5), ...times('L', 5), 'male']))).toEqual([]);
    expect(synonyms(coded(['Yes', 'y', 'No', 'yes']))).toEqual([
      { into: 'Yes', from: ['y', 'yes'] },
    ]);
  });
  it('are misspelled where they are rare, near a frequent one, and have the same figures', () => {
    const cells = [
      ...[...times('Cardiology', 60), 'Cardiolgy', 'Cardiology', 'Cradiology'],
      ...[...times('Type 1', 50), 'Type 2', ...times('内科门诊部', 40), '内科门诊布', '外科'],
    ];
    expect(misspellings(coded(cells)).toSorted((a, b) => (a.into < b.into ? -1 : 1))).toEqual([
      { into: 'Cardiology', from: ['Cradiology', 'Cardiolgy'] },
      { into: '内科门诊部', from: ['内科门诊布'] },
    ]);
    expect(misspellings(coded([...times('North', 20), ...times('Norts', 15)]))).toEqual([]);
  });

  /** Optimal string alignment by its definition, without bounds. */
  function slowDistance(a: readonly string[], b: readonly string[]): number {
    if (a.length === 0 || b.length === 0) return a.length + b.length;
    const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
    const ways = [
      slowDistance(x, b) + 1,
      slowDistance(a, y) + 1,
      slowDistance(x, y) + (a.at(-1) === b.at(-1) ? 0 : 1),
    ];
    if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
      ways.push(slowDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
    return Math.min(...ways);
  }
  it('are compared by the distance of its definition', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '中'), maxLength: 5 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 2 }), (a, b, most) => {
        expect(isWithin(a, b, most)).toBe(slowDistance([...a], [...b]) <= most);
      }),
    );
  });
});

describe('outliers', () => {
  const middle = Array.from({ length: 200 }, (_, i) => 40 + (i % 50));
  it('lie far out of the middle half, and round bounds hold all others', () => {
    expect(outliersOf(numbers([...middle, 1000]))).toEqual({ lower: null, upper: 89, rows: 1 });
    expect(outliersOf(numbers([...middle, -800, NaN]))).toEqual({
      lower: 40,
      upper: null,
      rows: 1,
    });
    expect(outliersOf(numbers(middle))).toBeUndefined();
  });
  it('are none where a column is skewed, or half of it is one value', () => {
    const skewed = Array.from({ length: 300 }, (_, i) => Math.exp((i % 100) / 12));
    expect(outliersOf(numbers(skewed))).toBeUndefined();
    expect(outliersOf(numbers([...Array<number>(200).fill(0), 5, 9]))).toBeUndefined();
  });
  it('bounds hold every value that is none, whatever the numbers', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 40, maxLength: 80 }),
        fc.double({ min: 1e8, max: 1e9, noNaN: true }),
        (some, far) => {
          const found = outliersOf(numbers([...some, far]));
          if (found === undefined) return;
          const beyond = [...some, far].filter(
            (one) => one < (found.lower ?? -Infinity) || one > (found.upper ?? Infinity),
          );
          expect(beyond.length).toBeLessThanOrEqual(found.rows);
        },
      ),
    );
  });
});

describe('columns that give the label away', () => {
  const rows = 400;
  const label = Array.from({ length: rows }, (_, i) => (i * 7919) % 3 === 0);
  const column = (name: string, cells: readonly string[]): CodedColumn => ({
    ...coded(cells),
    name,
  });
  const table = {
    rows,
    columns: [
      column(
        'label',
        label.map((yes) => (yes ? 'yes' : 'no')),
      ),
      column(
        'answer',
        label.map((yes, i) => (yes ? `died ${i % 5}` : 'home')),
      ),
      { ...numbers(label.map((yes, i) => (yes ? 100 + (i % 90) : i % 90))), name: 'days' },
      column(
        'id',
        label.map((_, i) => `p${i}`),
      ),
      { ...numbers(label.map((_, i) => i % 17)), name: 'noise' },
      column(
        'hint',
        label.map((yes, i) => (i % 5 === 0 ? 'x' : yes ? 'a' : 'b')),
      ),
      { ...numbers(label.map((yes) => (yes ? 1 : NaN))), name: 'dose' },
    ],
  };
  it('are found in words, numbers and empty cells; ids, noise and good hints are none', () => {
    expect(leaksOf(table, 'label').map(({ column: name }) => name)).toEqual([
      ...['answer', 'days', 'dose'],
    ]);
  });
  it('need a label of a few values', () => {
    expect(leaksOf(table, 'id')).toEqual([]);
    expect(() => leaksOf(table, 'labels')).toThrow('COLUMN_UNKNOWN');
  });
});
