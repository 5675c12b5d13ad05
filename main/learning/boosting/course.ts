import { ConcordError } from '../../contract/errors.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Bins } from './bins.ts';
import type { Field } from './field.ts';
import type { Outcome } from './outcome.ts';
import { pairFields, type PairAxes } from './pair-bins.ts';

/**
 * The part of one column, or of a pair, in a model in the making; everything in it follows from
 * what was released. Lists of [scores x bins] hold the bins of the first score, then the next.
 */
export interface Part {
  readonly field: Field;
  /** Noisy weight of every bin. */
  readonly counts: Float64Array;
  /** Where the releases so far, averaged, say that the shape lies; [scores x bins]. */
  readonly target: Float64Array;
  /** The shape: added to a row's scores, by bin; [scores x bins]. */
  readonly shape: Float64Array;
  /** How much the releases so far weigh together against the next. */
  weight: number;
  /** Variance of the averaged gradient noise of a bin. */
  noise: number;
  /** Of plain training: how sure the target of each bin is, 1 / variance, [scores x bins]. */
  precision: Float64Array | null;
}

export interface PairPart extends Part {
  /** The two columns. */
  readonly pair: readonly [number, number];
  readonly axes: PairAxes;
}

/** A model in the making. */
export interface Course {
  readonly bins: readonly Bins[];
  readonly parts: readonly Part[];
  /** Null until they are chosen. */
  pairs: readonly PairPart[] | null;
  /** Of each score. */
  readonly intercepts: Float64Array;
  /** What is known of all rows together (outcome.ts); the first is NaN before the first release. */
  readonly facts: Float64Array;
}

export function newCourse(
  bins: readonly Bins[],
  { scores, facts }: Pick<Outcome, 'scores' | 'facts'>,
): Course {
  return {
    bins,
    parts: bins.map((one) => newPart(one, scores)),
    pairs: null,
    intercepts: new Float64Array(scores),
    facts: new Float64Array(facts).fill(NaN),
  };
}

function newPart(field: Field, scores: number): Part {
  return {
    field,
    counts: new Float64Array(field.size),
    target: new Float64Array(field.size * scores),
    shape: new Float64Array(field.size * scores),
    weight: 0,
    noise: 0,
    precision: null,
  };
}

/** Begins the pairs; their bins follow from the released counts of their columns. */
export function beginPairs(
  { bins, parts, intercepts }: Course,
  pairs: readonly (readonly [number, number])[],
  most: number,
): PairPart[] {
  return pairs.map((pair) => {
    const [a, b] = pair;
    const { axes, field } = pairFields(
      { bins: bins[a]!, counts: parts[a]!.counts },
      { bins: bins[b]!, counts: parts[b]!.counts },
      most,
    );
    return { ...newPart(field, intercepts.length), pair, axes };
  });
}

/**
 * The model so far in the form in which every training keeps its state: lists [scores x bins] of all
 * columns, the intercepts, the facts, and once pairs are chosen the lists of all pairs, their columns
 * and their number.
 */
export function checkpointOf(course: Course, charged: number, run: number): Checkpoint {
  const { parts, pairs, intercepts, facts } = course;
  const joined = (of: (part: Part) => Float64Array): Float64Array =>
    Float64Array.from([
      ...parts.flatMap((part) => [...of(part)]),
      ...intercepts,
      ...facts,
      ...(pairs ?? []).flatMap((part) => [...of(part)]),
      ...(pairs ?? []).flatMap(({ pair }) => pair),
      ...(pairs === null ? [] : [pairs.length]),
    ]);
  const each = (of: (part: Part) => number): Float64Array =>
    joined((part) => new Float64Array(part.shape.length).fill(of(part)));
  const parameters = joined(({ shape }) => shape);
  const vectors = [
    joined(({ target }) => target),
    joined(({ counts, shape }) => shape.map((_, at) => counts[at % counts.length]!)),
    each(({ weight }) => weight),
    each(({ noise }) => noise),
    ...(parts.some(({ precision }) => precision !== null)
      ? [joined(({ precision, shape }) => precision ?? new Float64Array(shape.length))]
      : []),
  ];
  return {
    parameters,
    optimiser: { kind: 'boosting', steps: 0, vectors },
    average: { kind: 'none', mean: new Float64Array(parameters.length), count: 0 },
    stepsCharged: charged,
    stepsRun: run,
  };
}

/**
 * The model again. Throws JOB_NOT_RESUMABLE where the state is of another one.
 *
 * @param most bins of a pair in each direction
 */
export function courseOf(
  bins: readonly Bins[],
  outcome: Pick<Outcome, 'scores' | 'facts'>,
  most: number,
  { parameters, optimiser: { vectors } }: Checkpoint,
): Course {
  const lost = new ConcordError('JOB_NOT_RESUMABLE');
  const lists = [parameters, ...vectors];
  // The sixth is that of plain training.
  if (lists.length !== 5 && lists.length !== 6) throw lost;
  const course = newCourse(bins, outcome);
  let from = 0;
  const take = (part: Part): void => {
    const to = from + part.shape.length;
    const [shape, target, counts, weight, noise, precision] = lists.map((list) =>
      list.subarray(from, to),
    );
    if (to > parameters.length || lists.some(({ length }) => length !== parameters.length)) {
      throw lost;
    }
    part.shape.set(shape!);
    part.target.set(target!);
    part.counts.set(counts!.subarray(0, part.counts.length));
    part.weight = weight![0]!;
    part.noise = noise![0]!;
    part.precision = precision?.some((one) => one > 0) === true ? precision.slice() : null;
    from = to;
  };
  course.parts.forEach(take);
  const { intercepts, facts } = course;
  const beside = from + intercepts.length + facts.length;
  if (parameters.length < beside) throw lost;
  intercepts.set(parameters.subarray(from, from + intercepts.length));
  facts.set(parameters.subarray(from + intercepts.length, beside));
  // Versions without other outcomes kept 0 for a share that was not known yet.
  if (facts[0] === 0) facts[0] = NaN;
  if (parameters.length === beside) return course;
  from = beside;
  course.pairs = beginPairs(course, pairsAtEnd(parameters, bins.length), most);
  course.pairs.forEach(take);
  if (from + 2 * course.pairs.length + 1 !== parameters.length) throw lost;
  return course;
}

/** The columns of the pairs as they stand at the end of the list. */
function pairsAtEnd(parameters: Float64Array, columns: number): [number, number][] {
  const end = parameters.length - 1;
  const count = parameters[end]!;
  const columnAt = (at: number): number => {
    const column = parameters[at];
    if (column !== undefined && Number.isInteger(column) && column >= 0 && column < columns) {
      return column;
    }
    throw new ConcordError('JOB_NOT_RESUMABLE');
  };
  if (!Number.isInteger(count) || count < 0) throw new ConcordError('JOB_NOT_RESUMABLE');
  const first = end - 2 * count;
  return Array.from({ length: count }, (_, i) => [
    columnAt(first + 2 * i),
    columnAt(first + 2 * i + 1),
  ]);
}
