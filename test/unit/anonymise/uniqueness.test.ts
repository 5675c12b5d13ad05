import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeHistogram } from '../../../main/anonymise/risk/histogram.ts';
import { logGamma } from '../../../main/anonymise/risk/log-gamma.ts';
import { mostLikely, pitmanUniques } from '../../../main/anonymise/risk/pitman.ts';
import { snbShape } from '../../../main/anonymise/risk/snb.ts';
import { estimateUniqueness } from '../../../main/anonymise/risk/uniqueness.ts';

const sizes = fc.array(
  fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 12 })),
  { minLength: 8, maxLength: 60 },
);

/** Pitman's sampling formula, term by term (Hoshino 2001, equation 3), constants left out. */
function likelihood(of: readonly number[], theta: number, alpha: number): number {
  const n = of.reduce((sum, size) => sum + size, 0);
  let log = 0;
  for (let i = 1; i < of.length; i++) log += Math.log(theta + i * alpha);
  for (let i = 1; i < n; i++) log -= Math.log(theta + i);
  for (const size of of) for (let i = 1; i < size; i++) log += Math.log(i - alpha);
  return log;
}

describe('population uniqueness', () => {
  it('by Pitman is where no other theta and alpha are more likely', () => {
    let found = 0;
    fc.assert(
      fc.property(sizes, (drawn) => {
        const best = mostLikely(sizeHistogram(drawn));
        if (best === null) return;
        found += 1;
        const there = likelihood(drawn, best.theta, best.alpha);
        for (const alpha of [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98]) {
          for (const theta of [-alpha / 2, 0.1, 1, 4, 16, 64, 256, 1024]) {
            expect(likelihood(drawn, theta, alpha)).toBeLessThanOrEqual(there + 1e-7);
          }
        }
        for (const step of [-1e-3, 1e-3]) {
          const beside = likelihood(drawn, best.theta * (1 + step), best.alpha);
          expect(beside).toBeLessThanOrEqual(there + 1e-9);
        }
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('by SNB makes the expected classes of one and two those of the sample', () => {
    let found = 0;
    fc.assert(
      fc.property(sizes, fc.constantFrom(2, 5), (drawn, times) => {
        const sample = sizeHistogram(drawn);
        const people = sample.records * times;
        const shape = snbShape(sample, people);
        if (shape === null || shape.alpha < 1e-3 || shape.beta < 0.01) return;
        found += 1;
        const f = 1 / times;
        // Sizes j of the population's classes, 1 + a negative binomial variable, thinned to i.
        const expected = [0, 0, 0];
        const { alpha, beta } = shape;
        let log = alpha * Math.log(beta);
        for (let j = 1; j < 5000; j++) {
          const chance = Math.exp(log);
          expected[1]! += shape.classes * chance * j * f * (1 - f) ** (j - 1);
          expected[2]! += shape.classes * chance * ((j * (j - 1)) / 2) * f * f * (1 - f) ** (j - 2);
          log += Math.log(((j - 1 + alpha) / j) * (1 - beta));
        }
        expect(expected[1]).toBeCloseTo(sample.of(1), 5);
        expect(expected[2]).toBeCloseTo(sample.of(2), 5);
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(50);
  });

  it('takes the estimate that the rule names', () => {
    fc.assert(
      fc.property(sizes, fc.constantFrom(1.5, 4, 30), (drawn, times) => {
        const sample = sizeHistogram(drawn);
        const people = Math.ceil(sample.records * times);
        const { zayatz, pitman, snb, dankar, dankarModel } = estimateUniqueness(sample, people);
        if (!drawn.includes(1)) {
          expect([zayatz, dankar, dankarModel]).toEqual([0, 0, 'none']);
          return;
        }
        for (const share of [zayatz, pitman ?? 0, snb ?? 0, dankar]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        const wanted = times > 10 ? (pitman ?? zayatz) : Math.min(zayatz, snb ?? Infinity);
        expect(dankar).toBe(wanted);
        expect({ zayatz, pitman, snb }[dankarModel as 'zayatz']).toBe(dankar);
      }),
      { numRuns: 200 },
    );
  });

  it('has no answer by Pitman when every record is alone', () => {
    expect(pitmanUniques(sizeHistogram([1, 1, 1, 1]), 100)).toBeNull();
  });

  it('rests on a gamma function that is exact to 13 digits', () => {
    let factorial = 1;
    for (let n = 1; n < 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  });
});
