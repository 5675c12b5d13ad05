import type { Schedule } from '../contract/step-ways.ts';

/** Share of the steps in which a cosine schedule rises. */
const WARM_UP = 0.05;

/**
 * What the learning rate is multiplied by in step `step` (counted from 0) of `steps`: 1 throughout,
 * or a straight rise over the first twentieth and then half a cosine down towards 0 (Loshchilov and
 * Hutter 2017, arXiv:1608.03983, equation 5, without restarts). It follows from the number of the
 * step alone, so a resumed run goes on where it was and nothing of it is kept.
 */
export function rateFactor(schedule: Schedule, step: number, steps: number): number {
  if (schedule === 'constant') return 1;
  const rise = Math.ceil(WARM_UP * steps);
  if (step < rise) return (step + 1) / rise;
  return (1 + Math.cos((Math.PI * (step - rise)) / Math.max(1, steps - rise))) / 2;
}
