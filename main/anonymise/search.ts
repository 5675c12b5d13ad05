import { setImmediate as nextTurn } from 'node:timers/promises';
import { ConcordError } from '../contract/errors.ts';
import { Frontier, type WaitingNode } from './frontier.ts';
import { Lattice, type Checked, type SearchProblem } from './lattice.ts';
import { RuledOut } from './ruled-out.ts';

export interface SearchOptions {
  readonly progress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Optimum {
  readonly levels: readonly number[];
  readonly suppressed: number;
  readonly score: number;
}

export interface SearchResult {
  /** null when no node meets the models within what may be suppressed. */
  readonly solution: Optimum | null;
  /** The fewest records any node has to suppress; only when there is no solution. */
  readonly fewestSuppressed: number;
  readonly nodesChecked: number;
  readonly latticeNodes: number;
}

/** Scores are cut to 10 decimals per attribute: a floor this close may belong to an equal score. */
const SLACK = 1e-8;
const TURN_MILLISECONDS = 50;

export async function searchLattice(
  problem: SearchProblem,
  options: SearchOptions = {},
): Promise<SearchResult> {
  const search = new LatticeSearch(problem);
  const turns = new Turns(options, search.latticeNodes);
  do await turns.next(search.nodesChecked);
  while (search.step());
  return search.result(turns);
}

class LatticeSearch {
  readonly latticeNodes: number;
  readonly #problem: SearchProblem;
  readonly #lattice: Lattice;
  readonly #heights: readonly number[];
  readonly #frontier: Frontier;
  readonly #ruledOut = new RuledOut();
  readonly #checked = new Map<number | string, Checked>();
  readonly #strides: readonly number[];
  #best: Optimum | null = null;
  stats = { popped: 0, ruled: 0, checkedPop: 0, probes: 0 };

  constructor(problem: SearchProblem) {
    this.#problem = problem;
    this.#lattice = new Lattice(problem);
    this.#heights = this.#lattice.hierarchyHeights;
    this.latticeNodes = this.#heights.reduce((product, height) => product * height, 1);
    let stride = 1;
    this.#strides = this.#heights.map((height) => (stride *= height) / height);
    this.#frontier = new Frontier(this.#heights.length);
    const { levels } = problem.base;
    this.#frontier.push(levels, problem.measure.floor(levels), 0);
  }

  get nodesChecked(): number {
    return this.#lattice.nodesChecked;
  }

  get #limit(): number {
    return this.#best === null
      ? Infinity
      : this.#best.score + SLACK * Math.max(1, Math.abs(this.#best.score));
  }

  /** One node further; false when the optimum is proved. */
  step(): boolean {
    const node = this.#frontier.pop();
    if (node === undefined || node.floor > this.#limit) return false;
    if (this.#problem.allowed > 0 && this.nodesChecked === 0) this.#dive(node.levels);
    this.stats.popped++;
    const { levels } = node;
    let floor = Math.max(node.floor, this.#lattice.floorKnown(levels));
    if (floor > this.#limit) return true;
    if (!this.#checked.has(this.#id(levels))) {
      if (this.#ruledOut.has(levels, floor, this.#limit)) this.stats.ruled++;
      else {
        this.stats.checkedPop++;
        this.#ruleOut(levels, floor);
        const checked = this.#checked.get(this.#id(levels));
        if (checked) floor = Math.max(floor, checked.floor);
        if (floor > this.#limit) return true;
      }
    }
    this.#pushChildren(node, floor);
    return true;
  }

  async result(turns: Turns): Promise<SearchResult> {
    if (process.env.STATS) console.error(this.stats, this.nodesChecked, JSON.stringify(this.#best));
    let fewestSuppressed = Infinity;
    if (this.#best === null) {
      for (const levels of allLevels(this.#heights)) {
        await turns.next(this.nodesChecked);
        fewestSuppressed = Math.min(fewestSuppressed, this.#lattice.suppressedAt(levels));
      }
    }
    const { nodesChecked, latticeNodes } = this;
    return { solution: this.#best, fewestSuppressed, nodesChecked, latticeNodes };
  }

  #id(levels: readonly number[]): number | string {
    if (this.latticeNodes > Number.MAX_SAFE_INTEGER) return levels.join();
    let id = 0;
    for (let j = 0; j < levels.length; j++) id += levels[j]! * this.#strides[j]!;
    return id;
  }

  #check(levels: readonly number[]): Checked {
    const id = this.#id(levels);
    const known = this.#checked.get(id);
    if (known !== undefined) return known;
    const checked = this.#lattice.check(levels);
    this.#checked.set(id, checked);
    if (checked.cost !== null) {
      const found = { levels, suppressed: checked.suppressed, score: checked.cost.score };
      if (this.#best === null || isBetter(found, this.#best)) this.#best = found;
    }
    return checked;
  }

  /** Whether what was checked rules out finer levels. */
  #rulesOut(checked: Checked, levels: readonly number[], floor: number): boolean {
    if (checked.rulesOutFiner) return true;
    const { inherited } = checked;
    return inherited !== null && inherited.scoreAtLeast(levels, floor) > this.#limit;
  }

  #ruleOut(levels: readonly number[], floor: number): void {
    const path = this.#pathToTop(levels);
    let ruling = -1;
    let open = path.length;
    let highest: Checked | null = null;
    const guess = Math.min(path.length - 1, Math.round(this.#guess * (path.length - 1)));
    let stride = 1;
    for (let at = guess; ruling + 1 < open;) {
      this.stats.probes++;
      const probe = this.#check(path[at]!);
      if (this.#rulesOut(probe, levels, floor)) {
        ruling = at;
        highest = probe;
      } else open = at;
      // Away from the guess in growing strides, then by halving.
      if (ruling === -1) at = Math.max(0, open - stride);
      else if (open === path.length) at = Math.min(path.length - 1, ruling + stride);
      else at = (ruling + open) >> 1;
      stride *= 2;
    }
    if (highest === null) return;
    this.#guess += (ruling / (path.length - 1) - this.#guess) * 0.3;
    this.#ruledOut.add(highest.levels, highest.rulesOutFiner ? null : highest.inherited);
  }

  #guess = 0.5;

  #dive(levels: readonly number[]): void {
    for (const at of this.#pathToTop(levels)) this.#check(at);
    for (let at = this.#best; at !== null; at = this.#best) {
      const centre = at.levels;
      for (let j = 0; j < centre.length; j++) {
        for (const step of [-1, 1]) {
          const level = centre[j]! + step;
          if (level < 0 || level >= this.#heights[j]!) continue;
          const near = centre.with(j, level);
          if (this.#problem.measure.floor(near) <= this.#limit) this.#check(near);
        }
      }
      if (this.#best === at) break;
    }
    if (process.env.STATS) console.error('dive', this.nodesChecked, this.#best);
  }

  #pushChildren({ levels, raisedFrom }: WaitingNode, floor: number): void {
    for (let j = raisedFrom; j < levels.length; j++) {
      if (levels[j]! + 1 >= this.#heights[j]!) continue;
      const raised = levels.with(j, levels[j]! + 1);
      const least = Math.max(floor, this.#problem.measure.floor(raised));
      if (least <= this.#limit) this.#frontier.push(raised, least, j);
    }
  }

  /** Upwards by the cheapest step each time, among equal ones the attribute least far up. */
  #pathToTop(start: readonly number[]): (readonly number[])[] {
    const { measure } = this.#problem;
    const path = [start];
    for (let levels = start; ;) {
      let next: { levels: readonly number[]; floor: number; progress: number } | null = null;
      for (let j = 0; j < levels.length; j++) {
        const height = this.#heights[j]!;
        if (levels[j]! + 1 >= height) continue;
        const raised = levels.with(j, levels[j]! + 1);
        const floor = measure.floor(raised);
        const progress = raised[j]! / height;
        if (
          next === null ||
          floor < next.floor ||
          (floor === next.floor && progress < next.progress)
        ) {
          next = { levels: raised, floor, progress };
        }
      }
      if (next === null) return path;
      levels = next.levels;
      path.push(levels);
    }
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

function precedes(a: readonly number[], b: readonly number[]): boolean {
  const j = a.findIndex((level, index) => level !== b[index]);
  return j !== -1 && a[j]! < b[j]!;
}

/** Reports progress and lets messages in, so that a cancel can arrive. */
class Turns {
  readonly #options: SearchOptions;
  readonly #total: number;
  #last = -Infinity;

  constructor(options: SearchOptions, total: number) {
    this.#options = options;
    this.#total = total;
  }

  async next(done: number): Promise<void> {
    if (performance.now() - this.#last < TURN_MILLISECONDS) return;
    this.#options.progress?.(done, this.#total);
    await nextTurn();
    if (this.#options.signal?.aborted) throw new ConcordError('CANCELLED');
    this.#last = performance.now();
  }
}
