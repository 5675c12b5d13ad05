import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../main/contract/privacy.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { pldEpsilon } from '../../../main/privacy/pld/epsilon.ts';
import { lossPair } from '../../../main/privacy/pld/pairs.ts';
import { composedPairRdp, composedRdp, DEFAULT_ORDERS } from '../../../main/privacy/rdp.ts';

/** What the grid may add (docs/accounting.md). */
const GRID = 3e-4;
const RUNS = process.env['CONCORD_TEST_LONG'] === '1' ? 200 : 15;

/** Losses with their probabilities under P, from the laws themselves. */
type Losses = readonly (readonly [loss: number, mass: number])[];

function tight(phases: Phase[], delta: number): { epsilon: number; lower: number } {
  const { epsilon, order = 2 } = epsilonOf({ phases, delta, accountant: 'rdp' });
  const found = pldEpsilon(phases, delta, { epsilon, order });
  if (found === null) throw new Error('too wide');
  return found;
}

const counts = (noise_multiplier: number, contributions: number, steps: number): Phase => ({
  mechanism: 'discrete_gaussian',
  noise_multiplier,
  contributions,
  steps,
});
const choice = (epsilon: number, steps: number): Phase => ({
  mechanism: 'exponential',
  noise_multiplier: 1 / epsilon,
  steps,
});
const laplace = (epsilon: number, steps: number): Phase => ({
  mechanism: 'discrete_laplace',
  noise_multiplier: 1 / epsilon,
  steps,
});

/** Two whole-number laws, as weights that need not add up to 1. */
function lossesOf(p: (k: number) => number, q: (k: number) => number, reach: number): Losses {
  const places = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const sum = (law: (k: number) => number): number => places.reduce((all, k) => all + law(k), 0);
  const [ofP, ofQ] = [sum(p), sum(q)];
  return places.flatMap((k) => {
    const [mass, other] = [p(k) / ofP, q(k) / ofQ];
    return mass > 0 && other > 0 ? [[Math.log(mass / other), mass] as const] : [];
  });
}

const gaussianLosses = (deviation: number): Losses => {
  const law = (centre: number) => (k: number) =>
    Math.exp(-((k - centre) ** 2) / (2 * deviation ** 2));
  return lossesOf(law(0), law(1), Math.ceil(12 * deviation));
};

const laplaceLosses = (scale: number, moved: number): Losses => {
  const law = (centre: number) => (k: number) => Math.exp(-Math.abs(k - centre) / scale);
  return lossesOf(law(0), law(moved), Math.ceil(60 * scale));
};

/** All sums of one loss each; equal sums (to 1e-9) are counted together. */
function convolved(parts: readonly Losses[]): Losses {
  return parts.reduce<Losses>(
    (sums, part) => {
      const found = new Map<number, [number, number]>();
      for (const [a, p] of sums) {
        for (const [b, q] of part) {
          const key = Math.round((a + b) * 1e9);
          const known = found.get(key);
          if (known === undefined) found.set(key, [a + b, p * q]);
          else known[1] += p * q;
        }
      }
      return [...found.values()];
    },
    [[0, 1]],
  );
}

function deltaAt(losses: Losses, epsilon: number): number {
  return losses.reduce(
    (sum, [loss, mass]) => (loss > epsilon ? sum - mass * Math.expm1(epsilon - loss) : sum),
    0,
  );
}

function epsilonAt(losses: Losses, delta: number): number {
  if (deltaAt(losses, 0) <= delta) return 0;
  let [low, high] = [0, Math.max(...losses.map(([loss]) => loss))];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (deltaAt(losses, middle) > delta) low = middle;
    else high = middle;
  }
  return high;
}

const repeated = (losses: Losses, times: number): Losses[] => Array<Losses>(times).fill(losses);

function expectTight(phases: Phase[], exact: Losses, delta: number): void {
  const truth = epsilonAt(exact, delta);
  const { epsilon, lower } = tight(phases, delta);
  expect(epsilon).toBeGreaterThanOrEqual(truth * (1 - 1e-9) - 1e-9);
  expect(epsilon).toBeLessThanOrEqual(truth * (1 + GRID) + 1e-5);
  expect(lower).toBeLessThanOrEqual(truth * (1 + 1e-9) + 1e-9);
}

describe('counts with discrete Gaussian noise', () => {
  it.each([
    [0.7, 1, 1],
    [2, 1, 4],
    [1.5, 3, 2],
    [6, 2, 3],
  ])('of multiplier %f in %i counts, %i times, cost what slow convolution says', (s, m, steps) => {
    const one = gaussianLosses(s * Math.sqrt(m));
    for (const delta of [1e-3, 1e-7]) {
      expectTight([counts(s, m, steps)], convolved(repeated(one, m * steps)), delta);
    }
  });

  it('are no release of the continuous Gaussian of the same deviation', () => {
    // For some delta they cost more: why they have a pair of their own.
    const more = [1e-2, 1e-3, 1e-4, 1e-5].some((delta) => {
      const plain: Phase = { mechanism: 'gaussian', noise_multiplier: 0.6, steps: 1 };
      const found = tight([counts(0.6, 1, 1)], delta).epsilon;
      return found > tight([plain], delta).epsilon * (1 + GRID);
    });
    expect(more).toBe(true);
  });

  it('cost less in fewer of them than a unit may be in', () => {
    const fewer = convolved(repeated(gaussianLosses(2 * Math.sqrt(3)), 2));
    expect(tight([counts(2, 3, 1)], 1e-5).epsilon).toBeGreaterThan(epsilonAt(fewer, 1e-5));
  });
});

describe('discrete Laplace noise', () => {
  it('on a count moved by 1 costs what its law says, and moved by more, in proportion, no more', () => {
    for (const epsilon of [0.2, 1, 2.5]) {
      for (const steps of [1, 3]) {
        const exact = convolved(repeated(laplaceLosses(1 / epsilon, 1), steps));
        expectTight([laplace(epsilon, steps)], exact, 1e-4);
        const moved = convolved(repeated(laplaceLosses(4 / epsilon, 4), steps));
        const { epsilon: found } = tight([laplace(epsilon, steps)], 1e-4);
        expect(found).toBeGreaterThanOrEqual(epsilonAt(moved, 1e-4) * (1 - 1e-9));
      }
    }
  });

  it('has the Renyi divergence of its law', () => {
    for (const epsilon of [0.05, 1, 4]) {
      for (const order of [1.5, 2, 20]) {
        const moment = laplaceLosses(1 / epsilon, 1).reduce(
          (sum, [loss, mass]) => sum + mass * Math.exp((order - 1) * loss),
          0,
        );
        const exact = Math.log(moment) / (order - 1);
        expect(composedRdp([laplace(epsilon, 1)], order) / exact).toBeCloseTo(1, 7);
      }
    }
  });
});

describe('the exponential mechanism', () => {
  /** Two outcomes whose losses are `at` and `at` - epsilon: the extremes of a range of epsilon. */
  const extreme = (epsilon: number, at: number): Losses => {
    const mass = Math.expm1(epsilon - at) / (Math.exp(epsilon - at) - Math.exp(-at));
    return [
      [at, mass],
      [at - epsilon, 1 - mass],
    ];
  };

  it('has the largest hockey-stick divergence of all ranges, at every epsilon', () => {
    for (const range of [0.3, 1, 4]) {
      const pair = lossPair(choice(range, 1), 'remove', 0);
      const parts = 20_000;
      const step = (2 * range) / parts;
      const losses = Array.from({ length: parts }, (_, i) => {
        const loss = -range + (i + 0.5) * step;
        return [loss, pair.density(loss) * step] as const;
      });
      for (const at of [-0.9, -0.4, 0, 0.2, 0.7, 0.9].map((share) => share * range)) {
        const ranges = Array.from({ length: 4000 }, (_, i) => ((i + 0.5) / 4000) * range);
        const largest = Math.max(...ranges.map((t) => deltaAt(extreme(range, t), at)));
        const found = deltaAt(losses, at);
        expect(found).toBeGreaterThan(largest * (1 - 1e-6));
        expect(found).toBeLessThan(largest * (1 + 1e-3));
      }
    }
  });

  it('is covered with any losses of its outcomes, chosen by what came out before', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 5 });
    const changes = fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 5, maxLength: 5 });
    const mechanism = fc.tuple(scores, changes);
    fc.assert(
      fc.property(
        mechanism,
        fc.array(mechanism, { minLength: 5, maxLength: 5 }),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        (first, second, epsilon) => {
          const losses = ([given, change]: typeof first): Losses => {
            const weigh = (score: number[]): number[] => {
              const raw = score.map((value) => Math.exp((-value * epsilon) / 2));
              return raw.map((weight) => weight / raw.reduce((sum, w) => sum + w, 0));
            };
            const p = weigh(given);
            const q = weigh(given.map((value, i) => value + change[i]!));
            return p.map((mass, i) => [Math.log(mass / q[i]!), mass] as const);
          };
          // The second is another one after each outcome of the first.
          const whole = losses(first).flatMap(([loss, mass], i) =>
            losses(second[i]!).map(([more, next]) => [loss + more, mass * next] as const),
          );
          for (const delta of [0.1, 1e-2, 1e-4]) {
            const { epsilon: found } = tight([choice(epsilon, 2)], delta);
            expect(found).toBeGreaterThanOrEqual(epsilonAt(whole, delta) * (1 - 1e-9) - 1e-9);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('has a pair whose divergences are those of its density, above those of the mechanism', () => {
    for (const epsilon of [0.05, 1, 6]) {
      const pair = lossPair(choice(epsilon, 1), 'remove', 0);
      const parts = 20_000;
      const step = (2 * epsilon) / parts;
      for (const order of [1.1, 2, 30]) {
        let moment = 0;
        for (let i = 0; i < parts; i++) {
          const loss = -epsilon + (i + 0.5) * step;
          moment += pair.density(loss) * step * Math.exp((order - 1) * loss);
        }
        const found = composedPairRdp([choice(epsilon, 1)], order);
        expect(found / (Math.log(moment) / (order - 1))).toBeCloseTo(1, 4);
        expect(found).toBeGreaterThanOrEqual(composedRdp([choice(epsilon, 1)], order));
      }
    }
  });
});

describe('statistics and training together', () => {
  it('cost what slow convolution of all of them says', () => {
    const phases = [counts(1.5, 2, 1), laplace(0.8, 2), counts(3, 1, 2)];
    const exact = convolved([
      ...repeated(gaussianLosses(1.5 * Math.sqrt(2)), 2),
      ...repeated(laplaceLosses(1 / 0.8, 1), 2).map(
        // Two losses of one size each: as short as the law allows.
        (losses) =>
          [Math.max, Math.min].map((end) => {
            const loss = end(...losses.map(([value]) => value));
            const mass = losses.reduce(
              (sum, [l, m]) => (Math.abs(l - loss) < 1e-6 ? sum + m : sum),
              0,
            );
            return [loss, mass] as const;
          }),
      ),
      ...repeated(gaussianLosses(3), 2),
    ]);
    expectTight(phases, exact, 1e-4);
  });

  it('are never above the Renyi bound of the same pairs, never below the optimistic figure', () => {
    const noise = fc.double({ min: 1, max: 30, noNaN: true });
    const phase = fc.oneof(
      fc
        .tuple(noise, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
        .map((a) => counts(...a)),
      fc.tuple(noise, fc.integer({ min: 1, max: 3 })).map(([n, steps]) => choice(1 / n, steps)),
      fc.tuple(noise, fc.integer({ min: 1, max: 3 })).map(([n, steps]) => laplace(1 / n, steps)),
      fc
        .tuple(noise, fc.double({ min: 1e-3, max: 0.2, noNaN: true }))
        .map(([noise_multiplier, sample_rate]): Phase => ({
          mechanism: 'poisson_gaussian',
          noise_multiplier,
          sample_rate,
          steps: 200,
        })),
    );
    fc.assert(
      fc.property(fc.array(phase, { minLength: 2, maxLength: 5 }), (phases) => {
        const delta = 1e-5;
        const { epsilon, lower } = tight(phases, delta);
        const bounds = DEFAULT_ORDERS.map((order) => {
          const rest = Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1);
          return composedPairRdp(phases, order) + rest;
        });
        const renyi = Math.max(0, Math.min(...bounds));
        expect(lower).toBeLessThanOrEqual(epsilon);
        expect(lower).toBeLessThanOrEqual(renyi * (1 + 1e-9));
        // Between single losses the grid may add more than elsewhere; the answer is the smaller one.
        expect(epsilon).toBeLessThanOrEqual(renyi * (1 + 3e-3) + 1e-5);
        const answer = epsilonOf({ phases, delta });
        expect(answer.epsilon).toBeLessThanOrEqual(epsilon);
      }),
      { numRuns: RUNS },
    );
  });
});
