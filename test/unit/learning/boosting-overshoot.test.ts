import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boost, type BoostRun } from '../../../main/learning/boosting/boost.ts';
import type { Bins } from '../../../main/learning/boosting/bins.ts';
import { courseOf, type Course } from '../../../main/learning/boosting/course.ts';
import { scoresOf, type Releases } from '../../../main/learning/boosting/cycle.ts';
import { glassBoxOf } from '../../../main/learning/boosting/glass-box.ts';
import { PLAIN_RELEASES } from '../../../main/learning/boosting/guarantee.ts';
import type { BinnedRows } from '../../../main/learning/boosting/histograms.ts';
import {
  ONE_NUMBER,
  severalValues,
  TWO_VALUES,
  type Outcome,
} from '../../../main/learning/boosting/outcome.ts';
import { LEVELS, PLAIN_SETTINGS } from '../../../main/learning/boosting/settings.ts';
import type { Checkpoint } from '../../../main/learning/checkpoint.ts';
import { Pace } from '../../../main/learning/pace.ts';
import { seededUniform } from './fixtures.ts';

const alone = (size: number): Bins => ({ cuts: new Float64Array(0), ordered: 0, size });
const BINS: Bins[] = [
  alone(4),
  { cuts: Float64Array.of(1, 2, 3, 4, 5, 6), ordered: 7, size: 8 },
  alone(3),
];

interface Shape {
  readonly rows: number;
  readonly seed: number;
  /** Share of the label where no column says anything. */
  readonly rate: number;
  /** Share of the values of columns that are not the usual one. */
  readonly rare: number;
  /** How far the first column's second value, and others with it, move the score. */
  readonly effect: number;
}

/** Rows of which some values are rare and move the score far, several rows to some people. */
function drawn(outcome: Outcome, { rows, seed, rate, rare, effect }: Shape): BinnedRows {
  const draw = seededUniform(seed);
  const bins = BINS.map(({ size }) =>
    Uint16Array.from({ length: rows }, () => (draw() < rare ? Math.floor(draw() * size) : 0)),
  );
  const usual = Math.log(rate / (1 - rate));
  const targets = Float64Array.from({ length: rows }, (_, row) => {
    const [a, b, c] = bins.map((one) => one[row]!);
    const score = usual + (a === 1 ? effect : 0) + (b! * effect) / 14 + (c === 2 ? effect / 2 : 0);
    const p = 1 / (1 + Math.exp(-score));
    if (outcome.hasSpread) return p * draw() - 0.5;
    return draw() < p ? 1 + (outcome.scores > 1 && draw() < 0.3 ? 1 : 0) : 0;
  });
  const weights = Float64Array.from({ length: rows }, () => (draw() < 0.2 ? 1 / 3 : 1));
  return { bins, sizes: BINS.map(({ size }) => size), targets, weights };
}

function lossOf(course: Course, rows: BinnedRows, outcome: Outcome): number {
  const scores = scoresOf({ ...course, pairs: null }, rows.bins, rows.targets.length);
  const rest = [new Float64Array(scores.length), new Float64Array(scores.length)] as const;
  return outcome.look(rows, scores, ...rest).loss;
}

/** The training loss of the model of intercepts alone, then after every cycle over the columns. */
async function losses(run: Omit<BoostRun, 'pace' | 'bins' | 'turns' | 'pairs'>): Promise<number[]> {
  const { rows, outcome, settings } = run;
  const found: number[] = [];
  await boost({
    ...{ ...run, bins: BINS, turns: BINS.length, pairs: { count: 0, stated: null } },
    pace: new Pace(undefined, undefined),
    async checkpoint(state) {
      const course = courseOf(BINS, outcome, settings.pairs.bins, state);
      if (Number.isNaN(course.facts[0])) return;
      found.push(lossOf(course, rows, outcome));
    },
  });
  return [usualLoss(rows, outcome), ...found];
}

/** The least loss of a model that says the same of every row. */
function usualLoss({ targets, weights }: BinnedRows, outcome: Outcome): number {
  const whole = weights.reduce((a, b) => a + b, 0);
  if (outcome.hasSpread) {
    const mean = targets.reduce((sum, t, row) => sum + t * weights[row]!, 0) / whole;
    return targets.reduce((sum, t, row) => sum + ((t - mean) ** 2 * weights[row]!) / 2, 0);
  }
  const sums = new Map<number, number>();
  targets.forEach((t, row) => sums.set(t, (sums.get(t) ?? 0) + weights[row]!));
  return [...sums.values()].reduce((sum, one) => sum - one * Math.log(one / whole), 0);
}

const OUTCOMES = [
  ['two values', TWO_VALUES],
  ['several values', severalValues(3)],
  ['a number', ONE_NUMBER],
] as const;

const shapes = fc.record({
  rows: fc.integer({ min: 30, max: 500 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  rate: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
  rare: fc.double({ min: 0.02, max: 1, noNaN: true }),
  effect: fc.double({ min: -8, max: 8, noNaN: true }),
});

describe.each(OUTCOMES)('plain boosting of %s', (_name, outcome) => {
  const plain = { outcome, releases: PLAIN_RELEASES, settings: PLAIN_SETTINGS };

  it('never raises the loss of its training rows, however rare a label or a value is', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const found = await losses({ ...plain, rows: drawn(outcome, shape) });
        found.forEach((loss, cycle) => {
          // The start holds shares a little away from 0, so the first cycle may lie above the usual.
          const before = cycle === 0 ? Infinity : found[cycle - 1]!;
          const least = cycle === 1 ? before + 0.02 * shape.rows : before * (1 + 1e-9) + 1e-9;
          expect(loss).toBeLessThanOrEqual(least);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('has settled by its last cycle', async () => {
    const shape = { rows: 4000, seed: 5, rate: 0.05, rare: 0.4, effect: 4 };
    const found = await losses({ ...plain, rows: drawn(outcome, shape) });
    const [usual, last, before] = [found[0]!, found.at(-1)!, found.at(-2)!];
    expect(usual - last).toBeGreaterThan(0.05 * usual);
    expect(before - last).toBeLessThan(1e-4 * usual);
  });

  it('says how sure it is alike after a pause', async () => {
    const rows = drawn(outcome, { rows: 300, seed: 2, rate: 0.2, rare: 0.6, effect: 3 });
    const run: BoostRun = {
      ...{ ...plain, rows, bins: BINS, turns: BINS.length },
      pairs: { count: 1, stated: null },
      pace: new Pace(undefined, undefined),
    };
    const states: Checkpoint[] = [];
    const whole = await boost({ ...run, checkpoint: async (state) => void states.push(state) });
    const expected = glassBoxOf(whole, outcome, PLAIN_SETTINGS);
    const checkpoint = states.at(-1)!;
    const again = await boost({ ...run, resumed: { from: checkpoint.stepsCharged, checkpoint } });
    expect(glassBoxOf(again, outcome, PLAIN_SETTINGS)).toEqual(expected);
  });
});

it('plain boosting reaches the shares of a rare label in rare values', async () => {
  const rows = drawn(TWO_VALUES, { rows: 20_000, seed: 9, rate: 0.01, rare: 0.2, effect: 4 });
  const course = await boost({
    ...{ bins: BINS, turns: BINS.length, rows, outcome: TWO_VALUES, settings: PLAIN_SETTINGS },
    ...{ releases: PLAIN_RELEASES, pairs: { count: 0, stated: null } },
    pace: new Pace(undefined, undefined),
  });
  const scores = scoresOf(course, rows.bins, rows.targets.length);
  // At the optimum of a logistic model with smoothing what is said of a bin is close to what is in it.
  for (let bin = 0; bin < BINS[0]!.size; bin++) {
    let [said, found, count] = [0, 0, 0];
    rows.bins[0]!.forEach((place, row) => {
      if (place !== bin) return;
      said += rows.weights[row]! / (1 + Math.exp(-scores[row]!));
      found += rows.weights[row]! * rows.targets[row]!;
      count += rows.weights[row]!;
    });
    expect(Math.abs(said - found) / count).toBeLessThan(0.01);
  }
});

/** Noise of this deviation from a seeded source. */
function noisy(seed: number, deviation = 3): Releases {
  const draw = seededUniform(seed);
  const add = (sums: Float64Array): void =>
    sums.forEach((_, i) => {
      let sum = -6;
      for (let k = 0; k < 12; k++) sum += draw();
      sums[i]! += deviation * sum;
    });
  return {
    ...{ isPlain: false, counts: add, gradients: add, choice: add, pairCounts: add },
    ...{ variance: () => deviation ** 2, countDeviation: deviation, pairCountDeviation: deviation },
  };
}

describe('private boosting', () => {
  it.each([
    ['two values', TWO_VALUES],
    ['several values', severalValues(3)],
  ] as const)('of %s settles where a label is rare and a value says much', async (_n, outcome) => {
    for (const { settings } of LEVELS) {
      for (const rate of [0.002, 0.01, 0.03]) {
        for (const effect of [3, 5, 7]) {
          const rows = drawn(outcome, { rows: 20_000, seed: 3, rate, rare: 0.1, effect });
          const found = await losses({ rows, outcome, settings, releases: noisy(11) });
          const [usual, last] = [found[0]!, found.at(-1)!];
          expect(last, `${rate} ${effect}`).toBeLessThan(usual);
          const best = found.reduce((a, b) => Math.min(a, b), Infinity);
          expect(last - best, `${rate} ${effect}`).toBeLessThan(0.1 * usual);
        }
      }
    }
  });

  it('of few records does not start at shares that are noise', async () => {
    const outcome = severalValues(5);
    const settings = LEVELS[2]!.settings;
    for (let seed = 1; seed <= 12; seed++) {
      const rows = drawn(outcome, { rows: 240, seed, rate: 0.4, rare: 0.8, effect: 1 });
      const found = await losses({ rows, outcome, settings, releases: noisy(seed, 15) });
      // Every value alike would cost ln 5 each.
      expect(found.at(-1), `${seed}`).toBeLessThan(240 * 2 * Math.log(5));
    }
  });

  it('looks at nothing that is not released', async () => {
    const rows = drawn(TWO_VALUES, { rows: 200, seed: 1, rate: 0.3, rare: 0.5, effect: 1 });
    const outcome: Outcome = {
      ...TWO_VALUES,
      look() {
        throw new Error('the loss and the curvature of the records are not released');
      },
    };
    const course = await boost({
      ...{ bins: BINS, turns: BINS.length, rows, outcome, settings: LEVELS[1]!.settings },
      ...{ releases: noisy(1), pairs: { count: 0, stated: null } },
      pace: new Pace(undefined, undefined),
    });
    expect(course.parts.every(({ precision }) => precision === null)).toBe(true);
  });
});
