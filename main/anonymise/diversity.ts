import { wholeRecords, type HistogramTest } from './histogram-test.ts';
import type { Histogram } from './sensitive.ts';

/** At least l different sensitive values (Machanavajjhala et al. 2007, section 4, distinct form). */
export function distinctDiverse(l: number): HistogramTest {
  // What has too few values as a whole has too few in every part.
  return { holds: ({ distinct }) => distinct >= l, certain: (_, size) => size };
}

/**
 * Entropy l-diversity (Machanavajjhala et al. 2007, definition 4.1): the entropy of the class is
 * at least ln l, written as n (ln n - ln l) >= sum f ln f, with at least floor(l) values. A class
 * exactly on the bound passes, as in exact arithmetic; the tolerance only absorbs rounding.
 */
export function entropyDiverse(l: number): HistogramTest {
  const logL = Math.log(l);
  return {
    holds: (histogram, size) => {
      if (histogram.distinct < Math.floor(l)) return false;
      const sum = logSum(histogram);
      const bound = size * (Math.log(size) - logL);
      return bound >= sum - 1e-12 * Math.max(1, sum);
    },
    // Entropy is concave: parts that reach ln l hold no more than n H / ln l records.
    certain: (histogram, size) =>
      wholeRecords(size - (size * Math.log(size) - logSum(histogram)) / logL),
  };
}

function logSum({ distinct, counts }: Histogram): number {
  let sum = 0;
  for (let i = 0; i < distinct; i++) sum += counts[i]! * Math.log(counts[i]!);
  return sum;
}

/**
 * Recursive (c, l)-diversity (Machanavajjhala et al. 2007, definition 4.2): with counts in
 * falling order, r1 < c (r_l + ... + r_m), strict, and at least l values.
 */
export function recursiveDiverse(c: number, l: number): HistogramTest {
  return {
    holds: ({ distinct, counts }) => {
      if (distinct < l) return false;
      const { most, tail } = topAndTail(distinct, counts, l);
      return most < c * tail;
    },
    // In a part that passes the commonest value of the whole has fewer than c times the records
    // of the values that are the tail of the whole: all that is more is in parts that fail.
    certain: ({ distinct, counts }) => {
      const { most, tail } = topAndTail(distinct, counts, l);
      return wholeRecords(most - c * tail);
    },
  };
}

function topAndTail(
  distinct: number,
  counts: Int32Array,
  l: number,
): { readonly most: number; readonly tail: number } {
  const rising = counts.slice(0, distinct).sort();
  let tail = 0;
  for (let i = 0; i <= distinct - l; i++) tail += rising[i]!;
  return { most: rising[distinct - 1]!, tail };
}
