import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { katz, meanInterval, newcombe, wilson } from '../../../main/fairness/intervals.ts';
import { normalQuantile } from '../../../main/fairness/normal-quantile.ts';
import { areaOf } from './area.ts';

describe('normal quantile', () => {
  it('meets known values in all three ranges', () => {
    // Published test values of AS 241, and the usual 97.5 %.
    expect(normalQuantile(0.25)).toBeCloseTo(-0.674489750196082, 14);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 13);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.26234008979841, 12);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(0.5)).toBe(0);
  });

  it('is odd about one half, rises, and is NaN outside', () => {
    const inside = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(inside, inside, (p, q) => {
        expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 10);
        if (p < q) expect(normalQuantile(p)).toBeLessThanOrEqual(normalQuantile(q));
      }),
    );
    for (const p of [0, 1, -1, 2, NaN]) expect(normalQuantile(p)).toBeNaN();
  });
});

const share = fc
  .integer({ min: 1, max: 500 })
  .chain((total) =>
    fc.record({ count: fc.integer({ min: 0, max: total }), total: fc.constant(total) }),
  );
const level = fc.double({ min: 0.5, max: 0.999, noNaN: true });

describe('intervals', () => {
  it('hold their estimate and stay in range (property)', () => {
    fc.assert(
      fc.property(share, share, level, (a, b, at) => {
        const one = wilson(a, at);
        const share = a.count / a.total;
        expect(one?.[0]).toBeLessThanOrEqual(share + 1e-12);
        expect(one?.[1]).toBeGreaterThanOrEqual(share - 1e-12);
        expect(one?.[0]).toBeGreaterThanOrEqual(0);
        expect(one?.[1]).toBeLessThanOrEqual(1);
        const difference = share - b.count / b.total;
        const two = newcombe(a, b, at);
        expect(two?.[0]).toBeLessThanOrEqual(difference + 1e-12);
        expect(two?.[1]).toBeGreaterThanOrEqual(difference - 1e-12);
        const back = newcombe(b, a, at);
        expect(back?.[0]).toBeCloseTo(-(two?.[1] ?? NaN), 10);
        const ratio = katz(a, b, at);
        expect(ratio === null).toBe(a.count === 0 || b.count === 0);
        if (ratio) expect(ratio[0]).toBeLessThanOrEqual(share / (b.count / b.total) + 1e-12);
      }),
    );
  });

  it('do not exist over nothing', () => {
    const none = { count: 0, total: 0 };
    expect(wilson(none, 0.95)).toBeNull();
    expect(newcombe(none, { count: 1, total: 2 }, 0.95)).toBeNull();
    expect(katz(none, { count: 1, total: 2 }, 0.95)).toBeNull();
    expect(meanInterval({ n: 1, sum: 1, squares: 1 }, 0.95)).toBeNull();
  });
});

it('the ROC area and its standard error equal the plain double loop (property)', () => {
  // Few values, so that ties are common.
  const scores: fc.Arbitrary<number[]> = fc.array(fc.constantFrom(0, 0.25, 0.5, 0.75, 1), {
    minLength: 2,
    maxLength: 30,
  });
  fc.assert(
    fc.property(scores, scores, (high, low) => {
      const wins = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
      const v10 = high.map((a) => low.reduce((sum, b) => sum + wins(a, b), 0) / low.length);
      const v01 = low.map((b) => high.reduce((sum, a) => sum + wins(a, b), 0) / high.length);
      const mean = (v: number[]): number => v.reduce((s, x) => s + x, 0) / v.length;
      const variance = (v: number[]): number =>
        v.reduce((s, x) => s + (x - mean(v)) ** 2, 0) / (v.length - 1);
      const roc = areaOf(high, low);
      expect(roc?.area).toBeCloseTo(mean(v10), 12);
      const error = Math.sqrt(variance(v10) / high.length + variance(v01) / low.length);
      expect(roc?.standardError).toBeCloseTo(error, 10);
    }),
  );
  expect(areaOf([], [1])).toBeNull();
});
