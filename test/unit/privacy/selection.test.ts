import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import {
  TRIAL_DISTRIBUTIONS,
  type AnyPhase,
  type Phase,
  type SelectionPhase,
  type TrialDistribution,
} from '../../../main/contract/privacy.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { calibrateNoise } from '../../../main/privacy/calibrate.ts';
import { composedRdp } from '../../../main/privacy/rdp.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { drawTrials, hazard, surchargeAt, trialLaw } from '../../../main/privacy/trials.ts';

const LONG = process.env['CONCORD_TEST_LONG'] === '1';
const RUNS = LONG ? 400 : 40;
const ROUNDING = 1 + 1e-9;

const search = (
  distribution: TrialDistribution,
  expected_trials: number,
  ...of: Phase[][]
): SelectionPhase => ({ mechanism: 'selection', distribution, expected_trials, of, steps: 1 });
const response = (epsilon: number, steps = 1): Phase => ({
  mechanism: 'discrete_laplace',
  noise_multiplier: 1 / epsilon,
  steps,
});
const gaussian = (noise_multiplier: number): Phase => ({
  mechanism: 'gaussian',
  noise_multiplier,
  steps: 1,
});

/** P(K = 1), P(K = 2), ... as the paper defines them, without a word of the code under test. */
function lawOf(distribution: TrialDistribution, expected: number): number[] {
  const most = 80 * Math.ceil(expected) + 60;
  const places = Array.from({ length: most }, (_, i) => i + 1);
  const shaped = (parameter: number): number[] => {
    let poisson = 1;
    const weights = places.map((k) => {
      poisson *= parameter / k;
      if (distribution === 'poisson') return poisson;
      return distribution === 'geometric' ? (1 - parameter) ** (k - 1) : (1 - parameter) ** k / k;
    });
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  };
  const mean = (law: number[]): number => law.reduce((sum, p, i) => sum + p * (i + 1), 0);
  // The mean grows with a Poisson law's parameter and falls with gamma.
  let [few, many] = distribution === 'poisson' ? [1e-9, 4 * expected] : [1 - 1e-9, 1e-9];
  for (let i = 0; i < 60; i++) {
    const middle = (few + many) / 2;
    if (mean(shaped(middle)) < expected) few = middle;
    else many = middle;
  }
  return shaped((few + many) / 2);
}

/** The law of the largest of K outcomes, each of which is `masses[i]` likely to be the i-th. */
function bestOf(masses: readonly number[], law: readonly number[]): number[] {
  const atMost = (share: number): number =>
    law.reduce((sum, p, i) => sum + p * share ** (i + 1), 0);
  let below = 0;
  return masses.map((mass) => {
    const before = atMost(below);
    below = Math.min(1, below + mass);
    return atMost(below) - before;
  });
}

const renyi = (p: readonly number[], q: readonly number[], order: number): number =>
  Math.log(p.reduce((sum, mass, i) => sum + mass ** order * q[i]! ** (1 - order), 0)) / (order - 1);
const hockeyStick = (p: readonly number[], q: readonly number[], epsilon: number): number =>
  p.reduce((sum, mass, i) => sum + Math.max(0, mass - Math.exp(epsilon) * q[i]!), 0);
const times = (a: readonly number[], b: readonly number[]): number[] =>
  a.flatMap((x) => b.map((y) => x * y));

/** Randomised response `steps` times: masses of all answers, for both neighbours. */
function answers(epsilon: number, steps: number): { yes: number[]; no: number[] } {
  const likely = 1 / (1 + Math.exp(-epsilon));
  let [yes, no] = [[1], [1]];
  for (let step = 0; step < steps; step++) {
    yes = times(yes, [likely, 1 - likely]);
    no = times(no, [1 - likely, likely]);
  }
  return { yes, no };
}

const distribution = fc.constantFrom(...TRIAL_DISTRIBUTIONS);
const expectedTrials = fc.double({ min: 1.2, max: 9, noNaN: true });

describe('the number of trials', () => {
  it.each(TRIAL_DISTRIBUTIONS)(
    'follows the definition, and its mean is the one asked for (%s)',
    (name) => {
      for (const expected of [1.01, 1.5, 4, 8]) {
        const law = trialLaw({ distribution: name, expected_trials: expected });
        const reference = lawOf(name, expected);
        let left = 1;
        let mean = 0;
        for (let k = 1; k <= 6 * expected; k++) {
          const mass = left * hazard(law, k);
          expect(mass).toBeCloseTo(reference[k - 1]!, 9);
          left -= mass;
        }
        for (let k = 1, rest = 1; rest > 1e-14; k++) {
          mean += rest;
          rest *= 1 - hazard(law, k);
        }
        expect(mean / expected).toBeCloseTo(1, 9);
      }
    },
  );

  it.each(TRIAL_DISTRIBUTIONS)('is drawn by that law (%s)', (name) => {
    const random = privateRandomForTests(`trials ${name}`);
    const reference = lawOf(name, 4);
    const law = trialLaw({ distribution: name, expected_trials: 4 });
    const draws = 20_000;
    const found = new Map<number, number>();
    for (let i = 0; i < draws; i++) {
      const k = drawTrials(law, random);
      found.set(k, (found.get(k) ?? 0) + 1);
    }
    for (let k = 1; k <= 8; k++) {
      const p = reference[k - 1]!;
      const sd = Math.sqrt(draws * p * (1 - p));
      expect(Math.abs((found.get(k) ?? 0) - draws * p)).toBeLessThan(5 * sd);
    }
  });

  it('adds at most the surcharge, whatever two probabilities a trial allows', () => {
    const some = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        distribution,
        expectedTrials,
        some,
        some,
        some,
        some,
        (name, mean, x, d, p, at) => {
          const law = lawOf(name, mean);
          const slope = (share: number): number =>
            law.reduce((sum, mass, i) => sum + mass * (i + 1) * share ** i, 0);
          const other = Math.min(1, Math.exp(x) * p + d) * at ** 0.1;
          const difference = Math.log(slope(1 - p)) - Math.log(slope(1 - other));
          const most = surchargeAt(trialLaw({ distribution: name, expected_trials: mean }), x, d);
          expect(difference).toBeLessThanOrEqual(most + 1e-7);
        },
      ),
      // The first comes near to it.
      { numRuns: 5 * RUNS, examples: [['geometric', 8, 0.5, 0, 0.2, 1]] },
    );
  });
});

describe('the price of a search', () => {
  // Every outcome, ranked in any way: the true divergences of the best are never above the figures.
  it('is not below what repeated randomised response truly gives away', () => {
    const rank = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        distribution,
        expectedTrials,
        fc.double({ min: 0.05, max: 2.5, noNaN: true }),
        fc.integer({ min: 1, max: 3 }),
        rank,
        (name, mean, epsilon, steps, ranks) => {
          const law = lawOf(name, mean);
          const { yes, no } = answers(epsilon, steps);
          const order = yes.map((_, i) => i).sort((a, b) => ranks[a]! - ranks[b]!);
          const p = bestOf(
            order.map((i) => yes[i]!),
            law,
          );
          const q = bestOf(
            order.map((i) => no[i]!),
            law,
          );
          const phases = [search(name, mean, [response(epsilon, steps)])];
          for (const at of [1.5, 2, 4, 8, 32]) {
            const paid = composedRdp(phases, at) * ROUNDING + 1e-9;
            expect(renyi(p, q, at)).toBeLessThanOrEqual(paid);
            expect(renyi(q, p, at)).toBeLessThanOrEqual(paid);
          }
          for (const delta of [1e-5, 0.01, 0.1]) {
            for (const accountant of ['pld', 'rdp'] as const) {
              const found = epsilonOf({ phases, delta, accountant });
              const true1 = hockeyStick(p, q, found.epsilon);
              const true2 = hockeyStick(q, p, found.epsilon);
              expect(Math.max(true1, true2)).toBeLessThanOrEqual(delta * ROUNDING + 1e-12);
            }
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('holds beside other releases and for several searches, one after another', () => {
    const epsilon = fc.double({ min: 0.1, max: 1.2, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(distribution, expectedTrials, epsilon),
        fc.tuple(distribution, expectedTrials, epsilon),
        epsilon,
        fc.boolean(),
        (a, b, beside, flips) => {
          const one = ([name, mean, eps]: typeof a, flip: boolean) => {
            const law = lawOf(name, mean);
            const { yes, no } = answers(eps, 1);
            const turned = (masses: number[]) => bestOf(flip ? masses.toReversed() : masses, law);
            return { p: turned(yes), q: turned(no) };
          };
          const [first, second] = [one(a, flips), one(b, false)];
          const plain = answers(beside, 1);
          const p = times(times(first.p, second.p), plain.yes);
          const q = times(times(first.q, second.q), plain.no);
          const phases: AnyPhase[] = [
            response(beside),
            search(a[0], a[1], [response(a[2])]),
            search(b[0], b[1], [response(b[2])]),
          ];
          for (const delta of [1e-4, 0.05]) {
            const found = epsilonOf({ phases, delta });
            expect(hockeyStick(p, q, found.epsilon)).toBeLessThanOrEqual(delta * ROUNDING + 1e-12);
            expect(hockeyStick(q, p, found.epsilon)).toBeLessThanOrEqual(delta * ROUNDING + 1e-12);
          }
        },
      ),
      { numRuns: RUNS / 2 },
    );
  });

  it('covers trials of different settings, drawn at random', () => {
    const law = lawOf('geometric', 5);
    const [weak, strong] = [answers(0.3, 2), answers(1, 1)];
    // Which setting it was is part of the outcome.
    const joined = (side: 'yes' | 'no') =>
      bestOf([...weak[side].map((x) => x / 2), ...strong[side].map((x) => x / 2)], law);
    const [p, q] = [joined('yes'), joined('no')];
    const phases = [search('geometric', 5, [response(0.3, 2)], [response(1)])];
    const found = epsilonOf({ phases, delta: 1e-3 });
    expect(found.accountant).toBe('pld');
    for (const accountant of ['pld', 'rdp'] as const) {
      const both = epsilonOf({ phases, delta: 1e-3, accountant }).epsilon;
      for (const of of phases[0]!.of) {
        const alone = epsilonOf({ phases: [search('geometric', 5, of)], delta: 1e-3, accountant });
        expect(both).toBeGreaterThanOrEqual(alone.epsilon);
      }
    }
    expect(hockeyStick(p, q, found.epsilon)).toBeLessThanOrEqual(1e-3);
    expect(hockeyStick(q, p, found.epsilon)).toBeLessThanOrEqual(1e-3);
  });

  it.each(TRIAL_DISTRIBUTIONS)(
    'of Gaussian trials is above the integral, and not by much (%s)',
    (name) => {
      const law = lawOf(name, 4);
      const edges = Array.from({ length: 6001 }, (_, i) => -9 + (i * 19) / 6000);
      const normal = (centre: number): number[] =>
        edges.slice(1).map((edge, i) => {
          const middle = (edge + edges[i]!) / 2;
          return (Math.exp(-((middle - centre) ** 2) / 2) / Math.sqrt(2 * Math.PI)) * (19 / 6000);
        });
      const mu = 0.3;
      const delta = 1e-4;
      const found = epsilonOf({ phases: [search(name, 4, [gaussian(1 / mu)])], delta });
      let most = 0;
      for (const turn of [(m: number[]) => m, (m: number[]) => m.toReversed()]) {
        const [p, q] = [bestOf(turn(normal(0)), law), bestOf(turn(normal(mu)), law)];
        for (const [a, b] of [[p, q] as const, [q, p] as const]) {
          expect(hockeyStick(a, b, found.epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-6));
          for (let e = 0; e < found.epsilon; e += 0.01) {
            if (hockeyStick(a, b, e) > delta) most = Math.max(most, e);
          }
        }
      }
      expect(found.epsilon / most).toBeLessThan(1.5);
    },
  );

  it('by divergences is that of the paper, evaluated slowly', () => {
    const sigma = 4;
    const rdp = (order: number): number => order / (2 * sigma * sigma);
    for (const [name, eta] of [
      ['geometric', 1],
      ['logarithmic', 0],
    ] as const) {
      const [first, second] = lawOf(name, 6);
      // Of the first two masses: P(2) / P(1) = (1 - gamma)(1 + eta) / 2.
      const gamma = 1 - ((second! / first!) * 2) / (1 + eta);
      for (const order of [1.5, 3, 10, 60]) {
        let least = Infinity;
        for (let at = 1; at < 400; at += 0.01) {
          const choice = (1 - 1 / at) * rdp(at) + Math.log(1 / gamma) / at;
          least = Math.min(least, rdp(order) + (1 + eta) * choice + Math.log(6) / (order - 1));
        }
        const found = composedRdp([search(name, 6, [gaussian(sigma)])], order);
        expect(found).toBeGreaterThanOrEqual(least);
        expect(found).toBeLessThan(least * 1.01);
      }
    }
  });

  it('is smaller by the privacy loss distribution, and larger the more trials there are', () => {
    const steps: Phase = {
      mechanism: 'poisson_gaussian',
      noise_multiplier: 4.6,
      sample_rate: 0.04,
      steps: 500,
    };
    const alone = epsilonOf({ phases: [steps], delta: 1e-5 }).epsilon;
    let last = alone;
    for (const trials of [2, 4, 16]) {
      const phases = [search('geometric', trials, [steps])];
      const tight = epsilonOf({ phases, delta: 1e-5 });
      expect(tight.accountant).toBe('pld');
      expect(tight.epsilon).toBeGreaterThan(last);
      expect(tight.epsilon).toBeLessThan(
        epsilonOf({ phases, delta: 1e-5, accountant: 'rdp' }).epsilon,
      );
      last = tight.epsilon;
    }
    expect(last).toBeLessThan(3 * alone);
  });

  it.each(TRIAL_DISTRIBUTIONS)('is met by the noise calibrated for it (%s)', (name) => {
    const target = { targetEpsilon: 1, delta: 1e-5, sampleRate: 0.05, steps: 100 };
    const trials = { distribution: name, expected_trials: 4 };
    const beside = [gaussian(20)];
    for (const accountant of ['pld', 'rdp'] as const) {
      const found = calibrateNoise({ ...target, accountant, beside, search: trials });
      const steps: Phase = {
        mechanism: 'poisson_gaussian',
        noise_multiplier: found.noiseMultiplier,
        sample_rate: 0.05,
        steps: 100,
      };
      const phases = [...beside, search(name, 4, [steps])];
      const { epsilon } = epsilonOf({ phases, delta: 1e-5, accountant });
      expect(epsilon).toBe(found.epsilon);
      expect(epsilon).toBeLessThanOrEqual(1);
      expect(epsilon).toBeGreaterThan(0.998);
      const single = calibrateNoise({ ...target, accountant, beside });
      expect(found.noiseMultiplier).toBeGreaterThan(single.noiseMultiplier);
    }
  });
});

describe('a search that cannot be accounted', () => {
  const reasonOf = (phases: AnyPhase[]): unknown => {
    try {
      epsilonOf({ phases, delta: 1e-5 });
    } catch (error) {
      if (error instanceof ConcordError) return error.params['reason'];
    }
    return null;
  };

  it('is refused with the reason', () => {
    expect(reasonOf([search('poisson', 1, [gaussian(1)])])).toBe('trials');
    expect(reasonOf([search('poisson', 1001, [gaussian(1)])])).toBe('trials');
    expect(reasonOf([search('poisson', 4, [gaussian(0)])])).toBe('noise');
    const failing: Phase = { ...gaussian(4), mechanism: 'discrete_gaussian', delta: 1e-9 };
    expect(reasonOf([search('poisson', 4, [failing])])).toBe('trial-failure');
    const fixed: Phase = {
      mechanism: 'fixed_size_gaussian',
      noise_multiplier: 1,
      batch_size: 10,
      dataset_size: 100,
      steps: 1,
    };
    expect(reasonOf([search('poisson', 4, [gaussian(4)], [fixed])])).toBe('mixed-neighbours');
    expect(epsilonOf({ phases: [search('poisson', 4, [fixed])], delta: 1e-5 })).toMatchObject({
      accountant: 'rdp',
      neighbours: 'replace-one',
    });
  });
});
