import { describe, expect, it } from 'vitest';
import { reviewResult } from '../../../main/contract/review.ts';
import { reviewTable } from '../../../main/fairness/review.ts';
import type { Table } from '../../../main/records/table.ts';

const N = 600;
const truth = Float64Array.from({ length: N }, (_, i) => (i * 37) % 50);
const predicted = truth.map((y, i) => y - 1 + ((i * 53) % 11) / 2);
const groups = Array.from({ length: N }, (_, i) => (i < 6 ? 2 : i % 2));

const table: Table = {
  rows: N,
  columns: [
    { name: 'y', type: 'real', values: truth },
    { name: 'p', type: 'real', values: predicted },
    { name: 'g', type: 'category', dictionary: ['a', 'b', 'few'], codes: Int32Array.from(groups) },
    { name: 'word', type: 'category', dictionary: ['x'], codes: new Int32Array(N) },
  ],
};
const OPTIONS = { target: 'number' as const, label: 'y', prediction: 'p', groups: ['g'] };
const review = (more: object = {}) =>
  reviewResult.parse(reviewTable(table, { ...OPTIONS, ...more }));

function slow(group: number) {
  const residuals = [...truth]
    .map((y, i) => y - predicted[i]!)
    .filter((_, i) => groups[i] === group);
  const mean = (values: readonly number[]) =>
    values.reduce((sum, one) => sum + one, 0) / values.length;
  return {
    mae: mean(residuals.map(Math.abs)),
    rmse: Math.sqrt(mean(residuals.map((r) => r * r))),
    mean_residual: mean(residuals),
  };
}

describe('a review of predicted numbers', () => {
  it('has the errors of each group, and withholds those of few', () => {
    const { numbers, groups: sizes, reasons } = review();
    for (const [at, name] of ['a', 'b'].entries())
      for (const [figure, value] of Object.entries(slow(at)))
        expect(numbers?.groups['g']?.[name]?.[figure as 'mae']).toBeCloseTo(value, 10);
    expect(numbers?.groups['g']?.['few']).toEqual({ mae: null, rmse: null, mean_residual: null });
    expect(reasons?.['numbers.groups.g.few.mae']).toBe('withheld');
    expect(sizes['g']?.['few']?.n).toBe(6);
    const gap = Math.abs(slow(0).mae - slow(1).mae);
    expect(numbers?.gaps['g']?.mae).toBeCloseTo(gap, 10);
  });

  it('has intervals of means, and of gaps from draws', () => {
    const { numbers, randomness } = review({ intervals: 0.95 });
    const [low = NaN, high = NaN] = numbers?.intervals?.groups['g']?.['a']?.rmse ?? [];
    expect(low).toBeLessThan(slow(0).rmse);
    expect(high).toBeGreaterThan(slow(0).rmse);
    expect(numbers?.intervals?.gaps['g']?.mae?.[0]).toBeGreaterThanOrEqual(0);
    expect(numbers?.intervals?.groups['g']?.['few']?.mae).toBeNull();
    expect(randomness).toMatchObject({ of: 'means', draws: 2000 });
  });

  it('refuses words, and a review without predictions', () => {
    const code = (more: object) => {
      try {
        review(more);
      } catch (error) {
        return (error as { code: string }).code;
      }
      return null;
    };
    expect(code({ prediction: 'word' })).toBe('COLUMN_NOT_NUMERIC');
    expect(code({ prediction: undefined, score: 'p' })).toBe('REQUEST_MALFORMED');
  });
});

describe('decisions of one of several values', () => {
  it('are those for the value asked about, in words and in numbers, also of one that never is true', () => {
    const words = ['red', 'green', 'blue', 'never'];
    const codes = Int32Array.from({ length: 90 }, (_, i) => i % 3);
    const said = codes.map((code, i) => (i % 10 === 0 ? 3 : code));
    const several: Table = {
      rows: 90,
      columns: [
        { name: 'y', type: 'category', dictionary: words.slice(0, 3), codes },
        { name: 'p', type: 'category', dictionary: words, codes: said },
        { name: 'stars', type: 'integer', values: Float64Array.from(codes, (code) => code + 1) },
        { name: 'guess', type: 'integer', values: Float64Array.from(said, (code) => code + 1) },
      ],
    };
    const inWords = reviewTable(several, { label: 'y', positive: 'blue', prediction: 'p' });
    const inStars = reviewTable(several, { label: 'stars', positive: '3', prediction: 'guess' });
    expect(inWords.overall).toMatchObject({ tp: 27, fn: 3, fp: 0, tn: 60 });
    expect(inStars.overall).toEqual(inWords.overall);
  });
});
