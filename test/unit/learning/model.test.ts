import { describe, expect, it } from 'vitest';
import { encodeFloats } from '../../../main/learning/floats.ts';
import { loadModel, saveModel, sealModel, weightsOf } from '../../../main/learning/model.ts';
import type { ModelContent } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { testMetrics } from '../../../main/learning/metrics.ts';
import { codedColumn, numberColumn, tableOf } from './fixtures.ts';

const parameters = Float64Array.from({ length: 14 }, (_, i) => Math.fround(Math.sin(i)));
const content: ModelContent = {
  format: 'concord-model',
  version: 1,
  kind: 'logistic',
  architecture: { inputs: 13, hidden: [] },
  weights: encodeFloats(parameters),
  encoder: {
    features: [
      { kind: 'numeric', column: 'age', lower: 0, upper: 100 },
      { kind: 'category', column: 'work', values: ['a', 'b'] },
    ],
    missing: ['?'],
  },
  labels: { column: 'label', values: ['no', 'yes'] },
  threshold: 0.5,
  privacy: null,
  backend: 'javascript',
};

describe('model file', () => {
  it('comes back as it was', () => {
    const model = sealModel(content);
    expect(loadModel(saveModel(model), 'm.json')).toEqual(model);
    expect(weightsOf(model)).toEqual(parameters);
  });

  it('is refused when anything in it was changed', () => {
    const text = saveModel(sealModel(content));
    const changes = [
      text.replace('"upper": 100', '"upper": 101'),
      text.replace('"threshold": 0.5', '"threshold": 0.4'),
      text.replace('"sha256": "', '"sha256": "0'),
      text.slice(0, -20),
      '{}',
      '',
    ];
    for (const changed of changes) {
      expect(() => loadModel(changed, 'm.json')).toThrow(
        expect.objectContaining({ code: 'MODEL_UNREADABLE', params: { file: 'm.json' } }),
      );
    }
    const short = sealModel({ ...content, weights: encodeFloats(parameters.subarray(1)) });
    expect(() => loadModel(saveModel(short), 'm.json')).toThrow();
  });
});

describe('scoring', () => {
  const model = sealModel(content);
  const table = tableOf(
    numberColumn('age', [50, NaN, NaN, 0]),
    codedColumn('work', ['a', '?', 'new', '']),
  );

  it('gives the probability of the positive label and abstains where nothing is known', async () => {
    const { scores, abstained } = await scoreTable(model, table);
    expect(abstained).toBe(1);
    expect(scores[1]).toBeNaN();
    const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
    const age50 = (parameters[3]! + parameters[4]!) / 2;
    expect(scores[0]).toBeCloseTo(sigmoid(age50 + parameters[9]! + parameters[13]!), 7);
    expect(scores[2]).toBeCloseTo(sigmoid(parameters[8]! + parameters[12]! + parameters[13]!), 7);
    expect(scores[3]).toBeCloseTo(sigmoid(parameters[0]! + parameters[11]! + parameters[13]!), 7);
  });

  it('names a column that is not there', async () => {
    const lacking = tableOf(numberColumn('age', [1]));
    await expect(scoreTable(model, lacking)).rejects.toMatchObject({
      code: 'COLUMN_UNKNOWN',
      params: { column: 'work', nearest: 'age' },
    });
  });

  it('scores chosen rows in their order', async () => {
    const all = await scoreTable(model, table);
    const some = await scoreTable(model, table, { rows: Int32Array.from([3, 0]) });
    expect([...some.scores]).toEqual([all.scores[3], all.scores[0]]);
  });
});

describe('figures of the test part', () => {
  it('follow their definitions, ties counted half', () => {
    const targets = Float64Array.from([1, 0, 1, 0, 1]);
    const scores = Float64Array.from([0.9, 0.5, 0.5, 0.2, 0.4]);
    const figures = testMetrics(targets, scores);
    expect(figures.accuracy).toBeCloseTo(3 / 5, 12);
    expect(figures.precision).toBeCloseTo(2 / 3, 12);
    expect(figures.recall).toBeCloseTo(2 / 3, 12);
    expect(figures.base_rate).toBeCloseTo(3 / 5, 12);
    expect(figures.auc).toBeCloseTo(4.5 / 6, 12);
    expect(figures.brier).toBeCloseTo((0.01 + 0.25 + 0.25 + 0.04 + 0.36) / 5, 12);
    const loss = -(Math.log(0.9) + 2 * Math.log(0.5) + Math.log(0.8) + Math.log(0.4)) / 5;
    expect(figures.loss).toBeCloseTo(loss, 12);
  });

  it('are null, never 0, where there is nothing to divide by', () => {
    const figures = testMetrics(Float64Array.from([0, 0]), Float64Array.from([0.1, 0.2]));
    expect([figures.auc, figures.precision, figures.recall]).toEqual([null, null, null]);
    expect(testMetrics(new Float64Array(0), new Float64Array(0))).toMatchObject({
      accuracy: null,
      base_rate: null,
    });
  });
});
