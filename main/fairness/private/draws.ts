import type { GroupDraws, ScoreDraws } from '../draws.ts';
import type { Seeded } from '../seeded.ts';
import { poissonDraws } from '../variates.ts';
import { sumsOf } from './figures.ts';
import type { Marginal } from './marginal.ts';
import type { Slices } from './slices.ts';

/** From so many noises on, their sum is drawn as a normal variable. */
const MANY = 20;

/** Draws that are read off cells beside those of groups: of calibration bins. */
export interface CellDraws extends GroupDraws {
  /** [draw][group][truth + 2 bin]. */
  readonly bins: Float64Array | null;
}

/**
 * What another lot of records and another noise would have shown: each noisy count moves as a Poisson
 * variable of its size does, and once more by the sum of the noises it holds (parametric bootstrap: Davison
 * and Hinkley 1997, section 2.2). So intervals hold both.
 *
 * @param scale of the Laplace noise on one cell of the histogram
 */
export function cellDraws(
  { cells, grouping, summed }: Marginal,
  slices: Slices,
  isScored: boolean,
  { scale, draws, random }: { scale: number; draws: number; random: Seeded },
): CellDraws {
  const groups = grouping.names.length;
  const one = (): Float64Array => new Float64Array(groups * draws).fill(NaN);
  const scores = isScored ? { ece: one(), bias: one(), auc: one(), brier: one() } : null;
  const four = new Float64Array(4 * groups * draws);
  const width = 2 * slices.all.length;
  const moves = Array.from(cells, (count) => (count > 0 ? poissonDraws(count) : null));
  const drawn = new Float64Array(cells.length);
  const bins = isScored ? new Float64Array(groups * draws * BINS) : null;
  for (let draw = 0; draw < draws; draw++) {
    for (let at = 0; at < cells.length; at++) {
      const count = cells[at]!;
      const moved = moves[at]?.(random) ?? 0;
      drawn[at] = count + (moved - Math.max(0, count)) + noiseSum(random, scale, summed);
    }
    for (let group = 0; group < groups; group++) {
      const at = draw * groups + group;
      const found = sumsOf(drawn, group * width, slices, isScored);
      const { tn, fn, fp, tp } = found.four;
      four.set([tn, fn, fp, tp], 4 * at);
      if (scores === null || found.scores === null) continue;
      keep(scores, at, found.scores);
      bins?.set(found.scores.counts, at * BINS);
    }
  }
  return { draws, groups, four, scores, bins };
}

const BINS = 20;

function keep(
  scores: Required<ScoreDraws>,
  at: number,
  found: NonNullable<ReturnType<typeof sumsOf>['scores']>,
): void {
  scores.auc[at] = found.auc ?? NaN;
  scores.brier[at] = found.brier;
  scores.bias[at] = found.bias;
  scores.ece[at] = found.ece;
}

/** The sum of `count` Laplace variables: each is the difference of two exponential ones. */
function noiseSum(random: Seeded, scale: number, count: number): number {
  if (count >= MANY) return scale * Math.sqrt(2 * count) * random.normal();
  let [more, less] = [1, 1];
  for (let i = 0; i < count; i++) {
    more *= random.uniform();
    less *= random.uniform();
  }
  return scale * Math.log(more / less);
}
