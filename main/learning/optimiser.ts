import { ConcordError } from '../contract/errors.ts';

/** What an optimiser remembers from step to step. */
export interface OptimiserState {
  /** Steps taken, where it counts them; else 0. */
  readonly steps: number;
  /** Each as long as the parameters. */
  readonly vectors: readonly Float64Array[];
}

/** Turns a (noisy) mean gradient into the next parameters; works in place. */
export interface Optimiser {
  step(parameters: Float64Array, gradient: Float64Array): void;
  /** A copy of what it remembers. */
  state(): OptimiserState;
  /** Goes on from a state of the same kind of optimiser. Throws JOB_NOT_RESUMABLE. */
  restore(state: OptimiserState): void;
}

/** Gradient descent with heavy-ball momentum (Polyak 1964): m <- beta m + g, p <- p - rate m. */
export function momentum(size: number, rate: number, beta: number): Optimiser {
  const velocity = new Float64Array(size);
  return {
    step(parameters, gradient) {
      for (let i = 0; i < size; i++) {
        velocity[i] = beta * velocity[i]! + gradient[i]!;
        parameters[i]! -= rate * velocity[i]!;
      }
    },
    state: () => ({ steps: 0, vectors: [velocity.slice()] }),
    restore: (state) => copyInto([velocity], state),
  };
}

const ADAM = { first: 0.9, second: 0.999, tiny: 1e-8 } as const;

/** Adam (Kingma and Ba 2015, algorithm 1). */
export function adam(size: number, rate: number): Optimiser {
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  let steps = 0;
  return {
    step(parameters, gradient) {
      steps++;
      const firstScale = 1 / (1 - ADAM.first ** steps);
      const secondScale = 1 / (1 - ADAM.second ** steps);
      for (let i = 0; i < size; i++) {
        const g = gradient[i]!;
        first[i] = ADAM.first * first[i]! + (1 - ADAM.first) * g;
        second[i] = ADAM.second * second[i]! + (1 - ADAM.second) * g * g;
        const scale = Math.sqrt(second[i]! * secondScale) + ADAM.tiny;
        parameters[i]! -= (rate * first[i]! * firstScale) / scale;
      }
    },
    state: () => ({ steps, vectors: [first.slice(), second.slice()] }),
    restore(state) {
      copyInto([first, second], state);
      steps = state.steps;
    },
  };
}

function copyInto(targets: readonly Float64Array[], { vectors }: OptimiserState): void {
  const fits = targets.every((target, v) => vectors[v]?.length === target.length);
  if (!fits || vectors.length !== targets.length) throw new ConcordError('JOB_NOT_RESUMABLE');
  targets.forEach((target, v) => target.set(vectors[v]!));
}

/** The mean so far, and of how many iterates it is. */
export interface AverageState {
  readonly mean: Float64Array;
  readonly count: number;
}

/**
 * The running mean of the iterates of the last half of all steps (Polyak and Juditsky 1992). Under
 * privacy it costs nothing: it is computed from iterates that are released anyway.
 */
export class LateAverage {
  readonly #mean: Float64Array;
  readonly #from: number;
  #count: number;

  constructor(size: number, steps: number, state?: AverageState) {
    this.#mean = state?.mean.slice() ?? new Float64Array(size);
    this.#count = state?.count ?? 0;
    this.#from = Math.floor(steps / 2);
  }

  state(): AverageState {
    return { mean: this.#mean.slice(), count: this.#count };
  }

  /** Takes the parameters after step `step` (counted from 0). */
  take(step: number, parameters: Float64Array): void {
    if (step < this.#from) return;
    this.#count++;
    for (let i = 0; i < parameters.length; i++) {
      this.#mean[i]! += (parameters[i]! - this.#mean[i]!) / this.#count;
    }
  }

  /** The mean; the given parameters where no step was taken. */
  result(parameters: Float64Array): Float64Array {
    return this.#count === 0 ? parameters.slice() : this.#mean.slice();
  }
}
