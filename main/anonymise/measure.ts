import type { Classes } from './classes.ts';

type Levels = readonly number[];

/**
 * A measure of what generalisation and suppression cost; lower is better. What it says at least
 * never exceeds a true score, so that a search may leave out what that rules out.
 */
export interface Measure {
  /**
   * Known from the levels alone: no score of a node or of any coarser one is below; 0 when
   * nothing is known.
   */
  floor(levels: Levels): number;
  /** The same, known once the classes are; null where the levels say as much. */
  readonly floorOfClasses: ((classes: Classes) => number) | null;
  /** The cost when so many records of each class, `suppressed` in all, are suppressed. */
  cost(classes: Classes, lost: Int32Array, suppressed: number): Cost;
}

/** What one node costs, and what that says of every finer one; lasts. */
export interface Cost {
  readonly score: number;
  /**
   * No score is below this at finer `levels` that suppress as many records of each class, and
   * maybe more.
   * `floor`: what is known of them without suppression.
   */
  scoreAtLeast(levels: Levels, floor: number): number;
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

/** Scores are cut to 10 decimals per attribute, so that equal ones compare equal. */
export function cutTo10Decimals(value: number): number {
  return Math.floor(value * 1e10) / 1e10;
}
