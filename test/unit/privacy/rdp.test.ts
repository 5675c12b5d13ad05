import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../main/contract/privacy.ts';
import { logErfc, scaledErfc } from '../../../main/privacy/error-function.ts';
import { composedRdp, DEFAULT_ORDERS, epsilonFromRdp } from '../../../main/privacy/rdp.ts';
import { fixedSizeGaussianRdp } from '../../../main/privacy/rdp-fixed-size.ts';
import { poissonGaussianRdp } from '../../../main/privacy/rdp-poisson.ts';

/** Integral by Simpson's rule. */
function integral(f: (x: number) => number, from: number, to: number, parts = 20_000): number {
  const h = (to - from) / parts;
  let sum = f(from) + f(to);
  for (let i = 1; i < parts; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * h);
  return (sum * h) / 3;
}

/** The divergence by its definition: 1/(a-1) ln E over N(0, sigma^2) of (mixture / Gaussian)^a. */
function integratedRdp(sigma: number, rate: number, order: number): number {
  const moment = integral(
    (z) => {
      const logRatio = Math.log(1 - rate + rate * Math.exp((2 * z - 1) / (2 * sigma * sigma)));
      return Math.exp(order * logRatio - 0.5 * (z / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI));
    },
    -14 * sigma,
    order + 14 * sigma,
  );
  return Math.log(moment) / (order - 1);
}

describe('the complementary error function', () => {
  it('agrees with its integral', () => {
    for (const x of [0, 0.01, 0.3, 1, 2.5, 4, 7, 20, 300]) {
      const far = Math.min(9, 40 / (1 + x));
      const slow =
        (2 / Math.sqrt(Math.PI)) * integral((t) => Math.exp(-t * t - 2 * x * t), 0, far, 40_000);
      expect(Math.abs(scaledErfc(x) / slow - 1)).toBeLessThan(1e-12);
    }
  });

  it('is right at known values and in the tails', () => {
    expect(Math.exp(logErfc(0.5))).toBeCloseTo(0.4795001221869535, 15);
    expect(Math.exp(logErfc(2))).toBeCloseTo(0.004677734981047266, 17);
    expect(Math.exp(logErfc(-1))).toBeCloseTo(1.842700792949715, 14);
    // erfc(x) ~ exp(-x^2) / (x sqrt(pi))
    expect(logErfc(1e6)).toBeCloseTo(-1e12 - Math.log(1e6 * Math.sqrt(Math.PI)), 3);
    expect(logErfc(-40)).toBe(Math.LN2);
  });
});

describe('RDP of the Poisson-subsampled Gaussian', () => {
  for (const [sigma, rate] of [
    [1, 0.01],
    [0.7, 0.3],
    [2, 0.05],
    [4, 0.6],
  ] as const) {
    it(`agrees with numerical integration at sigma ${sigma}, rate ${rate}`, () => {
      for (const order of [2, 3, 5, 8, 20]) {
        const slow = integratedRdp(sigma, rate, order);
        expect(Math.abs(poissonGaussianRdp(sigma, rate, order) / slow - 1)).toBeLessThan(1e-8);
      }
      for (const order of [1.5, 2.5, 4.7, 6.3, 10.9]) {
        const slow = integratedRdp(sigma, rate, order);
        const found = poissonGaussianRdp(sigma, rate, order);
        // Every term of the series is taken positive: never below, and close from order 3 on.
        expect(found).toBeGreaterThanOrEqual(slow * (1 - 1e-9));
        if (order > 3 && found < Infinity) expect(found).toBeLessThan(slow * 1.01);
      }
    });
  }

  it('is the Gaussian at rate 1 and continuous there', () => {
    expect(poissonGaussianRdp(2, 1, 8)).toBe(1);
    expect(poissonGaussianRdp(2, 1 - 1e-12, 8)).toBeCloseTo(1, 9);
  });

  it('keeps its digits where the divergence is tiny', () => {
    // To first order q^2 (exp(1/sigma^2) - 1) a / 2.
    const [sigma, rate] = [50, 1e-6];
    const expected = rate * rate * Math.expm1(1 / sigma ** 2);
    expect(poissonGaussianRdp(sigma, rate, 2) / expected).toBeCloseTo(1, 9);
  });
});

describe('RDP of fixed-size batches', () => {
  it('equals the forward differences of the paper where those are exact enough', () => {
    const [sigma, share] = [0.8, 0.05];
    const moment = (k: number) => Math.exp((k * (k - 1)) / (2 * sigma * sigma));
    const binomial = (n: number, k: number): number =>
      k === 0 ? 1 : (binomial(n, k - 1) * (n - k + 1)) / k;
    const difference = (l: number): number => {
      let sum = 0;
      for (let k = 0; k <= l; k++) sum += (-1) ** (l - k) * binomial(l, k) * moment(k);
      return sum;
    };
    for (const order of [2, 3, 4, 6]) {
      let sum = 1;
      for (let i = 2; i <= order; i++) {
        const even = difference(2 * Math.floor(i / 2)) * difference(2 * Math.ceil(i / 2));
        const bound = Math.min(4 * Math.sqrt(even), 2 * moment(i));
        sum += binomial(order, i) * share ** i * bound;
      }
      const expected = Math.log(sum) / (order - 1);
      expect(fixedSizeGaussianRdp(sigma, share, order)).toBeCloseTo(expected, 10);
    }
  });

  it('interpolates between whole orders and is the Gaussian for the whole data', () => {
    const at = (order: number) => (order - 1) * fixedSizeGaussianRdp(3, 0.02, order);
    expect(at(4.25)).toBeCloseTo(0.75 * at(4) + 0.25 * at(5), 14);
    expect(fixedSizeGaussianRdp(3, 1, 9)).toBe(0.5);
  });

  it('stays finite and above 0 over the whole default list', () => {
    for (const sigma of [0.05, 0.3, 1, 5, 40, 1000]) {
      for (const order of DEFAULT_ORDERS) {
        const found = fixedSizeGaussianRdp(sigma, 0.01, order);
        expect(found).toBeGreaterThan(0);
        expect(found).toBeLessThan(Infinity);
      }
    }
  });
});

const anyPhase: fc.Arbitrary<Phase> = fc.oneof(
  fc.record({
    mechanism: fc.constant('poisson_gaussian' as const),
    noise_multiplier: fc.double({ min: 0.5, max: 20, noNaN: true }),
    sample_rate: fc.double({ min: 1e-4, max: 1, noNaN: true }),
    steps: fc.integer({ min: 1, max: 5000 }),
  }),
  fc.record({
    mechanism: fc.constantFrom('gaussian' as const, 'laplace' as const),
    noise_multiplier: fc.double({ min: 0.5, max: 20, noNaN: true }),
    steps: fc.integer({ min: 1, max: 50 }),
  }),
);

describe('composition and conversion', () => {
  it('adds phases up, in any order and however steps are split', () => {
    fc.assert(
      fc.property(anyPhase, anyPhase, fc.constantFrom(2, 3.4, 7, 32), (a, b, order) => {
        const both = composedRdp([a, b], order);
        const apart = composedRdp([a], order) + composedRdp([b], order);
        if (both === Infinity) return expect(apart).toBe(Infinity);
        expect(composedRdp([b, a], order)).toBe(both);
        expect(apart).toBe(both);
        const doubled = composedRdp([{ ...a, steps: 2 * a.steps }], order);
        expect(doubled / composedRdp([a, a], order)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('computes Laplace by its integral', () => {
    for (const scale of [0.7, 3, 10]) {
      for (const order of [1.5, 4, 9]) {
        const logRatio = (z: number) => (Math.abs(z) - Math.abs(z - 1)) / scale;
        const weight = (z: number) =>
          Math.exp(-Math.abs(z) / scale + order * logRatio(z)) / (2 * scale);
        const pieces = [
          [-60 * scale, 0],
          [0, 1],
          [1, 60 * scale],
        ] as const;
        // E over the shifted law of (p / q)^(order - 1), written over the unshifted one
        const moment = pieces.reduce(
          (sum, [a, b]) => sum + integral((z) => weight(1 - z), a, b),
          0,
        );
        const phase = { mechanism: 'laplace', noise_multiplier: scale, steps: 1 } as const;
        expect(composedRdp([phase], order)).toBeCloseTo(Math.log(moment) / (order - 1), 8);
      }
    }
  });

  it('says 0 where total variation alone stays below delta', () => {
    expect(epsilonFromRdp(1e-12, 2, 1e-5)).toBe(0);
    expect(epsilonFromRdp(1e-9, 2, 1e-5)).toBeGreaterThan(0);
  });
});
