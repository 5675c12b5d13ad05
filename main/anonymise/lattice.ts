import { held, RollUp, type Classes } from './classes.ts';
import type { Cost, Measure } from './measure.ts';
import type { ModelTest, Verdict } from './models.ts';
import { StartingPoints } from './starting-points.ts';

export interface SearchProblem {
  /** Distinct original tuples as classes at level 0. */
  readonly base: Classes;
  readonly models: ModelTest;
  readonly measure: Measure;
  /** The most records that may be suppressed. */
  readonly allowed: number;
}

/** A node that was checked. */
export interface Checked {
  readonly levels: readonly number[];
  /** Records in failing classes; Infinity when it was given up as too many. */
  readonly suppressed: number;
  /** Whether every finer node suppresses too much. */
  readonly rulesOutFiner: boolean;
  /** The cost of what is suppressed here; null where that is too much. */
  readonly cost: Cost | null;
  /** What at least is lost at finer nodes; null where they suppress too much anyway. */
  readonly inherited: Cost | null;
  /** What the measure says of this node and of coarser ones. */
  readonly floor: number;
}

/** Nodes of the lattice of levels, checked one at a time. */
export class Lattice {
  readonly hierarchyHeights: readonly number[];
  nodesChecked = 0;
  fewestSuppressed = Infinity;
  readonly #problem: SearchProblem;
  readonly #rollUp: RollUp;
  readonly #points: StartingPoints;
  readonly #mostClasses: number;

  constructor(problem: SearchProblem) {
    const { base, models, measure, allowed } = problem;
    this.#problem = problem;
    this.hierarchyHeights = base.layout.hierarchies.map(({ height }) => height);
    this.#rollUp = new RollUp(base, models.traced);
    this.#points = new StartingPoints(base, measure.floorOfClasses(base));
    const records = recordsIn(base);
    // With more classes than this more than `allowed` records are in classes that are too small.
    this.#mostClasses = Math.floor((records - allowed) / models.smallest + allowed);
  }

  /** A floor from classes that are held already. */
  floorKnown(levels: readonly number[]): number {
    return this.#points.nearest(levels).floor;
  }

  check(levels: readonly number[]): Checked {
    const { models, measure, allowed } = this.#problem;
    this.nodesChecked += 1;
    const from = this.#points.nearest(levels);
    const classes = this.#rollUp.merge(from.classes, levels, this.#mostClasses);
    if (classes === null) return tooMany(levels, from.floor);
    const floor = measure.floorOfClasses(classes);
    const verdict = models.judge(classes, allowed);
    if (this.#points.isWorthKeeping(classes, from)) {
      const copy = held(classes);
      models.hold(classes, copy);
      this.#points.keep(copy, floor);
    }
    if (verdict.suppressed <= allowed) {
      this.fewestSuppressed = Math.min(this.fewestSuppressed, verdict.suppressed);
    }
    return { levels, floor, ...this.#judged(classes, verdict) };
  }

  /** How many records a node suppresses, counted to the end. */
  suppressedAt(levels: readonly number[]): number {
    const classes = this.#rollUp.merge(this.#points.nearest(levels).classes, levels)!;
    return this.#problem.models.judge(classes).suppressed;
  }

  #judged(
    classes: Classes,
    verdict: Verdict,
  ): Pick<Checked, 'suppressed' | 'rulesOutFiner' | 'cost' | 'inherited'> {
    const { models, measure, allowed } = this.#problem;
    const { suppressed, unavoidable } = verdict;
    const rulesOutFiner =
      unavoidable > allowed || (allowed === 0 && suppressed > 0 && models.survivesMerging);
    if (rulesOutFiner) return { suppressed, rulesOutFiner, cost: null, inherited: null };
    const cost = suppressed > allowed ? null : measure.cost(classes, verdict.lost, suppressed);
    const inherited =
      models.inherited || unavoidable === suppressed
        ? cost
        : measure.cost(classes, verdict.certain, unavoidable);
    return { suppressed, rulesOutFiner, cost, inherited };
  }
}

function tooMany(levels: readonly number[], floor: number): Checked {
  return {
    levels,
    floor,
    suppressed: Infinity,
    rulesOutFiner: true,
    cost: null,
    inherited: null,
  };
}

export function recordsIn({ count, sizes }: Classes): number {
  let records = 0;
  for (let c = 0; c < count; c++) records += sizes[c]!;
  return records;
}
