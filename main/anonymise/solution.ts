import { held, RollUp, type Classes } from './classes.ts';
import type { Optimum } from './lattice-search.ts';
import type { SearchProblem } from './lattice.ts';

/** The best node with its classes, and what is suppressed. */
export interface Solution extends Optimum {
  readonly classes: Classes;
  /** Records of each class that are suppressed: all or none. */
  readonly lost: Int32Array;
  /** The class of each distinct tuple. */
  readonly classOf: Int32Array;
}

export function solutionAt({ base, models }: SearchProblem, optimum: Optimum): Solution {
  const classes = new RollUp(base, true).merge(base, optimum.levels)!;
  const lost = models.judge(classes).lost.slice(0, classes.count);
  return { ...optimum, classes: held(classes), lost, classOf: classes.origin!.classOf };
}
