import { MOST_PR_POINTS, type PrecisionPoint, type RocPoint } from '../contract/charts.ts';

/** How many are positive in truth, and how many are not. */
export interface Sizes {
  readonly positives: number;
  readonly negatives: number;
}

interface Precision {
  readonly average: number;
  readonly base: number;
  readonly points: PrecisionPoint[];
}

/**
 * Precision by recall at every threshold, from the points of a ROC curve, and the average precision: the
 * sum over them of the rise of the recall times the precision, without joining them by lines (Davis and
 * Goadrich 2006; scikit-learn's average_precision_score). Points of fewer selected records than `least`
 * are left out, of the others at most 101, evenly spaced by recall.
 */
export function precisionOf(
  roc: readonly RocPoint[],
  { positives, negatives }: Sizes,
  least: number,
): Precision {
  let average = 0;
  let before = 0;
  const points: PrecisionPoint[] = [];
  for (const point of roc) {
    const found = precisionAt(point, { positives, negatives });
    if (found === null) continue;
    average += (found.recall - before) * found.precision;
    before = found.recall;
    if (found.selected >= least) points.push(found);
  }
  return { average, base: positives / (positives + negatives), points: thinned(points) };
}

/** Null where nobody is selected. */
export function precisionAt(
  { threshold, fpr, tpr }: RocPoint,
  { positives, negatives }: Sizes,
): PrecisionPoint | null {
  const found = Math.round(tpr * positives);
  const selected = found + Math.round(fpr * negatives);
  return selected === 0 ? null : { threshold, recall: tpr, precision: found / selected, selected };
}

/** Both ends among them. */
function thinned(points: readonly PrecisionPoint[]): PrecisionPoint[] {
  if (points.length <= MOST_PR_POINTS) return [...points];
  const first = points[0]!.recall;
  const cells = MOST_PR_POINTS - 2;
  let next = 0;
  const kept = points.slice(0, -1).filter(({ recall }) => {
    const cell = Math.floor(((recall - first) / (1 - first)) * cells);
    if (cell < next) return false;
    next = cell + 1;
    return true;
  });
  return [...kept.slice(0, MOST_PR_POINTS - 1), points.at(-1)!];
}
