import { PRIVATE_SCORE_CELLS } from '../../contract/review-privacy.ts';

/** Where scores are sorted into: all of one slice decide alike, and count as its middle. */
export interface Slice {
  readonly from: number;
  readonly to: number;
  readonly decision: 0 | 1;
}

export interface Slices {
  /** From low scores to high ones; of equal ones first those of negative decisions. */
  readonly all: readonly Slice[];
  readonly place: (score: number, decision: number) => number;
}

/** Decisions alone: two slices, whose scores mean nothing. */
export function decisionSlices(): Slices {
  return {
    all: [
      { from: 0, to: 1, decision: 0 },
      { from: 0, to: 1, decision: 1 },
    ],
    place: (_, decision) => decision,
  };
}

/** Twenty cells of equal width, the one that the threshold divides being two. */
export function thresholdSlices(threshold: number): Slices {
  const grid = Array.from({ length: PRIVATE_SCORE_CELLS + 1 }, (_, at) => at / PRIVATE_SCORE_CELLS);
  const edges = [...new Set([...grid, threshold])].sort((a, b) => a - b);
  const all = edges.slice(0, -1).map((from, at): Slice => {
    return { from, to: edges[at + 1]!, decision: from >= threshold ? 1 : 0 };
  });
  if (threshold === 1) all.push({ from: 1, to: 1, decision: 1 });
  return {
    all,
    place(score) {
      let at = Math.min(all.length - 1, Math.floor(score * PRIVATE_SCORE_CELLS));
      while (at > 0 && score < all[at]!.from) at--;
      while (at + 1 < all.length && score >= all[at + 1]!.from) at++;
      return at;
    },
  };
}

/** Scores beside decisions that do not follow from them: twenty cells for either decision. */
export function freeSlices(): Slices {
  const cells = PRIVATE_SCORE_CELLS;
  return {
    all: Array.from({ length: 2 * cells }, (_, at): Slice => {
      const cell = at >> 1;
      return { from: cell / cells, to: (cell + 1) / cells, decision: at % 2 === 1 ? 1 : 0 };
    }),
    place: (score, decision) => 2 * Math.min(Math.floor(score * cells), cells - 1) + decision,
  };
}
