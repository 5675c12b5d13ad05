import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { adjusted } from '../../../main/fairness/adjust.ts';
import { fisherP } from '../../../main/fairness/fisher.ts';
import { normalTail } from '../../../main/fairness/normal-tail.ts';
import { normalQuantile } from '../../../main/fairness/normal-quantile.ts';
import { byScore } from '../../../main/fairness/order.ts';
import { percentiles, quantile } from '../../../main/fairness/quantiles.ts';
import { Seeded } from '../../../main/fairness/seeded.ts';
import { binomial, hypergeometric, poissonDraws } from '../../../main/fairness/variates.ts';

const DRAWS = 40_000;

/** ln n!, as the sum of logarithms. */
const SUMS = [0];
for (let n = 1; n <= 50_000; n++) SUMS.push(SUMS[n - 1]! + Math.log(n));
const logFactorial = (n: number): number => SUMS[n]!;
const logChoose = (n: number, k: number): number =>
  logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** How far the share of draws up to k lies from the chance of at most k, at worst (Kolmogorov). */
function distance(draw: () => number, chance: (k: number) => number, most: number): number {
  const seen = new Float64Array(most + 1);
  for (let i = 0; i < DRAWS; i++) seen[draw()]! += 1 / DRAWS;
  let [here, there, worst] = [0, 0, 0];
  for (let k = 0; k <= most; k++) {
    here += seen[k]!;
    there += chance(k);
    worst = Math.max(worst, Math.abs(here - there));
  }
  return worst;
}
/** A correct sampler exceeds it once in a million runs (Massart 1990); the seeds are fixed. */
const BOUND = Math.sqrt(Math.log(2 / 1e-6) / (2 * DRAWS));

describe('draws follow their distributions', () => {
  it.each([
    [12, 0.3],
    [200, 0.2],
    [300, 0.9],
    [40_000, 0.001],
    [5000, 0.4],
  ])('binomial, n %d, p %d', (n, p) => {
    const random = new Seeded(7);
    const log = (k: number) => logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log(1 - p);
    const far = distance(
      () => binomial(random, n, p),
      (k) => Math.exp(log(k)),
      Math.min(n, 2600),
    );
    expect(far).toBeLessThan(BOUND);
  });

  it.each([
    [8, 30, 10],
    [60, 40, 50],
    [900, 300, 400],
    [4000, 6000, 3000],
  ])('hypergeometric, %d marked and %d others, %d drawn', (marked, others, drawn) => {
    const random = new Seeded(8);
    const whole = logChoose(marked + others, drawn);
    const chance = (k: number): number =>
      drawn - k > others || k > marked
        ? 0
        : Math.exp(logChoose(marked, k) + logChoose(others, drawn - k) - whole);
    const far = distance(
      () => hypergeometric(random, marked, others, drawn),
      chance,
      Math.min(marked, drawn),
    );
    expect(far).toBeLessThan(BOUND);
  });

  it.each([0.5, 9, 150, 1200])('Poisson, mean %d', (mean) => {
    const random = new Seeded(9);
    const next = poissonDraws(mean);
    const chance = (k: number) => Math.exp(k * Math.log(mean) - mean - logFactorial(k));
    expect(
      distance(() => next(random), chance, Math.ceil(mean + 12 * Math.sqrt(mean) + 12)),
    ).toBeLessThan(BOUND);
  });

  it('come again from the same seed, and differ from another', () => {
    const words = (seed: number) =>
      Array.from(
        { length: 4 },
        (
          (random) => () =>
            random.word()
        )(new Seeded(seed)),
      );
    expect(words(1)).toEqual(words(1));
    expect(words(1)).not.toEqual(words(2));
    expect(
      new Set(
        Array.from(
          { length: 200 },
          (
            (random) => () =>
              random.below(7)
          )(new Seeded(3)),
        ),
      ).size,
    ).toBe(7);
  });
});

describe('tests and corrections', () => {
  it("Fisher's p is the sum over all tables no more probable (property)", () => {
    const share = fc
      .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }))
      .map(([yes, no]) => ({ count: yes, total: yes + no }));
    fc.assert(
      fc.property(share, share, (a, b) => {
        const marked = a.count + b.count;
        const all = a.total + b.total;
        const chance = (k: number): number =>
          k > a.total || marked - k > b.total
            ? 0
            : Math.exp(
                logChoose(a.total, k) + logChoose(b.total, marked - k) - logChoose(all, marked),
              );
        let sum = 0;
        for (let k = 0; k <= marked; k++)
          if (chance(k) <= chance(a.count) * (1 + 1e-7)) sum += chance(k);
        expect(fisherP(a, b)).toBeCloseTo(Math.min(1, sum), 9);
      }),
    );
  });

  it('Fisher stays exact where a p is tiny and where there are a million records', () => {
    expect(fisherP({ count: 0, total: 200 }, { count: 200, total: 200 })).toBeGreaterThan(0);
    expect(fisherP({ count: 250_000, total: 500_000 }, { count: 250_000, total: 500_000 })).toBe(1);
    // At this size the test is the normal one without a correction, to three figures.
    const p = fisherP({ count: 251_000, total: 500_000 }, { count: 249_000, total: 500_000 });
    expect(p / (2 * normalTail(4))).toBeCloseTo(1, 1);
  });

  it('the tail of the normal distribution inverts its quantile', () => {
    for (const p of [0.4, 0.1, 0.01, 1e-4, 1e-12])
      expect(normalTail(-normalQuantile(p)) / p).toBeCloseTo(1, 8);
  });

  it('Holm and Benjamini-Hochberg count what was declared, also what could not be tested', () => {
    const { holm, bh } = adjusted([0.01, 0.04, 0.03], 4);
    expect(holm.map((p) => Number(p.toFixed(10)))).toEqual([0.04, 0.09, 0.09]);
    expect(bh.map((p) => Number(p.toFixed(10)))).toEqual([0.04, 0.0533333333, 0.0533333333]);
  });
});

it('orders scores as a plain sort does, equal ones in their order (property)', () => {
  const score = fc.oneof(
    fc.constantFrom(0, -0, 0.5, 1),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), (scores) => {
      const slow = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]! || a - b);
      expect([...byScore(Float64Array.from(scores))]).toEqual(slow);
    }),
    { numRuns: 40 },
  );
});

it('percentiles leave out undefined draws, and are none where most are', () => {
  const sorted = Float64Array.of(0, 1, 2, 3, 4);
  expect(quantile(sorted, 0.5)).toBe(2);
  expect(quantile(sorted, 0.1)).toBeCloseTo(0.4, 12);
  expect(percentiles(Float64Array.of(NaN, 4, 2, 3, 1, 0), 0.5)).toEqual([1, 3]);
  expect(percentiles(Float64Array.of(NaN, NaN, NaN, 1), 0.5)).toBeNull();
});
