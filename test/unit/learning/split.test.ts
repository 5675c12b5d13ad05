import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import type { TrainPlanInput } from '../../../main/contract/train.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { requirePeopleApart, splitRows } from '../../../main/learning/split.ts';
import { personUnits } from '../../../main/learning/units.ts';
import type { Table } from '../../../main/records/table.ts';
import { codedColumn, numberColumn, seededUniform, tableOf, withoutRow } from './fixtures.ts';

function planOf(more: Partial<TrainPlanInput>) {
  return trainPlan.parse({
    label: 'label',
    model: { kind: 'logistic' },
    privacy: null,
    ...more,
  });
}

const ROWS = 3000;
const uniform = seededUniform(4);
const table = tableOf(
  numberColumn(
    'value',
    Array.from({ length: ROWS }, () => Math.floor(uniform() * 400)),
  ),
  codedColumn(
    'person',
    Array.from({ length: ROWS }, () => `p${Math.floor(uniform() * 500)}`),
  ),
  codedColumn(
    'label',
    Array.from({ length: ROWS }, (_, r) => (r % 2 === 0 ? 'a' : 'b')),
  ),
);

/** The training rows as a multiset of their contents. */
function contents(source: Table, rows: Int32Array): string[] {
  return [...rows]
    .map((row) =>
      source.columns
        .map((c) => ('values' in c ? String(c.values[row]) : (c.dictionary[c.codes[row]!] ?? '')))
        .join('|'),
    )
    .sort();
}

describe('split by keyed hash', () => {
  it('gives the asked share, the same every time, another with another seed', () => {
    const first = splitRows(table, planOf({ split: { test: 0.2, seed: 1 } }));
    expect(first.test.length / ROWS).toBeGreaterThan(0.17);
    expect(first.test.length / ROWS).toBeLessThan(0.23);
    expect(first.train.length + first.test.length).toBe(ROWS);
    expect(splitRows(table, planOf({ split: { test: 0.2, seed: 1 } })).test).toEqual(first.test);
    const other = splitRows(table, planOf({ split: { test: 0.2, seed: 2 } }));
    expect(other.test).not.toEqual(first.test);
  });

  it('moves no other record when one is taken away, even where rows are equal', () => {
    const few = tableOf(
      numberColumn(
        'value',
        Array.from({ length: 60 }, (_, r) => r % 7),
      ),
      codedColumn(
        'label',
        Array.from({ length: 60 }, (_, r) => (r % 2 === 0 ? 'a' : 'b')),
      ),
    );
    const plan = planOf({ split: { test: 0.3, seed: 5 } });
    const all = splitRows(few, plan);
    const whole = [contents(few, all.train), contents(few, all.test)];
    for (let row = 0; row < few.rows; row++) {
      const other = withoutRow(few, row);
      const split = splitRows(other, plan);
      const parts = [contents(other, split.train), contents(other, split.test)];
      const lost = parts.map((part, i) => whole[i]!.length - part.length);
      expect([...lost].sort()).toEqual([0, 1]);
      const kept = lost.indexOf(0);
      expect(parts[kept]).toEqual(whole[kept]);
    }
  });

  it('keeps all rows of a person on one side', () => {
    const plan = planOf({ split: { test: 0.3, seed: 5 }, unit: { column: 'person', maxRows: 3 } });
    const split = splitRows(table, plan);
    const person = table.columns[1]!;
    if (!('codes' in person)) throw new Error('coded');
    const tested = new Set([...split.test].map((row) => person.codes[row]));
    expect([...split.train].some((row) => tested.has(person.codes[row]))).toBe(false);
  });
});

describe('split by column', () => {
  it('follows its words and leaves other rows out', () => {
    const named = tableOf(
      codedColumn('part', ['train', 'test', 'Test', 'neither', 'train']),
      codedColumn('label', ['a', 'b', 'a', 'b', 'a']),
    );
    const split = splitRows(named, planOf({ split: { column: 'part' } }));
    expect([[...split.train], [...split.test]]).toEqual([
      [0, 4],
      [1, 2],
    ]);
  });

  it('says which part is empty', () => {
    const named = tableOf(
      codedColumn('part', ['train', 'train']),
      codedColumn('label', ['a', 'b']),
    );
    try {
      splitRows(named, planOf({ split: { column: 'part' } }));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ConcordError);
      expect((error as ConcordError).params).toEqual({ part: 'test', column: 'part' });
    }
  });

  const people = tableOf(
    codedColumn('part', ['train', 'test', 'train', 'test', 'test', 'other', 'train']),
    codedColumn('person', ['a', 'b', '?', '?', 'a', 'b', 'c']),
    codedColumn('label', ['y', 'n', 'y', 'n', 'y', 'n', 'n']),
  );
  const unit = { column: 'person', maxRows: 2 };

  it('may not put a person into both parts, and says who to look at without naming them', () => {
    const plan = planOf({ split: { column: 'part' }, unit, missing: ['?'] });
    const divided = splitRows(people, plan);
    try {
      requirePeopleApart(people, plan, divided);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'PERSON_IN_BOTH_PARTS',
        params: { column: 'person', split: 'part', count: 1, row: 5 },
      });
    }
  });

  it('minds neither records of nobody nor, without a unit, anybody', () => {
    const whole = tableOf(
      codedColumn('part', ['train', 'test', 'train', 'test', '', 'train']),
      codedColumn('person', ['a', 'b', '?', '?', 'a', '']),
      codedColumn('label', ['y', 'n', 'y', 'n', 'y', 'n']),
    );
    const plan = planOf({ split: { column: 'part' }, unit, missing: ['?'] });
    requirePeopleApart(whole, plan, splitRows(whole, plan));
    const byRecord = planOf({ split: { column: 'part' } });
    requirePeopleApart(people, byRecord, splitRows(people, byRecord));
  });
});

describe('rows of a person', () => {
  it('are capped, chosen by the person’s own rows alone, and nobody is split', () => {
    const train = Int32Array.from({ length: ROWS }, (_, r) => r);
    const unit = { column: 'person', maxRows: 3 };
    const units = personUnits(table, unit, train, train, []);
    const person = table.columns[1]!;
    if (!('codes' in person)) throw new Error('coded');
    const chosen = new Map<string, string[]>();
    for (let u = 0; u < units.count; u++) {
      const rows = units.rows.subarray(units.starts[u], units.starts[u + 1]);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.length).toBeLessThanOrEqual(3);
      const owners = new Set([...rows].map((row) => person.dictionary[person.codes[row]!]!));
      expect(owners.size).toBe(1);
      const [owner] = owners;
      expect(chosen.has(owner!)).toBe(false);
      chosen.set(owner!, contents(table, rows));
    }
    const removed = 17;
    const other = withoutRow(table, removed);
    const rest = Int32Array.from({ length: other.rows }, (_, r) => r);
    const again = personUnits(other, unit, rest, rest, []);
    const column = other.columns[1]!;
    if (!('codes' in column)) throw new Error('coded');
    for (let u = 0; u < again.count; u++) {
      const rows = again.rows.subarray(again.starts[u], again.starts[u + 1]);
      const owner = column.dictionary[column.codes[rows[0]!]!]!;
      if (owner === person.dictionary[person.codes[removed]!]) continue;
      expect(contents(other, rows)).toEqual(chosen.get(owner));
    }
  });

  it('takes no row that belongs to nobody', () => {
    const small = tableOf(
      codedColumn('person', ['x', '', '?', 'y']),
      codedColumn('label', ['a', 'b', 'a', 'b']),
    );
    const all = Int32Array.from([0, 1, 2, 3]);
    const units = personUnits(small, { column: 'person', maxRows: 2 }, all, all, ['?']);
    expect([...units.rows]).toEqual([0, 3]);
  });
});
