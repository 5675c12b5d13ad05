import { ConcordError } from '../../contract/errors.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Bins } from './bins.ts';

/** One column's part of a model in the making; everything in it follows from what was released. */
export interface Part {
  readonly bins: Bins;
  /** Noisy weight of every bin. */
  readonly counts: Float64Array;
  /** Where the releases so far, averaged, say that the shape lies. */
  readonly target: Float64Array;
  /** The shape: added to a row's score, by bin. */
  readonly shape: Float64Array;
  /** How much the releases so far weigh together against the next. */
  weight: number;
  /** Variance of the averaged gradient noise of a bin. */
  noise: number;
}

/** A model in the making. */
export interface Course {
  readonly parts: readonly Part[];
  intercept: number;
  /** Share of the positive label as found by the first release; NaN before it. */
  rate: number;
}

export function newCourse(bins: readonly Bins[]): Course {
  const parts = bins.map((one) => ({
    bins: one,
    counts: new Float64Array(one.size),
    target: new Float64Array(one.size),
    shape: new Float64Array(one.size),
    weight: 0,
    noise: 0,
  }));
  return { parts, intercept: 0, rate: NaN };
}

/** Beside the bins: the intercept and the rate. */
const BESIDE = 2;

/** The model so far in the form in which every training keeps its state. */
export function checkpointOf(course: Course, charged: number, run: number): Checkpoint {
  const joined = (of: (part: Part) => Float64Array): Float64Array =>
    Float64Array.from([...course.parts.flatMap((part) => [...of(part)]), 0, 0]);
  const each = (of: (part: Part) => number): Float64Array =>
    joined((part) => new Float64Array(part.bins.size).fill(of(part)));
  const parameters = joined(({ shape }) => shape);
  parameters[parameters.length - 2] = course.intercept;
  // Zero stands for a rate that is not known yet; a known one is never zero.
  parameters[parameters.length - 1] = Number.isNaN(course.rate) ? 0 : course.rate;
  const vectors = [
    joined(({ target }) => target),
    joined(({ counts }) => counts),
    each(({ weight }) => weight),
    each(({ noise }) => noise),
  ];
  return {
    parameters,
    optimiser: { kind: 'boosting', steps: 0, vectors },
    average: { kind: 'none', mean: new Float64Array(parameters.length), count: 0 },
    stepsCharged: charged,
    stepsRun: run,
  };
}

/** The model again. Throws JOB_NOT_RESUMABLE where the state is of another one. */
export function courseOf(bins: readonly Bins[], state: Checkpoint): Course {
  const size = bins.reduce((sum, one) => sum + one.size, BESIDE);
  const { parameters, optimiser } = state;
  const [target, counts, weight, noise] = optimiser.vectors;
  const vectors = [parameters, target, counts, weight, noise];
  if (vectors.some((vector) => vector?.length !== size) || optimiser.vectors.length !== 4) {
    throw new ConcordError('JOB_NOT_RESUMABLE');
  }
  const course = newCourse(bins);
  let from = 0;
  for (const part of course.parts) {
    const to = from + part.bins.size;
    part.shape.set(parameters.subarray(from, to));
    part.target.set(target!.subarray(from, to));
    part.counts.set(counts!.subarray(from, to));
    part.weight = weight![from]!;
    part.noise = noise![from]!;
    from = to;
  }
  const rate = parameters[size - 1]!;
  course.intercept = parameters[size - 2]!;
  course.rate = rate === 0 ? NaN : rate;
  return course;
}
