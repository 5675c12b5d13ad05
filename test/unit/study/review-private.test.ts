import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ConcordError } from '../../../main/contract/errors.ts';
import { OTHER_GROUP } from '../../../main/contract/review-privacy.ts';
import {
  reviewOptions,
  reviewResult,
  type ReviewOptionsInput,
} from '../../../main/contract/review.ts';
import { countedCells, layoutOf } from '../../../main/fairness/private/histogram.ts';
import { deviationOf, noiseFor, privateReview } from '../../../main/fairness/private/review.ts';
import { reviewTable } from '../../../main/fairness/review.ts';
import { Seeded } from '../../../main/fairness/seeded.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { takeRows } from '../../../main/records/shape.ts';
import type { Table } from '../../../main/records/table.ts';
import { reviewPrivately } from '../../../main/study/review-private.ts';

interface Row {
  readonly y: number;
  readonly s: number;
  readonly g: string;
  readonly who: number;
}

function tableOf(rows: readonly Row[]): Table {
  const dictionary = ['A', 'B', 'rare one'];
  const real = (of: (row: Row) => number) => Float64Array.from(rows, of);
  return {
    rows: rows.length,
    columns: [
      { name: 'y', type: 'integer', values: real(({ y }) => y) },
      { name: 's', type: 'real', values: real(({ s }) => s) },
      { name: 'who', type: 'integer', values: real(({ who }) => who) },
      {
        name: 'g',
        type: 'category',
        codes: Int32Array.from(rows, ({ g }) => dictionary.indexOf(g)),
        dictionary,
      },
    ],
  };
}

/** Scores that are calibrated, three quarters of A and a quarter of B, whose scores are lower. */
function population(random: Seeded, n: number): Row[] {
  return Array.from({ length: n }, (_, who): Row => {
    const g = random.uniform() < 0.75 ? 'A' : 'B';
    const s = (g === 'A' ? 1 : 0.8) * random.uniform();
    return { g, s, y: Number(random.uniform() < s), who };
  });
}

const VALUES = { g: ['A', 'B'] };
const options = (more: Partial<ReviewOptionsInput> = {}) =>
  reviewOptions.parse({ label: 'y', score: 's', groups: ['g'], intervals: 0.95, ...more });

describe('a review as one private release', () => {
  it('is the exact review where the noise is almost none', () => {
    const table = tableOf(population(new Seeded(1), 4000));
    const exact = reviewTable(table, options());
    const found = reviewPrivately(
      table,
      options({ threshold: 0.5, draws: 400 }),
      { epsilon: 100, values: VALUES },
      privateRandomForTests(1),
    );
    expect(reviewResult.parse(found)).toEqual(found);
    for (const name of ['A', 'B']) {
      const [own, other] = [found.groups['g']![name]!, exact.groups['g']![name]!];
      for (const count of [
        'n',
        'events',
        'tp',
        'fp',
        'tpr',
        'fpr',
        'ppv',
        'selection_rate',
      ] as const)
        expect(own[count], count).toBeCloseTo(other[count]!, 12);
      // Scores are known to a twentieth.
      expect(own.auc).toBeCloseTo(other.auc!, 2);
      expect(own.brier).toBeCloseTo(other.brier!, 2);
      expect(own.calibration_in_the_large).toBeCloseTo(other.calibration_in_the_large!, 2);
    }
    expect(found.rows).toEqual(exact.rows);
    expect(found.gaps['g']!.demographic_parity_difference).toBeCloseTo(
      exact.gaps['g']!.demographic_parity_difference!,
      12,
    );
    expect(found.overall.loss).toBeNull();
  });

  it('keeps a threshold between two cells, and decisions of another column, apart', () => {
    const rows = population(new Seeded(2), 3000);
    const table = tableOf(rows);
    for (const threshold of [0.333, 0, 1, 0.95]) {
      const found = reviewPrivately(
        table,
        options({ threshold, draws: 200 }),
        { epsilon: 100, values: VALUES },
        privateRandomForTests(1),
      );
      const selected = rows.filter(({ s }) => s >= threshold).length;
      expect(found.overall.tp! + found.overall.fp!).toBe(selected);
    }
    const decided: Table = {
      rows: table.rows,
      columns: [
        ...table.columns,
        { name: 'p', type: 'integer', values: Float64Array.from(rows, (_, at) => at % 2) },
      ],
    };
    const both = { prediction: 'p', draws: 200 };
    for (const asked of [both, { ...both, score: undefined }]) {
      const found = reviewPrivately(
        decided,
        options(asked),
        { epsilon: 100, values: VALUES },
        privateRandomForTests(1),
      );
      expect(found.overall.tp! + found.overall.fp!).toBe(1500);
    }
  });

  it('counts one record once, and a person as often as said', () => {
    const row = fc.record({
      y: fc.constantFrom(0, 1, NaN),
      s: fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 1, noNaN: true })),
      g: fc.constantFrom('A', 'B', 'rare one', ''),
      who: fc.integer({ min: 0, max: 5 }),
    });
    const labelled = { y: 1, s: 0.5, g: 'A', who: 99 };
    const zero = { y: 0, s: 0.5, g: 'A', who: 98 };
    const changed = (rows: Row[], without: (row: Row, at: number) => boolean, maxRows?: number) => {
      const asked = options(maxRows === undefined ? {} : { person: 'who' });
      const layout = layoutOf(asked, { values: VALUES });
      const count = (of: Row[]): Float64Array =>
        countedCells(tableOf([labelled, zero, ...of]), asked, layout, maxRows ?? 1);
      const [all, fewer] = [count(rows), count(rows.filter((one, at) => !without(one, at)))];
      return all.reduce((sum, value, at) => sum + Math.abs(value - fewer[at]!), 0);
    };
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.nat(), (rows, which) => {
        expect(changed(rows, (_, at) => at === which % rows.length)).toBe(1);
        const { who } = rows[which % rows.length]!;
        expect(changed(rows, (one) => one.who === who, 3)).toBeLessThanOrEqual(3);
      }),
      { numRuns: 60 },
    );
  });

  it('never says an epsilon below that of its noise, nor looks at the records for groups', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (epsilon) => {
        const { noiseMultiplier } = noiseFor({ epsilon, values: {}, maxRows: 1 });
        expect(1 / noiseMultiplier).toBeLessThanOrEqual(epsilon);
      }),
    );
    const { noiseMultiplier: noise_multiplier, scale } = noiseFor({
      ...{ epsilon: 0.5, values: {}, maxRows: 4 },
    });
    expect(scale).toBe(4 * noise_multiplier);
    const phases = [{ mechanism: 'discrete_laplace' as const, noise_multiplier, steps: 1 }];
    expect(epsilonOf({ phases, delta: 1e-9 }).epsilon).toBeLessThanOrEqual(0.5 * (1 + 1e-9));
    const found = reviewPrivately(
      tableOf([...population(new Seeded(3), 500), { g: 'rare one', s: 0.2, y: 0, who: 1 }]),
      options({ draws: 200 }),
      { epsilon: 1, values: VALUES },
      privateRandomForTests(4),
    );
    expect(Object.keys(found.groups['g']!)).toEqual(['A', 'B', OTHER_GROUP]);
    expect(JSON.stringify(found)).not.toContain('rare one');
  });

  it('adds the noise that it says, to empty cells too', () => {
    const asked = options({ groups: ['g', 'h'], draws: 200 });
    const many = Array.from({ length: 50 }, (_, at) => `h${at}`);
    const layout = layoutOf(asked, { values: { g: ['A', 'B'], h: many } });
    expect(layout.cells).toBe(3 * 51 * 2 * 20 + 2);
    const table = tableOf(population(new Seeded(5), 200));
    const h = { name: 'h', type: 'text', codes: new Int32Array(200), dictionary: ['h7'] } as const;
    const privately = { epsilon: 0.7, values: { g: ['A', 'B'], h: many }, maxRows: 1 };
    const full: Table = { rows: 200, columns: [...table.columns, h] };
    const deviation = deviationOf(noiseFor(privately));
    const q = Math.exp(-0.7);
    expect(deviation).toBeCloseTo(Math.sqrt(2 * q) / (1 - q), 9);
    const found = reviewPrivately(full, asked, privately, privateRandomForTests(6));
    expect(found.privacy).toMatchObject({ cells: layout.cells, deviation, delta: 0, unit: 'row' });
    // Each of the 50 + 1 groups sums 3 x 40 noises; their sizes are held at 0.
    const sizes = Object.entries(found.groups['h']!).map(([name, { n }]) =>
      name === 'h7' ? 0 : n,
    );
    const spread = Math.sqrt(sizes.reduce((sum, n) => sum + n * n, 0) / 50);
    expect(spread).toBeGreaterThan(0.5 * deviation * Math.sqrt(120));
    expect(spread).toBeLessThan(2 * deviation * Math.sqrt(120));
    // What is within three deviations of the noise is not shown.
    expect(found.groups['h']!['h9']!.selection_rate).toBeNull();
    expect(found.reasons!['groups.h.h9.selection_rate']).toBe('withheld');
  });

  it('has intervals that hold the truth about as often as they say, noise and all', () => {
    const runs = 80;
    const truth = { tpr: 0.75, auc: 5 / 6, brier: 1 / 6, fpr: 0.25 };
    const held = { tpr: 0, auc: 0, brier: 0, fpr: 0 };
    for (let run = 0; run < runs; run++) {
      const random = new Seeded(1000 + run);
      const rows = Array.from({ length: 600 }, (_, who): Row => {
        const s = random.uniform();
        return { g: 'A', s, y: Number(random.uniform() < s), who };
      });
      const asked = options({ draws: 200, seed: run });
      const { intervals } = reviewPrivately(
        tableOf(rows),
        asked,
        { epsilon: 1, values: VALUES },
        privateRandomForTests(run),
      );
      for (const name of ['tpr', 'auc', 'brier', 'fpr'] as const) {
        const [low, high] = intervals!.groups['g']!['A']![name]!;
        if (low <= truth[name] && truth[name] <= high) held[name]++;
      }
    }
    // 0.95 of 80 is 76, with a deviation of 1.9.
    for (const [name, times] of Object.entries(held)) expect(times, name).toBeGreaterThan(69);
  });

  it('refuses groups without values, and cells beyond all use', () => {
    const table = tableOf(population(new Seeded(7), 100));
    const refused = (values: Record<string, string[]>, groups: string[]): unknown => {
      try {
        reviewPrivately(
          table,
          options({ groups }),
          { epsilon: 1, values },
          privateRandomForTests(1),
        );
      } catch (error) {
        return error instanceof ConcordError ? error.code : error;
      }
      return null;
    };
    expect(refused({}, ['g'])).toBe('GROUP_VALUES_MISSING');
    const many = Array.from({ length: 100 }, (_, at) => `v${at}`);
    expect(refused({ a: many, b: many }, ['a', 'b'])).toBe('GROUPS_TOO_MANY');
    expect(refused({ g: [] }, ['g'])).toBe('REQUEST_MALFORMED');
  });

  it('is computed from its histogram alone', () => {
    const table = tableOf(population(new Seeded(8), 800));
    const asked = options({ draws: 200 });
    const privately = { epsilon: 1, values: VALUES, maxRows: 1 };
    const layout = layoutOf(asked, privately);
    const counts = countedCells(table, asked, layout, 1);
    const shuffled = takeRows(
      table,
      Int32Array.from({ length: 800 }, (_, at) => 799 - at),
    );
    const again = countedCells(shuffled, asked, layout, 1);
    expect(again).toEqual(counts);
    const said = { ...reviewTable(table, asked).asked, exact: false };
    const of = (cells: Float64Array) =>
      privateReview({ layout, counts: cells }, said, asked, privately);
    expect(of(again)).toEqual(of(counts));
  });
});
