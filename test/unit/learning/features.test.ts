import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import type { TrainPlan, TrainPlanInput } from '../../../main/contract/train.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { encodedWidth, encodeRows } from '../../../main/learning/encode.ts';
import { learntEncoder, publicEncoder } from '../../../main/learning/features.ts';
import { labelValues, requireTwoValues, targetsOf } from '../../../main/learning/labels.ts';
import { codedColumn, denseRow, lengthOf, numberColumn, tableOf, withoutRow } from './fixtures.ts';

const table = tableOf(
  numberColumn('age', [20, 30, NaN, 95, 5]),
  codedColumn('work', ['a', 'b', '?', 'rare', '']),
  codedColumn('label', ['no', 'yes', 'no', 'yes', 'no']),
);
const rows = Int32Array.from([0, 1, 2, 3, 4]);

function planOf(more: Partial<TrainPlanInput> = {}): TrainPlan {
  return trainPlan.parse({
    label: 'label',
    labels: ['no', 'yes'],
    missing: ['?'],
    bounds: { age: [10, 80] },
    categories: { work: ['a', 'b'] },
    model: { kind: 'logistic' },
    privacy: { epsilon: 1, delta: 1e-5 },
    ...more,
  });
}

function codeOf(action: () => unknown): [string, ConcordError['params']] {
  try {
    action();
  } catch (error) {
    if (error instanceof ConcordError) return [error.code, error.params];
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('encoder from public facts', () => {
  it('names every missing fact with its column', () => {
    const [code, params] = codeOf(() =>
      publicEncoder(table, planOf({ bounds: {}, categories: {}, labels: undefined })),
    );
    expect(code).toBe('PUBLIC_FACTS_MISSING');
    expect(params['missing']).toEqual(['age: bounds', 'work: categories', 'label: labels']);
  });

  it('clamps numbers to the bounds and gives missing and unlisted values slots of their own', () => {
    const encoder = publicEncoder(table, planOf());
    const encoded = encodeRows(table, encoder, rows);
    expect(encoded.width).toBe(9 + 4);
    const dense = [...rows].map((row) => denseRow(encoded, row));
    expect(dense[3]!.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(dense[4]!.slice(0, 9)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(dense[2]!.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(dense.map((row) => row.slice(9))).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 0],
    ]);
  });

  it('keeps every vector within the root of the number of columns', () => {
    const encoder = publicEncoder(table, planOf());
    const wild = tableOf(
      numberColumn('age', [1e300, -Infinity, Infinity, 42.5, 33]),
      table.columns[1]!,
      table.columns[2]!,
    );
    const encoded = encodeRows(wild, encoder, rows);
    for (const row of rows) {
      expect(lengthOf(Float64Array.from(denseRow(encoded, row)))).toBeLessThanOrEqual(Math.SQRT2);
    }
  });

  it('reads the same constants from the records with and without any one row', () => {
    const encoder = JSON.stringify(publicEncoder(table, planOf()));
    for (const row of rows) {
      const other = withoutRow(table, row);
      expect(JSON.stringify(publicEncoder(other, planOf()))).toBe(encoder);
      const vectors = encodeRows(other, publicEncoder(other, planOf()), Int32Array.from([0]));
      expect(vectors.width).toBe(encodedWidth(publicEncoder(table, planOf())));
    }
  });

  it('reads numbers of a column that some other cell made one of words', () => {
    const words = tableOf(
      codedColumn('age', ['20', '30', '?', '95', 'none']),
      ...table.columns.slice(1),
    );
    const numbers = tableOf(numberColumn('age', [20, 30, NaN, 95, NaN]), ...table.columns.slice(1));
    const encode = (t: typeof table): number[] => [
      ...encodeRows(t, publicEncoder(t, planOf()), rows).values,
    ];
    expect(encode(words)).toEqual(encode(numbers));
  });

  it('matches listed codes in a column of numbers', () => {
    const numbers = tableOf(numberColumn('work', [1, 2, 9, NaN, 3]), table.columns[2]!);
    const plan = planOf({ bounds: {}, categories: { work: ['1', '2'] }, missing: ['9'] });
    const encoded = encodeRows(numbers, publicEncoder(numbers, plan), rows);
    expect([...encoded.indices]).toEqual([0, 1, 2, 2, 3]);
  });

  it('refuses words where the plan says numbers, and unknown or clashing columns', () => {
    expect(
      codeOf(() =>
        publicEncoder(table, planOf({ bounds: { age: [0, 1], work: [0, 1] }, categories: {} })),
      )[0],
    ).toBe('COLUMN_NOT_NUMERIC');
    expect(codeOf(() => publicEncoder(table, planOf({ features: ['agee'] })))[1]).toEqual({
      column: 'agee',
      nearest: 'age',
    });
    expect(codeOf(() => publicEncoder(table, planOf({ exclude: ['wrk'] })))[0]).toBe(
      'COLUMN_UNKNOWN',
    );
    expect(codeOf(() => publicEncoder(table, planOf({ features: ['age', 'label'] })))).toEqual([
      'COLUMN_TWO_USES',
      { column: 'label' },
    ]);
    const unit = { column: 'work' };
    expect(codeOf(() => publicEncoder(table, planOf({ features: ['age', 'work'], unit })))).toEqual(
      ['COLUMN_TWO_USES', { column: 'work' }],
    );
    expect(codeOf(() => publicEncoder(table, planOf({ split: { column: 'work' }, unit })))).toEqual(
      ['COLUMN_TWO_USES', { column: 'work' }],
    );
    expect(
      codeOf(() => publicEncoder(table, planOf({ categories: { work: ['a'], age: ['20'] } })))[0],
    ).toBe('PLAN_INVALID');
  });
});

describe('encoder of plain training', () => {
  it('learns what the plan leaves open from the training rows only', () => {
    const plan = planOf({ privacy: null, bounds: {}, categories: {} });
    const encoder = learntEncoder(table, plan, Int32Array.from([0, 1, 2]));
    expect(encoder.features).toEqual([
      { kind: 'numeric', column: 'age', lower: 20, upper: 30 },
      { kind: 'category', column: 'work', values: ['a', 'b'] },
    ]);
  });
});

describe('label', () => {
  it('turns the positive value into 1, whatever its place', () => {
    const labels = labelValues(table, planOf({ positive: 'no' }), rows);
    expect([...targetsOf(table, labels, ['?'], rows)]).toEqual([1, 0, 1, 0, 1]);
  });

  it('leaves rows without a label out and refuses values that are not listed, with their number', () => {
    const other = tableOf(codedColumn('label', ['no', '?', '', 'maybe', 'maybe']));
    const labels = { column: 'label', values: ['no', 'yes'] as const };
    expect([...targetsOf(other, labels, ['?'], Int32Array.from([0, 1, 2]))]).toEqual([0, NaN, NaN]);
    expect(codeOf(() => targetsOf(other, labels, ['?'], rows))).toEqual([
      'LABEL_UNLISTED',
      { column: 'label', count: 2, row: 4 },
    ]);
  });

  it('refuses one value, more than two, and an unknown positive one', () => {
    expect(codeOf(() => labelValues(table, planOf({ labels: ['no'] }), rows))[0]).toBe(
      'LABEL_ONE_VALUE',
    );
    expect(codeOf(() => requireTwoValues(Float64Array.from([1, 1, NaN]), 'label'))[0]).toBe(
      'LABEL_ONE_VALUE',
    );
    const three = { labels: ['a', 'b', 'c'], target: 'binary' as const };
    expect(codeOf(() => labelValues(table, planOf(three), rows))).toEqual([
      'LABEL_TOO_MANY',
      { column: 'label', count: 3, allowed: 2 },
    ]);
    expect(codeOf(() => labelValues(table, planOf({ positive: 'maybe' }), rows))[0]).toBe(
      'PLAN_INVALID',
    );
  });

  it('is learnt in plain training', () => {
    const plan = planOf({ privacy: null, labels: undefined });
    expect(labelValues(table, plan, rows)).toEqual({ column: 'label', values: ['no', 'yes'] });
  });
});
