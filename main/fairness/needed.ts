import { reach } from './intervals.ts';

/** More records than this are no plan. */
const MOST = 10_000_000;

/** A comparison whose interval holds the margin. */
export interface Unsettled {
  /** Distance of the estimate from the margin, on the scale of the variances. */
  readonly distance: number;
  /** Variance of the group's part and of the reference group's. */
  readonly group: number;
  readonly reference: number;
  /** Records of the group now. */
  readonly records: number;
  readonly level: number;
}

/**
 * About how many more records of the group would bring the end of its interval to the margin, if the
 * rates stayed as they are: its variance falls with 1/n (normal interval). Rounded up to two figures;
 * null where no number of records of this group alone would do.
 */
export function recordsToSettle(of: Unsettled): number | null {
  const wanted = (of.distance / reach(of.level)) ** 2 - of.reference;
  if (!(wanted > 0)) return null;
  const more = of.records * (of.group / wanted - 1);
  if (!(more <= MOST)) return null;
  const whole = Math.max(1, Math.ceil(more));
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(whole)) - 1);
  return Math.ceil(whole / unit) * unit;
}
