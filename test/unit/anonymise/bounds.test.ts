import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollUp } from '../../../main/anonymise/classes.ts';
import { latticeNodesOf } from '../../../main/anonymise/lattice.ts';
import { isFiner } from '../../../main/anonymise/ruled-out.ts';
import { everyLevels, posed, type Posed } from './posed.ts';

/** Every node with what is lost there and what it says of finer ones. */
function judged({ problem, base }: Posed) {
  const { models, measure } = problem;
  const rollUp = new RollUp(base, true);
  return everyLevels(base.layout.hierarchies.map(({ height }) => height)).map((levels) => {
    const classes = rollUp.merge(base, levels);
    if (classes === null) throw new Error('merging gave up without a bound');
    const { lost, suppressed, certain, certainRecords, unavoidable } = models.judge(classes);
    return {
      levels,
      suppressed,
      unavoidable,
      failing: Array.from(lost.subarray(0, classes.count)).filter((records) => records > 0).length,
      floor: measure.floorOfClasses?.(classes) ?? measure.floor(levels),
      cost: measure.cost(classes, lost, suppressed),
      inherited: measure.cost(classes, certain, certainRecords),
    };
  });
}

const ROUNDING = 1e-7;

describe('what a checked node says of others', () => {
  it('never says too much of finer nodes, by any model and measure', () => {
    fc.assert(
      fc.property(posed, (small) => {
        const nodes = judged(small);
        for (const finer of nodes) {
          for (const coarser of nodes) {
            if (!isFiner(finer.levels, coarser.levels)) continue;
            expect(coarser.unavoidable).toBeLessThanOrEqual(finer.suppressed);
            const atLeast = coarser.inherited.scoreAtLeast(finer.levels, finer.floor);
            const { score } = finer.cost;
            expect(atLeast).toBeLessThanOrEqual(score + ROUNDING * Math.max(1, score));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never says too much of coarser nodes', () => {
    fc.assert(
      fc.property(posed, (small) => {
        const nodes = judged(small);
        for (const finer of nodes) {
          for (const coarser of nodes) {
            if (!isFiner(finer.levels, coarser.levels)) continue;
            const { score } = coarser.cost;
            expect(finer.floor).toBeLessThanOrEqual(score + ROUNDING * Math.max(1, score));
            if (finer.failing === 0) expect(coarser.failing).toBe(0);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('knows how many nodes there are', () => {
    fc.assert(
      fc.property(posed, ({ problem, base }) => {
        const heights = base.layout.hierarchies.map(({ height }) => height);
        expect(latticeNodesOf(problem)).toBe(everyLevels(heights).length);
      }),
      { numRuns: 5 },
    );
  });
});
