import { describe, expect, it } from 'vitest';
import { principalAxes } from '../../../../main/learning/encoder/principal-axes.ts';
import { publicVectors } from '../../../../main/learning/encoder/word-vectors.ts';
import { FIRST_WORD } from '../../../../main/learning/text/vocabulary.ts';
import { lengthOf, seededUniform } from '../fixtures.ts';

const WIDTH = 64;
const WORDS = ['pain', 'painful', 'tuesday', '##ing', 'zyxwv', '±', '咳', 'headache'];
const vectors = await publicVectors(WORDS, WIDTH);
const vector = (word: string): Float64Array => {
  const from = (FIRST_WORD + WORDS.indexOf(word)) * WIDTH;
  return vectors.subarray(from, from + WIDTH);
};
const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const cosine = (a: string, b: string): number =>
  dot(vector(a), vector(b)) / (lengthOf(vector(a)) * lengthOf(vector(b)));

describe('vectors of words that everyone has', () => {
  it('lie close together for words that mean the like', () => {
    expect(cosine('pain', 'painful')).toBeGreaterThan(0.4);
    expect(cosine('pain', 'headache')).toBeGreaterThan(0.3);
    expect(Math.abs(cosine('pain', 'tuesday'))).toBeLessThan(0.3);
  });

  it('are there for pieces, capitals and words of pieces, and zeros for what has none', () => {
    for (const word of ['tuesday', '##ing', 'zyxwv']) {
      expect(lengthOf(vector(word))).toBeGreaterThan(1);
    }
    for (const word of ['±', '咳']) expect(lengthOf(vector(word))).toBe(0);
    expect(lengthOf(vectors.subarray(0, FIRST_WORD * WIDTH))).toBe(0);
  });

  it('follow from the words alone, wherever they stand, and are zeros beyond their axes', async () => {
    const other = await publicVectors(['rest', 'pain'], WIDTH);
    const from = (FIRST_WORD + 1) * WIDTH;
    expect([...other.subarray(from, from + WIDTH)]).toEqual([...vector('pain')]);
    const wide = await publicVectors(['pain'], 300);
    expect(wide.length).toBe((FIRST_WORD + 1) * 300);
    expect(wide.at(-1)).toBe(0);
    expect(lengthOf(wide)).toBeGreaterThan(5);
  });
});

describe('principal axes', () => {
  it('are uncorrelated, the widest first, and rows are sqrt(axes) long in the mean square', () => {
    const draw = seededUniform(3);
    const width = 5;
    // Spread along directions that are mixed, so that no axis is one of the columns.
    const values = Array.from({ length: 400 }, () => {
      const [a, b, c] = [8 * draw(), 4 * draw(), draw()];
      return [a + b + 7, a - b, a + c, b - c + 2, c];
    }).flat();
    const found = principalAxes(values, width, 3);
    const sums = (i: number, j: number): number => {
      let sum = 0;
      for (let row = 0; row < 400; row++) sum += found[row * 3 + i]! * found[row * 3 + j]!;
      return sum;
    };
    expect(sums(0, 0)).toBeGreaterThan(sums(1, 1));
    expect(sums(1, 1)).toBeGreaterThan(sums(2, 2));
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      expect(Math.abs(sums(i, j)) / Math.sqrt(sums(i, i) * sums(j, j))).toBeLessThan(1e-3);
    }
    expect((sums(0, 0) + sums(1, 1) + sums(2, 2)) / 400).toBeCloseTo(3, 6);
  });
});
