import { describe, expect, it } from 'vitest';
import type { PrivacyStatement, TrainPlanInput } from '../../../main/contract/train.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { javascriptEngine } from '../../../main/learning/javascript.ts';
import {
  GROUP_CANCELLATION,
  parameterCount,
  type GradientEngine,
} from '../../../main/learning/layers.ts';
import { gaussianMechanism, largestSample } from '../../../main/learning/mechanism.ts';
import { trainModel, type Trained } from '../../../main/learning/train.ts';
import { addGridNoise, gridNoise, sumErrorBound } from '../../../main/privacy/noise.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import type { Table } from '../../../main/records/table.ts';
import { codedColumn, numberColumn, tableOf, withoutRow } from './fixtures.ts';

/** Ten rows of the test part, then the training part; the last one is like no other. */
const TEST_ROWS = 10;
const ROWS = 134;
const rows = Array.from({ length: ROWS }, (_, row) => row);
const isLast = (row: number): boolean => row === ROWS - 1;
const table: Table = tableOf(
  numberColumn(
    'x',
    rows.map((row) => (isLast(row) ? 777 : row % 10)),
  ),
  codedColumn(
    'group',
    rows.map((row) => (isLast(row) ? 'seen nowhere else' : row % 4 === 0 ? 'g' : 'h')),
  ),
  codedColumn(
    'y',
    rows.map((row) => (row % 3 === 0 ? 'yes' : 'no')),
  ),
  codedColumn(
    'part',
    rows.map((row) => (row < TEST_ROWS ? 'test' : 'train')),
  ),
);

const PLAN: TrainPlanInput = {
  label: 'y',
  labels: ['no', 'yes'],
  bounds: { x: [0, 10] },
  categories: { group: ['g', 'h'] },
  split: { column: 'part' },
  model: { kind: 'logistic' },
  privacy: { epsilon: 2, delta: 1e-4 },
  backend: 'javascript',
};

const KINDS: Readonly<Record<string, Partial<TrainPlanInput>>> = {
  logistic: {},
  network: { model: { kind: 'network', hidden: [4] } },
  boosting: { model: { kind: 'boosting' } },
};

function train(records: Table, more: Partial<TrainPlanInput>): Promise<Trained> {
  return trainModel(records, trainPlan.parse({ ...PLAN, ...more }), { random: systemRandom() });
}

/** All that is fixed before a step, and so shows beside the noise. */
function publicPart({ result, model }: Trained): unknown {
  const { encoder, labels, threshold } = model;
  const { privacy, steps, rows: counts } = result;
  const { kind, parameters, backend } = result.model;
  return { encoder, labels, threshold, privacy, steps, counts, kind, parameters, backend };
}

describe.each(Object.entries(KINDS))('a private training of %s', (_, more) => {
  it('fixes the same constants, rate, divisor, clip, noise and steps with and without any record', async () => {
    const whole = publicPart(await train(table, more));
    expect(whole).toMatchObject({ counts: { train: null, test: TEST_ROWS } });
    for (const row of [TEST_ROWS, 40, ROWS - 1]) {
      expect(publicPart(await train(withoutRow(table, row), more))).toEqual(whole);
    }
    expect(JSON.stringify(whole)).not.toMatch(/777|seen nowhere else|\b124\b/);
  });

  it('gives figures of the test part and of no record it was trained on', async () => {
    const { result, test } = await train(table, more);
    expect([...test.rows]).toEqual(rows.slice(0, TEST_ROWS));
    expect(test.scores).toHaveLength(TEST_ROWS);
    expect(result.tested_on).toBe('held-out-of-training-and-guarantee');
    expect(Object.keys(result.metrics)).toEqual(['test']);
    // A share of ten records has one figure.
    expect(10 * result.metrics.test.accuracy!).toBeCloseTo(
      Math.round(10 * result.metrics.test.accuracy!),
      9,
    );
  });
});

describe('a plan', () => {
  it.each([
    { classWeights: 'balanced' },
    { model: { kind: 'network', batchNorm: true } },
    { model: { kind: 'logistic', classWeight: [1, 9] } },
    { earlyStopping: true },
    { dropout: 0.5 },
    { seed: 3 },
    { privacy: { epsilon: 1, delta: 1e-5, sampling: 'shuffle' } },
    { privacy: { epsilon: 1, delta: 1e-5, noise_multiplier: 0.1 } },
  ])('has no knob that would couple records, look at them unpaid, or name a seed (%o)', (knob) => {
    expect(trainPlan.safeParse({ ...PLAN, ...knob }).success).toBe(false);
    expect(trainPlan.safeParse(PLAN).success).toBe(true);
  });
});

describe('a step of the mechanism', () => {
  const ARCHITECTURE = { inputs: 20, hidden: [6] };
  const SIGMA = 1e5;
  const CLIP = 0.7;
  const promise: PrivacyStatement = {
    ...{ epsilon: 1, delta: 1e-5, accountant: 'pld', neighbours: 'add-remove' },
    ...{ unit: 'row', unit_column: null, max_rows: null },
    phases: [
      { mechanism: 'poisson_gaussian', noise_multiplier: SIGMA, sample_rate: 0.1, steps: 1 },
    ],
    ...{ public_count: 30_000, clip: CLIP, expected_batch: 3000 },
  };

  function drawn(engine: GradientEngine): Float64Array {
    const sum = new Float64Array(parameterCount(ARCHITECTURE));
    gaussianMechanism(engine, promise, 30_100, privateRandomForTests('slack')).addNoise(sum);
    return sum;
  }

  it('has noise that covers the slack of clipping and the rounding of the engine’s own sum, to nine figures', () => {
    const exact = javascriptEngine(ARCHITECTURE, 8);
    const dimension = parameterCount(ARCHITECTURE);
    const base = { noiseMultiplier: SIGMA, clip: CLIP, dimension };
    for (const rounding of [exact.rounding, { chunk: 64, roundoff: 2 ** -24 }]) {
      const found = drawn({ ...exact, rounding });
      const [norm, units] = [CLIP * (1 + 1e-6), largestSample(30_000, 3000)];
      const sumError = sumErrorBound({ units, norm, ...rounding });
      const { sd } = gridNoise({ ...base, clipSlack: 1e-6, sumError });
      // The same words with noise of a known deviation: the ratio is that of the deviations.
      const known = gridNoise({ ...base, clipSlack: 0, sumError: 0 });
      const plain = new Float64Array(dimension);
      addGridNoise(plain, known, privateRandomForTests('slack'));
      const ratios = found.map((value, i) => value / plain[i]!);
      const large = ratios.filter((_, i) => Math.abs(plain[i]!) > known.sd / 4);
      expect(large.length).toBeGreaterThan(dimension / 2);
      for (const ratio of large) expect(ratio / (sd / known.sd)).toBeCloseTo(1, 7);
    }
  });

  it('has noise that covers the terms a text is a sum of, which may cancel', () => {
    const { parameters, ...exact } = javascriptEngine(ARCHITECTURE, 8);
    const rounding = { chunk: 64, roundoff: 2 ** -30 };
    const sensitivityOf = (terms: object): number => {
      const engine = { ...exact, parameters, rounding: { ...rounding, ...terms } };
      const random = privateRandomForTests('terms');
      const sum = new Float64Array(parameters);
      gaussianMechanism(engine, promise, 100, random).addNoise(sum);
      return Math.hypot(...sum);
    };
    const units = 5 * largestSample(30_000, 3000);
    const norm = (CLIP * (1 + 1e-6) * GROUP_CANCELLATION) / 5;
    const wanted = sumErrorBound({ units, norm, ...rounding });
    const without = sumErrorBound({
      units: units / 5,
      norm: 5 * (norm / GROUP_CANCELLATION),
      ...rounding,
    });
    const grown = sensitivityOf({ terms: 5 }) / sensitivityOf({});
    expect(grown / ((CLIP + 2 * wanted) / (CLIP + 2 * without))).toBeCloseTo(1, 3);
    expect(grown).toBeGreaterThan(1.01);
  });

  it('draws nobody as often as chance has it', () => {
    const rare = { ...promise.phases[0]!, sample_rate: 0.01 } as PrivacyStatement['phases'][number];
    const engine = javascriptEngine(ARCHITECTURE, 8);
    const mechanism = gaussianMechanism(
      engine,
      { ...promise, phases: [rare] },
      100,
      privateRandomForTests('nobody'),
    );
    const empty = Array.from({ length: 1000 }, () => mechanism.sample().length).filter(
      (n) => n === 0,
    );
    const share = 0.99 ** 100;
    const deviation = Math.sqrt(1000 * share * (1 - share));
    expect(Math.abs(empty.length - 1000 * share)).toBeLessThan(3.3 * deviation);
  });
});
