import type { ThresholdRates } from '../contract/charts.ts';
import { THRESHOLDS } from '../contract/review-names.ts';
import type { Grouping } from './groups.ts';
import type { Judged } from './judged.ts';
import { reasonOf, type WithholdRule } from './withhold.ts';

const STEPS = THRESHOLDS - 1;

/**
 * What each group would get at the thresholds 0, 0.01 .. 1: the shares selected of all, of those
 * positive and of those negative in truth, and of the selected those positive in truth. A rate is null
 * where it is undefined, or where its own denominator at that threshold is too small (`rule`).
 */
export function thresholdRatesOf(
  { truth, score }: Pick<Judged, 'truth'> & { readonly score: Float64Array },
  { codes, names }: Pick<Grouping, 'codes' | 'names'>,
  rule: WithholdRule,
): ThresholdRates[] {
  // Of each group and truth: how many rows have their highest threshold here.
  const counts = new Uint32Array(2 * THRESHOLDS * names.length);
  for (let row = 0; row < codes.length; row++) {
    counts[(2 * codes[row]! + truth[row]!) * THRESHOLDS + highestOf(score[row]!)]!++;
  }
  return names.map((_, group) => {
    const [negative, positive] = [0, 1].map((side) =>
      selectedAt(counts.subarray((2 * group + side) * THRESHOLDS).subarray(0, THRESHOLDS)),
    );
    const [fp, tp] = [negative!, positive!];
    const [negatives, positives] = [fp[0]!, tp[0]!];
    const rate = (count: number, of: number): number | null => {
      const value = of === 0 ? null : count / of;
      return reasonOf('selection_rate', { value, denominator: of }, rule) === null ? value : null;
    };
    const at = (one: (threshold: number) => number | null): (number | null)[] =>
      Array.from({ length: THRESHOLDS }, (_each, threshold) => one(threshold));
    return {
      selection_rate: at((t) => rate(tp[t]! + fp[t]!, positives + negatives)),
      tpr: at((t) => rate(tp[t]!, positives)),
      fpr: at((t) => rate(fp[t]!, negatives)),
      ppv: at((t) => rate(tp[t]!, tp[t]! + fp[t]!)),
    };
  });
}

/** The highest threshold that a score reaches, as its place; products of decimals may be just off. */
function highestOf(score: number): number {
  const place = Math.floor(score * STEPS);
  if (place < STEPS && (place + 1) / STEPS <= score) return place + 1;
  return place / STEPS > score ? place - 1 : place;
}

/** How many reach each threshold. */
function selectedAt(counts: Uint32Array): Uint32Array {
  const selected = Uint32Array.from(counts);
  for (let t = STEPS - 1; t >= 0; t--) selected[t]! += selected[t + 1]!;
  return selected;
}
