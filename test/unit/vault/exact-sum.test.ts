import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { checkBudget, defaultBudget } from '../../../main/vault/budget.ts';
import { exceeds, remaining, sumUp } from '../../../main/vault/exact-sum.ts';

/** The decimal a double is printed as, as a fraction over 10^400: slow and plain. */
const SCALE = 400;
function plain(value: number): bigint {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(SCALE + Number(exponent) - fraction.length);
}

const amount = fc.oneof(
  fc.double({ min: 0, max: 50, noNaN: true }),
  fc.integer({ min: 0, max: 400 }).map((n) => n / 10),
  fc.double({ min: 1e-12, max: 1e-3, noNaN: true }),
  fc.constantFrom(0, 5e-324, 1e-5, 1e-300, 0.1, 1e21),
);

describe('exact sums', () => {
  it('add as people add', () => {
    expect(sumUp([0.1, 0.2])).toBe(0.3);
    expect(sumUp(Array.from({ length: 10 }, () => 0.1))).toBe(1);
    expect(exceeds([1e-5, 1e-5, 1e-5], 3e-5)).toBe(false);
    expect(exceeds([1, 1, 1, 1], 4)).toBe(false);
    expect(exceeds([1, 3, 5e-324], 4)).toBe(true);
    expect(sumUp([])).toBe(0);
    expect(remaining(4, [1.1, 2.9])).toBe(0);
    expect(remaining(4, [5])).toBe(0);
    expect(remaining(1, [0.9])).toBe(0.1);
  });

  it('never round a sum down nor what remains up, and not by more than one double', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 30 }), amount, (values, whole) => {
        const exact = values.reduce((sum, value) => sum + plain(value), 0n);
        const sum = sumUp(values);
        expect(plain(sum) >= exact).toBe(true);
        expect(Number(plain(sum) - exact) <= Number(exact) * 4e-16 + 10 ** (SCALE - 320)).toBe(
          true,
        );
        expect(exceeds(values, whole)).toBe(exact > plain(whole));
        const left = remaining(whole, values);
        if (left > 0) {
          expect(plain(left) <= plain(whole) - exact).toBe(true);
          expect(exceeds([...values, left], whole)).toBe(false);
        }
      }),
      { numRuns: process.env['CONCORD_TEST_LONG'] === '1' ? 20_000 : 500 },
    );
  });

  it('do not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(amount), (values) => {
        expect(sumUp([...values].reverse())).toBe(sumUp(values));
      }),
    );
  });
});

describe('the budget nobody decided about', () => {
  it.each([
    [48_842, 2e-5],
    [1000, 9e-4],
    [1001, 9e-4],
    [999, 1e-3],
    [1, 0.9],
    [2, 0.4],
    [10, 0.09],
    [3, 0.3],
    [1_000_000, 9e-7],
  ])('of %i records has delta %d', (records, delta) => {
    expect(defaultBudget(records)).toEqual({ epsilon: 4, delta });
  });

  it('has the largest one-figure delta below 1/n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 50 }), (records) => {
        const { delta } = defaultBudget(records);
        const [figure = '', power = '0'] = delta.toExponential().split('e');
        const below = (digit: bigint, places: number): boolean =>
          digit * BigInt(records) < 10n ** BigInt(places);
        const places = -Number(power);
        expect(figure).toMatch(/^\d$/);
        expect(below(BigInt(figure), places)).toBe(true);
        expect(below(BigInt(figure) + 1n, places)).toBe(false);
      }),
    );
  });

  it('is not set to what protects nobody', () => {
    const codeOf = (epsilon: number, delta: number): string => {
      try {
        checkBudget({ epsilon, delta }, 1000);
        return 'fine';
      } catch (error) {
        return error instanceof ConcordError ? error.code : 'not ours';
      }
    };
    expect(codeOf(1, 9.9e-4)).toBe('fine');
    expect(codeOf(1, 0)).toBe('fine');
    expect(codeOf(1, 1e-3)).toBe('DELTA_TOO_LARGE');
    expect(codeOf(1, -1e-9)).toBe('DELTA_INVALID');
    expect(codeOf(1, Number.NaN)).toBe('DELTA_INVALID');
    for (const epsilon of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(codeOf(epsilon, 1e-5)).toBe('EPSILON_INVALID');
    }
  });
});
