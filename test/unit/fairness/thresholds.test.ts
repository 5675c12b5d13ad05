import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { THRESHOLDS } from '../../../main/contract/review-names.ts';
import { reviewResult } from '../../../main/contract/review.ts';
import { reviewTable } from '../../../main/fairness/review.ts';
import type { Table } from '../../../main/records/table.ts';

interface Person {
  readonly y: number;
  readonly s: number;
  readonly g: number;
}

const GROUPS = ['a', 'b', 'c'];

function tableOf(people: readonly Person[]): Table {
  return {
    rows: people.length,
    columns: [
      { name: 'y', type: 'integer', values: Float64Array.from(people, ({ y }) => y) },
      { name: 's', type: 'real', values: Float64Array.from(people, ({ s }) => s) },
      {
        name: 'g',
        type: 'category',
        codes: Int32Array.from(people, ({ g }) => g),
        dictionary: GROUPS,
      },
    ],
  };
}

const curvesOf = (people: readonly Person[], more: object = {}) =>
  reviewResult.parse(
    reviewTable(tableOf(people), { label: 'y', score: 's', groups: ['g'], draws: 200, ...more }),
  ).curves!;

const people = fc.array(
  fc.record({ y: fc.nat(1), s: fc.nat(1000).map((one) => one / 1000), g: fc.nat(2) }),
  { minLength: 30, maxLength: 120 },
);

/** A share of those who fit; null of fewer than ten. */
function slow(of: readonly Person[], fits: (one: Person) => boolean): number | null {
  return of.length < 10 ? null : of.filter(fits).length / of.length;
}

describe('thresholds', () => {
  it('give every group what asking everybody gives, withheld by their own denominators', () => {
    fc.assert(
      fc.property(people, (all) => {
        const { thresholds } = curvesOf(all);
        for (const [g, name] of GROUPS.entries()) {
          const own = all.filter((one) => one.g === g);
          const found = thresholds!.groups['g']![name];
          expect(found === undefined).toBe(own.length === 0);
          if (found === undefined) continue;
          for (let at = 0; at < THRESHOLDS; at++) {
            const selects = ({ s }: Person): boolean => s >= at / (THRESHOLDS - 1);
            const rates = [found.selection_rate[at], found.tpr[at], found.fpr[at], found.ppv[at]];
            expect(rates).toEqual([
              slow(own, selects),
              slow(
                own.filter(({ y }) => y === 1),
                selects,
              ),
              slow(
                own.filter(({ y }) => y === 0),
                selects,
              ),
              slow(own.filter(selects), ({ y }) => y === 1),
            ]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('of crossed groups are not kept, nor without scores', () => {
    const all = Array.from({ length: 60 }, (_, i) => ({ y: i % 2, s: (i % 7) / 7, g: i % 3 }));
    const table = tableOf(all);
    const twice = { ...table, columns: [...table.columns, { ...table.columns[2]!, name: 'h' }] };
    const options = { label: 'y', score: 's', groups: ['g', 'h'], cross: true, draws: 200 };
    const { curves } = reviewResult.parse(reviewTable(twice, options));
    expect(Object.keys(curves!.thresholds!.groups)).toEqual(['g', 'h']);
    expect(curves!.thresholds!.overall.selection_rate[0]).toBe(1);
  });
});

describe('the precision-recall curve', () => {
  it('is what asking everybody gives, from ten selected on', () => {
    fc.assert(
      fc.property(people, (all) => {
        const positives = all.filter(({ y }) => y === 1);
        fc.pre(positives.length >= 10 && all.length - positives.length >= 10);
        const { average, base, points, chosen } = curvesOf(all).precision_recall!;
        expect(base).toBeCloseTo(positives.length / all.length, 12);
        const selectedAt = (threshold: number) => all.filter(({ s }) => s >= threshold);
        for (const { threshold, recall, precision, selected } of points) {
          const own = selectedAt(threshold!);
          const found = own.filter(({ y }) => y === 1).length;
          expect([selected, precision]).toEqual([own.length, found / own.length]);
          expect(recall).toBeCloseTo(found / positives.length, 12);
          expect(selected).toBeGreaterThanOrEqual(10);
        }
        expect(points.at(-1)).toMatchObject({ recall: 1, selected: all.length });
        // Average precision by its definition, over every different score.
        const scores = [...new Set(all.map(({ s }) => s))].sort((a, b) => b - a);
        let [expected, before] = [0, 0];
        for (const score of scores) {
          const own = selectedAt(score);
          const found = own.filter(({ y }) => y === 1).length;
          expected += ((found - before) / positives.length) * (found / own.length);
          before = found;
        }
        expect(average).toBeCloseTo(expected, 12);
        const selected = selectedAt(0.5).length;
        expect(chosen?.selected ?? null).toBe(selected >= 10 ? selected : null);
      }),
      { numRuns: 50 },
    );
  });

  it('has at most 101 points, and none where too few are positive', () => {
    const many = Array.from({ length: 4000 }, (_, i) => {
      const s = ((i * 7919) % 3989) / 3989;
      return { y: (i * 104_729) % 1000 < 1000 * s ? 1 : 0, s, g: 0 };
    });
    const { points } = curvesOf(many).precision_recall!;
    expect(points.length).toBeGreaterThan(60);
    expect(points.length).toBeLessThanOrEqual(101);
    expect(points.at(-1)).toMatchObject({ recall: 1, selected: 4000 });
    const few = many.slice(0, 100).map((one, i) => ({ ...one, y: Number(i < 9) }));
    expect(curvesOf(few).precision_recall).toBeNull();
  });
});
