import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CRITERIA } from '../../../main/contract/mitigation.ts';
import { gapOf } from '../../../main/fairness/mitigation/cells.ts';
import { constrained, type Lesson } from '../../../main/fairness/mitigation/constrained.ts';
import { cheapestMixture } from '../../../main/fairness/mitigation/linear-program.ts';
import { reweighing } from '../../../main/fairness/mitigation/reweighing.ts';
import { groupScores } from '../../../main/fairness/mitigation/roc-points.ts';
import { groupThresholds } from '../../../main/fairness/mitigation/thresholds.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the cheapest mixture', () => {
  it('keeps its limits and costs no more than any mixture of a fine grid that does', () => {
    const column = fc.record({
      cost: share,
      uses: fc.array(share, { minLength: 2, maxLength: 2 }),
    });
    const problem = fc.record({
      columns: fc.array(column, { minLength: 3, maxLength: 3 }),
      limits: fc.array(share, { minLength: 2, maxLength: 2 }),
    });
    fc.assert(
      fc.property(problem, ({ columns, limits }) => {
        const costs = columns.map(({ cost }) => cost);
        const uses = [0, 1].map((k) => columns.map((one) => one.uses[k]!));
        const penalty = 10;
        const { shares, excess, prices } = cheapestMixture(costs, uses, limits, penalty);
        const mixed = (of: readonly number[], by: ArrayLike<number>): number =>
          of.reduce((sum, value, at) => sum + value * by[at]!, 0);
        const over = (by: ArrayLike<number>): number =>
          Math.max(0, ...uses.map((use, k) => mixed(use, by) - limits[k]!));
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        expect(over(shares)).toBeCloseTo(excess, 9);
        const found = mixed(costs, shares) + penalty * excess;
        // Strong duality: what the prices say is what the mixture costs.
        const dual = Math.min(
          ...costs.map((cost, h) => cost + prices.reduce((s, p, k) => s + p * uses[k]![h]!, 0)),
        );
        expect(dual - prices.reduce((s, p, k) => s + p * limits[k]!, 0)).toBeCloseTo(found, 7);
        for (let a = 0; a <= 1; a += 0.05) {
          for (let b = 0; a + b <= 1; b += 0.05) {
            const by = [a, b, Math.max(0, 1 - a - b)];
            expect(found).toBeLessThanOrEqual(mixed(costs, by) + penalty * over(by) + 1e-9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('weights', () => {
  it('make group and label independent and are 1 on average', () => {
    const cells = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(cells, (counts) => {
        const weights = reweighing(Float64Array.from(counts));
        const mass = counts.map((count, cell) => count * weights[cell]!);
        const total = counts.reduce((a, b) => a + b, 0);
        expect(mass.reduce((a, b) => a + b, 0)).toBeCloseTo(total, 6);
        const rates = [0, 2, 4].map((cell) => mass[cell + 1]! / (mass[cell]! + mass[cell + 1]!));
        expect(Math.max(...rates) - Math.min(...rates)).toBeLessThan(1e-9);
      }),
    );
  });

  it('stay bounded where a count is noisy, and are 1 where nobody is', () => {
    const weights = reweighing(Float64Array.of(100, 0.01, 50, 0));
    expect(weights[3]).toBe(1);
    expect(weights[1]).toBeLessThanOrEqual(151);
  });
});

/** Scores in tenths, so that many are tied. */
const people = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 10 }), truth: fc.constantFrom(0, 1) }),
  { minLength: 30, maxLength: 60 },
);

describe('thresholds for each group', () => {
  it('are alike by lot, no worse than any common threshold, and near it without a lot', () => {
    fc.assert(
      fc.property(people, people, fc.constantFrom(...CRITERIA), (first, second, criterion) => {
        const both = [first, second].flatMap((of, code) =>
          of.map(({ score, truth }) => ({ score: score / 10, truth, code })),
        );
        const cells = new Float64Array(4);
        for (const { truth, code } of both) cells[2 * code + truth]!++;
        fc.pre(cells.every((count) => count > 0));
        const groups = groupScores(
          Float64Array.from(both, ({ score }) => score),
          both.map(({ truth }) => truth),
          both.map(({ code }) => code),
          2,
        );
        const { lottery, lotteryGap, chosen, gap } = groupThresholds(groups, criterion);
        expect(lotteryGap).toBeLessThan(1e-9);
        const right = lottery.reduce((sum, { expected }, g) => {
          const { positives, negatives } = groups[g]!;
          return sum + positives * expected.tpr + negatives * (1 - expected.fpr);
        }, 0);
        // Nobody or everybody selected keeps every criterion.
        const [none, all] = [cells[0]! + cells[2]!, cells[1]! + cells[3]!];
        expect(right).toBeGreaterThanOrEqual(Math.max(none, all) - 1e-9);
        // What a chosen threshold does is what its point says.
        const selected = new Float64Array(4);
        for (const { score, truth, code } of both) {
          if (score >= chosen[code]!.threshold) selected[2 * code + truth]!++;
        }
        expect(gapOf(criterion, cells, selected)).toBeCloseTo(gap, 9);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a bound on the gap', () => {
  /** A learner that knows everything: it selects a cell where its lesson says so. */
  const obedient = (counts: Float64Array) => (lesson: Lesson) =>
    Promise.resolve(counts.map((count, cell) => count * lesson.target[cell]!));

  it('holds between groups, of which there may be three', async () => {
    const counts = Float64Array.of(700, 300, 300, 200, 900, 100);
    for (const criterion of CRITERIA) {
      const { tried, shares } = await constrained({
        ...{ counts, criterion, bound: 0.1, rounds: 40, respond: obedient(counts) },
      });
      const mixed = counts.map((_, c) =>
        tried.reduce((sum, { selected }, at) => sum + shares[at]! * selected[c]!, 0),
      );
      expect(gapOf(criterion, counts, mixed)).toBeLessThanOrEqual(0.1 + 1e-9);
    }
  });

  it('asks nothing where the first model keeps it', async () => {
    const counts = Float64Array.of(80, 20, 80, 20);
    const lessons: Lesson[] = [];
    const { best, tried } = await constrained({
      ...{ counts, criterion: 'demographic-parity', bound: 0.05, rounds: 9 },
      respond: (lesson) => {
        lessons.push(lesson);
        return obedient(counts)(lesson);
      },
    });
    expect(lessons).toHaveLength(1);
    expect([...lessons[0]!.weight]).toEqual([1, 1, 1, 1]);
    expect(tried[best]).toMatchObject({ error: 0, gap: 0 });
  });
});
