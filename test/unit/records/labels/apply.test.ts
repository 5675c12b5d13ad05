import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  labelPlan,
  type LabelCondition,
  type LabelPlan,
  type LabelPlanInput,
} from '../../../../main/contract/label.ts';
import { cellText } from '../../../../main/records/cell-text.ts';
import { labelTable, previewLabels } from '../../../../main/records/labels/apply.ts';
import { rowsFitting } from '../../../../main/records/labels/conditions.ts';
import { columnOf, takeRows } from '../../../../main/records/shape.ts';
import type { Table } from '../../../../main/records/table.ts';
import { readText } from '../reading.ts';
import { codeOf } from '../../vault/fixture.ts';

const NOBODY = { values: [], rows: new Map<number, string>() };
const TEXT = [
  'patient,age,seen,smokes,note,ward',
  'p1,70,2024-03-05,yes,"Fell at home, ＷＲＩＳＴ broken",A1',
  'p2,,2024-01-01,no,"Cough, no fever",A2',
  'p3,64,,yes,,B1',
  'p4,65,2023-12-31,,"Wrist sprain",B1',
  'p5,30,2024-02-29,no,"摔倒，手腕骨折",A1',
].join('\n');

const table = async (): Promise<Table> => (await readText(TEXT)).table;
const plan = (input: LabelPlanInput): LabelPlan => labelPlan.parse(input);
const rule = (...conditions: LabelCondition[]): LabelPlanInput['rules'] => [
  { value: 'yes', when: 'all', conditions },
];
const labelsIn = ({ rows, columns }: Table): string[] => {
  const column = columns.at(-1);
  if (column === undefined) throw new Error('no column');
  return Array.from({ length: rows }, (_, row) => cellText(column, row));
};

describe('a condition', () => {
  const cases: readonly [LabelCondition, string][] = [
    [{ column: 'age', is: 'above', value: 64 }, '1..4.'],
    [{ column: 'age', is: 'above', value: '64' }, '1..4.'],
    [{ column: 'age', is: 'at-least', value: 65 }, '1..4.'],
    [{ column: 'age', is: 'below', value: 65 }, '..3.5'],
    [{ column: 'age', is: 'at-most', value: 64 }, '..3.5'],
    [{ column: 'age', is: 'equals', value: '６４' }, '..3..'],
    [{ column: 'age', is: 'differs', value: 64 }, '1..45'],
    [{ column: 'age', is: 'contains', value: 6 }, '..34.'],
    [{ column: 'age', is: 'missing' }, '.2...'],
    [{ column: 'age', is: 'present' }, '1.345'],
    [{ column: 'seen', is: 'at-least', value: '2024-01-01' }, '12..5'],
    [{ column: 'seen', is: 'below', value: '2024年1月1日' }, '...4.'],
    [{ column: 'seen', is: 'equals', value: '2024/2/29' }, '....5'],
    [{ column: 'smokes', is: 'equals', value: 'yes' }, '1.3..'],
    [{ column: 'smokes', is: 'equals', value: true }, '1.3..'],
    [{ column: 'smokes', is: 'differs', value: 'yes' }, '.2..5'],
    [{ column: 'note', is: 'contains', value: 'wrist' }, '1..4.'],
    [{ column: 'note', is: 'lacks', value: 'wrist' }, '.2..5'],
    [{ column: 'note', is: 'contains', value: '手腕' }, '....5'],
    [{ column: 'ward', is: 'equals', value: 'B1' }, '..34.'],
    [{ column: 'ward', is: 'equals', value: 'C9' }, '.....'],
  ];

  it.each(cases)('%j fits the rows it should', async (condition, rows) => {
    const found = rowsFitting(
      await table(),
      { value: 'yes', when: 'all', conditions: [condition] },
      1,
    );
    expect([...found].map((one, row) => (one === 1 ? String(row + 1) : '.')).join('')).toBe(rows);
  });

  const unfit: readonly [string, LabelCondition][] = [
    ['order among words', { column: 'ward', is: 'above', value: 'A1' }],
    ['order among yes and no', { column: 'smokes', is: 'at-most', value: 1 }],
    ['a bound that is no number', { column: 'age', is: 'below', value: 'old' }],
    ['a bound that is no date', { column: 'seen', is: 'above', value: 20 }],
    ['a value that is no number', { column: 'age', is: 'equals', value: 'old' }],
  ];

  it.each(unfit)('of %s is refused with its place, never its value', async (_, condition) => {
    const records = await table();
    const twice = plan({
      column: 'label',
      rules: [...(rule({ column: 'age', is: 'present' }) ?? []), ...(rule(condition) ?? [])],
    });
    const error: unknown = await codeOf(() => labelTable(records, twice, NOBODY));
    expect(error).toBe('LABEL_RULE_UNFIT');
    try {
      labelTable(records, twice, NOBODY);
    } catch (thrown) {
      expect(thrown).toMatchObject({ params: { place: 2, test: condition.is } });
      expect(JSON.stringify(thrown)).not.toContain('old');
    }
  });
});

describe('labels by rule', () => {
  it('come from the first rule that fits, else from what is said for the rest', async () => {
    const made = labelTable(
      await table(),
      plan({
        column: 'urgent',
        rules: [
          {
            value: 'high',
            when: 'any',
            conditions: [
              { column: 'note', is: 'contains', value: 'wrist' },
              { column: 'note', is: 'contains', value: '手腕' },
            ],
          },
          { value: 'low', conditions: [{ column: 'age', is: 'present' }] },
          { value: 'never', conditions: [{ column: 'ward', is: 'equals', value: 'A1' }] },
        ],
        otherwise: 'unclear',
      }),
      NOBODY,
    );
    expect(labelsIn(made.table)).toEqual(['high', 'unclear', 'low', 'high', 'high']);
    expect(made.effect).toEqual({
      rows: { before: 5, after: 5 },
      values: [
        { value: 'high', hand: 0, rules: 3, otherwise: 0 },
        { value: 'low', hand: 0, rules: 1, otherwise: 0 },
        { value: 'never', hand: 0, rules: 0, otherwise: 0 },
        { value: 'unclear', hand: 0, rules: 0, otherwise: 1 },
      ],
      unlabelled: 0,
      rules: [
        { fits: 3, labels: 3 },
        { fits: 4, labels: 1 },
        { fits: 2, labels: 0 },
      ],
    });
  });

  it('leave records without one empty, or leave them out', async () => {
    const records = await table();
    const rules = rule({ column: 'age', is: 'above', value: 64 });
    const kept = labelTable(records, plan({ column: 'old', rules }), NOBODY);
    expect(labelsIn(kept.table)).toEqual(['yes', '', '', 'yes', '']);
    const out = labelTable(
      records,
      plan({ column: 'old', rules, unlabelled: 'leave-out' }),
      NOBODY,
    );
    expect(out.table.rows).toBe(2);
    expect(out.effect).toMatchObject({ rows: { before: 5, after: 2 }, unlabelled: 3 });
    expect(cellText(columnOf(out.table, 'patient'), 1)).toBe('p4');
  });

  it('make a column of the type it would have in a file', async () => {
    const records = await table();
    const numbers = plan({
      column: 'y',
      rules: [{ value: '1', conditions: [{ column: 'age', is: 'above', value: 64 }] }],
      otherwise: '0',
    });
    expect(columnOf(labelTable(records, numbers, NOBODY).table, 'y').type).toBe('integer');
    const words = plan({ ...numbers, rules: rule({ column: 'age', is: 'present' }) ?? [] });
    const { table: made } = labelTable(records, { ...words, otherwise: 'no' }, NOBODY);
    expect(columnOf(made, 'y').type).toBe('boolean');
    expect(labelsIn(made)).toEqual(['yes', 'no', 'yes', 'yes', 'yes']);
  });

  it('are refused for a name that is taken, and where nothing would get one', async () => {
    const records = await table();
    const rules = rule({ column: 'age', is: 'above', value: 99 });
    expect(await codeOf(() => labelTable(records, plan({ column: 'ward', rules }), NOBODY))).toBe(
      'COLUMN_EXISTS',
    );
    expect(await codeOf(() => labelTable(records, plan({ column: 'y', rules }), NOBODY))).toBe(
      'LABELS_NONE',
    );
    const unknown = rule({ column: 'aeg', is: 'missing' });
    expect(
      await codeOf(() => labelTable(records, plan({ column: 'y', rules: unknown }), NOBODY)),
    ).toBe('COLUMN_UNKNOWN');
  });

  it('yield to labels by hand, which rules never change', async () => {
    const hand = {
      values: ['no', 'yes'],
      rows: new Map([
        [0, 'no'],
        [1, 'yes'],
      ]),
    };
    const both = plan({
      column: 'y',
      hand: true,
      rules: rule({ column: 'age', is: 'above', value: 64 }),
    });
    const made = labelTable(await table(), both, hand);
    expect(labelsIn(made.table)).toEqual(['no', 'yes', '', 'yes', '']);
    expect(made.effect.values).toEqual([
      { value: 'no', hand: 1, rules: 0, otherwise: 0 },
      { value: 'yes', hand: 1, rules: 1, otherwise: 0 },
    ]);
    const alone = labelTable(await table(), { ...both, hand: false }, hand);
    expect(labelsIn(alone.table)).toEqual(['yes', '', '', 'yes', '']);
  });

  it('are shown before they are made, a few records of each value', async () => {
    const preview = previewLabels(
      await table(),
      plan({ column: 'y', rules: rule({ column: 'age', is: 'above', value: 64 }) }),
      NOBODY,
    );
    expect(preview.columns).toEqual(['age']);
    expect(preview.examples).toEqual([
      { row: 1, cells: ['70'], label: 'yes', by: 'rule', rule: 1 },
      { row: 2, cells: [''], label: '', by: 'nothing', rule: null },
      { row: 3, cells: ['64'], label: '', by: 'nothing', rule: null },
      { row: 4, cells: ['65'], label: 'yes', by: 'rule', rule: 1 },
    ]);
  });
});

describe('properties of labels by rule', () => {
  const value = fc.constantFrom('a', 'b', 'c');
  const condition = fc.oneof(
    fc.record({
      column: fc.constant('n'),
      is: fc.constantFrom('above', 'below', 'at-least', 'at-most', 'equals', 'differs'),
      value: fc.integer({ min: -2, max: 12 }),
    }),
    fc.record({
      column: fc.constantFrom('n', 't'),
      is: fc.constantFrom('contains', 'lacks', 'equals'),
      value: fc.constantFrom('1', '2', '7'),
    }),
    fc.record({ column: fc.constantFrom('n', 't'), is: fc.constantFrom('missing', 'present') }),
  ) as fc.Arbitrary<LabelCondition>;
  const plans = fc.record({
    column: fc.constant('label'),
    rules: fc.array(
      fc.record({
        value,
        when: fc.constantFrom('all', 'any'),
        conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    otherwise: fc.option(value),
  });
  const rows = fc.array(
    fc.tuple(fc.option(fc.integer({ min: 0, max: 10 })), fc.option(fc.constantFrom('x1', 'y2'))),
    { minLength: 1, maxLength: 12 },
  );

  const tableOf = (cells: readonly (readonly [number | null, string | null])[]): Table => ({
    rows: cells.length,
    columns: [
      { name: 'n', type: 'integer', values: Float64Array.from(cells, ([n]) => n ?? NaN) },
      {
        ...{ name: 't', type: 'category', dictionary: ['x1', 'y2'] },
        codes: Int32Array.from(cells, ([, t]) => (t === null ? -1 : t === 'x1' ? 0 : 1)),
      },
    ],
  });

  /** Slow and obvious. */
  function passes(
    n: number | null,
    t: string | null,
    { column, ...test }: LabelCondition,
  ): boolean {
    const cell = column === 'n' ? n : t;
    if (test.is === 'missing') return cell === null;
    if (cell === null) return false;
    if (test.is === 'present') return true;
    if (!('value' in test)) return false;
    if (test.is === 'contains') return String(cell).includes(String(test.value));
    if (test.is === 'lacks') return !String(cell).includes(String(test.value));
    if (test.is === 'equals') return String(cell) === String(test.value);
    if (test.is === 'differs') return String(cell) !== String(test.value);
    const bound = Number(test.value);
    const number = Number(cell);
    if (test.is === 'above') return number > bound;
    if (test.is === 'below') return number < bound;
    return test.is === 'at-least' ? number >= bound : number <= bound;
  }

  it('each row has the label that a slow reading of the plan gives it', () => {
    fc.assert(
      fc.property(rows, plans, (cells, input) => {
        const asked = plan(input as LabelPlanInput);
        const wanted = cells.map(([n, t]) => {
          const found = asked.rules.find(({ when, conditions }) =>
            when === 'all'
              ? conditions.every((one) => passes(n, t, one))
              : conditions.some((one) => passes(n, t, one)),
          );
          return found?.value ?? asked.otherwise ?? '';
        });
        const made = () => labelTable(tableOf(cells), asked, NOBODY);
        if (wanted.every((label) => label === '')) expect(made).toThrow('LABELS_NONE');
        else expect(labelsIn(made().table)).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });

  it('a row alone has the label it has among others, and no other cell changes', () => {
    fc.assert(
      fc.property(rows, plans, (cells, input) => {
        const asked = plan({ ...(input as LabelPlanInput), otherwise: 'rest' });
        const records = tableOf(cells);
        const whole = labelTable(records, asked, NOBODY);
        expect(whole.table.columns.slice(0, -1)).toEqual(records.columns);
        expect(
          whole.effect.values.reduce((n, { rules, otherwise }) => n + rules + otherwise, 0),
        ).toBe(cells.length);
        for (const row of cells.keys()) {
          const alone = labelTable(takeRows(records, [row]), asked, NOBODY);
          expect(labelsIn(alone.table)[0]).toBe(labelsIn(whole.table)[row]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
