import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { privateRandomForTests } from '../../../../main/privacy/seeded.ts';
import type { Contributions } from '../../../../main/privacy/statistics/contributions.ts';
import {
  cellsFor,
  privateBounds,
  privateShape,
  type Range,
} from '../../../../main/privacy/statistics/range.ts';

const rowsOf = (count: number): Contributions => ({
  count,
  starts: Int32Array.from({ length: count + 1 }, (_, u) => u),
  rows: Int32Array.from({ length: count }, (_, u) => u),
});
const QUIET = { noiseMultiplier: 0.05, contributions: 1 };
const random = privateRandomForTests('range');

function rangeOf(values: readonly (number | null)[], noise = QUIET): Range | null {
  return privateShape(rowsOf(values.length), (row) => values[row]!, noise, random).range;
}

describe('the size of numbers', () => {
  it('is told in powers of two around them, both signs, zero and the smallest included', () => {
    expect(rangeOf([3, 3.9, 100])).toEqual({ lower: 2, upper: 128 });
    expect(rangeOf([-5, 0, 7])).toEqual({ lower: -8, upper: 8 });
    expect(rangeOf([1e-9, 0.5, null])).toEqual({ lower: 0, upper: 1 });
    expect(rangeOf([-1024, -1023])).toEqual({ lower: -2048, upper: -512 });
    expect(rangeOf([2 ** 30])).toEqual({ lower: 2 ** 30, upper: 2 ** 31 });
    expect(rangeOf([1e300, -Infinity])).toEqual({ lower: -(2 ** 44), upper: 2 ** 44 });
  });

  it('is unknown where nothing is there, only zeros, or only noise', () => {
    expect(rangeOf([])).toBeNull();
    expect(rangeOf([null, null])).toBeNull();
    expect(rangeOf([0, 0, 1e-30])).toBeNull();
    const seen = Array.from({ length: 60 }, () =>
      rangeOf([5, 6], { noiseMultiplier: 30, contributions: 1 }),
    );
    // 129 bins at 4 deviations: one time in 250.
    expect(seen.filter((range) => range !== null).length).toBeLessThan(5);
  });

  it('holds every number that is frequent, for any of them', () => {
    const value = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(value, value, (a, b) => {
        fc.pre(Math.abs(a) > 1e-5 && Math.abs(b) > 1e-5);
        const range = rangeOf([a, a, b, b]);
        expect(range!.lower).toBeLessThanOrEqual(Math.min(a, b));
        expect(range!.upper).toBeGreaterThanOrEqual(Math.max(a, b));
      }),
    );
  });

  it('says whether most cells are numbers at all', () => {
    const kindOf = (cells: readonly (number | null)[]): boolean =>
      privateShape(rowsOf(cells.length), (row) => cells[row]!, QUIET, random).isNumber;
    expect(kindOf([1, 2, 3, NaN])).toBe(true);
    expect(kindOf([1, NaN, NaN, null, null])).toBe(false);
  });
});

describe('bounds', () => {
  const even = Array.from({ length: 8000 }, (_, i) => 20 + (i % 60));

  it('are drawn in to what the cells fill, and one cell alone moves nothing', () => {
    const noise = { noiseMultiplier: 4, contributions: 1 };
    const bounds = (values: readonly number[]): Range =>
      privateBounds(
        ...([rowsOf(values.length), (row: number) => values[row]!] as const),
        ...([{ lower: 0, upper: 128 }, 64, noise, random] as const),
      );
    expect(bounds(even)).toEqual({ lower: 20, upper: 80 });
    expect(bounds([...even, 127])).toEqual({ lower: 20, upper: 80 });
    expect(bounds([...even, NaN, -4, 1000])).toEqual({ lower: 20, upper: 80 });
  });

  it('are all of the range where no cell stands out', () => {
    const noise = { noiseMultiplier: 500, contributions: 1 };
    const whole = { lower: 0, upper: 128 };
    const found = privateBounds(rowsOf(3), () => 5, whole, 4, noise, random);
    expect(found).toEqual(whole);
  });

  it('keep the ends of the range where they are reached', () => {
    const values = [0, 0, 128, 128];
    const found = privateBounds(
      ...([rowsOf(4), (row: number) => values[row]!] as const),
      ...([{ lower: 0, upper: 128 }, 8, QUIET, random] as const),
    );
    expect(found).toEqual({ lower: 0, upper: 128 });
  });
});

describe('the number of cells', () => {
  it('is a power of two from 4 to 64 that falls with the noise', () => {
    const cells = (units: number, noiseMultiplier: number): number =>
      cellsFor(units, { noiseMultiplier, contributions: 1 });
    expect(cells(32_000, 66)).toBe(32);
    expect(cells(1e7, 66)).toBe(64);
    expect(cells(10, 66)).toBe(4);
    expect(cellsFor(32_000, { noiseMultiplier: 66, contributions: 4 })).toBe(16);
  });
});
