import { describe, expect, it } from 'vitest';
import { exposureOf } from '../../../../main/privacy/attack/exposure.ts';

const numbers = (...values: number[]): Float64Array => Float64Array.from(values);

describe('the exposure of a phrase', () => {
  it('is log2 of how many there are over its rank', () => {
    const never = numbers(1, 2, 3, 4, 5, 6, 7);
    const found = exposureOf(numbers(0.5, 3.5, 9), [never, never, never]);
    expect(found).toMatchObject({ mean: (3 + 1 + 0) / 3, largest: 3, most: 3 });
  });

  it('of equal losses takes the middle rank, so that a model that knows nothing shows nothing', () => {
    const { mean } = exposureOf(numbers(2), [numbers(2, 2, 2, 2, 2, 2)]);
    expect(mean).toBeCloseTo(Math.log2(7 / 4), 12);
  });

  it('has the mean of all ranks as its chance, 1 / ln 2 for many', () => {
    const four = [8, 4, 8 / 3, 2].map((share) => Math.log2(share / 2));
    const of = (size: number) => exposureOf(numbers(0), [new Float64Array(size - 1)]).chance;
    expect(of(4)).toBeCloseTo(four.reduce((a, b) => a + b) / 4, 12);
    expect(of(4096)).toBeCloseTo(1 / Math.LN2, 2);
  });

  it('needs something to compare with', () => {
    expect(() => exposureOf(numbers(1), [])).toThrow(RangeError);
    expect(() => exposureOf(numbers(1), [numbers()])).toThrow(RangeError);
  });
});
