import { LatticeSearch, type Optimum } from './lattice-search.ts';
import type { SearchProblem } from './lattice.ts';
import { Turns } from './turns.ts';

/** How a search stands. */
export interface Standing {
  /** null before any node was found that does. */
  readonly best: Optimum | null;
  /** No node scores below this; the score of the best once it is proved to be the optimum. */
  readonly least: number;
}

export interface SearchOptions {
  readonly progress?: ((done: number, total: number, standing: Standing) => void) | undefined;
  /** Ends the search with CANCELLED. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the search with the best found so far, as soon as there is one. */
  readonly stop?: AbortSignal | undefined;
  /** Ends the search likewise after so long; the second half looks around the best found. */
  readonly milliseconds?: number | undefined;
  /** Levels found by an earlier search, to begin with. */
  readonly startWith?: readonly number[] | undefined;
}

export interface SearchResult extends Standing {
  readonly ended: 'proved' | 'stopped' | 'time';
  /**
   * The fewest records any node has to suppress, of those there was time for; only when there is
   * no solution.
   */
  readonly fewestSuppressed: number;
  readonly nodesChecked: number;
  readonly latticeNodes: number;
}

/**
 * Full-domain search: the node with the lowest score among those whose failing classes hold at
 * most `allowed` records; at equal scores the lower sum of levels, then the first in order. Exact
 * unless it is stopped or runs out of time. Throws CANCELLED when the signal is aborted; yields to
 * the event loop now and then.
 */
export async function searchLattice(
  problem: SearchProblem,
  options: SearchOptions = {},
): Promise<SearchResult> {
  const { stop, milliseconds = Infinity } = options;
  const search = new LatticeSearch(problem);
  const { latticeNodes } = search;
  const turns = new Turns(options.signal, () =>
    options.progress?.(search.nodesChecked, latticeNodes, search.standing),
  );
  await turns.take();
  const started = performance.now();
  let ended: SearchResult['ended'] = 'proved';
  const limits: { reached: () => boolean; steps: Iterator<void> }[] = [
    {
      reached: () => performance.now() - started > milliseconds / 2,
      steps: search.prove(options.startWith ?? null, milliseconds < Infinity),
    },
    { reached: () => performance.now() - started > milliseconds, steps: search.improve() },
  ];
  for (const { reached, steps } of limits) {
    while (steps.next().done !== true) {
      if (turns.isDue) await turns.take();
      if (search.best === null) continue;
      if (stop?.aborted || reached()) {
        ended = stop?.aborted ? 'stopped' : 'time';
        break;
      }
    }
    if (ended !== 'time') break;
  }
  let fewestSuppressed = Infinity;
  if (search.best === null) {
    for (const suppressed of search.suppressedEverywhere()) {
      if (turns.isDue) await turns.take();
      fewestSuppressed = Math.min(fewestSuppressed, suppressed);
      if (stop?.aborted || performance.now() - started > milliseconds) break;
    }
  }
  const { nodesChecked, standing } = search;
  return { ...standing, ended, fewestSuppressed, nodesChecked, latticeNodes };
}
