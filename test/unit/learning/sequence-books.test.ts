import { describe, expect, it } from 'vitest';
import { GROUP_CANCELLATION } from '../../../main/learning/layers.ts';
import { PassBooks } from '../../../main/learning/sequence/books.ts';
import type { Book } from '../../../main/learning/sequence/layer.ts';
import { lengthOf, seededUniform } from './fixtures.ts';
import { hasTensorFlow, tf } from './sequence-models.ts';

const [BATCH, TOKENS] = [3, 4];
const alone = Int32Array.from({ length: BATCH + 1 }, (_, r) => r);

/** Sizes at which lengths come from products of tokens, and at which from the matrices. */
const SIZES = [
  { p: 30, q: 40 },
  { p: 3, q: 2 },
  { p: 120, q: 200 },
];

/** Single precision numbers, and a tensor of them. */
function numbers(size: number, seed: number): Float32Array {
  const draw = seededUniform(seed);
  return Float32Array.from({ length: size }, () => 2 * draw() - 1);
}

interface Tried {
  readonly books: readonly Book[];
  readonly sizes: readonly (readonly [name: string, rows: number, columns: number])[];
  /** Of a row, entry by entry in double precision. */
  gradient(row: number): Float64Array;
  /** What it is made of, laid end to end. */
  apart(row: number): number;
}

function dense(a: Float32Array, d: Float32Array, { p, q }: { p: number; q: number }): Tried {
  return {
    books: [
      {
        ...{ kind: 'dense', weights: 'w', bias: 'b' },
        inputs: tf.tensor3d(a, [BATCH, TOKENS, p]),
        deltas: tf.tensor3d(d, [BATCH, TOKENS, q]),
      },
    ],
    sizes: [
      ['w', p, q],
      ['b', 1, q],
    ],
    gradient(row) {
      const found = new Float64Array((p + 1) * q);
      for (let t = row * TOKENS; t < (row + 1) * TOKENS; t++) {
        for (let i = 0; i <= p; i++) {
          const input = i === p ? 1 : a[t * p + i]!;
          for (let j = 0; j < q; j++) found[i * q + j]! += input * d[t * q + j]!;
        }
      }
      return found;
    },
    apart(row) {
      let sum = 0;
      for (let t = row * TOKENS; t < (row + 1) * TOKENS; t++) {
        const input = [...a.subarray(t * p, (t + 1) * p), 1];
        sum += Math.hypot(...input) * Math.hypot(...d.subarray(t * q, (t + 1) * q));
      }
      return sum;
    },
  };
}

function embedding(ids: Int32Array, d: Float32Array, q: number): Tried {
  return {
    books: [
      {
        ...{ kind: 'embedding', table: 'e' },
        ids: tf.tensor2d(ids, [BATCH, TOKENS], 'int32'),
        deltas: tf.tensor3d(d, [BATCH, TOKENS, q]),
      },
    ],
    sizes: [['e', 7, q]],
    gradient(row) {
      const found = new Float64Array(7 * q);
      for (let t = row * TOKENS; t < (row + 1) * TOKENS; t++) {
        for (let j = 0; j < q; j++) found[ids[t]! * q + j]! += d[t * q + j]!;
      }
      return found;
    },
    apart(row) {
      const deltas = d.subarray(row * TOKENS * q, (row + 1) * TOKENS * q);
      return Array.from({ length: TOKENS }, (_, t) =>
        Math.hypot(...deltas.subarray(t * q, (t + 1) * q)),
      ).reduce((sum, length) => sum + length, 0);
    },
  };
}

function explicit(g: Float32Array, width: number): Tried {
  return {
    books: [{ kind: 'explicit', tensor: 'x', gradients: tf.tensor2d(g, [BATCH, width]) }],
    sizes: [['x', 1, width]],
    gradient: (row) => Float64Array.from(g.subarray(row * width, (row + 1) * width)),
    apart: (row) => Math.hypot(...g.subarray(row * width, (row + 1) * width)),
  };
}

function opened(
  { books, sizes }: Tried,
  several: boolean,
): { books: PassBooks; parameters: number } {
  let offset = 0;
  const specs = sizes.map(([name, rows, columns]) => {
    const spec = { name, rows, columns, offset };
    offset += rows * columns;
    return [name, spec] as const;
  });
  return { books: new PassBooks(tf, books, new Map(specs), several), parameters: offset };
}

function norms(tried: Tried, several = true, groups = alone): Float64Array {
  const { books } = opened(tried, several);
  const found = new Float64Array(groups.length - 1);
  books.squaredNorms(groups, found);
  books.dispose();
  return found.map(Math.sqrt);
}

const IDS = Int32Array.of(1, 2, 1, 1, 0, 3, 4, 5, 6, 6, 6, 6);
const denseOf = (size: { p: number; q: number }): Tried =>
  dense(numbers(12 * size.p, 1), numbers(12 * size.q, 2), size);
const BOOKS: readonly (readonly [string, () => Tried])[] = [
  ['a dense tensor, from products', () => denseOf(SIZES[0]!)],
  ['a dense tensor, from matrices', () => denseOf(SIZES[1]!)],
  ['a wide dense tensor', () => denseOf(SIZES[2]!)],
  ['an embedding', () => embedding(IDS, numbers(12 * 5, 3), 5)],
  ['a small tensor', () => explicit(numbers(3 * 6, 4), 6)],
];

describe.skipIf(!hasTensorFlow).each(BOOKS)('the book of %s', (_, made) => {
  it('gives each row’s length as the double loop does, to double precision', () => {
    const tried = made();
    norms(tried).forEach((norm, row) => {
      expect(Math.abs(norm / lengthOf(tried.gradient(row)) - 1)).toBeLessThan(1e-12);
    });
  });

  it('gives each row’s length at most a little longer where units are rows, and never shorter', () => {
    const tried = made();
    norms(tried, false).forEach((norm, row) => {
      const excess = norm / lengthOf(tried.gradient(row)) - 1;
      expect(excess).toBeGreaterThan(-1e-7);
      expect(excess).toBeLessThan(1e-4);
    });
  });

  it('gives the length of rows that belong to one person', () => {
    const tried = made();
    const second = tried.gradient(1);
    const sum = tried.gradient(0).map((value, i) => value + second[i]!);
    const [two] = norms(tried, true, Int32Array.of(0, 2, 3));
    expect(Math.abs(two! / lengthOf(sum) - 1)).toBeLessThan(1e-12);
  });

  it.each([
    { several: true, digits: 12 },
    { several: false, digits: 5 },
  ])('adds up weighted gradients as the double loop does (%o)', ({ several, digits }) => {
    const tried = made();
    const { books, parameters } = opened(tried, several);
    const weights = Float64Array.of(0.3, 1 / 7, 2);
    const sum = new Float64Array(parameters).fill(1);
    books.addWeighted(weights, sum);
    weights.forEach((weight, row) =>
      tried.gradient(row).forEach((value, i) => (sum[i]! -= weight * value)),
    );
    for (const rest of sum) expect(rest).toBeCloseTo(1, digits);
    books.dispose();
  });
});

describe.skipIf(!hasTensorFlow)('a text whose tokens cancel', () => {
  /** The second half of every row takes the first back. */
  const cancelling = (size: number, width: number, seed: number): Float32Array => {
    const half = numbers(size * 2 * width, seed);
    const all = new Float32Array(size * 4 * width);
    for (let row = 0; row < size; row++) {
      const part = half.subarray(row * 2 * width, (row + 1) * 2 * width);
      all.set(part, row * 4 * width);
      all.set(
        part.map((value) => -value),
        (row * 4 + 2) * width,
      );
    }
    return all;
  };
  const twice = (size: number, width: number, seed: number): Float32Array =>
    cancelling(size, width, seed).map(Math.abs);

  it.each<[string, Tried]>([
    ['products', dense(twice(3, 30, 1), cancelling(3, 40, 2), SIZES[0]!)],
    ['matrices', dense(twice(3, 3, 1), cancelling(3, 2, 2), SIZES[1]!)],
    ['an embedding', embedding(new Int32Array(12).fill(4), cancelling(3, 5, 3), 5)],
  ])('is never so short that its terms are out of proportion (%s)', (_, tried) => {
    norms(tried).forEach((norm, row) => {
      expect(lengthOf(tried.gradient(row))).toBeLessThan(1e-6);
      expect((norm * GROUP_CANCELLATION) / tried.apart(row)).toBeCloseTo(1, 9);
    });
  });

  it.each<[string, Tried]>([
    ['products', dense(twice(3, 30, 1), cancelling(3, 40, 2), SIZES[0]!)],
    ['products of many', dense(twice(3, 120, 1), cancelling(3, 200, 2), SIZES[2]!)],
  ])('is as long as all that rounding can have left of it (%s)', (_, tried) => {
    norms(tried, false).forEach((norm, row) => {
      expect(norm / tried.apart(row)).toBeGreaterThan(TOKENS * 2 ** -24);
    });
  });
});
