import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../main/anonymise/anonymise.ts';
import { estimateSearch } from '../../../main/anonymise/estimate.ts';
import { searchLattice } from '../../../main/anonymise/search.ts';
import type { AnonymisePlanInput } from '../../../main/contract/anonymise.ts';
import { poseRows, posed } from './posed.ts';
import { category, tableOf } from './tables.ts';

const close = (score: number): number => score + 1e-7 * Math.max(1, score);

/** Rows in which nothing coincides, so that the search has something to do. */
const spread = poseRows(
  Array.from({ length: 500 }, (_, row) => [row % 12, (row * 7) % 11, (row * 5) % 9, row % 4]),
  { models: [{ type: 'k-anonymity', k: 9 }], suppressionLimit: 0.3, metric: 'loss' },
);

describe('a search that may end early', () => {
  it('stopped at once: gives a node that does, and a bound that holds', async () => {
    await fc.assert(
      fc.asyncProperty(posed, async ({ problem }) => {
        const exact = await searchLattice(problem);
        const early = await searchLattice(problem, { stop: AbortSignal.abort() });
        expect(early.best === null).toBe(exact.best === null);
        if (early.best === null || exact.best === null) return;
        expect(early.best.suppressed).toBeLessThanOrEqual(problem.allowed);
        expect(early.best.score).toBeGreaterThanOrEqual(exact.best.score);
        expect(early.least).toBeLessThanOrEqual(close(exact.best.score));
        expect(exact.least).toBe(exact.best.score);
      }),
      { numRuns: 100 },
    );
  });

  it('out of time: says so, and no better than the optimum', async () => {
    const exact = await searchLattice(spread.problem);
    const boxed = await searchLattice(spread.problem, { milliseconds: 1e-9 });
    expect(exact.ended).toBe('proved');
    expect(boxed.ended).toBe('time');
    expect(boxed.least).toBeLessThanOrEqual(exact.best?.score ?? NaN);
    expect(boxed.best?.score).toBeGreaterThanOrEqual(exact.best?.score ?? NaN);
    expect(boxed.nodesChecked).toBeLessThan(exact.nodesChecked);
  });

  it('goes on from levels found before to the same optimum', async () => {
    await fc.assert(
      fc.asyncProperty(
        posed,
        fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
        async (small, startWith) => {
          const { problem } = small;
          const exact = await searchLattice(problem);
          const continued = await searchLattice(problem, { startWith });
          expect(continued.best).toEqual(exact.best);
          expect(continued.ended).toBe('proved');
        },
      ),
      { numRuns: 100 },
    );
  });

  it('tells the best so far and what none is below', async () => {
    const seen: { best: number; least: number }[] = [];
    await searchLattice(spread.problem, {
      milliseconds: 300,
      progress: (_, __, { best, least }) => {
        if (best !== null) seen.push({ best: best.score, least });
      },
    });
    for (const { best, least } of seen) expect(least).toBeLessThanOrEqual(best);
  });

  it('is estimated from a few nodes', () => {
    const { latticeNodes, seconds } = estimateSearch(spread.problem);
    expect(latticeNodes).toBe(64);
    expect(seconds.from).toBeGreaterThan(0);
    expect(seconds.to).toBeGreaterThan(seconds.from);
  });
});

describe('a plan with a time', () => {
  const table = tableOf(category('a', ['1', '2', '3', '4']), category('b', ['x', 'y', 'x', 'y']));
  const hierarchies = new Map([
    ['a', '1;low;*\n2;low;*\n3;high;*\n4;high;*'],
    ['b', 'x;*\ny;*'],
  ]);
  const plan: AnonymisePlanInput = {
    quasiIdentifiers: { a: { hierarchy: 'a' }, b: { hierarchy: 'b' } },
    models: [{ type: 'k-anonymity', k: 2 }],
  };

  it('says how the search ended', async () => {
    const exact = await anonymiseTable(table, plan, hierarchies);
    const { search, quality } = exact.outcome;
    expect(search).toEqual({ ended: 'proved', least: quality.value, box: null });
    const fast = await anonymiseTable(table, { ...plan, search: 'fast' }, hierarchies);
    expect(fast.outcome.search).toEqual({
      ended: 'proved',
      least: quality.value,
      box: { by: 'plan', seconds: 10 },
    });
    expect(fast.outcome.levels).toEqual(exact.outcome.levels);
  });

  it.each<[string, Partial<AnonymisePlanInput>, string]>([
    ['levels that lack a column', { startWith: { a: 1 } }, 'startWith.b'],
    ['levels above the hierarchy', { startWith: { a: 1, b: 2 } }, 'startWith.b'],
    ['a time of nothing', { seconds: 0 }, 'seconds'],
  ])('refuses %s', async (_, change, path) => {
    const work = anonymiseTable(table, { ...plan, ...change }, hierarchies);
    await expect(work).rejects.toMatchObject({ code: 'PLAN_INVALID', params: { path } });
  });
});
