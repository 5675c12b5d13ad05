import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../../main/contract/errors.ts';
import type { Phase } from '../../../../main/contract/privacy.ts';
import { epsilonOf } from '../../../../main/privacy/accountant.ts';
import { calibrateNoise } from '../../../../main/privacy/calibrate.ts';
import { composedRdp } from '../../../../main/privacy/rdp.ts';
import {
  inParallel,
  priceStatistics,
  type Need,
} from '../../../../main/privacy/statistics/planner.ts';

const COUNT: Need = { mechanism: 'discrete_gaussian', steps: 1, weight: 1, mayFail: false };
const LIST: Need = { ...COUNT, mayFail: true };
const need = fc.record({
  mechanism: fc.constantFrom('discrete_gaussian', 'exponential'),
  steps: fc.integer({ min: 1, max: 3 }),
  weight: fc.constantFrom(0.5, 1, 2),
  mayFail: fc.boolean(),
});
const needs = fc.array(need, { minLength: 1, maxLength: 12 });

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ConcordError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('the price of statistics', () => {
  it('is at most their share of epsilon, hardly less, and a tenth of delta for failing', () => {
    const share = fc.double({ min: 0.1, max: 0.9, noNaN: true });
    const epsilon = fc.double({ min: 0.3, max: 8, noNaN: true });
    fc.assert(
      fc.property(needs, share, epsilon, (wanted, part, whole) => {
        const delta = 1e-5;
        const priced = priceStatistics(wanted, { epsilon: whole, delta, share: part });
        expect(priced.phases).toHaveLength(wanted.length);
        const cost = epsilonOf({ phases: [...priced.phases], delta }).epsilon;
        expect(priced.epsilon).toBe(cost);
        expect(cost).toBeLessThanOrEqual(part * whole);
        // Multipliers are rounded up to 1/1024, which shows where they are small.
        expect(cost).toBeGreaterThan(0.97 * part * whole);
        const failing = priced.phases.reduce(
          (sum, phase) => sum + ('delta' in phase ? (phase.delta ?? 0) * phase.steps : 0),
          0,
        );
        expect(failing).toBeLessThanOrEqual(delta / 10);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves room for training that is charged with it, and the whole is what was asked', () => {
    const [epsilon, delta] = [1, 1e-5];
    const { phases } = priceStatistics([LIST, COUNT, COUNT], { epsilon, delta, share: 0.3 });
    const step = { targetEpsilon: epsilon, delta, sampleRate: 0.02, steps: 500 };
    const alone = calibrateNoise(step);
    const beside = calibrateNoise({ ...step, beside: phases });
    expect(beside.noiseMultiplier).toBeGreaterThan(alone.noiseMultiplier);
    expect(beside.noiseMultiplier).toBeLessThan(1.1 * alone.noiseMultiplier);
    const training: Phase = {
      mechanism: 'poisson_gaussian',
      noise_multiplier: beside.noiseMultiplier,
      sample_rate: 0.02,
      steps: 500,
    };
    const whole = epsilonOf({ phases: [...phases, training], delta });
    expect(whole.epsilon).toBeLessThanOrEqual(epsilon);
    expect(whole.epsilon).toBeGreaterThan(0.999);
    expect(beside.epsilon).toBeCloseTo(whole.epsilon, 12);
    // Steps of the training alone are cheaper: what is beside them is not forgotten.
    expect(epsilonOf({ phases: [training], delta }).epsilon).toBeLessThan(0.98);
  });

  it('grows with the number of columns: those of one record are not disjoint', () => {
    const budget = { epsilon: 1, delta: 1e-5, share: 0.3 };
    const noiseFor = (columns: number): number =>
      priceStatistics(Array<Need>(columns).fill(COUNT), budget).phases[0]!.noise_multiplier;
    expect(noiseFor(16) / noiseFor(1)).toBeCloseTo(4, 1);
  });

  it('is nothing for nothing, and what cannot be is refused', () => {
    const budget = { epsilon: 1, delta: 1e-5, share: 0.3 };
    expect(priceStatistics([], budget)).toEqual({ phases: [], epsilon: 0 });
    expect(codeOf(() => priceStatistics([COUNT], { ...budget, epsilon: 1e-9, delta: 1e-12 }))).toBe(
      'CALIBRATION_IMPOSSIBLE',
    );
    expect(codeOf(() => priceStatistics([COUNT], { ...budget, epsilon: NaN }))).toBe(
      'EPSILON_INVALID',
    );
    expect(codeOf(() => priceStatistics([COUNT], { ...budget, delta: 0 }))).toBe('DELTA_INVALID');
  });
});

describe('statistics on disjoint blocks of rows', () => {
  const phase = (noise_multiplier: number, steps = 1): Phase => ({
    mechanism: 'discrete_gaussian',
    noise_multiplier,
    steps,
  });

  it('cost as much as one block where all are alike', () => {
    const block = [phase(5, 2), phase(7)];
    expect(inParallel([block, block, block])).toEqual([phase(5), phase(5), phase(7)]);
  });

  it('cost at least what the dearest does, at every order, and less than all together', () => {
    const blocks = fc.array(needs, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(blocks, (asked) => {
        const parts = asked.map(
          (wanted) => priceStatistics(wanted, { epsilon: 1, delta: 1e-5, share: 0.5 }).phases,
        );
        const joint = inParallel(parts);
        for (const order of [2, 10, 100]) {
          const each = parts.map((phases) => composedRdp(phases, order));
          const paid = composedRdp(joint, order);
          expect(paid * (1 + 1e-12)).toBeGreaterThanOrEqual(Math.max(...each));
          expect(paid).toBeLessThanOrEqual(each.reduce((sum, one) => sum + one, 0) * (1 + 1e-12));
        }
        const failing = (phases: readonly Phase[]): number =>
          phases.reduce((sum, one) => sum + ('delta' in one ? (one.delta ?? 0) * one.steps : 0), 0);
        for (const phases of parts) {
          expect(failing(joint) * (1 + 1e-12)).toBeGreaterThanOrEqual(failing(phases));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are no steps of training', () => {
    const step: Phase = {
      mechanism: 'poisson_gaussian',
      noise_multiplier: 1,
      sample_rate: 0.1,
      steps: 1,
    };
    expect(() => inParallel([[step]])).toThrow(RangeError);
  });
});
