import { setImmediate as nextTurn } from 'node:timers/promises';
import { ConcordError } from '../contract/errors.ts';
import type { Classes } from './classes.ts';
import { Frontier } from './frontier.ts';
import { Lattice, type SearchProblem } from './lattice.ts';
import type { Measure } from './measure.ts';
import type { Verdict } from './models.ts';

export interface SearchOptions {
  readonly progress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Solution {
  readonly classes: Classes;
  readonly verdict: Verdict;
  readonly score: number;
}

export interface SearchResult {
  /** null when no node meets the models within what may be suppressed. */
  readonly solution: Solution | null;
  /** The fewest records any node has to suppress; only when there is no solution. */
  readonly fewestSuppressed: number;
  readonly nodesChecked: number;
  readonly latticeNodes: number;
}

interface Node {
  readonly levels: readonly number[];
  readonly height: number;
  /** No score below this is possible here or at any coarser node. */
  readonly floor: number;
  /** Children raise this attribute or a later one, so every node has exactly one parent. */
  readonly raisedFrom: number;
  readonly parent: Node | null;
  /** Kept while memory allows, so that coarser nodes start from few classes. */
  classes: Classes | null;
}

/** Scores are cut to 10 decimals per attribute: a floor this close may belong to an equal score. */
const SLACK = 1e-8;
const KEPT_BYTES = 256 * 2 ** 20;
const TURN_MILLISECONDS = 50;

/**
 * Exact full-domain search: the node with the lowest score among those whose failing classes hold
 * at most `allowed` records; at equal scores the lower sum of levels, then the lexicographically
 * first. Best first: nodes wait in the order of a floor that neither they nor anything coarser can
 * undercut, and the search ends when the least floor is above the best score. Besides that, only
 * nodes finer than one that must suppress too much are left out, and only where every model
 * guarantees that they must too. Throws CANCELLED when the signal is aborted; yields to the event
 * loop now and then.
 */
export async function searchLattice(
  problem: SearchProblem,
  options: SearchOptions = {},
): Promise<SearchResult> {
  const { base, hierarchies, measure, allowed } = problem;
  const latticeNodes = hierarchies.reduce((product, { height }) => product * height, 1);
  const turns = new Turns(options, latticeNodes);
  const lattice = new Lattice(problem);
  const kept = new KeptClasses();
  const frontier = new Frontier<Node>(before);
  frontier.push(firstNode(base, measure));
  const skipped: Node[] = [];
  let best: Solution | null = null;
  for (let node = frontier.pop(); node !== undefined; node = frontier.pop()) {
    if (best !== null && isAbove(node.floor, best.score)) break;
    await turns.next(lattice.nodesChecked);
    let { floor } = node;
    if (lattice.ruledOut.has(node.levels)) {
      skipped.push(node);
    } else {
      const { classes, verdict } = lattice.check(node.levels, nearestClasses(node));
      if (verdict.suppressed <= allowed) {
        const found: Solution = { classes, verdict, score: measure.score(classes, verdict) };
        if (best === null || isBetter(found, best)) best = found;
      } else if (lattice.rulesOutFiner(verdict)) {
        lattice.ruleOutAbove(classes);
      }
      floor = Math.max(floor, measure.floorOfClasses(classes));
      if (best !== null && isAbove(floor, best.score)) continue;
      kept.keep(node, classes);
    }
    for (const child of childrenOf(node, floor, problem)) frontier.push(child);
  }
  if (best === null) {
    // The least that has to be suppressed may be at a node that could be left out so far.
    for (const node of skipped) {
      await turns.next(lattice.nodesChecked);
      lattice.check(node.levels, nearestClasses(node));
    }
  }
  const { fewestSuppressed, nodesChecked } = lattice;
  return { solution: best, fewestSuppressed, nodesChecked, latticeNodes };
}

function firstNode(base: Classes, measure: Measure): Node {
  const { levels } = base;
  const floor = measure.floor(levels);
  return { levels, height: 0, floor, raisedFrom: 0, parent: null, classes: base };
}

function childrenOf(node: Node, floor: number, problem: SearchProblem): Node[] {
  const children: Node[] = [];
  for (let j = node.raisedFrom; j < node.levels.length; j++) {
    if (node.levels[j]! + 1 >= problem.hierarchies[j]!.height) continue;
    const levels = node.levels.with(j, node.levels[j]! + 1);
    children.push({
      levels,
      height: node.height + 1,
      floor: Math.max(floor, problem.measure.floor(levels)),
      raisedFrom: j,
      parent: node,
      classes: null,
    });
  }
  return children;
}

function isAbove(floor: number, score: number): boolean {
  return floor > score + SLACK * Math.max(1, Math.abs(score));
}

function isBetter(a: Solution, b: Solution): boolean {
  if (a.score !== b.score) return a.score < b.score;
  const heightOf = (s: Solution): number => s.classes.levels.reduce((sum, l) => sum + l, 0);
  const difference = heightOf(a) - heightOf(b);
  return difference !== 0 ? difference < 0 : precedes(a.classes.levels, b.classes.levels);
}

function before(a: Node, b: Node): boolean {
  if (a.floor !== b.floor) return a.floor < b.floor;
  if (a.height !== b.height) return a.height < b.height;
  return precedes(a.levels, b.levels);
}

function precedes(a: readonly number[], b: readonly number[]): boolean {
  const j = a.findIndex((level, index) => level !== b[index]);
  return j !== -1 && a[j]! < b[j]!;
}

/** The classes of the nearest finer node that are still held; the root's always are. */
function nearestClasses(node: Node): Classes {
  for (let finer: Node | null = node; finer !== null; finer = finer.parent) {
    if (finer.classes !== null) return finer.classes;
  }
  throw new ConcordError('INTERNAL', { incident: 'search-root' });
}

/** Classes held for rolling up; the oldest are let go when they grow over the limit. */
class KeptClasses {
  readonly #nodes: Node[] = [];
  #oldest = 0;
  #bytes = 0;

  keep(node: Node, classes: Classes): void {
    if (node.parent === null) return;
    node.classes = classes;
    this.#nodes.push(node);
    this.#bytes += bytesOf(classes);
    while (this.#bytes > KEPT_BYTES) {
      const oldest = this.#nodes[this.#oldest++]!;
      if (oldest.classes !== null) this.#bytes -= bytesOf(oldest.classes);
      oldest.classes = null;
    }
  }
}

function bytesOf({ codes, sizes, ofTuple }: Classes): number {
  return codes.byteLength + sizes.byteLength + ofTuple.byteLength;
}

/** Reports progress and lets messages in, so that a cancel can arrive. */
class Turns {
  readonly #options: SearchOptions;
  readonly #total: number;
  #last = performance.now();

  constructor(options: SearchOptions, total: number) {
    this.#options = options;
    this.#total = total;
  }

  async next(done: number): Promise<void> {
    if (done > 0 && performance.now() - this.#last < TURN_MILLISECONDS) return;
    this.#options.progress?.(done, this.#total);
    await nextTurn();
    if (this.#options.signal?.aborted) throw new ConcordError('CANCELLED');
    this.#last = performance.now();
  }
}
