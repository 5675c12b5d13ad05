import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { trainPlan, type TrainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { requirePeopleApart, splitRows, type Split } from '../../../main/learning/split.ts';
import { splitStatement } from '../../../main/learning/split-statement.ts';
import type { Table } from '../../../main/records/table.ts';
import { codedColumn, numberColumn, tableOf, withoutRow } from './fixtures.ts';

const KEY = '7f'.repeat(32);
const DAY = 19_000;

function planOf(more: Partial<TrainPlanInput>): TrainPlan {
  const model = { kind: 'logistic' as const };
  return trainPlan.parse({ label: 'answer', model, privacy: null, missing: ['?'], ...more });
}

interface Row {
  readonly person: string;
  readonly day: number;
  readonly answer: string;
}

function tableOfRows(rows: readonly Row[]): Table {
  return tableOf(
    codedColumn(
      'person',
      rows.map(({ person }) => person),
    ),
    { name: 'day', type: 'date', values: Float64Array.from(rows, ({ day }) => day) },
    codedColumn(
      'answer',
      rows.map(({ answer }) => answer),
    ),
  );
}

/** Few people, few days: so that people have several rows and rows are equal. */
const rowOf = fc.record({
  person: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', '?', ''),
  day: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(NaN)).map((day) => DAY + day),
  answer: fc.constantFrom('yes', 'no', ''),
});
const rowsOf = fc.array(rowOf, { minLength: 2, maxLength: 40 });

const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
const dated = { date: 'day', test_from: iso(DAY + 6), validation_from: iso(DAY + 3) };
const FORMS: readonly TrainPlanInput['split'][] = [
  { test: 0.3, seed: 4 },
  { test: 0.3, validation: 0.3, seed: 4 },
  { test: 0.3, validation: 0.2, key: 'study' },
  dated,
];
const formOf = fc.constantFrom(...FORMS);
const unitOf = fc.constantFrom(undefined, { column: 'person', maxRows: 2 });

/** The rows of each part as contents, sorted; null where a part is empty. */
function partsOf(rows: readonly Row[], plan: TrainPlan): string[][] | null {
  try {
    const table = tableOfRows(rows);
    const split = splitRows(table, plan, KEY);
    requirePeopleApart(table, plan, split);
    return [split.train, split.validation, split.test].map((part) =>
      [...part].map((row) => JSON.stringify(rows[row])).sort(),
    );
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'SPLIT_EMPTY') return null;
    throw error;
  }
}

describe('each way to split', () => {
  it('moves no other record (no other person’s) when one comes or goes', () => {
    fc.assert(
      fc.property(rowsOf, fc.nat(), formOf, unitOf, (rows, which, split, unit) => {
        const plan = planOf({ split, unit });
        const gone = rows[which % rows.length]!;
        const [before, after] = [
          partsOf(rows, plan),
          partsOf(rows.toSpliced(which % rows.length, 1), plan),
        ];
        if (before === null || after === null) return;
        const isSame = (text: string): boolean => {
          const { person } = JSON.parse(text) as Row;
          return unit === undefined || person !== gone.person;
        };
        const kept = (parts: string[][]): string[][] => parts.map((part) => part.filter(isSame));
        if (unit !== undefined) {
          expect(kept(after)).toEqual(kept(before));
          return;
        }
        // The one that is gone came from at most one part; every other stands where it stood.
        const lost = before.map((part, place) => part.length - after[place]!.length);
        expect(lost.every((count) => count === 0 || count === 1)).toBe(true);
        expect(lost.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(1);
        for (const [place, count] of lost.entries()) {
          if (count === 0) expect(after[place]).toEqual(before[place]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('keeps all rows of a person in one part, and no row in two', () => {
    const stratified = { stratify: true as const, test: 0.3, validation: 0.2 };
    fc.assert(
      fc.property(rowsOf, fc.constantFrom(...FORMS, stratified), (rows, split) => {
        const unit = { column: 'person', maxRows: 1 };
        const parts = partsOf(rows, planOf({ split, unit }));
        if (parts === null) return;
        const people = parts.map(
          (part) => new Set(part.map((text) => (JSON.parse(text) as Row).person)),
        );
        for (const person of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
          expect(people.filter((part) => part.has(person)).length).toBeLessThanOrEqual(1);
        }
        expect(parts.flat().length).toBeLessThanOrEqual(rows.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a draw', () => {
  const PEOPLE = 4000;
  const people = tableOfRows(
    Array.from({ length: PEOPLE }, (_, p) => ({
      ...{ person: `person ${p}`, day: DAY + (p % 30) },
      answer: p % 3 === 0 ? 'yes' : 'no',
    })),
  );
  const unit = { column: 'person', maxRows: 1 };

  /** What the draw is, one person after the other. */
  function slowly(key: string, shares: { test: number; validation: number }): string[] {
    return Array.from({ length: PEOPLE }, (_, p) => {
      const digest = createHmac('sha256', key).update(`person ${p}`, 'utf8').digest();
      const place = Number(digest.readBigUInt64BE(0) >> 11n) / 2 ** 53;
      if (place < shares.test) return 'test';
      return place < shares.test + shares.validation ? 'validation' : 'train';
    });
  }

  function named(split: Split): string[] {
    const names = new Array<string>(PEOPLE).fill('neither');
    for (const part of ['train', 'validation', 'test'] as const) {
      for (const row of split[part]) names[row] = part;
    }
    return names;
  }

  it('is the keyed hash of each person: HMAC-SHA-256 under the seed, or the study’s key', () => {
    const shares = { test: 0.2, validation: 0.1 };
    const bySeed = splitRows(people, planOf({ split: { ...shares, seed: 3 }, unit }));
    expect(named(bySeed)).toEqual(slowly('split 3', shares));
    const plan = planOf({ split: { ...shares, seed: 3, key: 'study' }, unit });
    expect(named(splitRows(people, plan, KEY))).toEqual(slowly(`split 3 ${KEY}`, shares));
    expect(named(splitRows(people, plan, `${KEY}0`))).not.toEqual(
      named(splitRows(people, plan, KEY)),
    );
  });

  it('meets its shares as chance allows, and a validation part takes nothing from the test', () => {
    for (const by of [undefined, unit]) {
      const split = { test: 0.2, validation: 0.15 };
      const found = splitRows(people, planOf({ split, unit: by }));
      for (const part of ['test', 'validation'] as const) {
        // Five standard deviations of a count of independent draws.
        const spread = 5 * Math.sqrt(split[part] * (1 - split[part]) * PEOPLE);
        expect(Math.abs(found[part].length - split[part] * PEOPLE)).toBeLessThan(spread);
      }
      const without = splitRows(people, planOf({ split: { test: 0.2 }, unit: by }));
      expect(found.test).toEqual(without.test);
      expect(without.validation).toHaveLength(0);
      expect(found.neither).toBe(0);
    }
  });

  it('refuses the key of a study where there is none', () => {
    const plan = planOf({ split: { test: 0.2, key: 'study' } });
    expect(() => splitRows(people, plan)).toThrow(
      expect.objectContaining({ code: 'SPLIT_KEY_MISSING' }),
    );
  });

  it('leaves something to train', () => {
    const parse = (split: unknown) => trainPlan.shape.split.safeParse(split).success;
    expect(parse({ test: 0.6, validation: 0.4 })).toBe(false);
    expect(parse({ test: 0.6, validation: 0.3 })).toBe(true);
    expect(parse({ stratify: true })).toBe(true);
    expect(parse({})).toBe(false);
  });
});

describe('a stratified draw', () => {
  const plan = (more: Partial<TrainPlanInput> = {}): TrainPlan =>
    planOf({ split: { stratify: true, test: 0.25, validation: 0.2 }, ...more });

  it('takes the same share of every answer, to the nearest record', () => {
    fc.assert(
      fc.property(fc.array(rowOf, { minLength: 30, maxLength: 200 }), (rows) => {
        const parts = partsOf(rows, plan());
        if (parts === null) return;
        for (const answer of ['yes', 'no', '']) {
          const all = rows.filter((row) => row.answer === answer).length;
          const [, validation = 0, test = 0] = parts.map(
            (part) => part.filter((text) => (JSON.parse(text) as Row).answer === answer).length,
          );
          expect(Math.abs(test - 0.25 * all)).toBeLessThanOrEqual(0.5);
          expect(Math.abs(test + validation - 0.45 * all)).toBeLessThanOrEqual(0.5 + 1e-9);
        }
      }),
    );
  });

  it('is repeatable, and the order of the rows does not matter', () => {
    const rows = Array.from({ length: 90 }, (_, r) => ({
      ...{ person: `p${r}`, day: DAY + r, answer: r % 3 === 0 ? 'yes' : 'no' },
    }));
    expect(partsOf(rows.toReversed(), plan())).toEqual(partsOf(rows, plan()));
  });

  it('is refused by name with privacy', () => {
    const rows = tableOfRows([
      { person: 'a', day: DAY, answer: 'yes' },
      { person: 'b', day: DAY, answer: 'no' },
    ]);
    const privacy = { epsilon: 1, delta: 1e-5 };
    expect(() => splitRows(rows, plan({ privacy }))).toThrow(
      expect.objectContaining({ code: 'SPLIT_NOT_PRIVATE' }),
    );
  });
});

describe('a split by date', () => {
  it('trains on earlier records and tests on later ones, one after the other', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const table = tableOfRows(rows);
        const plan = planOf({ split: dated });
        const within = (low: number, high: number): number[] =>
          rows.flatMap(({ day }, row) => (day >= DAY + low && day < DAY + high ? [row] : []));
        const slow = [within(-99, 3), within(3, 6), within(6, 99)];
        if (slow.some((part) => part.length === 0)) {
          expect(() => splitRows(table, plan)).toThrow(
            expect.objectContaining({ code: 'SPLIT_EMPTY' }),
          );
          return;
        }
        const { train, validation, test, neither } = splitRows(table, plan);
        expect([[...train], [...validation], [...test]]).toEqual(slow);
        expect(neither).toBe(rows.filter(({ day }) => Number.isNaN(day)).length);
      }),
    );
  });

  it('gives a person to the part of their first record; their later ones take no part', () => {
    const rows: Row[] = [
      { person: 'a', day: DAY + 8, answer: 'yes' },
      { person: 'a', day: DAY, answer: 'no' },
      { person: 'b', day: DAY + 7, answer: 'no' },
      { person: '?', day: DAY, answer: 'no' },
      { person: '?', day: DAY + 9, answer: 'no' },
      { person: 'c', day: DAY + 4, answer: 'yes' },
      { person: 'c', day: DAY + 9, answer: 'yes' },
    ];
    const unit = { column: 'person', maxRows: 2 };
    const { train, validation, test, neither } = splitRows(
      tableOfRows(rows),
      planOf({ split: dated, unit }),
    );
    expect([[...train], [...validation], [...test], neither]).toEqual([[1, 3], [5], [2, 4], 2]);
  });

  it('reads dates written as text and numbers of years, and refuses the other way to write them', () => {
    const answer = codedColumn('answer', ['yes', 'no', 'yes']);
    const text = tableOf(codedColumn('when', ['2019年5月1日', '2020-01-02', 'soon']), answer);
    const split = { date: 'when', test_from: '2020-01-01' };
    expect([...splitRows(text, planOf({ split })).test]).toEqual([1]);
    const years = tableOf(numberColumn('year', [2019, 2020, 2021]), answer);
    const byYear = { date: 'year', test_from: 2020 };
    expect([...splitRows(years, planOf({ split: byYear })).test]).toEqual([1, 2]);
    for (const [table, wrong] of [
      [text, { date: 'when', test_from: 2020 }],
      [text, { date: 'answer', test_from: '2020-01-01' }],
      [years, { date: 'year', test_from: '2020-01-01' }],
    ] as const) {
      expect(() => splitRows(table, planOf({ split: wrong }))).toThrow(
        expect.objectContaining({
          code: 'SPLIT_DATES_UNREADABLE',
          params: { column: wrong.date },
        }),
      );
    }
  });

  it('wants its boundaries in order and written alike', () => {
    const parse = (split: unknown) => trainPlan.shape.split.safeParse(split).success;
    expect(parse({ date: 'd', test_from: '2020-01-01', validation_from: '2019-01-01' })).toBe(true);
    expect(parse({ date: 'd', test_from: '2019-01-01', validation_from: '2020-01-01' })).toBe(
      false,
    );
    expect(parse({ date: 'd', test_from: 2020, validation_from: '2019-01-01' })).toBe(false);
    expect(parse({ date: 'd', test_from: '2020-02-30' })).toBe(false);
  });
});

describe('a split by a column', () => {
  const part = ['train', 'Validation ', 'test', 'validation', 'other', ''];
  const named = tableOf(
    codedColumn('part', part),
    codedColumn('person', ['a', 'b', 'c', 'b', 'a', 'd']),
    codedColumn('answer', ['y', 'n', 'y', 'n', 'y', 'n']),
  );

  it('has a validation part where the column names one', () => {
    const { train, validation, test, neither } = splitRows(
      named,
      planOf({ split: { column: 'part' } }),
    );
    expect([[...train], [...validation], [...test], neither]).toEqual([[0], [1, 3], [2], 2]);
  });

  it.each([
    ['train', 'validation'],
    ['train', 'test'],
    ['validation', 'test'],
  ])('may not put a person into %s and %s', (one, other) => {
    const cells = ['train', 'validation', 'test', one, other];
    const divided = tableOf(
      codedColumn('part', cells),
      codedColumn('person', ['a', 'b', 'c', 'd', 'd']),
      codedColumn('answer', ['y', 'n', 'y', 'n', 'y']),
    );
    const plan = planOf({ split: { column: 'part' }, unit: { column: 'person', maxRows: 1 } });
    expect(() => requirePeopleApart(divided, plan, splitRows(divided, plan))).toThrow(
      expect.objectContaining({
        code: 'PERSON_IN_BOTH_PARTS',
        params: { column: 'person', split: 'part', count: 1, row: 5 },
      }),
    );
  });
});

describe('what is said of a split', () => {
  const table = tableOfRows(
    Array.from({ length: 200 }, (_, r) => ({
      ...{
        person: `p${Math.floor(r / 4)}`,
        day: DAY + Math.floor(r / 22),
        answer: r % 2 === 0 ? 'yes' : 'no',
      },
    })),
  );

  it('holds how, the shares asked for, the unit and the rows of each part', () => {
    const plan = planOf({ split: { test: 0.2, validation: 0.1, key: 'study' } });
    const split = splitRows(table, plan, KEY);
    const { train, validation, test } = split;
    expect(splitStatement(plan, split)).toEqual({
      ...{ form: 'drawn', shares: { test: 0.2, validation: 0.1 }, key: 'study' },
      ...{ column: null, test_from: null, validation_from: null },
      ...{ unit: 'row', unit_column: null, max_rows: null },
      rows: { train: train.length, validation: validation.length, test: test.length, neither: 0 },
    });
  });

  it('keeps silent with privacy about what follows from the rows trained on', () => {
    const plan = planOf({
      split: dated,
      unit: { column: 'person', maxRows: 3 },
      privacy: { epsilon: 1, delta: 1e-5 },
    });
    const said = splitStatement(plan, splitRows(table, plan));
    expect(said).toMatchObject({ form: 'dated', unit: 'person', max_rows: 3 });
    expect(said.rows).toMatchObject({ train: null, neither: null });
    // The counts that are told stay as they are when a person trained on goes: here the sixteenth,
    // of whom some records are late.
    const whole = splitRows(table, plan);
    expect([...whole.train]).toContain(64);
    expect([...whole.train, ...whole.validation, ...whole.test]).not.toContain(67);
    const without = [67, 66, 65, 64].reduce(withoutRow, table);
    expect(splitStatement(plan, splitRows(without, plan)).rows).toEqual(said.rows);
  });
});
