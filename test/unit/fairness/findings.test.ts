import { describe, expect, it } from 'vitest';
import {
  reviewResult,
  type ReviewOptionsInput,
  type ReviewResult,
} from '../../../main/contract/review.ts';
import { reach } from '../../../main/fairness/intervals.ts';
import { recordsToSettle } from '../../../main/fairness/needed.ts';
import { reviewTable } from '../../../main/fairness/review.ts';
import type { Column, Table } from '../../../main/records/table.ts';

interface Row {
  readonly y: number;
  readonly p: number;
  readonly g: string;
  readonly who?: number;
  readonly s?: number;
}

function tableOf(rows: readonly Row[]): Table {
  const numbers = (name: string, of: (row: Row, at: number) => number): Column => ({
    ...{ name, type: 'real' },
    values: Float64Array.from(rows, of),
  });
  const dictionary = [...new Set(rows.map(({ g }) => g))];
  return {
    rows: rows.length,
    columns: [
      numbers('y', ({ y }) => y),
      numbers('p', ({ p }) => p),
      numbers('s', ({ s, p }) => s ?? p),
      numbers('who', ({ who }, at) => who ?? at),
      {
        name: 'g',
        type: 'category',
        dictionary,
        codes: Int32Array.from(rows, ({ g }) => dictionary.indexOf(g)),
      },
    ],
  };
}

/** `n` people of a group, of whom the given shares are positive and selected. */
const people = (g: string, n: number, positive: number, selected: number): Row[] =>
  Array.from({ length: n }, (_, i) => ({
    g,
    y: Number(((i * 7919) % n) / n < positive),
    p: Number(((i * 104_729) % n) / n < selected),
  }));

const OPTIONS: ReviewOptionsInput = {
  ...{ label: 'y', prediction: 'p', groups: ['g'], reference: { g: 'base' } },
};
const review = (rows: readonly Row[], more: object = {}): ReviewResult =>
  reviewResult.parse(reviewTable(tableOf(rows), { ...OPTIONS, ...more }));
const found = ({ findings }: ReviewResult, group: string, measure = 'difference') =>
  findings?.found.find(
    (one) => one.group === group && one.rate === 'selection_rate' && one.measure === measure,
  );

describe('verdicts', () => {
  const rows = [
    ...people('base', 20_011, 0.5, 0.5),
    ...people('far', 20_011, 0.5, 0.3),
    ...people('near', 20_011, 0.5, 0.505),
    ...people('few', 101, 0.5, 0.42),
    ...people('tiny', 7, 0.5, 0.4),
  ];

  it('are by intervals that hold together: beyond, within, undecided with what would settle it', () => {
    const all = review(rows);
    expect(found(all, 'far')).toMatchObject({ verdict: 'beyond', more: null });
    expect(found(all, 'far', 'ratio')).toMatchObject({ verdict: 'beyond', holm: null });
    expect(found(all, 'near')).toMatchObject({ verdict: 'within', more: null });
    expect(found(all, 'few')?.verdict).toBe('undecided');
    expect(found(all, 'few')?.more).toBeGreaterThan(100);
    const { statements = 0, tests } = all.findings ?? {};
    expect([tests, statements]).toEqual([16, 20]);
    const [low, high] = found(all, 'near')?.interval ?? [0, 0];
    const wide = (high - low) / 2;
    const spread = Math.sqrt((2 * 0.25) / 20_011);
    expect(wide / (reach(1 - 0.05 / statements) * spread)).toBeCloseTo(1, 2);
  });

  it('follow the margins that were set, which need a reason when they are others', () => {
    const margins = { difference: 0.25, ratio: 0.5, reason: 'as agreed' };
    const all = review(rows, { margins });
    expect(all.findings?.margins).toEqual(margins);
    expect(found(all, 'far')?.verdict).toBe('within');
    expect(() => review(rows, { margins: { difference: 0.25 } })).toThrow('REQUEST_MALFORMED');
    expect(() => review(rows, { margins: { ratio: 0.9, reason: ' ' } })).toThrow(
      'REQUEST_MALFORMED',
    );
  });

  it('are not given to what cannot be estimated, which stays in the family', () => {
    const all = review(rows);
    const none = all.findings?.not_estimable.filter(({ group }) => group === 'tiny') ?? [];
    expect(none).toHaveLength(5);
    expect(new Set(none.map(({ reason }) => reason))).toEqual(new Set(['withheld']));
    expect(found(all, 'tiny')).toBeUndefined();
    const without = review(rows.filter(({ g }) => g !== 'tiny'));
    expect(without.findings?.tests).toBe(12);
    // A family of more tests corrects more.
    const p = (of: ReviewResult) =>
      of.findings?.found.find(({ holm }) => holm !== null && holm > 0 && holm < 1)?.holm ?? NaN;
    expect(p(all)).toBeGreaterThan(p(without));
  });

  it('settle when so many more records have come, rates as they were', () => {
    const more = found(review(rows), 'few')?.more ?? 0;
    const grown = rows.filter(({ g }) => g !== 'few');
    const settled = [...grown, ...people('few', 101 + Math.round(1.15 * more), 0.5, 43 / 101)];
    expect(found(review(settled), 'few')?.verdict).not.toBe('undecided');
    const half = [...grown, ...people('few', 101 + Math.round(0.6 * more), 0.5, 43 / 101)];
    expect(found(review(half), 'few')?.verdict).toBe('undecided');
  });

  it('need more than one group where the reference itself is too small', () => {
    const unsettled = { distance: 0.01, group: 0.01, reference: 0.01, records: 50, level: 0.95 };
    expect(recordsToSettle(unsettled)).toBeNull();
    expect(recordsToSettle({ ...unsettled, reference: 0 })).toBeGreaterThan(50);
  });
});

describe('shown figures', () => {
  it('are uncertain over 10 to 29 records, each by its own denominator', () => {
    const all = review([...people('base', 100, 0.5, 0.5), ...people('b', 40, 0.3, 0.5)]);
    expect(all.uncertain).toContain('groups.g.b.tpr');
    expect(all.uncertain).toContain('groups.g.b.fpr');
    expect(all.uncertain).not.toContain('groups.g.b.selection_rate');
    expect(all.groups['g']?.['b']?.events).toBe(12);
    for (const path of all.uncertain ?? []) expect(all.reasons?.[path]).toBeUndefined();
  });
});

describe('gaps', () => {
  const same = [
    ...people('base', 300, 0.5, 0.5),
    ...people('b', 150, 0.5, 0.5),
    ...people('c', 40, 0.5, 0.5),
  ];

  it('between groups that are equal in truth lie where lots put them', () => {
    const { gap_draws: draws, gaps } = review(same, { intervals: 0.95 });
    const gap = draws?.['g']?.demographic_parity_difference;
    expect(gaps['g']?.demographic_parity_difference).toBeLessThan(gap?.chance?.middle ?? 0);
    expect(gap?.chance?.p).toBeGreaterThan(0.9);
    expect(gap?.chance?.far).toBeGreaterThan(gap?.chance?.middle ?? 1);
    const [low = 0] = gap?.interval ?? [];
    expect(low).toBeGreaterThanOrEqual(0);
  });

  it('that no lot explains have a small p, never 0', () => {
    const apart = [...people('base', 300, 0.5, 0.8), ...people('b', 300, 0.5, 0.2)];
    const p = review(apart, { intervals: 0.95 }).gap_draws?.['g']?.demographic_parity_difference
      ?.chance?.p;
    expect(p).toBeCloseTo(1 / 2001, 12);
  });

  it('are drawn again from the same seed', () => {
    const of = (seed: number) => review(same, { intervals: 0.95, seed, draws: 400 });
    expect(of(4)).toEqual(of(4));
    expect(of(4).gap_draws).not.toEqual(of(5).gap_draws);
    expect(of(4).randomness).toEqual({ seed: 4, draws: 400, of: 'counts', persons: null });
  });
});

describe('rows of one person', () => {
  /** Everyone five times: what looks like 1,000 records are 200 persons. */
  const five = (rows: readonly Row[]): Row[] =>
    rows.flatMap((row, who) => Array.from({ length: 5 }, () => ({ ...row, who })));
  const once = [...people('base', 203, 0.5, 0.6), ...people('b', 101, 0.5, 0.4)].map((row) => ({
    ...row,
    s: 0.2 + 0.6 * row.p,
  }));
  const options = { intervals: 0.95, score: 's', person: 'who', draws: 800 };

  it('widen every interval to about that of the persons alone', () => {
    const few = review(once, { intervals: 0.95, score: 's' });
    const many = review(five(once), options);
    const rows = review(five(once), { intervals: 0.95, score: 's' });
    const width = (of: ReviewResult, name: 'selection_rate' | 'tpr' | 'brier' | 'auc'): number => {
      const [low, high] = of.intervals?.groups['g']?.['base']?.[name] ?? [NaN, NaN];
      return high - low;
    };
    for (const name of ['selection_rate', 'tpr', 'brier', 'auc'] as const) {
      expect(width(many, name) / width(few, name), name).toBeGreaterThan(0.85);
      expect(width(many, name) / width(few, name), name).toBeLessThan(1.15);
      expect(width(many, name) / width(rows, name), name).toBeGreaterThan(1.8);
    }
    expect(many.randomness).toMatchObject({ of: 'persons', persons: once.length });
    expect(many.asked.person).toBe('who');
    // Fisher on the rows would be far too sure.
    const p = (of: ReviewResult) => found(of, 'b')?.p ?? NaN;
    expect(p(many)).toBeGreaterThan(100 * p(rows));
    expect(many.gap_draws?.['g']?.demographic_parity_difference?.chance).not.toBeNull();
  });

  it('have no lots where a person stands in several groups', () => {
    const mixed = five(once).map((row, at) => ({ ...row, g: at % 2 === 0 ? 'base' : 'b' }));
    const { gap_draws: draws } = review(mixed, { ...options, draws: 200 });
    expect(draws?.['g']?.demographic_parity_difference).toMatchObject({ chance: null });
  });
});
