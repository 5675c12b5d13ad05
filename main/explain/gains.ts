import type { ReasonsFound } from '../contract/reasons.ts';
import { byScore } from '../fairness/order.ts';
import { mostLikely } from '../learning/target-metrics.ts';

export type Measure = ReasonsFound['measure'];

/** Groups of rows: of each row the place of its group. */
export interface Parted {
  readonly codes: Uint32Array;
  readonly count: number;
}

/**
 * What each row adds to a measure of its group, the higher the better; the measure is the mean over the
 * rows of one side. Of an AUC both sides have it as their mean: of a positive the share of the group's
 * negatives below it, of a negative the share of positives above it, ties half (DeLong et al. 1988).
 *
 * @param scores as `scoreTable` gives them, none of them NaN
 */
export function gainsOf(
  measure: Measure,
  truth: Float64Array,
  scores: Float64Array,
  groups: Parted,
): Float64Array {
  if (measure === 'auc') return placements(truth, scores, groups);
  if (measure === 'mae') return truth.map((value, row) => -Math.abs(value - scores[row]!));
  const width = scores.length / truth.length;
  return truth.map((value, row) => Number(mostLikely(scores, row, width) === value));
}

function placements(
  truth: Float64Array,
  scores: Float64Array,
  { codes, count }: Parted,
): Float64Array {
  const order = byScore(scores);
  const sizes = new Float64Array(2 * count);
  for (let row = 0; row < codes.length; row++) sizes[2 * codes[row]! + truth[row]!]!++;
  const found = new Float64Array(truth.length);
  const below = new Float64Array(2 * count);
  const tied = new Float64Array(2 * count);
  for (let start = 0; start < order.length;) {
    const score = scores[order[start]!]!;
    let end = start;
    for (; end < order.length && scores[order[end]!]! === score; end++) {
      tied[2 * codes[order[end]!]! + truth[order[end]!]!]!++;
    }
    for (let at = start; at < end; at++) {
      const row = order[at]!;
      const other = 2 * codes[row]! + 1 - truth[row]!;
      const under = (below[other]! + tied[other]! / 2) / sizes[other]!;
      found[row] = truth[row] === 1 ? under : 1 - under;
    }
    for (let at = start; at < end; at++) {
      const own = 2 * codes[order[at]!]! + truth[order[at]!]!;
      below[own]! += tied[own]!;
      tied[own] = 0;
    }
    start = end;
  }
  return found;
}

/** Rows of a group on either side of its measure: of an AUC negatives and positives, else all. */
export interface Sides {
  /** By group. */
  readonly sizes: readonly (readonly number[])[];
  /** Of each row. */
  readonly side: Uint8Array;
}

export function sidesOf(measure: Measure, truth: Float64Array, { codes, count }: Parted): Sides {
  const side = Uint8Array.from(truth, (value) => (measure === 'auc' ? value : 0));
  const sides = measure === 'auc' ? 2 : 1;
  const sizes = Array.from({ length: count }, () => new Array<number>(sides).fill(0));
  codes.forEach((code, row) => sizes[code]![side[row]!]!++);
  return { sizes, side };
}

/** Means by group over the last side; NaN where there is nothing on one side. */
export function meansOf(rows: Float64Array, { sizes, side }: Sides, codes: Uint32Array): number[] {
  const last = (sizes[0]?.length ?? 1) - 1;
  const sums = sizes.map(() => 0);
  rows.forEach((value, row) => {
    if (side[row] === last) sums[codes[row]!]! += value;
  });
  return sums.map((sum, group) =>
    Math.min(...sizes[group]!) === 0 ? NaN : sum / sizes[group]![last]!,
  );
}

/**
 * Variances by group of such a mean, from what each row has to do with it (the infinitesimal jackknife,
 * to which the bootstrap of rows comes as draws become many: Efron 1982, chapter 6; of an AUC it is
 * DeLong's, of persons with several rows Obuchowski's, Biometrics 1997). NaN with fewer than two rows on
 * a side.
 *
 * @param persons of each row; rows by themselves without it
 */
export function variancesOf(
  rows: Float64Array,
  means: readonly number[],
  { sizes, side }: Sides,
  codes: Uint32Array,
  persons: Uint32Array | null,
): number[] {
  const factor = sizes.map((of) => of.map((n) => 1 / Math.sqrt(n * (n - 1))));
  const influence = rows.map((value, row) => {
    const group = codes[row]!;
    return (value - means[group]!) * factor[group]![side[row]!]!;
  });
  const found = sizes.map(() => 0);
  if (persons === null) {
    influence.forEach((one, row) => (found[codes[row]!]! += one * one));
  } else {
    const sums = new Map<number, number>();
    const groups = sizes.length;
    influence.forEach((one, row) => {
      const key = persons[row]! * groups + codes[row]!;
      sums.set(key, (sums.get(key) ?? 0) + one);
    });
    for (const [key, sum] of sums) found[key % groups]! += sum * sum;
  }
  return found.map((variance, group) => (Math.min(...sizes[group]!) < 2 ? NaN : variance));
}
