import type { TrainResult } from '../contract/train.ts';
import type { Interval } from '../contract/review.ts';
import { wilson } from '../fairness/intervals.ts';

/** Level of the intervals beside figures of the test part, as of every review. */
export const LEVEL = 0.95;

/** Where the accuracy on the test part may lie (Wilson 1927); null where it is not known. */
export function accuracyInterval({
  metrics,
  rows,
  abstained,
}: Pick<TrainResult, 'metrics' | 'rows' | 'abstained'>): Interval | null {
  const { accuracy } = metrics.test;
  if (accuracy === undefined || accuracy === null) return null;
  const total = rows.test - abstained;
  return wilson({ count: Math.round(accuracy * total), total }, LEVEL);
}
