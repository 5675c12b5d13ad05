import { ConcordError } from '../contract/errors.ts';
import type { PrivacyAmount } from '../contract/vault.ts';

/** The epsilon that source records may give away in all, unless a steward decides otherwise. */
export const DEFAULT_EPSILON = 4;

/**
 * The budget of records nobody has decided about: epsilon 4, and as delta the largest number of one
 * significant figure below one in the number of records (48,842 records: 0.00002).
 */
export function defaultBudget(records: number): PrivacyAmount {
  return { epsilon: DEFAULT_EPSILON, delta: deltaBelowOneIn(records) };
}

/** @throws EPSILON_INVALID {epsilon}, DELTA_INVALID {delta}, DELTA_TOO_LARGE {delta, units, limit} */
export function checkBudget({ epsilon, delta }: PrivacyAmount, records: number): void {
  checkAmount({ epsilon, delta });
  if (delta * records >= 1) {
    throw new ConcordError('DELTA_TOO_LARGE', { delta, units: records, limit: 1 / records });
  }
}

/** @throws EPSILON_INVALID {epsilon}, DELTA_INVALID {delta} */
export function checkAmount({ epsilon, delta }: PrivacyAmount): void {
  if (!(epsilon > 0 && Number.isFinite(epsilon))) {
    throw new ConcordError('EPSILON_INVALID', { epsilon: String(epsilon) });
  }
  if (!(delta >= 0 && delta < 1)) throw new ConcordError('DELTA_INVALID', { delta: String(delta) });
}

function deltaBelowOneIn(records: number): number {
  const places = String(records).length;
  for (const power of [places - 1, places]) {
    for (let figure = 9; figure >= 1; figure--) {
      if (figure * records < 10 ** power) return Number(`${figure}e-${power}`);
    }
  }
  throw new RangeError('a number of records is a positive whole number');
}
