import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { fitCalibration } from '../../../main/learning/calibration.ts';
import { sigmoid } from '../../../main/learning/heads.ts';
import { loadModel, saveModel } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { splitRows } from '../../../main/learning/split.ts';
import { trainModel, type Trained } from '../../../main/learning/train.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from './fixtures.ts';

const draw = seededUniform(31);
/** Records whose true log-odds are slope x + shift, where a model says x. */
function records(n: number, slope: number, shift: number) {
  const odds = Float64Array.from({ length: n }, () => 6 * draw() - 3);
  return {
    scores: odds.map(sigmoid),
    targets: odds.map((x) => (draw() < sigmoid(slope * x + shift) ? 1 : 0)),
  };
}

/** The mean log loss of Platt's targets, computed the slow way. */
function lossOf(
  { scores, targets }: ReturnType<typeof records>,
  { slope, shift }: { readonly slope: number; readonly shift: number },
): number {
  const positive = targets.filter((target) => target === 1).length;
  const negative = targets.length - positive;
  return targets.reduce((sum, target, i) => {
    const p = sigmoid(slope * Math.log(scores[i]! / (1 - scores[i]!)) + shift);
    const aim = target === 1 ? (positive + 1) / (positive + 2) : 1 / (negative + 2);
    return sum - aim * Math.log(p) - (1 - aim) * Math.log(1 - p);
  }, 0);
}

describe('the slope and shift of log-odds', () => {
  it('are those the records were drawn with, within their error', () => {
    const found = fitCalibration(...both(records(40_000, 0.4, -0.7)));
    expect(found?.slope).toBeCloseTo(0.4, 1);
    expect(found?.shift).toBeCloseTo(-0.7, 1);
  });

  it('are the least of the loss: no step aside, far or near, makes it smaller', () => {
    const numbers = fc.record({
      n: fc.integer({ min: 20, max: 300 }),
      slope: fc.double({ min: 0.2, max: 4, noNaN: true }),
      shift: fc.double({ min: -2, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(numbers, ({ n, slope, shift }) => {
        const drawn = records(n, slope, shift);
        const found = fitCalibration(...both(drawn));
        fc.pre(found !== null);
        const least = lossOf(drawn, found);
        for (const step of [0.5, 0.05, 0.005]) {
          for (const [a, b] of [
            [1, 0],
            [-1, 0],
            [0, 1],
            [0, -1],
          ] as const) {
            const aside = { slope: found.slope + a * step, shift: found.shift + b * step };
            expect(lossOf(drawn, aside)).toBeGreaterThan(least - 1e-7 * least);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are none for one answer only, for scores that point the wrong way, or without records', () => {
    const { scores, targets } = records(500, 2, 0);
    expect(fitCalibration(scores, targets.fill(1))).toBeNull();
    expect(fitCalibration(...both(records(5000, -2, 0)))).toBeNull();
    expect(fitCalibration(new Float64Array(), new Float64Array())).toBeNull();
  });

  it('are finite for certain scores and for scores that are all the same', () => {
    const certain = fitCalibration(Float64Array.of(0, 1, 1, 0, 1), Float64Array.of(0, 1, 1, 0, 0));
    expect(certain?.slope).toBeGreaterThan(0);
    const same = fitCalibration(new Float64Array(40).fill(0.5), records(40, 0, -1).targets);
    expect(same === null || Number.isFinite(same.shift)).toBe(true);
  });
});

const both = ({ scores, targets }: ReturnType<typeof records>) => [scores, targets] as const;

const size = 4000;
const x = Array.from({ length: size }, () => 10 * draw());
const y = x.map((value) => (draw() < sigmoid(value - 7) ? 'yes' : 'no'));
const table = tableOf(numberColumn('x', x), codedColumn('y', y));
const PLAN: TrainPlanInput = {
  ...{ label: 'y', labels: ['no', 'yes'], bounds: { x: [0, 10] } },
  split: { test: 0.3, validation: 0.3, seed: 1 },
  ...{ model: { kind: 'logistic' }, privacy: { epsilon: 0.5, delta: 1e-5 } },
};
const train = (more: object): Promise<Trained> =>
  trainModel(table, trainPlan.parse({ ...PLAN, ...more }), {
    random: privateRandomForTests('calibration'),
  });

describe.each([
  { model: { kind: 'logistic' } },
  { model: { kind: 'network', hidden: [4] } },
  { model: { kind: 'boosting' } },
  { model: { kind: 'boosting' }, privacy: null },
])('a calibrated model: %o', (kind) => {
  let usual: Trained;
  let fitted: Trained;
  beforeAll(async () => {
    usual = await train(kind);
    fitted = await train({ ...kind, calibration: 'validation' });
  });

  it('is the same model with its log-odds scaled and shifted, at the same price', () => {
    expect(fitted.result.privacy).toEqual(usual.result.privacy);
    const { slope, shift } = fitted.result.calibration!;
    usual.test.scores.forEach((score, i) => {
      const expected = sigmoid(slope * Math.log(score / (1 - score)) + shift);
      expect(fitted.test.scores[i]).toBeCloseTo(expected, 4);
    });
    expect(fitted.result.metrics.test.auc).toBeCloseTo(usual.result.metrics.test.auc!, 6);
  });

  it('is fitted to the validation records and to no others', async () => {
    const { validation } = splitRows(table, trainPlan.parse({ ...PLAN, ...kind }));
    const { scores } = await scoreTable(usual.model, table, { rows: validation });
    const targets = Float64Array.from(validation, (row) => Number(y[row] === 'yes'));
    expect(fitted.result.calibration).toEqual(fitCalibration(scores, targets));
  });

  it('fits the validation records no worse, and says what was done', () => {
    const [before, after] = [usual, fitted].map(({ result }) => result.metrics.validation!.loss!);
    expect(after).toBeLessThanOrEqual(before! + 1e-3);
    expect(fitted.model.calibration).toEqual(fitted.result.calibration);
    expect(usual.result).not.toHaveProperty('calibration');
    expect(usual.model).not.toHaveProperty('calibration');
  });

  it('is read from its file as it was', async () => {
    const read = loadModel(saveModel(fitted.model), 'm');
    const { scores } = await scoreTable(read, table, { rows: fitted.test.rows });
    expect(scores).toEqual(fitted.test.scores);
  });
});

describe('a calibration that cannot be', () => {
  const refusal = (more: object): Promise<unknown> =>
    train({ calibration: 'validation', ...more }).catch((error: unknown) =>
      error instanceof ConcordError ? [error.code, error.params['path']] : error,
    );

  it('is refused before anything is paid: without validation records, for a number', async () => {
    const split = { test: 0.3, seed: 1 };
    expect(await refusal({ split })).toEqual(['CALIBRATION_NEEDS_VALIDATION', undefined]);
    const number = { label: 'x', labels: undefined, target: 'number', features: ['y'] };
    const kind = { ...number, categories: { y: ['no', 'yes'] }, model: { kind: 'linear' } };
    expect(await refusal(kind)).toEqual(['PLAN_INVALID', 'calibration']);
  });
});
