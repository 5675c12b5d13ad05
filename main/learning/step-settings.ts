import type { Averaging, Clipping } from '../contract/step-ways.ts';
import type { Optimiser } from './optimiser.ts';

/** The knobs of a training in steps on a few records each. */
export interface StepSettings {
  readonly clip: number;
  readonly clipping: Clipping;
  readonly averaging: Averaging;
  /** Expected (private) or actual (plain) number of units per step. */
  readonly batch: number;
  readonly steps: number;
  /** Steps from one checkpoint to the next; under privacy they are charged at once. */
  readonly block: number;
  /** @param size number of parameters @param noiseMultiplier 0 in plain training */
  readonly optimiser: (size: number, noiseMultiplier: number) => Optimiser;
}
