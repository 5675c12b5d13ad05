import type { Measurement } from './metrics.ts';
import { CELLS } from './metrics.ts';
import type { Seeded } from './seeded.ts';
import { binomial, hypergeometric, poissonDraws } from './variates.ts';
import { ECE_RECORDS } from './withhold.ts';

/** The groups of one attribute drawn anew, many times. */
export interface GroupDraws {
  readonly draws: number;
  readonly groups: number;
  /** [draw][group][truth + 2 decision]. */
  readonly four: Uint32Array | Float64Array;
  /** [draw][group]; NaN where undefined or not drawn. Null where there are no scores. */
  readonly scores: ScoreDraws | null;
}

export interface ScoreDraws {
  readonly ece: Float64Array;
  /** Calibration in the large. */
  readonly bias: Float64Array;
  /** Only where persons are drawn: else these have formulas. */
  readonly auc?: Float64Array;
  readonly brier?: Float64Array;
}

/** Where the four counts of a group stand in a draw: truth + 2 decision. */
export function fourOf({ counts }: Pick<Measurement, 'counts'>): [number, number, number, number] {
  return [counts.tn, counts.fn, counts.fp, counts.tp];
}

/**
 * Each group's four counts drawn anew from their shares (multinomial); and where there are scores, of
 * groups of at least 200, its label x score cells, the mean score of each kept: every cell a Poisson
 * variable, the group as large as they make it (Chamandy et al. 2012, Google, "Estimating uncertainty
 * for massive data streams"), so that a cell's table of chances serves all draws.
 */
export function countDraws(
  measured: readonly Measurement[],
  draws: number,
  random: Seeded,
): GroupDraws {
  const groups = measured.length;
  const four = new Uint32Array(4 * groups * draws);
  for (const [group, measurement] of measured.entries()) {
    const counts = fourOf(measurement);
    for (let draw = 0; draw < draws; draw++) {
      multinomial(random, counts, measurement.n, four, 4 * (draw * groups + group));
    }
  }
  return { draws, groups, four, scores: cellDraws(measured, draws, random) };
}

function cellDraws(
  measured: readonly Measurement[],
  draws: number,
  random: Seeded,
): ScoreDraws | null {
  if (measured.every(({ cells }) => cells === null)) return null;
  const groups = measured.length;
  const ece = new Float64Array(groups * draws);
  const bias = new Float64Array(groups * draws).fill(NaN);
  for (const [group, { cells, n }] of measured.entries()) {
    if (cells === null || n < ECE_RECORDS) {
      for (let draw = 0; draw < draws; draw++) ece[draw * groups + group] = NaN;
      continue;
    }
    const [drawn, off, sum] = [zeros(draws), zeros(draws), zeros(draws)];
    for (let cell = 0; cell < CELLS; cell++) {
      const count = cells.counts[cell]!;
      const isPositive = cell % 2 === 1;
      if (count > 0) {
        const error = cells.scores[cell]! / count - Number(isPositive);
        const next = poissonDraws(count);
        for (let draw = 0; draw < draws; draw++) {
          const k = next(random);
          drawn[draw]! += k;
          off[draw]! += k * error;
        }
      }
      if (!isPositive) continue;
      // Both cells of a bin are drawn.
      for (let draw = 0; draw < draws; draw++) {
        ece[draw * groups + group]! += Math.abs(off[draw]!);
        sum[draw]! += off[draw]!;
        off[draw] = 0;
      }
    }
    for (let draw = 0; draw < draws; draw++) {
      ece[draw * groups + group]! /= drawn[draw]!;
      bias[draw * groups + group] = sum[draw]! / drawn[draw]!;
    }
  }
  return { ece, bias };
}

/** `n` records over cells in the shares of `counts` (which sum to n), by binomials one after another. */
function multinomial(
  random: Seeded,
  counts: ArrayLike<number>,
  n: number,
  into: Uint32Array,
  at: number,
): void {
  let left = n;
  let weight = n;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    const drawn = count >= weight ? left : binomial(random, left, count / weight);
    into[at + cell] = drawn;
    left -= drawn;
    weight -= count;
  }
}

/** Everybody's groups told by lot, sizes kept: the four counts without regard to groups. */
export function lotDraws(
  measured: readonly Measurement[],
  draws: number,
  random: Seeded,
): GroupDraws {
  const groups = measured.length;
  const four = new Uint32Array(4 * groups * draws);
  const all = [0, 0, 0, 0];
  for (const measurement of measured) {
    for (const [cell, count] of fourOf(measurement).entries()) all[cell]! += count;
  }
  for (let draw = 0; draw < draws; draw++) {
    const pool = [...all];
    for (const [group, { n }] of measured.entries()) {
      let left = n;
      let others = pool[0]! + pool[1]! + pool[2]! + pool[3]!;
      for (let cell = 0; cell < 4; cell++) {
        others -= pool[cell]!;
        const drawn = cell === 3 ? left : hypergeometric(random, pool[cell]!, others, left);
        four[4 * (draw * groups + group) + cell] = drawn;
        pool[cell]! -= drawn;
        left -= drawn;
      }
    }
  }
  return { draws, groups, four, scores: null };
}

function zeros(length: number): Float64Array {
  return new Float64Array(length);
}
