import { held, recordsIn, RollUp, type Classes } from './classes.ts';
import { ExpectedClasses } from './expected-classes.ts';
import type { Cost, Measure } from './measure.ts';
import type { ModelTest, Verdict } from './models.ts';
import { StartingPoints, type StartingPoint } from './starting-points.ts';

export interface SearchProblem {
  /** Distinct original tuples as classes at level 0. */
  readonly base: Classes;
  readonly models: ModelTest;
  readonly measure: Measure;
  /** The most records that may be suppressed. */
  readonly allowed: number;
}

export function latticeNodesOf({ base }: SearchProblem): number {
  return base.layout.hierarchies.reduce((product, { height }) => product * height, 1);
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

/** A start with this many times the classes that are expected is a poor one. */
const POOR = 8;
/** A start between is made when it is expected to have this many times fewer classes. */
const BETTER = 4;
/** Fewer classes are merged at once. */
const FEW_CLASSES = 500;
const POOR_REMEMBERED = 3;

/** Nodes of the lattice of levels, checked one at a time. */
export class Lattice {
  readonly heights: readonly number[];
  nodesChecked = 0;
  readonly #problem: SearchProblem;
  readonly #rollUp: RollUp;
  readonly #points: StartingPoints;
  readonly #mostClasses: number;
  #expected: ExpectedClasses | null = null;
  /** Nodes that lately had to start from far too many classes, the last first. */
  #poor: (readonly number[])[] = [];

  constructor(problem: SearchProblem) {
    const { base, models, allowed } = problem;
    this.#problem = problem;
    this.heights = base.layout.hierarchies.map(({ height }) => height);
    this.#rollUp = new RollUp(base, models.traced);
    this.#points = new StartingPoints(base, this.#floorOf(base));
    // With more classes than this more than `allowed` records are in classes that are too small.
    this.#mostClasses = Math.floor((recordsIn(base) - allowed) / models.smallest + allowed);
  }

  /** No score here or at any coarser node is below: by the levels, and by classes held already. */
  floorAt(levels: readonly number[]): number {
    const { measure } = this.#problem;
    const floor = measure.floor(levels);
    if (measure.floorOfClasses === null) return floor;
    return Math.max(floor, this.#points.nearest(levels).floor);
  }

  check(levels: readonly number[]): Checked {
    const { models, allowed } = this.#problem;
    this.nodesChecked += 1;
    const from = this.#startFor(levels);
    const classes = this.#rollUp.merge(from.classes, levels, this.#mostClasses);
    if (classes === null) {
      return { levels, floor: from.floor, suppressed: Infinity, ...TOO_MUCH };
    }
    const floor = this.#floorOf(classes);
    const verdict = models.judge(classes, allowed);
    const { suppressed } = verdict;
    if (!models.ordered && this.#points.isWorthKeeping(classes, from)) this.#keep(classes, floor);
    return { levels, floor, suppressed, ...this.#costs(classes, verdict) };
  }

  /** How many records a node suppresses, counted to the end. */
  suppressedAt(levels: readonly number[]): number {
    const classes = this.#rollUp.merge(this.#points.nearest(levels).classes, levels)!;
    return this.#problem.models.judge(classes).suppressed;
  }

  #floorOf(classes: Classes): number {
    const { measure } = this.#problem;
    return measure.floorOfClasses?.(classes) ?? measure.floor(classes.levels);
  }

  #costs(
    classes: Classes,
    verdict: Verdict,
  ): Pick<Checked, 'rulesOutFiner' | 'cost' | 'inherited'> {
    const { models, measure, allowed } = this.#problem;
    const { suppressed, unavoidable, certainRecords } = verdict;
    const someFail = allowed === 0 && suppressed > 0 && models.merging;
    if (unavoidable > allowed || someFail) return TOO_MUCH;
    const cost = suppressed > allowed ? null : measure.cost(classes, verdict.lost, suppressed);
    const same = cost !== null && certainRecords === suppressed;
    const inherited = same ? cost : measure.cost(classes, verdict.certain, certainRecords);
    return { rulesOutFiner: false, cost, inherited };
  }

  /**
   * The classes to merge from. Where those held are far too many, as for a node unlike those
   * before, the finest common coarsening with a node that had the same lack is made and held.
   */
  #startFor(levels: readonly number[]): StartingPoint {
    const from = this.#points.nearest(levels);
    const { count } = from.classes;
    if (count < FEW_CLASSES || this.#problem.models.ordered) return from;
    this.#expected ??= new ExpectedClasses(this.#problem.base);
    const expected = this.#expected;
    if (count < POOR * expected.at(levels)) return from;
    const between = this.#poor
      .map((poor) =>
        levels.map((level, j) => Math.max(from.classes.levels[j]!, Math.min(level, poor[j]!))),
      )
      .filter((candidate) => count >= BETTER * expected.at(candidate))
      .sort((a, b) => expected.at(b) - expected.at(a));
    this.#poor = [levels, ...this.#poor].slice(0, POOR_REMEMBERED);
    if (between[0] === undefined) return from;
    const classes = this.#rollUp.merge(from.classes, between[0])!;
    if (!this.#points.isWorthKeeping(classes, from)) return from;
    return this.#keep(classes, this.#floorOf(classes));
  }

  #keep(classes: Classes, floor: number): StartingPoint {
    const copy = held(classes);
    this.#problem.models.hold(classes, copy);
    return this.#points.keep(copy, floor);
  }
}

const TOO_MUCH = { rulesOutFiner: true, cost: null, inherited: null } as const;
