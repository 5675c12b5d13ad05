import type { Classes } from './classes.ts';
import type { Verdict } from './models.ts';

/**
 * A measure of what generalisation and suppression cost; lower is better. The floors never
 * exceed the score of the node or of any coarser node, whatever would be suppressed there, so
 * that a search may leave out what they rule out.
 */
export interface Measure {
  /** Known from the levels alone; 0 when nothing is. */
  floor(levels: readonly number[]): number;
  /** Known once the classes are; never needs the models. */
  floorOfClasses(classes: Classes): number;
  score(classes: Classes, verdict: Verdict): number;
}

/** What the gs factor gives to generalisation and to suppression; both lie in 0..1. */
export interface Weights {
  readonly generalised: number;
  readonly suppressed: number;
}

export function weightsOf(gsFactor: number): Weights {
  return {
    generalised: gsFactor <= 0.5 ? 1 : 1 - 2 * (gsFactor - 0.5),
    suppressed: gsFactor < 0.5 ? 2 * gsFactor : 1,
  };
}

/** Aggregates values over attributes; grows with each of them. */
export type Combine = (values: Float64Array) => number;

/** Scores are cut to 10 decimals per attribute, so that equal ones compare equal. */
export function cutTo10Decimals(value: number): number {
  return Math.floor(value * 1e10) / 1e10;
}
