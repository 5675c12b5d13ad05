import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ConcordError, type ErrorCode } from '../../../main/contract/errors.ts';
import { FIGURES, reviewResult, type ReviewOptionsInput } from '../../../main/contract/review.ts';
import { reviewTable } from '../../../main/fairness/review.ts';
import type { Column, Table } from '../../../main/records/table.ts';
import { words } from '../../../main/words/index.ts';

function numbers(name: string, values: readonly number[]): Column {
  const whole = values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  return { name, type: whole ? 'integer' : 'real', values: Float64Array.from(values) };
}

/** '' is missing. */
function texts(name: string, cells: readonly string[]): Column {
  const dictionary = [...new Set(cells.filter((cell) => cell !== ''))];
  const codes = Int32Array.from(cells, (cell) => dictionary.indexOf(cell));
  return { name, type: 'category', codes, dictionary };
}

function tableOf(...columns: Column[]): Table {
  const [first] = columns;
  const rows = first ? ('codes' in first ? first.codes.length : first.values.length) : 0;
  return { rows, columns };
}

const repeat = <T>(times: number, value: T): T[] => Array.from({ length: times }, () => value);

/** 40 of A with 20 positives; 15 of B with 3; 12 of C with none. */
function small(): Table {
  const truth = [
    ...repeat(20, 1),
    ...repeat(20, 0),
    ...repeat(3, 1),
    ...repeat(12, 0),
    ...repeat(12, 0),
  ];
  const group = [...repeat(40, 'A'), ...repeat(15, 'B'), ...repeat(12, 'C')];
  const score = truth.map((y, i) => (i % 5 === 0 ? 0.5 : y === 1 ? 0.75 : 0.25));
  return tableOf(numbers('y', truth), numbers('s', score), texts('g', group));
}
const SMALL = { label: 'y', score: 's', groups: ['g'] };

function codeOf(table: Table, options: ReviewOptionsInput): [ErrorCode, object] {
  try {
    reviewTable(table, options);
  } catch (error) {
    if (error instanceof ConcordError) return [error.code, error.params];
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('what is undefined or withheld', () => {
  it('is null with its reason, by the denominator of each figure', () => {
    const review = reviewTable(small(), SMALL);
    const { A, B, C } = review.groups['g'] ?? {};
    expect(A?.tpr).toBeGreaterThan(0);
    expect(B?.tpr).toBeNull();
    expect(B?.fpr).not.toBeNull();
    expect(B?.selection_rate).not.toBeNull();
    expect(C?.tpr).toBeNull();
    expect(C?.auc).toBeNull();
    expect(review.reasons).toMatchObject({
      'groups.g.B.tpr': 'withheld',
      'groups.g.B.recall': 'withheld',
      'groups.g.B.auc': 'withheld',
      'groups.g.B.tp': 'withheld',
      'groups.g.C.tpr': 'undefined',
      'groups.g.C.auc': 'undefined',
      'groups.g.A.ece': 'withheld',
      'overall.ece': 'withheld',
    });
  });

  it('is said of a gap: over the groups shown, and none over fewer than two', () => {
    const review = reviewTable(small(), SMALL);
    expect(review.gap_groups['g']?.tpr).toEqual({
      shown: ['A'],
      withheld: ['B'],
      undefined: ['C'],
    });
    expect(review.gaps['g']?.equal_opportunity_difference).toBeNull();
    expect(review.gaps['g']?.equalized_odds_difference).toBeNull();
    expect(review.gaps['g']?.demographic_parity_difference).toBeGreaterThan(0);
    expect(review.reasons?.['gaps.g.equal_opportunity_difference']).toBe('withheld');
  });

  it('exact shows what is withheld and nothing that is undefined', () => {
    const review = reviewTable(small(), { ...SMALL, exact: true });
    expect(review.groups['g']?.['B']?.tpr).not.toBeNull();
    expect(review.groups['g']?.['B']?.ece).not.toBeNull();
    expect(review.groups['g']?.['C']?.tpr).toBeNull();
    expect(Object.values(review.reasons ?? {})).not.toContain('withheld');
  });

  it('holds for intervals and comparisons of withheld figures', () => {
    const review = reviewTable(small(), { ...SMALL, intervals: 0.95 });
    expect(review.intervals?.groups['g']?.['B']?.tpr).toBeNull();
    expect(review.reasons?.['intervals.groups.g.B.tpr']).toBe('withheld');
    const tpr = review.comparisons['g']?.groups['B']?.tpr;
    expect(tpr).toEqual({
      difference: null,
      ratio: null,
      difference_interval: null,
      ratio_interval: null,
    });
    expect(review.reasons?.['comparisons.g.groups.B.tpr.difference']).toBe('withheld');
    expect(review.reasons?.['comparisons.g.groups.C.tpr.difference']).toBe('undefined');
  });

  it('is never 0 in place of null, on any small table (property)', () => {
    const row = fc.record({
      y: fc.constantFrom(0, 1),
      s: fc.double({ min: 0, max: 1, noNaN: true }),
      g: fc.constantFrom('a', 'b', 'c', ''),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.boolean(), (rows, exact) => {
        const table = tableOf(
          numbers(
            'y',
            rows.map(({ y }) => y),
          ),
          numbers(
            's',
            rows.map(({ s }) => s),
          ),
          texts(
            'g',
            rows.map(({ g }) => g),
          ),
        );
        const review = reviewTable(table, { ...SMALL, intervals: 0.9, exact, draws: 200 });
        reviewResult.parse(review);
        const people = Object.values(review.groups['g'] ?? {}).reduce((sum, { n }) => sum + n, 0);
        expect(people).toBe(rows.length);
        for (const [name, group] of Object.entries(review.groups['g'] ?? {})) {
          const mine = rows.filter(({ g }) => (g || '(missing)') === name);
          const positives = mine.filter(({ y }) => y === 1).length;
          if (positives === 0) expect(group.tpr).toBeNull();
          if (!exact && positives < 10) expect(group.tpr).toBeNull();
          for (const figure of FIGURES) {
            const reason = review.reasons?.[`groups.g.${name}.${figure}`];
            expect(group[figure] === null).toBe(reason !== undefined);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('reading truth and decisions', () => {
  it('takes decisions in the words of the label and as 0/1 beside them', () => {
    const label = texts('y', ['yes', 'no', 'yes', 'no', 'maybe']);
    const inWords = texts('p', ['yes', 'yes', 'no', 'no', 'no']);
    const inFigures = numbers('q', [1, 1, 0, 0, 0]);
    const table = tableOf(label, inWords, inFigures);
    const options = { label: 'y', positive: 'yes', minDenominator: 1 };
    const words = reviewTable(table, { ...options, prediction: 'p' });
    const figures = reviewTable(table, { ...options, prediction: 'q' });
    expect(words.overall).toEqual(figures.overall);
    expect(words.overall).toMatchObject({ tp: 1, fp: 1, fn: 1, tn: 2, auc: null });
  });

  it('takes 0 as the favourable value when it is named', () => {
    const table = tableOf(numbers('y', [0, 0, 1, 1]), numbers('p', [0, 1, 0, 1]));
    const options = { label: 'y', positive: '0', prediction: 'p', minDenominator: 1 };
    expect(reviewTable(table, options).overall).toMatchObject({ tp: 1, fn: 1, fp: 1, tn: 1 });
  });

  it('leaves out and counts rows without a truth or an answer; an empty group stays a group', () => {
    const table = tableOf(
      numbers('y', [1, 0, NaN, 1]),
      numbers('s', [0.9, 0.1, 0.5, NaN]),
      texts('g', ['a', '', 'a', 'a']),
    );
    const review = reviewTable(table, { ...SMALL, exact: true });
    expect(review.rows).toEqual({ read: 4, reviewed: 2, without_label: 1, abstained: 1 });
    expect(Object.keys(review.groups['g'] ?? {})).toEqual(['(missing)', 'a']);
  });

  it('reviews a label with one value: the AUC is undefined, the file is not refused', () => {
    const table = tableOf(numbers('y', repeat(20, 0)), numbers('s', repeat(20, 0.3)));
    const review = reviewTable(table, { label: 'y', score: 's' });
    expect(review.overall).toMatchObject({ auc: null, tpr: null, fpr: 0, tp: 0 });
    expect(review.reasons?.['overall.auc']).toBe('undefined');
  });

  it('refuses what cannot be read, by code and row, never with a cell', () => {
    const table = tableOf(
      numbers('y', [0, 1, 1]),
      numbers('s', [0.5, 1.5, 0.2]),
      numbers('p', [0, 1, 7]),
      texts('word', ['secret-a', 'secret-b', 'secret-b']),
      texts('blank', ['', '', '']),
    );
    const label = { label: 'y' };
    const cases: [ReviewOptionsInput, ErrorCode, object][] = [
      [{ ...label, score: 's' }, 'SCORE_INVALID', { column: 's', row: 2 }],
      [{ ...label, prediction: 'p' }, 'PREDICTION_INVALID', { column: 'p', row: 3 }],
      [{ ...label, prediction: 'word' }, 'PREDICTION_INVALID', { column: 'word', row: 1 }],
      [{ ...label, score: 'z' }, 'COLUMN_UNKNOWN', { column: 'z' }],
      [{ label: 'word', prediction: 'y' }, 'LABEL_POSITIVE_MISSING', { column: 'word', count: 2 }],
      [
        { label: 'word', positive: 'x', prediction: 'y' },
        'LABEL_POSITIVE_UNKNOWN',
        { column: 'word' },
      ],
      [{ label: 'blank', positive: 'x', prediction: 'y' }, 'REVIEW_EMPTY', { column: 'blank' }],
      [{ label: 'y' }, 'REQUEST_MALFORMED', { call: 'review' }],
      [
        { ...label, prediction: 'y', groups: ['word'], reference: { word: 'nobody' } },
        'REFERENCE_UNKNOWN',
        { column: 'word' },
      ],
      [
        { ...label, prediction: 'y', reference: { word: 'secret-a' } },
        'REFERENCE_UNKNOWN',
        { column: 'word' },
      ],
    ];
    for (const [options, code, params] of cases) {
      const [got, given] = codeOf(table, options);
      expect(got).toBe(code);
      expect(given).toMatchObject(params);
      expect(JSON.stringify(given)).not.toContain('secret');
      for (const language of ['en', 'zh-CN'] as const)
        expect(words(language).errors[got](given as never)).not.toContain('–');
    }
  });

  it('refuses a column of numbers with more than 50 values as groups', () => {
    const ages = Array.from({ length: 60 }, (_, i) => i);
    const table = tableOf(
      numbers(
        'y',
        ages.map((i) => i % 2),
      ),
      numbers('age', ages),
    );
    const options = { label: 'y', prediction: 'y', groups: ['age'] };
    expect(codeOf(table, options)).toEqual(['GROUP_INVALID', { column: 'age', count: 60 }]);
  });
});

describe('groups', () => {
  it('keeps a group whatever its name', () => {
    const names = ['__proto__', 'constructor', 'toString', 'a.b', ' '];
    const table = tableOf(numbers('y', [0, 1, 0, 1, 1]), texts('g', names));
    const review = reviewTable(table, { label: 'y', prediction: 'y', groups: ['g'] });
    const read = reviewResult.parse(JSON.parse(JSON.stringify(review)));
    const kept = Object.keys(read.groups['g'] ?? {}).sort();
    expect(kept).toEqual([' ', '(__proto__)', 'a.b', 'constructor', 'toString']);
  });

  it('crosses pairs, and all of three', () => {
    const table = tableOf(
      numbers('y', [0, 1, 0, 1]),
      texts('a', ['x', 'x', 'y', 'y']),
      texts('b', ['1', '2', '1', '2']),
      texts('c', ['p', 'p', 'q', 'q']),
    );
    const options = { label: 'y', prediction: 'y', groups: ['a', 'b', 'c'], cross: true };
    const review = reviewTable(table, options);
    expect(Object.keys(review.groups)).toEqual(['a', 'b', 'c', 'a*b', 'a*c', 'b*c', 'a*b*c']);
    expect(Object.keys(review.groups['a*c'] ?? {})).toEqual(['x & p', 'y & q']);
    expect(review.comparisons['a*b']).toMatchObject({ reference: 'x & 1', chosen: 'largest' });
  });
});

it('imports only the contract and the records', () => {
  const source = readFileSync(new URL('../../../main/fairness/review.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/from '\.\.\/(?!contract|records)/);
});
