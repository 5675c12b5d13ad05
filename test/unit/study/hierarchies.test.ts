import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../main/anonymise/anonymise.ts';
import { bindHierarchy, canonicalText, encodeColumn } from '../../../main/anonymise/encode.ts';
import { parseHierarchy } from '../../../main/anonymise/hierarchy.ts';
import { readHierarchyLines } from '../../../main/anonymise/hierarchy-text.ts';
import type { HierarchyChoice } from '../../../main/contract/hierarchy.ts';
import type { CodedType, Column, NumericType } from '../../../main/records/table.ts';
import { suggestHierarchies } from '../../../main/study/hierarchies.ts';

const WORDING = {
  language: 'en' as const,
  labels: { missing: 'missing', other: 'other ones' },
};
const DAY = 86_400_000;

function numbers(name: string, type: NumericType, cells: readonly (number | null)[]): Column {
  return { name, type, values: Float64Array.from(cells, (cell) => cell ?? Number.NaN) };
}

function words(name: string, type: CodedType, cells: readonly (string | null)[]): Column {
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))];
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : dictionary.indexOf(cell)));
  return { name, type, codes, dictionary };
}

const rowsOf = (column: Column): number =>
  'values' in column ? column.values.length : column.codes.length;

/** The choices, once each is known to be a hierarchy that has a line for every cell. */
function choicesOf(column: Column): HierarchyChoice[] {
  const table = { rows: rowsOf(column), columns: [column] };
  const [suggested] = suggestHierarchies(table, [{ name: column.name, recipes: [] }], WORDING);
  for (const { text, levels } of suggested?.choices ?? []) {
    const hierarchy = parseHierarchy(column.name, text, canonicalText(column));
    expect(bindHierarchy(encodeColumn(column), hierarchy)).toHaveLength(table.rows);
    expect(levels).toHaveLength(hierarchy.height);
    expect(hierarchy.level(hierarchy.height - 1).labels).toHaveLength(1);
  }
  return suggested?.choices ?? [];
}

/** The line of one value: what it becomes, level by level. */
function lineOf(choice: HierarchyChoice | undefined, value: string): readonly string[] {
  const lines = readHierarchyLines('c', choice?.text ?? '');
  return lines.find(({ cells }) => cells[0] === value)?.cells ?? [];
}

const kinds = (choices: readonly HierarchyChoice[]): string[] =>
  choices.map(({ recipe }) => recipe.kind);

describe('a suggested hierarchy', () => {
  it('of ages goes by 5, 10, 20, 40 years and joins those of 90 and more', () => {
    const choices = choicesOf(numbers('age', 'integer', [23, 41, 87, 93, 101, null, 23]));
    expect(kinds(choices)).toEqual(['ages', 'tree', 'hide']);
    expect(lineOf(choices[0], '41')).toEqual(['41', '40-44', '40-49', '40-59', '40-79', '*']);
    expect(lineOf(choices[0], '93').slice(1, 3)).toEqual(['90+', '90+']);
    expect(lineOf(choices[0], '').slice(1)).toEqual([...Array<string>(4).fill('missing'), '*']);
    expect(choices[0]?.levels[1]).toMatchObject({ count: 16 });
  });

  it('of postcodes hides characters from the end', () => {
    const cells = ['2041', '2042', '3105', null, '4001'];
    const choices = choicesOf(words('postcode', 'category', cells));
    expect(kinds(choices)).toEqual(['mask-right', 'tree', 'hide']);
    expect(lineOf(choices[0], '2041')).toEqual(['2041', '204*', '20**', '2***', '****']);
    expect(lineOf(choices[0], '')).toEqual(['', 'missing', 'missing', 'missing', '****']);
  });

  it('of postcodes that were read as numbers does so too', () => {
    const choices = choicesOf(numbers('zip', 'integer', [94110, 94112, 10001]));
    expect(lineOf(choices[0], '94110').slice(0, 3)).toEqual(['94110', '9411*', '941**']);
  });

  it('of dates goes by month, quarter, year and ten years', () => {
    const days = [
      ...['2024-03-05', '2024-03-09', '2024-02-01', '2024-05-01'],
      ...['2023-01-01', '1999-12-31'],
    ].map((day) => Date.parse(day) / DAY);
    const choices = choicesOf(numbers('born', 'date', [...days, null]));
    expect(kinds(choices)).toEqual(['dates', 'hide']);
    expect(lineOf(choices[0], '2024-03-05')).toEqual([
      '2024-03-05',
      '2024-03',
      '2024-Q1',
      '2024',
      '2020-2029',
      '*',
    ]);
  });

  it('of a category joins the rare values, and says how many there are', () => {
    const cells = [...Array<string>(50).fill('a'), ...Array<string>(40).fill('b; "c"'), 'x', 'y'];
    const choices = choicesOf(words('country', 'category', [...cells, null]));
    expect(kinds(choices)).toEqual(['common', 'tree', 'ordered', 'hide']);
    expect(lineOf(choices[0], 'x')).toEqual(['x', 'other ones', '*']);
    expect(lineOf(choices[0], 'b; "c"')).toEqual(['b; "c"', 'b; "c"', '*']);
    expect(choices[0]?.levels.map(({ count }) => count)).toEqual([5, 4, 1]);
  });

  it('of two values keeps or hides them, also for yes and no', () => {
    expect(kinds(choicesOf(words('sex', 'category', ['f', 'm', null])))).toEqual(['hide']);
    expect(kinds(choicesOf(numbers('smoker', 'boolean', [0, 1, 1])))).toEqual(['hide']);
  });

  it('is not offered for too many values, nor where a value has line breaks', () => {
    const many = Array.from({ length: 20_001 }, (_, i) => `v${i}`);
    expect(choicesOf(words('address', 'category', many))).toEqual([]);
    expect(choicesOf(words('address', 'category', ['a\nb', 'c', 'd']))).toEqual([]);
  });

  it('covers every number there may be, in ranges that nest', () => {
    const number = fc.oneof(
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      fc.double({ min: 0, max: 1e-3, noNaN: true }),
      fc.integer({ min: 0, max: 500 }).map((step) => 1e15 + step / 4),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(fc.array(fc.option(number), { minLength: 1, maxLength: 60 }), (cells) => {
        const whole = cells.every((cell) => cell === null || Number.isInteger(cell));
        expect(choicesOf(numbers('n', whole ? 'integer' : 'real', cells)).length).toBeGreaterThan(
          0,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('covers every text there may be', () => {
    const cell = fc.option(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 40 }), (cells) => {
        choicesOf(words('n', 'category', cells));
        choicesOf(words('n', 'identifier', cells));
      }),
      { numRuns: 200 },
    );
  });

  it('is applied as it was shown', async () => {
    const age = numbers('age', 'integer', [41, 42, 43, 44, null, null]);
    const [choice] = choicesOf(age);
    const { output } = await anonymiseTable(
      { rows: 6, columns: [age] },
      {
        quasiIdentifiers: { age: { hierarchy: 'age' } },
        models: [{ type: 'k-anonymity', k: 2 }],
      },
      new Map([['age', choice?.text ?? '']]),
    );
    const [column] = output.columns;
    expect(column !== undefined && 'dictionary' in column ? column.dictionary : []).toEqual(
      expect.arrayContaining(['40-44', 'missing']),
    );
  });
});
