import { ConcordError } from '../contract/errors.ts';
import type { Averaging } from '../contract/step-ways.ts';

/** The mean so far, and of how many iterates it is. */
export interface AverageState {
  readonly kind: Averaging;
  readonly mean: Float64Array;
  readonly count: number;
}

/** An exponential mean forgets an iterate within about this share of all steps. */
const MEMORY = 0.1;

/**
 * What the model is made of: `late`, the mean of the iterates of the last half of all steps (Polyak
 * and Juditsky 1992); `exponential`, m <- b m + (1 - b) p with b = min(1 - 1 / (steps / 10),
 * (1 + t) / (10 + t)) (De et al. 2022, arXiv:2204.13650, section 3.1); `none`, the last iterate.
 * Under privacy each costs nothing: it is computed from iterates that are released anyway. Throws
 * JOB_NOT_RESUMABLE for the state of another kind.
 */
export class Average {
  readonly #kind: Averaging;
  readonly #steps: number;
  readonly #mean: Float64Array;
  #count: number;

  constructor(kind: Averaging, size: number, steps: number, state?: AverageState) {
    if (state !== undefined && (state.kind !== kind || state.mean.length !== size)) {
      throw new ConcordError('JOB_NOT_RESUMABLE');
    }
    this.#kind = kind;
    this.#steps = steps;
    this.#mean = state?.mean.slice() ?? new Float64Array(size);
    this.#count = state?.count ?? 0;
  }

  state(): AverageState {
    return { kind: this.#kind, mean: this.#mean.slice(), count: this.#count };
  }

  /** Takes the parameters after step `step` (counted from 0). */
  take(step: number, parameters: Float64Array): void {
    if (this.#kind === 'none' || (this.#kind === 'late' && step < Math.floor(this.#steps / 2))) {
      return;
    }
    const share = this.#shareOfNext();
    this.#count++;
    for (let i = 0; i < parameters.length; i++) {
      this.#mean[i]! += (parameters[i]! - this.#mean[i]!) * share;
    }
  }

  #shareOfNext(): number {
    const taken = this.#count;
    if (this.#kind === 'late' || taken === 0) return 1 / (taken + 1);
    return Math.max(Math.min(1, 1 / (MEMORY * this.#steps)), 9 / (10 + taken));
  }

  /** The mean; the given parameters where no step was taken. */
  result(parameters: Float64Array): Float64Array {
    return this.#count === 0 ? parameters.slice() : this.#mean.slice();
  }
}
