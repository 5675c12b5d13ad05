import { Grouper, rollUp, type Classes } from './classes.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { Measure } from './measure.ts';
import type { ModelTest, Verdict } from './models.ts';
import { RuledOut } from './ruled-out.ts';

export interface SearchProblem {
  /** Distinct original tuples as classes at level 0. */
  readonly base: Classes;
  readonly hierarchies: readonly Hierarchy[];
  readonly models: ModelTest;
  readonly measure: Measure;
  /** The most records that may be suppressed. */
  readonly allowed: number;
}

/** Nodes as they are checked, and what their verdicts rule out. */
export class Lattice {
  readonly ruledOut = new RuledOut();
  fewestSuppressed = Infinity;
  readonly #problem: SearchProblem;
  readonly #grouper: Grouper;
  readonly #checked = new Set<string>();

  constructor(problem: SearchProblem) {
    this.#problem = problem;
    this.#grouper = new Grouper(problem.hierarchies.length, problem.base.count);
  }

  get nodesChecked(): number {
    return this.#checked.size;
  }

  check(levels: readonly number[], from: Classes): { classes: Classes; verdict: Verdict } {
    const classes = rollUp(from, levels, this.#problem.hierarchies, this.#grouper);
    const verdict = this.#problem.models.judge(classes);
    this.#checked.add(levels.join());
    this.fewestSuppressed = Math.min(this.fewestSuppressed, verdict.suppressed);
    return { classes, verdict };
  }

  /**
   * Whether finer nodes have to suppress too much as well: always when inherited models alone do.
   * With nothing allowed any failing class will do, where every model survives the merging of
   * classes that all pass.
   */
  rulesOutFiner({ suppressed, unavoidable }: Verdict): boolean {
    const { allowed, models } = this.#problem;
    return allowed === 0 && models.merging ? suppressed > 0 : unavoidable > allowed;
  }

  /** Rules out the highest failing node that halving a path from here to the top finds. */
  ruleOutAbove(classes: Classes): void {
    const path = this.#pathToTop(classes.levels);
    let failing = 0;
    let open = path.length;
    let from = classes;
    while (failing + 1 < open) {
      const middle = (failing + open) >> 1;
      const probe = this.check(path[middle]!, from);
      if (this.rulesOutFiner(probe.verdict)) {
        failing = middle;
        from = probe.classes;
      } else open = middle;
    }
    this.ruledOut.add(path[failing]!);
  }

  /** Upwards by the cheapest step each time, among equal ones the attribute least far up. */
  #pathToTop(start: readonly number[]): (readonly number[])[] {
    const { hierarchies, measure } = this.#problem;
    const path = [start];
    for (let levels = start; ;) {
      let next: { levels: readonly number[]; floor: number; progress: number } | null = null;
      for (let j = 0; j < levels.length; j++) {
        const height = hierarchies[j]!.height;
        if (levels[j]! + 1 >= height) continue;
        const raised = levels.with(j, levels[j]! + 1);
        const step = {
          levels: raised,
          floor: measure.floor(raised),
          progress: raised[j]! / height,
        };
        const cheaper =
          next === null ||
          step.floor < next.floor ||
          (step.floor === next.floor && step.progress < next.progress);
        if (cheaper) next = step;
      }
      if (next === null) return path;
      levels = next.levels;
      path.push(levels);
    }
  }
}
