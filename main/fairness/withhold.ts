import { SURE_RECORDS, type Figure, type FigureReason } from '../contract/review.ts';
import type { Measured } from './metrics.ts';

/** Which figures stand on too few records to be shown. */
export interface WithholdRule {
  readonly minDenominator: number;
  /** Shows everything that is defined. */
  readonly exact: boolean;
}

/** Below this many records the calibration error is mostly noise of the bins. */
export const ECE_RECORDS = 200;

/**
 * Why a figure is not shown, or null when it is. Undefined comes first: there is nothing to
 * withhold. A figure over no record that has a value (a count of 0 of 0) is shown.
 */
export function reasonOf(
  name: Figure,
  { value, denominator }: Measured,
  rule: WithholdRule,
): FigureReason | null {
  if (value === null) return 'undefined';
  if (rule.exact || denominator === 0) return null;
  const least = name === 'ece' ? Math.max(ECE_RECORDS, rule.minDenominator) : rule.minDenominator;
  return denominator < least ? 'withheld' : null;
}

/** Whether a shown figure stands on so few records that it is said to be uncertain. */
export function isUncertain({ value, denominator }: Measured): boolean {
  return value !== null && denominator > 0 && denominator < SURE_RECORDS;
}
