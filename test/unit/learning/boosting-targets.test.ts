import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainPlanInput } from '../../../main/contract/train.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import type { Bins } from '../../../main/learning/boosting/bins.ts';
import { boost, type BoostRun } from '../../../main/learning/boosting/boost.ts';
import {
  boostingPhases,
  boostingGuarantee,
  PLAIN_RELEASES,
  privateReleases,
} from '../../../main/learning/boosting/guarantee.ts';
import {
  addCounts,
  addGradients,
  sumOfSquares,
  type BinnedRows,
} from '../../../main/learning/boosting/histograms.ts';
import {
  ONE_NUMBER,
  outcomeTargets,
  severalValues,
  type Outcome,
} from '../../../main/learning/boosting/outcome.ts';
import { NO_PAIRS } from '../../../main/learning/boosting/pairs.ts';
import { LEVELS, PLAIN_SETTINGS } from '../../../main/learning/boosting/settings.ts';
import type { Checkpoint } from '../../../main/learning/checkpoint.ts';
import { decodeFloats } from '../../../main/learning/floats.ts';
import { loadModel, saveModel, sealModel } from '../../../main/learning/model.ts';
import { Pace } from '../../../main/learning/pace.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { trainModel, type Trained } from '../../../main/learning/train.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from './fixtures.ts';

const score = fc.double({ min: -60, max: 60, noNaN: true });

function residualsOf(
  outcome: Outcome,
  target: number,
  scores: readonly number[],
  balanced: boolean,
): number[] {
  const found = new Float64Array(scores.length);
  outcome.residuals(Float64Array.of(target), Float64Array.from(scores), found, balanced);
  return [...found];
}

describe('the residuals of a record', () => {
  it('of several values are minus the softmax gradient, scaled, and have a length of at most 1', () => {
    let most = 0;
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 2, maxLength: 7 }),
        fc.nat(),
        fc.boolean(),
        (scores, any, balanced) => {
          const target = any % scores.length;
          const found = residualsOf(severalValues(scores.length), target, scores, balanced);
          const length = Math.hypot(...found);
          most = Math.max(most, length);
          expect(length).toBeLessThanOrEqual(1 + 1e-12);
          const exp = scores.map((one) => Math.exp(one - Math.max(...scores)));
          const whole = exp.reduce((a, b) => a + b, 0);
          const gradient = exp.map((one, c) => (c === target ? 1 : 0) - one / whole);
          const scale = length / (Math.hypot(...gradient) || 1);
          found.forEach((one, c) => expect(one).toBeCloseTo(gradient[c]! * scale, 9));
        },
      ),
    );
    // The bound is reached: a record that is as wrong as it can be.
    expect(most).toBeGreaterThan(0.999);
  });

  it('balance at the truth, whatever they are divided by', () => {
    const p = [0.5, 0.3, 0.2];
    const scores = p.map(Math.log);
    const sums = [0, 0, 0];
    p.forEach((share, target) =>
      residualsOf(severalValues(3), target, scores, true).forEach(
        (r, c) => (sums[c]! += share * r),
      ),
    );
    sums.forEach((sum) => expect(sum).toBeCloseTo(0, 12));
    const numbers = [-0.4, 0.1, 0.3];
    const found = numbers.map((t) => residualsOf(ONE_NUMBER, t, [0], true)[0]!);
    expect(found.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
  });

  it('of a number lie within [-1, 1], also for scores and cells out of bounds', () => {
    const labels = { target: 'number' as const, column: 'y', lower: -3, upper: 17 };
    const cell = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(cell, score, fc.boolean(), (value, at, balanced) => {
        const [target] = outcomeTargets(labels, Float64Array.of(value));
        expect(Math.abs(target!)).toBeLessThanOrEqual(0.5);
        expect(Math.abs(residualsOf(ONE_NUMBER, target!, [at], balanced)[0]!)).toBeLessThanOrEqual(
          1,
        );
      }),
    );
    expect([...outcomeTargets(labels, Float64Array.of(-3, 7, 17, 99))]).toEqual([
      -0.5, 0, 0.5, 0.5,
    ]);
    expect(residualsOf(ONE_NUMBER, 0.5, [0], true)).toEqual([1]);
    expect(residualsOf(ONE_NUMBER, 0.5, [-9], false)).toEqual([1]);
  });
});

const BINS: Bins[] = [
  { cuts: Float64Array.of(1, 2, 3), ordered: 4, size: 5 },
  { cuts: new Float64Array(0), ordered: 0, size: 3 },
];
const ROWS = 240;

function rowsOf(outcome: Outcome): BinnedRows {
  const draw = seededUniform(6);
  const bins = BINS.map(({ size }) =>
    Uint16Array.from({ length: ROWS }, () => Math.floor(draw() * size)),
  );
  const targets = Float64Array.from({ length: ROWS }, (_, row) => {
    const level = (bins[0]![row]! + draw()) / 5;
    return outcome.hasSpread ? level - 0.5 : Math.min(2, Math.floor(3 * level));
  });
  return {
    bins,
    sizes: BINS.map(({ size }) => size),
    targets,
    weights: new Float64Array(ROWS).fill(1),
  };
}

describe.each([
  ['several values', severalValues(3)],
  ['a number', ONE_NUMBER],
] as const)('%s', (_name, outcome) => {
  const rows = rowsOf(outcome);

  it('a record, a person moves every histogram by at most 1, the counts by at most their bound', () => {
    const draw = seededUniform(2);
    let most = 0;
    for (let trial = 0; trial < 60; trial++) {
      // A person of one to four rows; the scores are those of any model.
      const [from, several] = [trial * 4, 1 + (trial % 4)];
      const weights = rows.weights.slice();
      weights.fill(1 / several, from, from + several);
      const fewer = weights.slice();
      fewer.fill(0, from, from + several);
      const scores = Float64Array.from({ length: ROWS * outcome.scores }, () => 8 * draw() - 4);
      const residuals = new Float64Array(scores.length);
      outcome.residuals(rows.targets, scores, residuals, true);
      const gradients = (w: Float64Array): Float64Array => {
        const sum = new Float64Array(5 * outcome.scores);
        addGradients(rows.bins[0]!, residuals, w, sum, outcome.scores);
        return sum;
      };
      const counts = (w: Float64Array): number[] => {
        const all = BINS.map(({ size }, k) => {
          const sum = new Float64Array(size);
          addCounts(rows.bins[k]!, w, sum);
          return [...sum];
        }).flat();
        return [...all, outcome.hasSpread ? sumOfSquares({ ...rows, weights: w }) : 0];
      };
      const length = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
        Math.hypot(...Array.from(a, (value, i) => value - b[i]!));
      const moved = length(gradients(weights), gradients(fewer));
      most = Math.max(most, moved);
      expect(moved).toBeLessThanOrEqual(1 + 1e-12);
      const bound = Math.sqrt(BINS.length + (outcome.hasSpread ? 1 : 0));
      expect(length(counts(weights), counts(fewer))).toBeLessThanOrEqual(bound + 1e-12);
    }
    expect(most).toBeGreaterThan(0.9);
  });

  it('goes on from any pause as if there had been none', async () => {
    const settings = { ...LEVELS[1]!.settings, cycles: 3 };
    const run: BoostRun = {
      ...{ bins: BINS, rows, outcome, settings, turns: 2, releases: PLAIN_RELEASES },
      pairs: { count: 1, stated: null },
      pace: new Pace(undefined, undefined),
    };
    const states: Checkpoint[] = [];
    const whole = await boost({ ...run, checkpoint: async (state) => void states.push(state) });
    for (const checkpoint of states) {
      const again = await boost({ ...run, resumed: { from: checkpoint.stepsCharged, checkpoint } });
      [...again.parts, ...again.pairs!].forEach(({ shape }, k) =>
        shape.forEach((value, at) =>
          expect(value).toBeCloseTo([...whole.parts, ...whole.pairs!][k]!.shape[at]!, 9),
        ),
      );
      again.intercepts.forEach((one, s) => expect(one).toBeCloseTo(whole.intercepts[s]!, 9));
    }
  });
});

it('the noise of the counts of a number covers its mean square as well', () => {
  const plan = trainPlan.parse({
    ...{ label: 'y', target: 'number', bounds: { y: [0, 1] }, model: { kind: 'boosting' } },
    privacy: { epsilon: 1, delta: 1e-5 },
  });
  const counts = { columns: 2, count: 20_123, publicCount: 20_000 };
  const statement = boostingGuarantee(plan, plan.privacy!, counts, []);
  const released = { sizes: [5, 3], settings: LEVELS[1]!.settings, pairs: NO_PAIRS };
  const random = privateRandomForTests('numbers');
  const { counts: add } = privateReleases(statement, { ...ONE_NUMBER, ...released }, random);
  const draws = 4000;
  const v = 2 / (9 * draws * 9);
  let sum = 0;
  for (let i = 0; i < draws; i++) {
    const zeros = new Float64Array(9);
    add(zeros);
    for (const value of zeros) sum += value ** 2;
  }
  const ratio = sum / (draws * 9) / (3 * boostingPhases(statement)[0]!.noise_multiplier ** 2);
  expect(ratio).toBeGreaterThan((1 - v - 3.29 * Math.sqrt(v)) ** 3);
  expect(ratio).toBeLessThan((1 - v + 3.29 * Math.sqrt(v)) ** 3 * 1.0004);
});

/** A number that follows from two columns, its third, and a kind of three. */
function records(rows: number) {
  const draw = seededUniform(29);
  const x = Array.from({ length: rows }, () => 10 * draw());
  const group = x.map(() => (draw() < 0.5 ? 'g' : 'h'));
  const amount = x.map((v, r) => 100 + 20 * v + (group[r] === 'g' ? 60 : 0) + 30 * draw());
  return tableOf(
    numberColumn('x', x),
    codedColumn('group', group),
    numberColumn('amount', amount),
    codedColumn(
      'grade',
      amount.map((v) => (v < 190 ? 'low' : v < 270 ? 'some' : 'high')),
    ),
    codedColumn(
      'kind',
      x.map((v, r) => (group[r] === 'g' ? (v > 5 ? 'a' : 'b') : draw() < 0.9 ? 'c' : 'a')),
    ),
  );
}

const BASE = {
  features: ['x', 'group'],
  bounds: { x: [0, 10] as [number, number], amount: [100, 400] as [number, number] },
  categories: { group: ['g', 'h'] },
  model: { kind: 'boosting' as const },
};
const KINDS = { ...BASE, label: 'kind', labels: ['a', 'b', 'c'], positive: 'b' };
const GRADES = {
  ...BASE,
  label: 'grade',
  target: 'ordered' as const,
  labels: ['low', 'some', 'high'],
};
const AMOUNTS = { ...BASE, label: 'amount', target: 'number' as const };

const train = (plan: Omit<TrainPlanInput, 'privacy'>, epsilon: number | null, rows: number) =>
  trainModel(
    records(rows),
    trainPlan.parse({ ...plan, privacy: epsilon === null ? null : { epsilon, delta: 1e-5 } }),
    { random: systemRandom() },
  );

type Figures = Trained['result']['metrics']['test'];

describe('boosting learns', () => {
  const cases: readonly [
    string,
    Omit<TrainPlanInput, 'privacy'>,
    (figures: Figures) => boolean,
    (figures: Figures) => boolean,
  ][] = [
    ['classes', KINDS, ({ accuracy }) => accuracy! > 0.9, ({ accuracy }) => accuracy! > 0.85],
    [
      'values in order',
      GRADES,
      ({ accuracy, rank_error: off }) => accuracy! > 0.85 && off! < 0.2,
      ({ accuracy }) => accuracy! > 0.75,
    ],
    ['numbers', AMOUNTS, ({ r2, rmse }) => r2! > 0.97 && rmse! < 12, ({ r2 }) => r2! > 0.9],
  ];
  it.each(cases)('%s', async (_name, plan, plainly, privately) => {
    const plain = await train(plan, null, 3000);
    expect(plain.result.metrics.test, JSON.stringify(plain.result.metrics.test)).toSatisfy(plainly);
    const { result } = await train(plan, 3, 8000);
    expect(result.metrics.test, JSON.stringify(result.metrics.test)).toSatisfy(privately);
    const { phases, delta, accountant, epsilon } = result.privacy!;
    expect(epsilonOf({ phases, delta, accountant }).epsilon).toBe(epsilon);
    expect(epsilon).toBeLessThanOrEqual(3);
  });

  it('and its files hold what a score is the sum of; others are refused', async () => {
    const { model } = await train({ ...KINDS, model: { kind: 'boosting', pairs: 0 } }, null, 1500);
    if (model.kind !== 'boosting') throw new Error(model.kind);
    const cells = tableOf(numberColumn('x', [0]), codedColumn('group', ['h']));
    const { scores } = await scoreTable(loadModel(saveModel(model), 'm'), cells);
    const intercepts = [model.intercept].flat();
    const [ofX, ofGroup] = model.shapes.map(({ values }) => decodeFloats(values));
    const sums = intercepts.map(
      (one, c) => one + ofX![(c * ofX!.length) / 3]! + ofGroup![(c * ofGroup!.length) / 3 + 1]!,
    );
    const exp = sums.map((sum) => Math.exp(sum - Math.max(...sums)));
    const whole = exp.reduce((a, b) => a + b, 0);
    exp.forEach((one, c) => expect(scores[c]).toBeCloseTo(one / whole, 12));
    const entries = Object.entries(model).filter(([name]) => name !== 'sha256');
    const content = Object.fromEntries(entries) as typeof model;
    for (const intercept of [intercepts.slice(1), 0.5]) {
      const text = saveModel(sealModel({ ...content, intercept }));
      expect(() => loadModel(text, 'm')).toThrow('MODEL_UNREADABLE');
    }
  });

  it('no number beyond its bounds, and no number where no cell was there', async () => {
    const { model } = await train(
      { ...AMOUNTS, bounds: { x: [0, 10], amount: [150, 200] } },
      null,
      900,
    );
    const cells = tableOf(numberColumn('x', [0, 10, NaN]), codedColumn('group', ['h', 'g', '']));
    const { scores, abstained } = await scoreTable(model, cells);
    expect(scores[0]).toBeGreaterThanOrEqual(150);
    expect(scores[1]).toBeLessThanOrEqual(200);
    expect([Number.isNaN(scores[2]), abstained]).toEqual([true, 1]);
  });

  it('with settings that add up to a whole', () => {
    for (const settings of [PLAIN_SETTINGS, ...LEVELS.map((level) => level.settings)]) {
      const { choiceShare, countShare, share } = settings.pairs;
      expect(choiceShare + countShare).toBeLessThan(1);
      expect(share).toBeLessThan(1);
    }
  });
});
