import type { Grouping } from './groups.ts';
import type { Judged } from './judged.ts';

export interface RocArea {
  /** The chance that a positive scores above a negative; ties count half. */
  readonly area: number;
  /** DeLong's standard error; null with fewer than two positives or negatives. */
  readonly standardError: number | null;
}

/**
 * Area under the ROC curve of each group; null where a group has no positives or no negatives. One pass
 * over the rows from the lowest score to the highest (`order`, see `byScore`), all groups at once: of a
 * positive are counted the negatives below it, of a negative the positives, ties half.
 * Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44, 837-845; placements by one pass: Sun and
 * Xu 2014, IEEE Signal Processing Letters 21(11), 1389-1393.
 */
export function rocAreas(
  { truth, score }: Pick<Judged, 'truth' | 'score'>,
  order: Uint32Array,
  { codes, names }: Pick<Grouping, 'codes' | 'names'>,
): (RocArea | null)[] {
  if (score === null) return names.map(() => null);
  const groups = names.length;
  const below = new Float64Array(2 * groups);
  const tied = new Float64Array(2 * groups);
  const sum = new Float64Array(2 * groups);
  const squares = new Float64Array(2 * groups);
  // In the order of the scores once, so that the passes below walk through memory.
  const sides = order.map((row) => 2 * codes[row]! + truth[row]!);
  for (let start = 0; start < order.length;) {
    const at = score[order[start]!]!;
    let end = start + 1;
    while (end < order.length && score[order[end]!]! === at) end++;
    if (end === start + 1) {
      const own = sides[start]!;
      const placement = below[own ^ 1]!;
      sum[own]! += placement;
      squares[own]! += placement * placement;
      below[own]!++;
      start = end;
      continue;
    }
    for (let i = start; i < end; i++) tied[sides[i]!]!++;
    for (let i = start; i < end; i++) {
      const own = sides[i]!;
      const placement = below[own ^ 1]! + tied[own ^ 1]! / 2;
      sum[own]! += placement;
      squares[own]! += placement * placement;
    }
    for (let i = start; i < end; i++) {
      const own = sides[i]!;
      below[own]! += tied[own]!;
      tied[own] = 0;
    }
    start = end;
  }
  return names.map((_, group) => {
    const [negatives, positives] = [below[2 * group]!, below[2 * group + 1]!];
    if (negatives === 0 || positives === 0) return null;
    const area = sum[2 * group + 1]! / positives / negatives;
    if (negatives < 2 || positives < 2) return { area, standardError: null };
    /** Variance of the placements of one side, as shares of the `others`. */
    const spread = (side: number, n: number, others: number): number =>
      Math.max(0, squares[side]! - (sum[side]! * sum[side]!) / n) / (n - 1) / others ** 2;
    const variance =
      spread(2 * group + 1, positives, negatives) / positives +
      spread(2 * group, negatives, positives) / negatives;
    return { area, standardError: Math.sqrt(variance) };
  });
}
