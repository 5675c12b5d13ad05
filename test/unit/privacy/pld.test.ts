import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../main/contract/privacy.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { calibrateNoise } from '../../../main/privacy/calibrate.ts';
import { logErfc } from '../../../main/privacy/error-function.ts';
import { gaussianEpsilon } from '../../../main/privacy/gaussian.ts';
import { onGrid } from '../../../main/privacy/pld/discretise.ts';
import { DIRECTIONS, lossPair, type Direction } from '../../../main/privacy/pld/pairs.ts';
import { pldEpsilon } from '../../../main/privacy/pld/epsilon.ts';

/** What the grid may add (docs/accounting.md). */
const GRID = 3e-4;

const normal = (x: number): number => Math.exp(logErfc(-x / Math.SQRT2)) / 2;

/** Hockey-stick divergence of one sampled Gaussian release, in closed form. */
function sampledDelta(epsilon: number, sigma: number, rate: number, direction: Direction): number {
  const plain = direction === 'remove' ? epsilon : -epsilon;
  const share = (Math.exp(plain) - 1 + rate) / rate;
  const edge = share > 0 ? sigma * sigma * Math.log(share) + 0.5 : -Infinity;
  // Both tails are the small ones: nothing is taken from 1.
  const side = direction === 'remove' ? -1 : 1;
  const [at, mixed] = [normal((side * edge) / sigma), normal((side * (edge - 1)) / sigma)];
  return direction === 'remove'
    ? rate * mixed - (Math.exp(epsilon) - 1 + rate) * at
    : (1 - Math.exp(epsilon) * (1 - rate)) * at - Math.exp(epsilon) * rate * mixed;
}

function rootOf(delta: (epsilon: number) => number, target: number): number {
  let [low, high] = [0, 1];
  if (delta(0) <= target) return 0;
  while (delta(high) > target) high *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (delta(middle) > target) low = middle;
    else high = middle;
  }
  return high;
}

function tight(phases: Phase[], delta: number): number {
  const renyi = epsilonOf({ phases, delta, accountant: 'rdp' });
  const found = pldEpsilon(phases, delta, { epsilon: renyi.epsilon, order: renyi.order ?? 2 });
  if (found === null) throw new Error('too wide');
  expect(found.lower).toBeLessThanOrEqual(found.epsilon);
  return found.epsilon;
}

const sampled = (noise_multiplier: number, sample_rate: number, steps: number): Phase => ({
  mechanism: 'poisson_gaussian',
  noise_multiplier,
  sample_rate,
  steps,
});

/** Losses of one release in cells of this width, all rounded up or all down. */
function rounded(
  phase: Phase,
  direction: Direction,
  width: number,
  up: boolean,
): Map<number, number> {
  const pair = lossPair(phase, direction, 8);
  const found = new Map<number, number>();
  const add = (loss: number, mass: number): void => {
    const index = up ? Math.ceil(loss / width) : Math.floor(loss / width);
    found.set(index, (found.get(index) ?? 0) + mass);
  };
  const parts = 4_000;
  const step = (pair.to - pair.from) / parts;
  for (let i = 0; i < parts; i++) {
    const [left, right] = [pair.from + i * step, pair.from + (i + 1) * step];
    // The loss at the far end of each part, and its mass by Simpson's rule.
    const mass =
      (step / 6) *
      (pair.density(left) + 4 * pair.density((left + right) / 2) + pair.density(right));
    add(pair.loss(up ? right : left), mass);
  }
  for (const { loss, mass } of pair.atoms) add(loss, mass);
  return found;
}

function convolved(a: Map<number, number>, b: Map<number, number>): Map<number, number> {
  const sum = new Map<number, number>();
  for (const [i, p] of a) for (const [j, q] of b) sum.set(i + j, (sum.get(i + j) ?? 0) + p * q);
  return sum;
}

function deltaOf(losses: Map<number, number>, width: number, epsilon: number): number {
  let sum = 0;
  for (const [index, mass] of losses) {
    const above = index * width - epsilon;
    if (above > 0) sum += mass * -Math.expm1(-above);
  }
  return sum;
}

describe('privacy loss distribution', () => {
  it('gives one release of any sampled Gaussian as its closed form does, and never less', () => {
    const sigma = fc.double({ min: 0.4, max: 20, noNaN: true });
    const rate = fc.double({ min: 1e-4, max: 0.999, noNaN: true });
    const power = fc.double({ min: -9, max: -2, noNaN: true });
    fc.assert(
      fc.property(sigma, rate, power, (s, q, log) => {
        const delta = 10 ** log;
        const exact = Math.max(
          ...DIRECTIONS.map((side) => rootOf((e) => sampledDelta(e, s, q, side), delta)),
        );
        const found = tight([sampled(s, q, 1)], delta);
        expect(found).toBeGreaterThanOrEqual(exact * (1 - 1e-9) - 1e-9);
        expect(found).toBeLessThanOrEqual(exact * (1 + GRID) + 5e-5);
      }),
      { numRuns: 20 },
    );
  });

  it('lies between slow convolutions with every loss rounded down and up', () => {
    const cases: Phase[][] = [
      [sampled(1, 0.2, 3)],
      [sampled(0.8, 0.05, 2), { mechanism: 'laplace', noise_multiplier: 1.5, steps: 1 }],
      [sampled(1.5, 0.5, 2), { mechanism: 'gaussian', noise_multiplier: 2, steps: 1 }],
    ];
    const width = 0.04;
    for (const phases of cases) {
      const found = tight(phases, 1e-3);
      const bounds = [false, true].map((up) =>
        Math.max(
          ...DIRECTIONS.map((direction) => {
            const steps = phases.flatMap((phase) =>
              Array.from({ length: phase.steps }, () => rounded(phase, direction, width, up)),
            );
            const all = steps.reduce((sum, step) => convolved(sum, step));
            return rootOf((epsilon) => deltaOf(all, width, epsilon), 1e-3);
          }),
        ),
      );
      expect(found).toBeGreaterThan(bounds[0] ?? NaN);
      expect(found).toBeLessThan(bounds[1] ?? NaN);
    }
  });

  it('is exact where nothing is sampled, and next to it where almost nothing else is', () => {
    const gaussian: Phase = { mechanism: 'gaussian', noise_multiplier: 2, steps: 3 };
    const exact = gaussianEpsilon(Math.sqrt(3) / 2, 1e-6);
    expect(tight([gaussian, sampled(2, 1, 1)], 1e-6)).toBe(gaussianEpsilon(1, 1e-6));
    expect(tight([gaussian], 1e-6)).toBe(exact);
    // With a release that tells almost nothing the grid is needed.
    const nothing: Phase = { mechanism: 'laplace', noise_multiplier: 1e7, steps: 1 };
    const found = tight([gaussian, nothing], 1e-6);
    expect(found).toBeGreaterThanOrEqual(exact);
    expect(found).toBeLessThan(exact * (1 + GRID));
  });

  it('never goes beyond the greatest loss of Laplace noise', () => {
    for (const scale of [0.3, 1, 7]) {
      const found = tight([{ mechanism: 'laplace', noise_multiplier: scale, steps: 2 }], 1e-9);
      expect(found).toBeLessThanOrEqual((2 / scale) * (1 + 1e-5));
      expect(found).toBeGreaterThan((2 / scale) * (1 - 1e-3));
    }
  });

  it('keeps both probabilities of every mass on the grid', () => {
    for (const direction of DIRECTIONS) {
      for (const phase of [sampled(0.7, 0.01, 1), sampled(3, 0.4, 1), sampled(0.5, 1e-4, 1)]) {
        const { indices, upper, width } = onGrid(lossPair(phase, direction, 8), 1e-3, 256);
        let [p, q] = [0, 0];
        upper.forEach((mass, i) => {
          p += mass;
          q += mass * Math.exp(-indices[i]! * width);
        });
        expect(Math.abs(p - 1)).toBeLessThan(1e-13);
        expect(Math.abs(q - 1)).toBeLessThan(1e-13);
      }
    }
  });

  it('falls with noise and rises with steps, and is no more than the Renyi bound', () => {
    const sigma = fc.double({ min: 0.5, max: 10, noNaN: true });
    const rate = fc.double({ min: 1e-3, max: 0.5, noNaN: true });
    const steps = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(sigma, rate, steps, (s, q, count) => {
        const cost = (phase: Phase): number =>
          epsilonOf({ phases: [phase], delta: 1e-6, accountant: 'pld' }).epsilon;
        const found = cost(sampled(s, q, count));
        fc.pre(found < 30);
        expect(cost(sampled(s * 1.1, q, count))).toBeLessThanOrEqual(found * (1 + GRID) + 1e-6);
        expect(cost(sampled(s, q, 2 * count))).toBeGreaterThanOrEqual(found * (1 - GRID) - 1e-6);
        const phases = [sampled(s, q, count)];
        const { epsilon } = epsilonOf({ phases, delta: 1e-6, accountant: 'rdp' });
        expect(found).toBeLessThanOrEqual(epsilon);
      }),
      { numRuns: 3 },
    );
  });

  it('counts equal phases together, in any order', () => {
    const [a, b] = [sampled(1.2, 0.01, 300), sampled(2, 0.03, 200)];
    const whole = tight([a, b], 1e-5);
    const parts = [b, { ...a, steps: 100 }, { ...a, steps: 200 }];
    expect(Math.abs(tight(parts, 1e-5) / whole - 1)).toBeLessThan(1e-12);
  });

  it('gives the Renyi bound, by name, where no grid is wide enough', () => {
    const phases = [sampled(1, 1e-5, 1e9)];
    const found = epsilonOf({ phases, delta: 1e-5, accountant: 'pld' });
    expect(found).toEqual(epsilonOf({ phases, delta: 1e-5, accountant: 'rdp' }));
    expect(found.accountant).toBe('rdp');
  });
});

describe('calibration by the privacy loss distribution', () => {
  it('never exceeds the target, and needs no more noise than Renyi accounting', () => {
    for (const [targetEpsilon, sampleRate, steps] of [
      [0.5, 0.02, 500],
      [2, 0.004, 3000],
      [6, 0.1, 100],
    ] as const) {
      const target = { targetEpsilon, delta: 1e-5, sampleRate, steps };
      const found = calibrateNoise({ ...target, accountant: 'pld' });
      const phases = [sampled(found.noiseMultiplier, sampleRate, steps)];
      const cost = epsilonOf({ phases, delta: 1e-5, accountant: 'pld' });
      expect(cost.epsilon).toBe(found.epsilon);
      expect(found.epsilon).toBeLessThanOrEqual(targetEpsilon);
      expect(found.epsilon).toBeGreaterThan(targetEpsilon * (1 - 1e-3));
      expect(found.noiseMultiplier).toBeLessThan(
        calibrateNoise({ ...target, accountant: 'rdp' }).noiseMultiplier,
      );
    }
  });
});
