import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { privateRandomForTests } from '../../../../main/privacy/seeded.ts';
import {
  discreteGaussian,
  discreteLaplace,
} from '../../../../main/privacy/statistics/discrete-noise.ts';
import {
  coin,
  exponentialCoin,
  fractionOf,
  uniformBelow,
} from '../../../../main/privacy/statistics/exact-coin.ts';
import { chiSquareExcess, gaussianLaw, laplaceLaw, tally } from './exact.ts';

const DRAWS = 20_000;
/** One law in 3000 lies further off. */
const FAR = 3.4;

function varianceOf(law: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [k, p] of law) sum += p * k * k;
  return sum;
}

describe('a number as a fraction', () => {
  it('is the very number', () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(numbers, (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-200);
        const { num, den } = fractionOf(value);
        // Both are within 2^53 or powers of two, so this division does not round.
        expect(Number(num) / Number(den)).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(() => fractionOf(NaN)).toThrow(RangeError);
    expect(() => fractionOf(Infinity)).toThrow(RangeError);
  });
});

describe('exact coins', () => {
  it.each([1n, 2n, 3n, 10n, 1000n])('draws each number below %s equally often', (limit) => {
    const random = privateRandomForTests(`below ${limit}`);
    const law = new Map(
      Array.from({ length: Number(limit) }, (_, k) => [k, 1 / Number(limit)] as const),
    );
    const drawn = tally(DRAWS, () => Number(uniformBelow(limit, random)));
    expect(Math.max(...drawn.keys())).toBeLessThan(Number(limit));
    if (limit > 1n) expect(chiSquareExcess(drawn, law, DRAWS)).toBeLessThan(FAR);
  });

  it('draws numbers of many words below their limit, in both halves of it', () => {
    const random = privateRandomForTests('wide');
    const limit = 3n ** 100n;
    const drawn = Array.from({ length: 400 }, () => uniformBelow(limit, random));
    expect(drawn.every((value) => value >= 0n && value < limit)).toBe(true);
    const low = drawn.filter((value) => value < limit / 2n).length;
    expect(Math.abs(low - 200)).toBeLessThan(3.4 * 10);
  });

  it.each([
    [0n, 1n],
    [1n, 7n],
    [1n, 1n],
    [5n, 2n],
    [31n, 8n],
  ])('comes up with probability exp(-%s/%s)', (num, den) => {
    const random = privateRandomForTests(`exp ${num}/${den}`);
    const p = Math.exp(-Number(num) / Number(den));
    const drawn = tally(DRAWS, () => Number(exponentialCoin({ num, den }, random)));
    const seen = drawn.get(1) ?? 0;
    const sd = Math.sqrt(DRAWS * p * (1 - p));
    expect(Math.abs(seen - DRAWS * p)).toBeLessThanOrEqual(FAR * sd);
  });

  it('is fair where it is told to be, and never or always at the ends', () => {
    const random = privateRandomForTests('ends');
    for (let i = 0; i < 200; i++) {
      expect(coin({ num: 0n, den: 9n }, random)).toBe(false);
      expect(coin({ num: 9n, den: 9n }, random)).toBe(true);
    }
    expect(() => exponentialCoin({ num: -1n, den: 1n }, random)).toThrow(RangeError);
  });
});

describe('discrete Laplace noise', () => {
  it.each([0.5, 1, 2.5, 9])('of scale %s has its law and its variance', (scale) => {
    const random = privateRandomForTests(`laplace ${scale}`);
    const law = laplaceLaw(scale);
    const drawn = tally(DRAWS, () => Number(discreteLaplace(fractionOf(scale), random)));
    expect(chiSquareExcess(drawn, law, DRAWS)).toBeLessThan(FAR);
    let squares = 0;
    for (const [k, times] of drawn) squares += times * k * k;
    const variance = varianceOf(law);
    // The kurtosis of a Laplace law is 6, a little more where it is coarse.
    expect(Math.abs(squares / DRAWS / variance - 1)).toBeLessThan(FAR * Math.sqrt(9 / DRAWS));
  });
});

describe('discrete Gaussian noise', () => {
  it.each([0.3, 1, 2.5, 7, 41])('of deviation %s has its law and its variance', (deviation) => {
    const random = privateRandomForTests(`gaussian ${deviation}`);
    const { num, den } = fractionOf(deviation);
    const variance = { num: num * num, den: den * den };
    const law = gaussianLaw(deviation * deviation);
    const drawn = tally(DRAWS, () => Number(discreteGaussian(variance, random)));
    expect(chiSquareExcess(drawn, law, DRAWS)).toBeLessThan(FAR);
    if (deviation < 1) return;
    let squares = 0;
    for (const [k, times] of drawn) squares += times * k * k;
    // Deviation and not variance, deviation and not scale: at 2.5 and 7 these differ by far.
    expect(Math.abs(squares / DRAWS / varianceOf(law) - 1)).toBeLessThan(
      FAR * Math.sqrt(2.2 / DRAWS),
    );
    expect(varianceOf(law)).toBeLessThanOrEqual(deviation ** 2 * (1 + 1e-9));
  });

  it('refuses a variance of nothing', () => {
    const random = privateRandomForTests('none');
    expect(() => discreteGaussian({ num: 0n, den: 1n }, random)).toThrow(RangeError);
    expect(() => discreteLaplace({ num: 0n, den: 1n }, random)).toThrow(RangeError);
  });
});
