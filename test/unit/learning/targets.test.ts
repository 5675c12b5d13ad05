import { describe, expect, it } from 'vitest';
import type { TrainPlanInput } from '../../../main/contract/train.ts';
import { trainPlan, trainResult } from '../../../main/contract/train.ts';
import { encodeRows } from '../../../main/learning/encode.ts';
import { labelValues, targetsOf } from '../../../main/learning/labels.ts';
import { privateFacts } from '../../../main/learning/material.ts';
import type { TrainedModel } from '../../../main/learning/model.ts';
import { splitRows } from '../../../main/learning/split.ts';
import { metricsOf, undefinedFigures } from '../../../main/learning/target-metrics.ts';
import type { Trained } from '../../../main/learning/train.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import type { NumericColumn, Table } from '../../../main/records/table.ts';
import { denseRow, numberColumn, tableOf, withoutRow } from './fixtures.ts';
import {
  ROWS,
  amounts,
  facts,
  grades,
  kinds,
  privacy,
  table,
  train,
  without,
} from './target-records.ts';

/** Rows of a part, each column of the vectors and a one for the bias, and the targets. */
function designOf(plan: TrainPlanInput, model: TrainedModel, part: 'train' | 'test') {
  const rows = splitRows(table, trainPlan.parse(plan))[part];
  const vectors = encodeRows(table, model.encoder, rows);
  const dense = Array.from(rows, (_row, r) => [...denseRow(vectors, r), 1]);
  return { rows, dense, targets: targetsOf(table, model.labels, [], rows) };
}

/** Solves a system of equations by elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let c = 0; c < n; c++) {
    const best = rows
      .slice(c)
      .reduce((p, row, i) => (Math.abs(row[c]!) > Math.abs(rows[p]![c]!) ? c + i : p), c);
    [rows[c], rows[best]] = [rows[best]!, rows[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r]![c]! / rows[c]![c]!;
      for (let k = c; k <= n; k++) rows[r]![k]! -= factor * rows[c]![k]!;
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}

describe('against slow references', () => {
  it('linear regression predicts as least squares by the normal equations', async () => {
    const plan = { ...amounts, epochs: 150 };
    const { model, test } = await train(plan);
    const learn = designOf(plan, model, 'train');
    const width = learn.dense[0]!.length;
    // The columns of a feature add up to 1, as the bias is: the least ridge tells them apart.
    const normal = Array.from({ length: width }, (_row, i) =>
      Array.from({ length: width }, (_column, j) =>
        learn.dense.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1e-6 : 0),
      ),
    );
    const right = Array.from({ length: width }, (_column, i) =>
      learn.dense.reduce((sum, row, r) => sum + row[i]! * learn.targets[r]!, 0),
    );
    const weights = solve(normal, right);
    const { dense } = designOf(plan, model, 'test');
    dense.forEach((row, r) => {
      const predicted = row.reduce((sum, x, i) => sum + x * weights[i]!, 0);
      expect(Math.abs(test.scores[r]! - predicted)).toBeLessThan(1.5);
    });
  });

  it('softmax regression scores as plain gradient descent on all rows', async () => {
    const plan = { ...kinds, epochs: 60 };
    const { model, test } = await train(plan);
    const learn = designOf(plan, model, 'train');
    const width = learn.dense[0]!.length;
    const weights = Array.from({ length: width }, () => [0, 0, 0]);
    const scoresOf = (row: readonly number[]): number[] => {
      const z = [0, 1, 2].map((c) => row.reduce((sum, x, i) => sum + x * weights[i]![c]!, 0));
      const e = z.map(Math.exp);
      return e.map((one) => one / e.reduce((a, b) => a + b, 0));
    };
    for (let step = 0; step < 400; step++) {
      const gradient = weights.map((row) => row.map(() => 0));
      learn.dense.forEach((row, r) => {
        const scores = scoresOf(row);
        row.forEach((x, i) => {
          if (x === 0) return;
          for (let c = 0; c < 3; c++) {
            gradient[i]![c]! += x * (scores[c]! - Number(c === learn.targets[r]));
          }
        });
      });
      weights.forEach((row, i) =>
        row.forEach((_weight, c) => (row[c]! -= (1.3 * gradient[i]![c]!) / learn.dense.length)),
      );
    }
    const { dense } = designOf(plan, model, 'test');
    let off = 0;
    dense.forEach((row, r) =>
      scoresOf(row).forEach((score, c) => (off += Math.abs(score - test.scores[3 * r + c]!))),
    );
    expect(off / (3 * dense.length)).toBeLessThan(0.03);
  });

  it('figures are those counted one by one', () => {
    const labels = {
      target: 'ordered' as const,
      column: 'y',
      values: ['a', 'b', 'c'],
      positive: 'c',
    };
    const truth = Float64Array.of(0, 1, 2, 2);
    const scores = Float64Array.of(0.7, 0.2, 0.1, 0.6, 0.3, 0.1, 0.1, 0.1, 0.8, 0.5, 0.3, 0.2);
    const figures = metricsOf({ labels, threshold: 0.5 }, truth, scores);
    expect(figures.accuracy).toBe(0.5);
    expect(figures.rank_error).toBe((0 + 1 + 0 + 2) / 4);
    expect(figures.loss).toBeCloseTo(-Math.log(0.7 * 0.3 * 0.8 * 0.2) / 4, 12);
    expect(figures.brier).toBeCloseTo((0.14 + 0.86 + 0.06 + 0.98) / 4, 12);
    expect(figures.auc).toBe(1);
    expect(figures.macro_f1).toBeCloseTo((2 / 4 + 0 + 2 / 3) / 3, 12);
    expect(figures.by_value![1]).toEqual({
      value: 'b',
      recall: 0,
      precision: null,
      base_rate: 0.25,
    });
    expect(undefinedFigures(figures)).toEqual(['by_value.1.precision']);
    const number = { target: 'number' as const, column: 'y', lower: 0, upper: 9 };
    const errors = metricsOf(
      { labels: number, threshold: 0.5 },
      Float64Array.of(1, 3),
      Float64Array.of(2, 6),
    );
    expect(errors).toEqual({ mae: 2, rmse: Math.sqrt(5), r2: 1 - 10 / 2 });
    const alike = metricsOf(
      { labels: number, threshold: 0.5 },
      Float64Array.of(3, 3),
      Float64Array.of(2, 6),
    );
    expect(undefinedFigures(alike)).toEqual(['r2']);
  });
});

describe('every target with every kind that can', () => {
  const network = { kind: 'network' as const, hidden: [8] };
  const cases: readonly [
    string,
    TrainPlanInput,
    (figures: Trained['result']['metrics']['test']) => boolean,
  ][] = [
    ['classes', kinds, ({ accuracy, auc }) => accuracy! > 0.85 && auc! > 0.9],
    [
      'classes, network',
      { ...kinds, model: network, batch: 64 },
      ({ accuracy }) => accuracy! > 0.8,
    ],
    ['ordered', grades, ({ accuracy, rank_error: off }) => accuracy! > 0.8 && off! < 0.2],
    ['number', amounts, ({ r2, rmse }) => r2! > 0.95 && rmse! < 14],
    ['number, network', { ...amounts, target: 'number', model: network }, ({ r2 }) => r2! > 0.85],
  ];
  it.each(cases)('%s, plain', async (_name, plan, isGood) => {
    const { result } = await train({ ...plan, epochs: 40 });
    expect(trainResult.parse(result)).toEqual(result);
    expect(result.metrics.test, JSON.stringify(result.metrics.test)).toSatisfy(isGood);
  });

  const privately: readonly [
    string,
    TrainPlanInput,
    (figures: Trained['result']['metrics']['test']) => boolean,
  ][] = [
    ['classes', kinds, ({ accuracy }) => accuracy! > 0.93],
    ['ordered', grades, ({ accuracy }) => accuracy! > 0.88],
    ['number', amounts, ({ r2 }) => r2! > 0.95],
    [
      'number, network on vectors',
      { ...amounts, target: 'number', model: network, backend: 'wasm' },
      ({ r2 }) => r2! > 0.85,
    ],
  ];
  it.each(privately)(
    '%s, private: the phases give the reported epsilon',
    async (_name, plan, isGood) => {
      const { result, model } = await train({ ...plan, privacy });
      expect(result.metrics.test, JSON.stringify(result.metrics.test)).toSatisfy(isGood);
      expect(epsilonOf(result.privacy!).epsilon).toBe(result.privacy!.epsilon);
      expect(result.privacy!.epsilon).toBeLessThanOrEqual(privacy.epsilon);
      expect(model.privacy).toEqual(result.privacy);
    },
  );
});

describe('what is not stated', () => {
  it('follows from the values there are', async () => {
    const open = without(kinds, 'labels', 'positive');
    expect((await train(open)).result.model.target).toBe('classes');
    await expect(train({ ...open, label: 'amount' })).rejects.toMatchObject({
      code: 'LABEL_IS_NUMBER',
    });
    await expect(
      train({ ...open, target: 'classes', model: { kind: 'linear' } }),
    ).rejects.toMatchObject({
      code: 'TARGET_UNAVAILABLE',
      params: { kind: 'linear', target: 'classes', available: ['boosting', 'logistic', 'network'] },
    });
    await expect(train({ ...open, target: 'ordered' })).rejects.toMatchObject({
      code: 'PLAN_INVALID',
      params: { path: 'labels' },
    });
    const all = Int32Array.from({ length: ROWS }, (_row, r) => r);
    const digits = tableOf(
      numberColumn(
        'kind',
        Array.from(all, (r) => [2, 10, 1][r % 3]!),
      ),
    );
    const plan = trainPlan.parse({
      ...open,
      target: 'ordered',
      features: 'all',
      bounds: {},
      categories: {},
    });
    expect(labelValues(digits, plan, all)).toMatchObject({ values: ['1', '2', '10'] });
  });

  it('is bought where training is private', async () => {
    const open = without(kinds, 'labels');
    const some = await train({ ...open, target: 'classes', privacy });
    expect(some.result.bought).toEqual([
      {
        column: 'kind',
        kind: 'labels',
        found: { is: 'values', values: expect.arrayContaining(['a', 'b', 'c']) as string[] },
      },
    ]);
    const unbound = without(amounts, 'bounds');
    const number = await train({ ...unbound, bounds: facts.bounds, privacy });
    expect(number.result.bought).toMatchObject([
      { column: 'amount', kind: 'bounds', found: { is: 'bounds' } },
    ]);
    expect(number.result.privacy!.statistics!.wanted).toHaveLength(1);
    expect(epsilonOf(number.result.privacy!).epsilon).toBeLessThanOrEqual(privacy.epsilon);
    await expect(
      train({ ...unbound, bounds: facts.bounds, privacy, statistics: { share: 0 } }),
    ).rejects.toMatchObject({
      code: 'PUBLIC_FACTS_MISSING',
      params: { missing: ['amount: bounds'] },
    });
  });

  it('is the same for neighbouring records: labels, bounds and encoder of a private plan', () => {
    for (const plan of [
      { ...kinds, privacy },
      { ...amounts, privacy },
    ]) {
      const parsed = trainPlan.parse(plan);
      const factsOf = (records: Table) => {
        const { encoder, labels } = privateFacts(records, parsed, splitRows(records, parsed), []);
        return { encoder, labels };
      };
      // Also without the record that has the largest of all amounts in training.
      const { values } = table.columns.find(({ name }) => name === 'amount') as NumericColumn;
      const { train: rows } = splitRows(table, parsed);
      const largest = rows.reduce((best, row) => (values[row]! > values[best]! ? row : best));
      for (const row of [7, largest]) {
        expect(factsOf(withoutRow(table, row))).toEqual(factsOf(table));
      }
    }
  });
});
