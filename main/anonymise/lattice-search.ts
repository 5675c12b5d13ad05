import { Frontier, type WaitingNode } from './frontier.ts';
import { Lattice, latticeNodesOf, type Checked, type SearchProblem } from './lattice.ts';
import { RuledOut } from './ruled-out.ts';

type Levels = readonly number[];

export interface Optimum {
  readonly levels: Levels;
  readonly suppressed: number;
  readonly score: number;
}

/** Scores are cut to 10 decimals per attribute: a floor this close may belong to an equal score. */
const SLACK = 1e-8;
/** So many nodes that are ruled out may be passed at once. */
const SMALL_LATTICE = 100_000;
/** How fast the guess where on its path a node is ruled out follows the last ones. */
const GUESS_PACE = 0.3;

/**
 * The search, node by node. Nodes wait in the order of a floor that neither they nor anything
 * coarser can undercut; it ends when the least floor is above the best score. A node that is not
 * ruled out yet is not checked at once: a node far coarser is cheaper to check, and may show that
 * everything finer suppresses too much, or costs too much by what it suppresses. The highest such
 * node on a path upwards is kept and rules out others; where there is none, the path ended with
 * the node itself. Whatever is checked may turn out as the best.
 */
export class LatticeSearch {
  readonly latticeNodes: number;
  readonly #problem: SearchProblem;
  readonly #lattice: Lattice;
  readonly #heights: readonly number[];
  readonly #frontier: Frontier;
  readonly #ruledOut = new RuledOut();
  readonly #checked = new Map<number | string, Checked>();
  #best: Optimum | null = null;
  /** No score above this is of interest. */
  #limit = Infinity;
  #guess = 0.5;
  /** The floor of the node that is being looked at: it waits no more, and nothing is known yet. */
  #inHand = Infinity;
  readonly #isSmall: boolean;

  constructor(problem: SearchProblem) {
    this.#problem = problem;
    this.#lattice = new Lattice(problem);
    this.#heights = this.#lattice.heights;
    this.latticeNodes = latticeNodesOf(problem);
    this.#isSmall = this.latticeNodes <= SMALL_LATTICE;
    this.#frontier = new Frontier(this.#heights.length);
    const { levels } = problem.base;
    this.#frontier.push(levels, problem.measure.floor(levels), 0);
  }

  get nodesChecked(): number {
    return this.#lattice.nodesChecked;
  }

  get best(): Optimum | null {
    return this.#best;
  }

  get standing(): { readonly best: Optimum | null; readonly least: number } {
    const best = this.#best;
    const least = Math.min(this.#frontier.leastFloor, this.#inHand, best?.score ?? Infinity);
    return { best, least };
  }

  /**
   * Steps until the optimum is proved. `startWith`: levels to begin with. `early`: whether to look
   * for a good node first even where the first that does is the best.
   */
  *prove(startWith: Levels | null, early: boolean): Generator<void> {
    if (startWith !== null) this.#check(startWith);
    if (early || this.#problem.allowed > 0) {
      for (const levels of this.#pathToTop(this.#problem.base.levels)) {
        this.#check(levels);
        yield;
      }
      yield* this.#descend();
    }
    for (let node = this.#frontier.pop(); node !== undefined; node = this.#frontier.pop()) {
      if (node.floor > this.#limit) {
        // Kept, so that the least floor stands above the best score.
        this.#frontier.push(node.levels, node.floor, node.raisedFrom);
        return;
      }
      const floor = Math.max(node.floor, this.#lattice.floorAt(node.levels));
      if (floor > this.#limit) continue;
      const isOpen =
        !this.#checked.has(this.#id(node.levels)) &&
        !this.#ruledOut.has(node.levels, floor, this.#limit);
      this.#pushChildren(node, floor);
      this.#inHand = isOpen ? floor : Infinity;
      if (isOpen) yield* this.#ruleOut(node.levels, floor);
      this.#inHand = Infinity;
      yield;
    }
  }

  /** Steps that look for something better around the best, without end. */
  *improve(): Generator<void> {
    const next = draws();
    while (this.#best !== null) {
      const from = this.#best;
      const moved = [...from.levels];
      for (let change = 0; change < 3; change++) {
        const j = next(moved.length);
        moved[j] = next(this.#heights[j]!);
      }
      yield* this.#descendFrom(moved);
      yield;
    }
  }

  /** How many records each node suppresses; where coarser ones never suppress more, the top. */
  *suppressedEverywhere(): Generator<number> {
    if (this.#problem.models.inherited) {
      yield this.#lattice.suppressedAt(this.#heights.map((height) => height - 1));
      return;
    }
    for (const levels of allLevels(this.#heights)) yield this.#lattice.suppressedAt(levels);
  }

  /** From the best to neighbours that are better, until there are none. */
  *#descend(): Generator<void> {
    for (let from = this.#best; from !== null; from = this.#best) {
      for (const levels of this.#neighbours(from.levels)) {
        if (this.#problem.measure.floor(levels) <= this.#limit) this.#check(levels);
        yield;
      }
      if (this.#best === from) return;
    }
  }

  /** From any levels to the best of their neighbours, until there are none better. */
  *#descendFrom(start: Levels): Generator<void> {
    let score = this.#check(start).cost?.score ?? Infinity;
    for (let at = start; ;) {
      let next: Levels | null = null;
      for (const levels of this.#neighbours(at)) {
        const found = this.#check(levels).cost?.score ?? Infinity;
        if (found < score) {
          score = found;
          next = levels;
        }
        yield;
      }
      if (next === null) return;
      at = next;
    }
  }

  #neighbours(levels: Levels): Levels[] {
    return levels.flatMap((level, j) =>
      [level - 1, level + 1]
        .filter((near) => near >= 0 && near < this.#heights[j]!)
        .map((near) => levels.with(j, near)),
    );
  }

  #check(levels: Levels): Checked {
    const id = this.#id(levels);
    const known = this.#checked.get(id);
    if (known !== undefined) return known;
    const checked = this.#lattice.check(levels);
    this.#checked.set(id, checked);
    if (checked.cost === null) return checked;
    const { suppressed } = checked;
    const found = { levels, suppressed, score: checked.cost.score };
    if (this.#best === null || isBetter(found, this.#best)) {
      this.#best = found;
      this.#limit = found.score + SLACK * Math.max(1, Math.abs(found.score));
    }
    return checked;
  }

  /** Finds the highest node on a path up from `levels` that rules them out, and keeps it. */
  *#ruleOut(levels: Levels, floor: number): Generator<void> {
    const path = this.#pathToTop(levels);
    const last = path.length - 1;
    let ruling = -1;
    let open = path.length;
    let stride = 1;
    let highest: Checked | null = null;
    for (let at = Math.round(this.#guess * last); ruling + 1 < open; stride *= 2) {
      const probe = this.#check(path[at]!);
      yield;
      const { inherited } = probe;
      const rules =
        probe.rulesOutFiner ||
        (inherited !== null && inherited.scoreAtLeast(levels, floor) > this.#limit);
      if (rules) {
        ruling = at;
        highest = probe;
      } else open = at;
      // Away from the guess in growing strides, then by halving.
      if (ruling === -1) at = Math.max(0, open - stride);
      else if (open === path.length) at = Math.min(last, ruling + stride);
      else at = (ruling + open) >> 1;
    }
    if (highest === null) return;
    if (last > 0) this.#guess += (ruling / last - this.#guess) * GUESS_PACE;
    this.#ruledOut.add(highest.levels, highest.rulesOutFiner ? null : highest.inherited);
  }

  #pushChildren({ levels, raisedFrom }: WaitingNode, floor: number): void {
    const { measure } = this.#problem;
    for (let j = raisedFrom; j < levels.length; j++) {
      if (levels[j]! + 1 >= this.#heights[j]!) continue;
      const raised = levels.with(j, levels[j]! + 1);
      const least = Math.max(floor, measure.floor(raised));
      if (least > this.#limit) continue;
      // What is ruled out need not wait for its turn: only what is coarser matters.
      if (this.#isSmall && this.#ruledOut.has(raised, least, this.#limit)) {
        this.#pushChildren({ levels: raised, raisedFrom: j, floor: least }, least);
      } else this.#frontier.push(raised, least, j);
    }
  }

  /** Upwards by the cheapest step each time, among equal ones the attribute least far up. */
  #pathToTop(start: Levels): Levels[] {
    const { measure } = this.#problem;
    const path = [start];
    for (let levels = start; ;) {
      let next: { levels: Levels; floor: number; progress: number } | null = null;
      for (let j = 0; j < levels.length; j++) {
        const height = this.#heights[j]!;
        if (levels[j]! + 1 >= height) continue;
        const raised = levels.with(j, levels[j]! + 1);
        const floor = measure.floor(raised);
        const progress = raised[j]! / height;
        const cheaper =
          next === null || floor < next.floor || (floor === next.floor && progress < next.progress);
        if (cheaper) next = { levels: raised, floor, progress };
      }
      if (next === null) return path;
      levels = next.levels;
      path.push(levels);
    }
  }

  #id(levels: Levels): number | string {
    if (this.latticeNodes > Number.MAX_SAFE_INTEGER) return levels.join();
    let id = 0;
    for (let j = 0; j < levels.length; j++) id = id * this.#heights[j]! + levels[j]!;
    return id;
  }
}

function* allLevels(heights: readonly number[]): Generator<number[]> {
  const levels = heights.map(() => 0);
  for (;;) {
    yield [...levels];
    let j = levels.length - 1;
    while (j >= 0 && levels[j]! + 1 >= heights[j]!) levels[j--] = 0;
    if (j < 0) return;
    levels[j]! += 1;
  }
}

function isBetter(a: Optimum, b: Optimum): boolean {
  if (a.score !== b.score) return a.score < b.score;
  const heightOf = ({ levels }: Optimum): number => levels.reduce((sum, l) => sum + l, 0);
  const difference = heightOf(a) - heightOf(b);
  return difference !== 0 ? difference < 0 : precedes(a.levels, b.levels);
}

function precedes(a: Levels, b: Levels): boolean {
  const j = a.findIndex((level, index) => level !== b[index]);
  return j !== -1 && a[j]! < b[j]!;
}

/** Whole numbers below a bound, the same in every search (Lehmer's generator). */
function draws(): (below: number) => number {
  let state = 48_611;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}
