import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hierarchyText } from '../../../main/anonymise/hierarchies/build.ts';
import { proposedRecipes } from '../../../main/anonymise/hierarchies/propose.ts';
import { groupsOfLines, treeLines } from '../../../main/anonymise/hierarchies/tree.ts';
import { columnValues, type ColumnValues } from '../../../main/anonymise/hierarchies/values.ts';
import { readHierarchyLines } from '../../../main/anonymise/hierarchy-text.ts';
import { parseHierarchy } from '../../../main/anonymise/hierarchy.ts';
import type { HierarchyRecipe, TreeGroups } from '../../../main/contract/hierarchy.ts';
import type { NumericColumn } from '../../../main/records/table.ts';
import { category } from './tables.ts';

const WORDING = {
  language: 'en' as const,
  labels: { missing: 'missing', other: 'other' },
};

function numbers(cells: readonly number[], type: 'integer' | 'real' = 'integer'): ColumnValues {
  const column: NumericColumn = { name: 'n', type, values: Float64Array.from(cells) };
  return columnValues(column);
}

const words = (...texts: string[]): ColumnValues => columnValues(category('c', texts));

function lineOf(values: ColumnValues, recipe: HierarchyRecipe, value: string): readonly string[] {
  const lines = readHierarchyLines('c', hierarchyText(values, recipe, WORDING));
  return lines.find(({ cells }) => cells[0] === value)?.cells ?? [];
}

/** Every value has a line, each label one parent, and no level has more labels than the one below. */
function expectTree(values: ColumnValues, recipe: HierarchyRecipe): void {
  const hierarchy = parseHierarchy('c', hierarchyText(values, recipe, WORDING));
  for (const text of values.texts) expect(hierarchy.codeOf(text)).toBeDefined();
  const counts = hierarchy.levels.map(({ labels }) => labels.length);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(counts.at(-1)).toBe(1);
}

const refusal = (reason: string): unknown =>
  expect.objectContaining({ code: 'HIERARCHY_NOT_BUILT', params: { column: 'n', reason } });

describe('ranges set up by a person', () => {
  const ranges = { kind: 'intervals' as const, origin: 0, bottom: null, top: null };

  it('begin at the bound that was given, and end in a bottom and a top', () => {
    const values = numbers([17, 18, 37, 64, 65, 99]);
    const recipe = { ...ranges, widths: [10, 20], origin: 18, bottom: 18, top: 65 };
    expect(lineOf(values, recipe, '17')).toEqual(['17', '<18', '<18', '*']);
    expect(lineOf(values, recipe, '18')).toEqual(['18', '18-27', '18-37', '*']);
    expect(lineOf(values, recipe, '64')).toEqual(['64', '58-64', '58-64', '*']);
    expect(lineOf(values, recipe, '99')).toEqual(['99', '65+', '65+', '*']);
  });

  it('of fractions are told by their bounds', () => {
    const values = numbers([0.25, 1.5, -2], 'real');
    const recipe = { ...ranges, widths: [0.1, 0.3] };
    expect(lineOf(values, recipe, '0.25')).toEqual(['0.25', '[0.2, 0.3)', '[0, 0.3)', '*']);
    expectTree(values, recipe);
  });

  it.each<[string, Partial<typeof ranges & { widths: number[] }>]>([
    ['widths', { widths: [5, 12] }],
    ['widths', { widths: [5, 5] }],
    ['widths', { widths: [10, 5] }],
    ['bounds', { bottom: 60 as never, top: 18 as never }],
  ])('are refused for their %s', (reason, wrong) => {
    const recipe = { ...ranges, widths: [5], ...wrong };
    expect(() => hierarchyText(numbers([1, 2, 3]), recipe, WORDING)).toThrow(
      expect.objectContaining({ params: { column: 'n', reason } }),
    );
  });

  it('are refused for words', () => {
    expect(() => hierarchyText(words('a', '1'), { ...ranges, widths: [5] }, WORDING)).toThrow(
      expect.objectContaining({ params: { column: 'c', reason: 'numbers' } }),
    );
  });

  it('are a tree for any numbers, bounds and widths', () => {
    const whole = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(
        fc.array(whole, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: 2, max: 4 }), { maxLength: 3 }),
        whole,
        fc.option(whole),
        fc.option(fc.integer({ min: 501, max: 600 })),
        fc.boolean(),
        (cells, first, factors, origin, bottom, top, halves) => {
          const widths = factors.reduce((all, by) => [...all, (all.at(-1) ?? 1) * by], [first]);
          const scale = halves ? 0.5 : 1;
          const values = numbers(
            cells.map((cell) => cell * scale),
            halves ? 'real' : 'integer',
          );
          const recipe = { kind: 'intervals' as const, origin, bottom, top };
          expectTree(values, { ...recipe, widths: widths.map((width) => width * scale) });
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('dates', () => {
  const day = (text: string): number => Date.parse(text) / 86_400_000;
  const column: NumericColumn = {
    name: 'n',
    type: 'date',
    values: Float64Array.of(day('2024-03-05'), day('2024-04-01'), NaN),
  };

  it('go by the units that are ticked, from fine to coarse', () => {
    const values = columnValues(column);
    const recipe = { kind: 'dates' as const, units: ['decade' as const, 'quarter' as const] };
    expect(lineOf(values, recipe, '2024-04-01')).toEqual([
      '2024-04-01',
      '2024-Q2',
      '2020-2029',
      '*',
    ]);
    expect(lineOf(values, recipe, '')).toEqual(['', 'missing', 'missing', '*']);
  });

  it('are refused without a unit, and for what is no date', () => {
    const values = columnValues(column);
    for (const units of [[], ['day' as const]]) {
      expect(() => hierarchyText(values, { kind: 'dates', units }, WORDING)).toThrow(
        refusal('units') as Error,
      );
    }
    expect(() => hierarchyText(numbers([1]), { kind: 'dates', units: ['year'] }, WORDING)).toThrow(
      refusal('dates') as Error,
    );
  });
});

describe('an order', () => {
  const values = words('mild', 'none', 'severe', 'moderate', '');
  const order = ['none', 'mild', 'moderate', 'severe'];

  it('joins neighbours in runs, named by their first and last', () => {
    const recipe = { kind: 'ordered' as const, order, runs: [2, 4] };
    expect(lineOf(values, recipe, 'mild')).toEqual(['mild', 'none – mild', 'none – severe', '*']);
    expect(lineOf(values, recipe, '')).toEqual(['', 'missing', 'missing', '*']);
    const three = { kind: 'ordered' as const, order, runs: [3] };
    expect(lineOf(values, three, 'severe')).toEqual(['severe', 'severe', '*']);
  });

  it.each([
    ['order', ['none', 'mild', 'moderate'], [2]],
    ['value-twice', [...order, 'mild'], [2]],
    ['runs', order, [2, 3]],
    ['runs', order, [4, 2]],
  ])('is refused for its %s', (reason, wrong, runs) => {
    expect(() => hierarchyText(values, { kind: 'ordered', order: wrong, runs }, WORDING)).toThrow(
      expect.objectContaining({ params: { column: 'c', reason } }),
    );
  });

  it('keeps a value apart that reads like the word for what is missing', () => {
    const values = columnValues(category('c', ['a', 'b', 'missing', '']));
    const order = ['a', 'b', 'missing'];
    expectTree(values, { kind: 'ordered', order, runs: [2, 4] });
  });

  it('keeps runs apart whose names read the same', () => {
    const alike = words('a', 'b – c', 'a – b', 'c');
    const recipe = { kind: 'ordered' as const, order: alike.texts as string[], runs: [2] };
    expect(new Set(alike.texts.map((text) => lineOf(alike, recipe, text)[1])).size).toBe(2);
  });
});

describe('groups made by hand', () => {
  const values = words('a', 'b', 'c', 'd', '');
  const groups = [
    { name: 'all but d', within: null },
    { name: 'ab', within: 0 },
  ];
  const members = [
    { value: 'a', group: 1 },
    { value: 'b', group: 1 },
    { value: 'c', group: 0 },
  ];

  it('may lie in groups; what is in none keeps its name', () => {
    const recipe = { kind: 'tree' as const, groups, members };
    expect(lineOf(values, recipe, 'a')).toEqual(['a', 'ab', 'all but d', '*']);
    expect(lineOf(values, recipe, 'c')).toEqual(['c', 'c', 'all but d', '*']);
    expect(lineOf(values, recipe, 'd')).toEqual(['d', 'd', 'd', '*']);
  });

  it.each<[string, Partial<TreeGroups>]>([
    [
      'group-order',
      {
        groups: [
          { name: 'x', within: 1 },
          { name: 'y', within: 0 },
        ],
      },
    ],
    ['group-order', { groups: [{ name: 'x', within: 0 }] }],
    ['group-order', { members: [{ value: 'a', group: 7 }] }],
    [
      'group-names',
      {
        groups: [
          { name: 'x', within: null },
          { name: 'x', within: null },
        ],
      },
    ],
    ['group-names', { groups: [{ name: ' ', within: null }] }],
    ['group-names', { groups: [{ name: 'd', within: null }], members: [{ value: 'a', group: 0 }] }],
    ['group-names', { groups: [{ name: 'missing', within: null }], members: [] }],
    [
      'value-twice',
      {
        members: [
          { value: 'a', group: null },
          { value: 'a', group: 0 },
        ],
      },
    ],
  ])('are refused for %s', (reason, wrong) => {
    const recipe = { kind: 'tree' as const, groups, members, ...wrong };
    expect(() => hierarchyText(values, recipe, WORDING)).toThrow(
      expect.objectContaining({ params: { column: 'c', reason } }),
    );
  });

  it('are a tree, and come back from its lines as they were', () => {
    const cells = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(cells, fc.infiniteStream(fc.nat(6)), (texts, choices) => {
        const clean = texts.map((text) => `v${text.replace(/[\r\n\uFEFF]/g, '-')}`);
        const unique = [...new Set(clean)];
        const pick = (below: number): number => (choices.next().value as number) % below;
        const tree: TreeGroups = {
          groups: [0, 1, 2, 3].map((at) => ({
            name: `group ${at}`,
            within: at === 0 || pick(2) === 0 ? null : pick(at),
          })),
          members: unique.map((value) => ({ value, group: pick(5) === 4 ? null : pick(4) })),
        };
        const column = words(...unique);
        expectTree(column, { kind: 'tree', ...tree });
        const lines = treeLines(column, tree, WORDING.labels);
        const again = treeLines(column, groupsOfLines(lines), WORDING.labels);
        expect(again.map((line) => new Set(line))).toEqual(lines.map((line) => new Set(line)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is proposed', () => {
  it('is a tree with every value in it, whatever the values', () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ minLength: 1, maxLength: 5 }),
        fc.constantFrom('A00', 'I25.1', '110101', '河北省', 'China', 'US', 'HS-grad', '本科', '*'),
        fc.constantFrom('missing', 'other', 'Sales', 'Asia', '亚洲', 'a – b', 'a', 'b', ''),
      ),
      { minLength: 1, maxLength: 25 },
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('c', 'diagnosis', '国籍', 'education'), (cells, name) => {
        const values = columnValues(
          category(
            name,
            cells.map((cell) => cell.replace(/[\r\n\uFEFF]/g, '')),
          ),
        );
        for (const recipe of proposedRecipes(values, null, WORDING)) expectTree(values, recipe);
      }),
      { numRuns: 300, examples: [[[...'abcdef', 'missing', ''], 'c']] },
    );
  });
});
