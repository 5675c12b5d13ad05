import { describe, expect, it } from 'vitest';
import type { PrivacyStatement, TrainPlanInput } from '../../../main/contract/train.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import {
  boostingGuarantee,
  boostingPhases,
  privateReleases,
  settingsBehind,
} from '../../../main/learning/boosting/guarantee.ts';
import { boostingKind } from '../../../main/learning/boosting/kind.ts';
import { TWO_VALUES } from '../../../main/learning/boosting/outcome.ts';
import { NO_PAIRS } from '../../../main/learning/boosting/pairs.ts';
import { LEVELS } from '../../../main/learning/boosting/settings.ts';
import { privateFacts } from '../../../main/learning/material.ts';
import { wantedStatistics } from '../../../main/learning/wanted.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { gaussianEpsilon } from '../../../main/privacy/gaussian.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { takeRows } from '../../../main/records/shape.ts';
import { codedColumn, numberColumn, tableOf } from './fixtures.ts';

const BASE: TrainPlanInput = {
  label: 'y',
  labels: ['no', 'yes'],
  bounds: { x: [0, 10] },
  categories: { group: ['g', 'h'] },
  model: { kind: 'boosting' },
  privacy: { epsilon: 1, delta: 1e-5 },
};

const PLAN = trainPlan.parse(BASE);

const table = tableOf(
  numberColumn('x', [1, 2, 3, 4, 5, 6, 7, 99]),
  codedColumn('group', ['g', 'h', 'g', 'h', 'g', 'h', 'g', 'rare']),
  codedColumn('y', ['no', 'yes', 'no', 'yes', 'no', 'yes', 'no', 'yes']),
);

function guaranteeOf(epsilon: number, more: Partial<TrainPlanInput> = {}): PrivacyStatement {
  const plan = trainPlan.parse({ ...BASE, privacy: { epsilon, delta: 1e-5 }, ...more });
  const wanted = wantedStatistics(table, plan);
  const counts = { columns: 2, count: 20_123, publicCount: 20_000 };
  return boostingGuarantee(plan, plan.privacy!, counts, wanted);
}

describe('the guarantee of boosting', () => {
  it.each([0.1, 0.5, 1, 3])('at epsilon %d is that of its phases, by the exact law', (epsilon) => {
    const statement = guaranteeOf(epsilon);
    const { phases, delta, accountant } = statement;
    expect(accountant).toBe('pld');
    expect(statement.epsilon).toBeLessThanOrEqual(epsilon);
    expect(statement.epsilon).toBeGreaterThan(0.999 * epsilon);
    expect(epsilonOf({ phases, delta, accountant }).epsilon).toBe(statement.epsilon);
    expect(phases.every(({ mechanism }) => mechanism === 'gaussian')).toBe(true);
    const mu = Math.sqrt(
      boostingPhases(statement).reduce(
        (sum, one) => sum + one.steps / one.noise_multiplier ** 2,
        0,
      ),
    );
    expect(Math.abs(gaussianEpsilon(mu, delta) - statement.epsilon)).toBeLessThan(1e-9);
  });

  it('has one release of counts and one for every column in each cycle', () => {
    const statement = guaranteeOf(1);
    const { cycles, countShare } = settingsBehind(PLAN, statement, 2);
    expect(statement.phases.map(({ steps }) => steps)).toEqual([1, ...Array(cycles).fill(2)]);
    const cost = boostingPhases(statement).map((one) => one.steps / one.noise_multiplier ** 2);
    const whole = cost.reduce((a, b) => a + b, 0);
    expect(cost[0]! / whole).toBeCloseTo(countShare, 9);
    for (let i = 2; i < cost.length; i++) expect(cost[i]! / cost[i - 1]!).toBeCloseTo(1.4, 9);
    expect(statement).toMatchObject({ clip: 1, expected_batch: 20_000, neighbours: 'add-remove' });
  });

  it('covers what is bought before', () => {
    const statement = guaranteeOf(1, { bounds: {}, labels: undefined });
    const { phases, delta, accountant } = statement;
    expect(phases.slice(0, 2).map(({ mechanism }) => mechanism)).toEqual([
      'discrete_gaussian',
      'discrete_gaussian',
    ]);
    expect(boostingPhases(statement)).toEqual(phases.slice(2));
    expect(statement.epsilon).toBeLessThanOrEqual(1);
    expect(epsilonOf({ phases, delta, accountant }).epsilon).toBe(statement.epsilon);
  });

  it('takes finer bins where there is less noise, as the phases say again later', () => {
    const levels = [3, 0.5, 0.1].map((epsilon) => settingsBehind(PLAN, guaranteeOf(epsilon), 2));
    expect(levels.map(({ fineness }) => fineness)).toEqual(
      LEVELS.map(({ settings }) => settings.fineness),
    );
    expect(levels.map(({ cycles }) => cycles)).toEqual(
      LEVELS.map(({ settings }) => settings.cycles),
    );
  });

  it('is refused for a delta of one in the number of units', () => {
    const plan = trainPlan.parse({ ...BASE, privacy: { epsilon: 1, delta: 1 / 20_000 } });
    const counts = { columns: 2, count: 20_123, publicCount: 20_000 };
    expect(() => boostingGuarantee(plan, plan.privacy!, counts, [])).toThrow(
      expect.objectContaining({ code: 'DELTA_TOO_LARGE' }),
    );
  });

  it.each([
    { epochs: 3 },
    { batch: 3 },
    { clip: 1 },
    { learningRate: 0.1 },
    { backend: 'tensorflow' as const },
  ])('refuses by name what it does not have (%o)', (knob) => {
    expect(() => boostingKind(trainPlan.parse({ ...BASE, ...knob }))).toThrow(
      expect.objectContaining({ code: 'PLAN_INVALID' }),
    );
  });
});

/** 99.9 % interval of an empirical variance over the true one, Wilson and Hilferty's chi-square. */
function varianceLimits(draws: number): [number, number] {
  const v = 2 / (9 * draws);
  return [-1, 1].map((side) => (1 - v + side * 3.29 * Math.sqrt(v)) ** 3) as [number, number];
}

describe('the noise of boosting', () => {
  const statement = guaranteeOf(1);
  const sizes = [9, 4];
  const settings = settingsBehind(PLAN, statement, 2);
  const releases = privateReleases(
    statement,
    { ...TWO_VALUES, sizes, settings, pairs: NO_PAIRS },
    privateRandomForTests('boosting'),
  );
  const DRAWS = 4000;

  it('has the deviation of its phase in every bin, of counts and of every cycle', () => {
    const [ofCounts, ...ofCycles] = boostingPhases(statement);
    const cases = [
      // A unit stands in a bin of each of two columns.
      { add: releases.counts, size: 13, sd: ofCounts!.noise_multiplier * Math.SQRT2 },
      ...[0, 5, ofCycles.length - 1].map((cycle) => ({
        add: (sums: Float64Array) => releases.gradients(sums, cycle),
        size: 9,
        sd: ofCycles[cycle]!.noise_multiplier,
      })),
    ];
    const [low, high] = varianceLimits(DRAWS * 9);
    for (const { add, size, sd } of cases) {
      let sum = 0;
      for (let i = 0; i < DRAWS; i++) {
        const zeros = new Float64Array(size);
        add(zeros);
        expect(zeros.every((value) => value !== 0)).toBe(true);
        for (let bin = 0; bin < 9; bin++) sum += zeros[bin]! ** 2;
      }
      const ratio = sum / (DRAWS * 9) / sd ** 2;
      expect(ratio).toBeGreaterThan(low);
      // The slack for the grid is below 0.02 %.
      expect(ratio).toBeLessThan(high * 1.0004);
    }
    expect(releases.variance(0)).toBeCloseTo(ofCycles[0]!.noise_multiplier ** 2, 0);
  });

  it('lies on one grid, so that low bits tell nothing', () => {
    const grid = 2 ** -16;
    for (const start of [0, 1 / 3, 0.7]) {
      const sums = new Float64Array(9).fill(start);
      releases.gradients(sums, 0);
      expect(sums.every((value) => Number.isInteger(value / grid))).toBe(true);
    }
  });
});

describe('what a private model is made with', () => {
  it('is the same with and without any one record', () => {
    const plan = trainPlan.parse(BASE);
    const train = Int32Array.from({ length: table.rows }, (_, row) => row);
    const facts = (rows: Int32Array): unknown => {
      const few = takeRows(table, rows);
      const part = Int32Array.from({ length: few.rows }, (_, row) => row);
      const split = { train: part, test: part, validation: part, neither: 0 };
      const { encoder, labels } = privateFacts(few, plan, split, []);
      return { encoder, labels };
    };
    const all = facts(train);
    for (const one of train) expect(facts(train.filter((row) => row !== one))).toEqual(all);
  });
});
