import type { Histogram } from './sensitive.ts';

/** At least l different sensitive values (Machanavajjhala et al. 2007, section 4, distinct form). */
export function distinctDiverse(l: number): (histogram: Histogram) => boolean {
  return ({ distinct }) => distinct >= l;
}

/**
 * Entropy l-diversity (Machanavajjhala et al. 2007, definition 4.1): the entropy of the class is
 * at least ln l, written as n (ln n - ln l) >= sum f ln f, with at least floor(l) values. A class
 * exactly on the bound passes, as in exact arithmetic; the tolerance only absorbs rounding.
 */
export function entropyDiverse(l: number): (histogram: Histogram, size: number) => boolean {
  const logL = Math.log(l);
  return ({ distinct, counts }, size) => {
    if (distinct < Math.floor(l)) return false;
    let sum = 0;
    for (let i = 0; i < distinct; i++) sum += counts[i]! * Math.log(counts[i]!);
    const bound = size * (Math.log(size) - logL);
    return bound >= sum - 1e-12 * Math.max(1, sum);
  };
}

/**
 * Recursive (c, l)-diversity (Machanavajjhala et al. 2007, definition 4.2): with counts in
 * falling order, r1 < c (r_l + ... + r_m), strict, and at least l values.
 */
export function recursiveDiverse(c: number, l: number): (histogram: Histogram) => boolean {
  return ({ distinct, counts }) => {
    if (distinct < l) return false;
    const rising = counts.slice(0, distinct).sort();
    let tail = 0;
    for (let i = 0; i <= distinct - l; i++) tail += rising[i]!;
    return rising[distinct - 1]! < c * tail;
  };
}
