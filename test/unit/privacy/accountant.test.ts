import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import type { EpsilonPlan, Phase } from '../../../main/contract/privacy.ts';
import { calibratePlan, epsilonPlan } from '../../../main/contract/privacy.ts';
import { epsilonOf, requireDelta } from '../../../main/privacy/accountant.ts';
import { calibrateNoise } from '../../../main/privacy/calibrate.ts';
import { worstCaseCertainty } from '../../../main/privacy/certainty.ts';
import { gaussianDelta, gaussianEpsilon } from '../../../main/privacy/gaussian.ts';
import { errors as english } from '../../../main/words/en/errors.ts';
import { errors as chinese } from '../../../main/words/zh/errors.ts';

const STEP = { mechanism: 'poisson_gaussian', noise_multiplier: 1, sample_rate: 0.01, steps: 100 };
const PHASE = STEP as Phase & { mechanism: 'poisson_gaussian' };
const FIXED: Phase = {
  mechanism: 'fixed_size_gaussian',
  noise_multiplier: 2,
  batch_size: 10,
  dataset_size: 1000,
  steps: 5,
};

/** By Renyi divergences; the tight accountant has tests of its own (pld.test.ts). */
function epsilon(part: Partial<typeof PHASE>, delta = 1e-5): number {
  return epsilonOf({ phases: [{ ...PHASE, ...part }], delta, accountant: 'rdp' }).epsilon;
}

function refusal(act: () => unknown): ConcordError {
  try {
    act();
  } catch (error) {
    if (error instanceof ConcordError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const noise = fc.double({ min: 0.5, max: 30, noNaN: true });
const rate = fc.double({ min: 1e-5, max: 1, noNaN: true });
const steps = fc.integer({ min: 1, max: 20_000 });
const delta = fc.double({ min: 1e-9, max: 0.01, noNaN: true });
const more = fc.double({ min: 1.01, max: 3, noNaN: true });
const RUNS = { numRuns: 60 };
/** Room for the last digits of two sums; the property itself is strict. */
const ROUNDING = 1 + 1e-9;

describe('epsilon', () => {
  it('says which accountant, order and neighbours it used', () => {
    const plan = { phases: [PHASE], delta: 1e-5 };
    const renyi = epsilonOf({ ...plan, accountant: 'rdp' });
    expect(renyi).toMatchObject({ accountant: 'rdp', order: 8.8, neighbours: 'add-remove' });
    const tight = epsilonOf(plan);
    expect(tight).toEqual(epsilonOf({ ...plan, accountant: 'pld' }));
    expect(tight).toMatchObject({ accountant: 'pld', neighbours: 'add-remove' });
    expect(tight.order).toBeUndefined();
    expect(tight.epsilon).toBeLessThan(renyi.epsilon);
    const fixed = epsilonOf({ phases: [FIXED], delta: 1e-5 });
    expect(fixed).toMatchObject({ accountant: 'rdp', neighbours: 'replace-one' });
  });

  it('falls with noise and delta, rises with steps and rate', () => {
    // Up to a rate of 0.2 and an epsilon of 15: towards a rate of 1, and where only orders near 1
    // decide, the upper bound is loose by some percent and need not be monotone (docs/accounting.md).
    const rare = fc.double({ min: 1e-5, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(noise, rare, steps, delta, more, (sigma, q, count, given, factor) => {
        const part = { noise_multiplier: sigma, sample_rate: q, steps: count };
        const found = epsilon(part, given);
        fc.pre(found <= 15);
        const base = found * ROUNDING + 1e-9;
        const changes = [
          epsilon({ ...part, noise_multiplier: sigma * factor }, given),
          epsilon(part, Math.min(0.5, given * factor)),
          epsilon({ ...part, steps: Math.max(1, Math.floor(count / factor)) }, given),
          epsilon({ ...part, sample_rate: q / factor }, given),
        ];
        for (const changed of changes) expect(changed).toBeLessThan(base);
      }),
      RUNS,
    );
  });

  it('is never below the exact value where nothing is sampled', () => {
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 200 }), delta, (sigma, count, given) => {
        const exact = gaussianEpsilon(Math.sqrt(count) / sigma, given);
        const found = epsilon({ noise_multiplier: sigma, sample_rate: 1, steps: count }, given);
        expect(found).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
      }),
      RUNS,
    );
  });

  it('takes the orders asked for', () => {
    const cost = epsilonOf({ phases: [PHASE], delta: 1e-5, orders: [2, 7] });
    expect(cost.order).toBe(7);
    expect(cost.epsilon).toBeGreaterThan(epsilon({}));
  });

  it('refuses the tight accountant where no pair composes tightly', () => {
    const asked: EpsilonPlan = { phases: [FIXED], delta: 1e-5, accountant: 'pld' };
    const error = refusal(() => epsilonOf(asked));
    expect(error.code).toBe('ACCOUNTANT_UNAVAILABLE');
    expect(error.params).toEqual({ accountant: 'pld', available: ['rdp'] });
  });

  it('refuses what no figure can stand for, naming phase and field', () => {
    const cases: [Phase[], number, string, string][] = [
      [[PHASE, { ...PHASE, noise_multiplier: 0 }], 2, 'noise_multiplier', 'noise'],
      [[{ ...PHASE, noise_multiplier: NaN }], 1, 'noise_multiplier', 'noise'],
      [[{ ...PHASE, sample_rate: 0 }], 1, 'sample_rate', 'rate'],
      [[{ ...PHASE, sample_rate: 1.1 }], 1, 'sample_rate', 'rate'],
      [[{ ...PHASE, steps: 1.5 }], 1, 'steps', 'steps'],
      [[{ ...PHASE, steps: 0 }], 1, 'steps', 'steps'],
      [[{ ...FIXED, batch_size: 0 }], 1, 'batch_size', 'count'],
      [[{ ...FIXED, dataset_size: 0.5 }], 1, 'dataset_size', 'count'],
      [[{ ...FIXED, batch_size: 1001 }], 1, 'batch_size', 'batch-above-dataset'],
      [[PHASE, PHASE, FIXED], 3, 'mechanism', 'mixed-neighbours'],
      [[], 1, 'phases', 'no-phase'],
    ];
    for (const [phases, phase, field, reason] of cases) {
      const error = refusal(() => epsilonOf({ phases, delta: 1e-5 }));
      expect([error.code, error.params]).toEqual(['MECHANISM_INVALID', { phase, field, reason }]);
      for (const words of [english, chinese]) {
        const sentence = words.MECHANISM_INVALID(error.params);
        expect(sentence).toContain(field);
        expect(sentence).not.toMatch(new RegExp(`\\W${reason}\\.?$`));
      }
    }
  });

  it('refuses a delta outside (0, 1)', () => {
    for (const wrong of [0, 1, -1, NaN, Infinity]) {
      expect(refusal(() => epsilon({}, wrong)).code).toBe('DELTA_INVALID');
    }
  });
});

describe('calibration', () => {
  const CASE = { targetEpsilon: 1, delta: 1e-5, sampleRate: 0.01, steps: 1000 };

  it('never exceeds the target and wastes next to nothing', () => {
    const target = fc.double({ min: 0.05, max: 20, noNaN: true });
    fc.assert(
      fc.property(target, delta, rate, steps, (wanted, given, q, count) => {
        const plan = { targetEpsilon: wanted, delta: given, sampleRate: q, steps: count };
        const { noiseMultiplier, epsilon: reached } = calibrateNoise({
          ...plan,
          accountant: 'rdp',
        });
        const part = { noise_multiplier: noiseMultiplier, sample_rate: q, steps: count };
        expect(reached).toBeLessThanOrEqual(wanted);
        expect(epsilon(part, given)).toBe(reached);
        if (noiseMultiplier < 0.011) return;
        const less = { ...part, noise_multiplier: noiseMultiplier * (1 - 1e-6) };
        expect(epsilon(less, given)).toBeGreaterThan(wanted);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses wrong targets by name', () => {
    const code = (part: object) => refusal(() => calibrateNoise({ ...CASE, ...part })).code;
    for (const targetEpsilon of [0, -1, NaN, Infinity]) {
      expect(code({ targetEpsilon })).toBe('EPSILON_INVALID');
    }
    expect(code({ delta: 1 })).toBe('DELTA_INVALID');
    expect(code({ sampleRate: 0 })).toBe('MECHANISM_INVALID');
    expect(code({ steps: 0.5 })).toBe('MECHANISM_INVALID');
    expect(code({ orders: [1.5, 2], delta: 1e-12 })).toBe('CALIBRATION_IMPOSSIBLE');
  });
});

describe('delta and the number of units', () => {
  it('must be below one in the number', () => {
    for (const units of [2, 49, 1000, 32_561]) {
      expect(refusal(() => requireDelta(1 / units, units)).code).toBe('DELTA_TOO_LARGE');
      expect(() => requireDelta(0.999 / units, units)).not.toThrow();
    }
    expect(refusal(() => requireDelta(0, 5)).code).toBe('DELTA_INVALID');
  });
});

describe('the exact Gaussian', () => {
  it('agrees with the definition: mass by which one law exceeds e^epsilon of the other', () => {
    for (const [mu, eps] of [
      [0.5, 0.3],
      [1, 2],
      [3, 5],
    ] as const) {
      let sum = 0;
      const h = 1e-4;
      for (let z = -12 + h / 2; z < 16; z += h) {
        const [p, q] = [Math.exp(-0.5 * (z - mu) ** 2), Math.exp(-0.5 * z * z)];
        sum += (Math.max(0, p - Math.exp(eps) * q) / Math.sqrt(2 * Math.PI)) * h;
      }
      expect(gaussianDelta(mu, eps) / sum).toBeCloseTo(1, 6);
    }
  });

  it('inverts itself from above', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 20, noNaN: true }), delta, (mu, given) => {
        const eps = gaussianEpsilon(mu, given);
        expect(gaussianDelta(mu, eps)).toBeLessThanOrEqual(given);
        if (eps > 0) expect(gaussianDelta(mu, eps * (1 - 1e-6))).toBeGreaterThan(given);
      }),
    );
  });
});

describe('certainty', () => {
  it('rises from one half to at most one', () => {
    expect(worstCaseCertainty(0)).toBe(0.5);
    expect(worstCaseCertainty(1)).toBeCloseTo(0.7310585786300049, 15);
    expect(worstCaseCertainty(1000)).toBe(1);
  });
});

describe('plans', () => {
  it('accepts the documented keys and nothing else', () => {
    expect(epsilonPlan.safeParse({ phases: [PHASE, FIXED], delta: 1e-5 }).success).toBe(true);
    expect(epsilonPlan.safeParse({ phases: [PHASE], delta: 1e-5, sigma: 1 }).success).toBe(false);
    const lacking = { mechanism: 'poisson_gaussian', noise_multiplier: 1, steps: 100 };
    expect(epsilonPlan.safeParse({ phases: [lacking], delta: 1e-5 }).success).toBe(false);
    expect(epsilonPlan.safeParse({ phases: [], delta: 1e-5 }).success).toBe(false);
    const target = { target_epsilon: 1, delta: 1e-5, sample_rate: 0.01, steps: 10 };
    expect(calibratePlan.safeParse(target).success).toBe(true);
    expect(calibratePlan.safeParse({ ...target, epsilon: 1 }).success).toBe(false);
  });
});

describe('releases that may fail', () => {
  const SURE: Phase = { mechanism: 'discrete_gaussian', noise_multiplier: 8, steps: 3 };
  const SELECTION: Phase = { ...SURE, delta: 1e-7 };

  it('take their probabilities out of delta, each time', () => {
    const left = 1e-5 - 3e-7;
    expect(epsilonOf({ phases: [SELECTION], delta: 1e-5 }).epsilon).toBeCloseTo(
      epsilonOf({ phases: [SURE], delta: left }).epsilon,
      12,
    );
    expect(epsilonOf({ phases: [SELECTION], delta: 1e-5 }).epsilon).toBeGreaterThan(
      epsilonOf({ phases: [SURE], delta: 1e-5 }).epsilon,
    );
  });

  it.each([
    [[SELECTION], 3e-7],
    [[SELECTION, SELECTION], 5e-7],
    [[{ ...SELECTION, delta: -1e-9 }], 1e-5],
    [[{ ...SELECTION, delta: 1 }], 1e-5],
  ] as [Phase[], number][])('are refused where nothing is left of it (%#)', (phases, delta) => {
    const error = refusal(() => epsilonOf({ phases, delta }));
    expect(error.code).toBe('MECHANISM_INVALID');
    expect(error.params['reason']).toBe('failure');
  });
});

describe('a composition that holds a statistic', () => {
  it('is accounted by its losses, or by Renyi divergences where only the multiplier is known', () => {
    const counts = { mechanism: 'discrete_gaussian', noise_multiplier: 40, steps: 2 } as const;
    const accountantOf = (one: Phase): string =>
      epsilonOf({ phases: [PHASE, one], delta: 1e-5 }).accountant;
    expect(accountantOf({ ...counts, contributions: 1, delta: 1e-8 })).toBe('pld');
    expect(accountantOf({ ...counts, contributions: 5 })).toBe('pld');
    expect(accountantOf({ mechanism: 'exponential', noise_multiplier: 20, steps: 1 })).toBe('pld');
    expect(accountantOf(counts)).toBe('rdp');
    expect(accountantOf({ ...counts, noise_multiplier: 1e6, contributions: 1 })).toBe('rdp');
    const wrong: Phase = { ...counts, contributions: 0 };
    const error = refusal(() => epsilonOf({ phases: [wrong], delta: 1e-5 }));
    expect(error.params).toEqual({ phase: 1, field: 'contributions', reason: 'count' });
  });
});

describe('the exponential mechanism', () => {
  it('costs order epsilon^2 / 8 and never more than epsilon', () => {
    const phase = (noise_multiplier: number, steps: number): Phase => ({
      mechanism: 'exponential',
      noise_multiplier,
      steps,
    });
    // As a Gaussian of twice the multiplier while epsilon is small.
    const gaussian: Phase = { mechanism: 'gaussian', noise_multiplier: 40, steps: 9 };
    const renyi = (one: Phase, delta: number): number =>
      epsilonOf({ phases: [one], delta, accountant: 'rdp' }).epsilon;
    expect(renyi(phase(20, 9), 1e-5)).toBeCloseTo(renyi(gaussian, 1e-5), 12);
    // Without the bound by epsilon this would be above 3; the conversion adds some at any order.
    expect(renyi(phase(0.5, 1), 1e-9)).toBeLessThan(2.02);
  });
});
