import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { judgeAll, type SmallProblem } from './brute-force.ts';
import { isAccepted, NAMES, problem, run } from './small-problems.ts';

describe('the lattice search', () => {
  it('finds what judging every node by the definitions finds', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async (small) => {
        fc.pre(isAccepted(small));
        const judged = judgeAll(small);
        const allowed = Math.floor(small.limit * small.rows.length);
        const feasible = judged.filter(({ suppressed }) => suppressed <= allowed);
        if (feasible.length === 0) {
          const failure: unknown = await run(small).catch((error: unknown) => error);
          expect(failure).toBeInstanceOf(ConcordError);
          expect(failure).toMatchObject({
            code: 'PRIVACY_MODEL_UNMET',
            params: {
              needed: Math.min(...judged.map(({ suppressed }) => suppressed)),
              rows: small.rows.length,
              allowed,
            },
          });
          return;
        }
        const least = Math.min(...feasible.map(({ score }) => score));
        const { outcome } = await run(small);
        const chosen = feasible.find(({ levels }) =>
          levels.every((level, j) => outcome.levels[NAMES[j] ?? ''] === level),
        );
        expect(chosen?.suppressed).toBe(outcome.suppressed);
        expect(chosen?.score).toBeCloseTo(least, 8);
        expect(outcome.quality.value).toBeCloseTo(least, 8);
      }),
      { numRuns: 1500 },
    );
  });

  it('breaks ties by the lower sum of levels, then by the first in order', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async (drawn) => {
        const small: SmallProblem = { ...drawn, metric: 'discernibility', limit: 1 };
        fc.pre(isAccepted(small));
        const sum = (levels: readonly number[]): number => levels.reduce((a, b) => a + b, 0);
        const first = judgeAll(small).reduce((best, node) => {
          const difference = node.score - best.score || sum(node.levels) - sum(best.levels);
          return difference < 0 ? node : best;
        });
        const { outcome } = await run(small);
        expect(NAMES.map((name) => outcome.levels[name])).toEqual(first.levels);
      }),
      { numRuns: 300 },
    );
  });
});
