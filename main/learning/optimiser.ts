import { ConcordError } from '../contract/errors.ts';
import type { OptimiserName } from '../contract/step-ways.ts';

/** What an optimiser remembers from step to step. */
export interface OptimiserState {
  /** Whose state it is; boosting keeps its own in the same form. */
  readonly kind: OptimiserName | 'boosting';
  /** Steps taken, where it counts them; else 0. */
  readonly steps: number;
  /** Each as long as the parameters. */
  readonly vectors: readonly Float64Array[];
}

/** The learning rate in a step (counted from 0 over the whole run), or one for all steps. */
type Rate = number | ((step: number) => number);

function rateIn(rate: Rate, step: number): number {
  return typeof rate === 'number' ? rate : rate(step);
}

/** Turns a (noisy) mean gradient into the next parameters; works in place. */
export interface Optimiser {
  step(parameters: Float64Array, gradient: Float64Array, step: number): void;
  /** A copy of what it remembers. */
  state(): OptimiserState;
  /** Goes on from a state of the same kind of optimiser. Throws JOB_NOT_RESUMABLE. */
  restore(state: OptimiserState): void;
}

/** An optimiser that is given each gradient so many times as long as it comes. */
export function lengthened(optimiser: Optimiser, times: number): Optimiser {
  return {
    step(parameters, gradient, step) {
      for (let i = 0; i < gradient.length; i++) gradient[i]! *= times;
      optimiser.step(parameters, gradient, step);
    },
    state: () => optimiser.state(),
    restore: (state) => optimiser.restore(state),
  };
}

/** Gradient descent as it is: p <- p - rate g. */
export function sgd(size: number, rate: Rate): Optimiser {
  return {
    step(parameters, gradient, step) {
      const now = rateIn(rate, step);
      for (let i = 0; i < size; i++) parameters[i]! -= now * gradient[i]!;
    },
    state: () => ({ kind: 'sgd', steps: 0, vectors: [] }),
    restore: (state) => copyInto('sgd', [], state),
  };
}

/** Gradient descent with heavy-ball momentum (Polyak 1964): m <- beta m + g, p <- p - rate m. */
export function momentum(size: number, rate: Rate, beta: number): Optimiser {
  const velocity = new Float64Array(size);
  return {
    step(parameters, gradient, step) {
      const now = rateIn(rate, step);
      for (let i = 0; i < size; i++) {
        velocity[i] = beta * velocity[i]! + gradient[i]!;
        parameters[i]! -= now * velocity[i]!;
      }
    },
    state: () => ({ kind: 'momentum', steps: 0, vectors: [velocity.slice()] }),
    restore: (state) => copyInto('momentum', [velocity], state),
  };
}

const ADAM = { first: 0.9, second: 0.999, tiny: 1e-8, floor: 0.1 } as const;

/**
 * Adam (Kingma and Ba 2015, algorithm 1). Where the gradient carries noise of a known variance, the
 * second moment is too large by it: it is taken out again, and what is left is held at a floor, as
 * an estimate can fall below zero: m / sqrt(max(v - variance, floor)) (Tang and Lecuyer 2023,
 * arXiv:2304.11208). The floor is a tenth of the variance; both are public.
 *
 * @param variance of the noise of each coordinate of the mean gradient; 0 in plain training
 */
export function adam(size: number, rate: Rate, variance = 0): Optimiser {
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  let steps = 0;
  return {
    step(parameters, gradient, step) {
      steps++;
      const now = rateIn(rate, step) / (1 - ADAM.first ** steps);
      const secondScale = 1 / (1 - ADAM.second ** steps);
      for (let i = 0; i < size; i++) {
        const g = gradient[i]!;
        first[i] = ADAM.first * first[i]! + (1 - ADAM.first) * g;
        second[i] = ADAM.second * second[i]! + (1 - ADAM.second) * g * g;
        const signal = Math.max(second[i]! * secondScale - variance, ADAM.floor * variance);
        parameters[i]! -= (now * first[i]!) / (Math.sqrt(signal) + ADAM.tiny);
      }
    },
    state: () => ({ kind: 'adam', steps, vectors: [first.slice(), second.slice()] }),
    restore(state) {
      copyInto('adam', [first, second], state);
      steps = state.steps;
    },
  };
}

function copyInto(
  kind: OptimiserName,
  targets: readonly Float64Array[],
  { kind: from, vectors }: OptimiserState,
): void {
  const fits = targets.every((target, v) => vectors[v]?.length === target.length);
  if (kind !== from || !fits || vectors.length !== targets.length) {
    throw new ConcordError('JOB_NOT_RESUMABLE');
  }
  targets.forEach((target, v) => target.set(vectors[v]!));
}
