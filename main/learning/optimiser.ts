/** Turns a (noisy) mean gradient into the next parameters; works in place. */
export interface Optimiser {
  step(parameters: Float64Array, gradient: Float64Array): void;
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
  };
}

/**
 * The running mean of the iterates of the last half of all steps (Polyak and Juditsky 1992). Under
 * privacy it costs nothing: it is computed from iterates that are released anyway.
 */
export class LateAverage {
  readonly #mean: Float64Array;
  readonly #from: number;
  #count = 0;

  constructor(size: number, steps: number) {
    this.#mean = new Float64Array(size);
    this.#from = Math.floor(steps / 2);
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
