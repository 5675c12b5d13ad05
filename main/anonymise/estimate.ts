import { Lattice, latticeNodesOf, type SearchProblem } from './lattice.ts';

/** How long a search will probably take. */
export interface SearchEstimate {
  readonly latticeNodes: number;
  readonly seconds: { readonly from: number; readonly to: number };
}

const TRIAL_MILLISECONDS = 300;
const TRIAL_NODES = 40;
/** Of the reference cases with 4,320 and 12,960 nodes none had to check less, and none more. */
const LEAST_SHARE = 0.005;
const MOST_SHARE = 0.25;

/**
 * Times some nodes, spread over the lattice, and takes it that between 0.5 and 25 % of the nodes
 * have to be checked before the optimum is proved. Takes about 0.3 s, or one node where that is
 * longer.
 */
export function estimateSearch(problem: SearchProblem): SearchEstimate {
  const latticeNodes = latticeNodesOf(problem);
  const lattice = new Lattice(problem);
  const started = performance.now();
  let trials = 0;
  let spent = 0;
  for (; trials < TRIAL_NODES && spent < TRIAL_MILLISECONDS; trials++) {
    // Coarse nodes first: they are cheap, and say least.
    const share = 1 - (trials % 10) / 10;
    const turn = trials;
    lattice.check(
      lattice.heights.map((height, j) => {
        const level = share * (height - 1);
        return (j + turn) % 2 === 0 ? Math.floor(level) : Math.ceil(level);
      }),
    );
    spent = performance.now() - started;
  }
  const perNode = spent / trials / 1000;
  return {
    latticeNodes,
    seconds: {
      from: perNode * Math.max(1, latticeNodes * LEAST_SHARE),
      to: perNode * Math.max(1, latticeNodes * MOST_SHARE),
    },
  };
}
