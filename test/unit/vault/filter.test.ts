import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../main/contract/privacy.ts';
import type { PrivacyAmount } from '../../../main/contract/vault.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { gaussianEpsilon } from '../../../main/privacy/gaussian.ts';
import { DEFAULT_ORDERS, leastEpsilon } from '../../../main/privacy/rdp.ts';
import {
  chooseFilter,
  isWithin,
  leftOf,
  waysOf,
  type Counted,
  type Filter,
} from '../../../main/vault/filter.ts';

const BUDGET = { epsilon: 2, delta: 1e-5 };
const RUNS = process.env['CONCORD_TEST_LONG'] === '1' ? 400 : 40;

let places = 0;
function job(amount: PrivacyAmount, phases: readonly unknown[]): Counted {
  places++;
  return { ...amount, phases: JSON.stringify(phases), position: places };
}

const gaussian = (noise_multiplier: number): Phase => ({
  mechanism: 'gaussian',
  noise_multiplier,
  steps: 1,
});

const costed = (phase: Phase, delta: number): Counted =>
  job({ epsilon: epsilonOf({ phases: [phase], delta }).epsilon, delta }, [phase]);

describe('the filter', () => {
  it('has the order at which most of a Gaussian fits, and half of delta', () => {
    for (const epsilon of [0.5, 1, 4, 8]) {
      const { order, delta } = chooseFilter({ epsilon, delta: 1e-5 }, 0);
      expect(delta).toBe(5e-6);
      const room = (at: number): number => (epsilon - leastEpsilon(at, 0.8 * delta)) / at;
      for (const other of DEFAULT_ORDERS) expect(room(order)).toBeGreaterThanOrEqual(room(other));
    }
    expect(chooseFilter({ epsilon: 1, delta: 0 }, 3)).toEqual({ order: 0, delta: 0, after: 3 });
    expect(chooseFilter({ epsilon: 1e-4, delta: 1e-5 }, 0).order).toBe(0);
  });

  it('gives way where the first job asks for more than half of delta', () => {
    const budget = { epsilon: 1, delta: 1e-5 };
    expect(chooseFilter(budget, 0, { delta: 5e-6 }).delta).toBe(5e-6);
    const none = chooseFilter(budget, 0, { delta: 1e-5 });
    expect(none).toEqual({ order: 0, delta: 0, after: 0 });
    const whole = job(budget, []);
    expect(isWithin(budget, [whole], none)).toBe(true);
    expect(isWithin(budget, [whole, job({ epsilon: 0, delta: 1e-12 }, [])], none)).toBe(false);
  });

  it('lets many small jobs pass that plain addition refuses, and never more than the budget', () => {
    const filter = chooseFilter(BUDGET, 0);
    const jobs: Counted[] = [];
    const next = costed(gaussian(15), 1e-6);
    while (isWithin(BUDGET, [...jobs, next], filter)) jobs.push(next);
    const { plain } = waysOf(jobs, filter);
    expect(plain.epsilon).toBeGreaterThan(2 * BUDGET.epsilon);
    // All of them are one Gaussian release: its exact price.
    const whole = gaussianEpsilon(Math.sqrt(jobs.length) / 15, BUDGET.delta);
    expect(whole).toBeLessThan(BUDGET.epsilon);
    expect(whole).toBeGreaterThan(0.8 * BUDGET.epsilon);
  });

  it('takes one job of the whole epsilon by plain addition, at the part of delta that is its own', () => {
    const filter = chooseFilter(BUDGET, 0);
    const whole = job({ epsilon: 2, delta: 5e-6 }, [gaussian(2)]);
    expect(isWithin(BUDGET, [whole], filter)).toBe(true);
    expect(isWithin(BUDGET, [{ ...whole, delta: 5.1e-6, phases: '[]' }], filter)).toBe(false);
    expect(leftOf(BUDGET, [whole], filter)).toEqual({ epsilon: 0, delta: 0 });
  });

  it('counts plainly what it has no divergence of, and what came before it', () => {
    const filter = { ...chooseFilter(BUDGET, 0), after: places + 1 };
    const before = job({ epsilon: 0.3, delta: 1e-7 }, [gaussian(50)]);
    const unknown = job({ epsilon: 0.2, delta: 1e-7 }, []);
    const fixed = { mechanism: 'fixed_size_gaussian', noise_multiplier: 9, steps: 1 };
    const other = job({ epsilon: 0.1, delta: 2e-7 }, [
      { ...fixed, batch_size: 1, dataset_size: 10 },
    ]);
    const none = waysOf([], filter).filter?.epsilon ?? NaN;
    const found = waysOf([before, unknown, other], filter).filter;
    expect(found?.epsilon).toBeCloseTo(none + 0.6, 12);
    expect(found?.delta).toBeCloseTo(3e-7, 20);
    const known = waysOf([costed(gaussian(50), 1e-7)], filter).filter;
    expect(known?.epsilon).toBeCloseTo(none + filter.order / 5000, 9);
  });

  it('counts releases that may fail against its own part of delta', () => {
    const filter = chooseFilter(BUDGET, 0);
    const failing = (delta: number): Counted =>
      job({ epsilon: 3, delta: 1e-6 }, [
        { mechanism: 'discrete_gaussian', noise_multiplier: 100, steps: 2, delta },
      ]);
    expect(isWithin(BUDGET, [failing(4e-7)], filter)).toBe(true);
    expect(isWithin(BUDGET, [failing(6e-7)], filter)).toBe(false);
  });

  it('holds no more where the budget was lowered, and is none where a divergence is infinite', () => {
    const filter = { ...chooseFilter(BUDGET, 0), after: places + 1 };
    const before = job({ epsilon: 0.1, delta: 4e-6 }, []);
    const many = Array.from({ length: 40 }, () => costed(gaussian(15), 1e-6));
    expect(isWithin(BUDGET, [before, ...many], filter)).toBe(true);
    expect(isWithin({ ...BUDGET, delta: 8e-6 }, [before, ...many], filter)).toBe(false);
    const rare: Phase = {
      mechanism: 'poisson_gaussian',
      noise_multiplier: 1,
      sample_rate: 0.9,
      steps: 1,
    };
    expect(waysOf([job({ epsilon: 1, delta: 0 }, [rare])], { ...filter, order: 1.1 }).filter).toBe(
      null,
    );
  });
});

/** Jobs that answer yes or no with randomised response, of which everything can be counted. */
const MENU = [0.05, 0.15, 0.3, 0.6];

const response = (epsilon: number, known: boolean): Counted =>
  job(
    { epsilon, delta: 0 },
    known ? [{ mechanism: 'discrete_laplace', noise_multiplier: 1 / epsilon, steps: 1 }] : [],
  );

/** Exactly what a player gets who chooses each job by all answers so far. */
function exactDelta(
  budget: PrivacyAmount,
  filter: Filter,
  choices: readonly number[],
  epsilon: number,
  depth: number,
): number {
  const play = (jobs: readonly Counted[], p: number, q: number, state: number): number => {
    const choice = choices[state % choices.length]!;
    const known = choice % 3 !== 0;
    const next = response(MENU[choice % MENU.length]!, known);
    if (jobs.length === depth || !isWithin(budget, [...jobs, next], filter)) {
      return Math.max(0, p - Math.exp(epsilon) * q);
    }
    const yes = 1 / (1 + Math.exp(-next.epsilon));
    return (
      play([...jobs, next], p * yes, q * (1 - yes), 2 * state + 1) +
      play([...jobs, next], p * (1 - yes), q * yes, 2 * state + 2)
    );
  };
  return play([], 1, 1, 0);
}

describe('jobs chosen by what came before', () => {
  const budget = { epsilon: 0.9, delta: 0.05 };
  const choices = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 });

  it('never cost more than the budget, whichever way lets them pass', () => {
    const filter = chooseFilter(budget, 0);
    expect(filter.order).toBeGreaterThan(1);
    fc.assert(
      fc.property(choices, (given) => {
        expect(exactDelta(budget, filter, given, budget.epsilon, 9)).toBeLessThanOrEqual(
          budget.delta,
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('would cost more if jobs of twice the budget passed', () => {
    const twice = { epsilon: 2 * budget.epsilon, delta: budget.delta };
    const filter = chooseFilter(twice, 0);
    const most = exactDelta(twice, filter, [3], budget.epsilon, 9);
    expect(most).toBeGreaterThan(budget.delta);
  });
});
