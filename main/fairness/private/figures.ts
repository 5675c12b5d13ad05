import { CALIBRATION_BINS } from '../../contract/charts.ts';
import type { Count } from '../../contract/review.ts';
import {
  calibrationError,
  CELLS,
  measurementOf,
  type Measured,
  type Measurement,
} from '../metrics.ts';
import type { Slices } from './slices.ts';

/** A count of less than so many deviations of its noise says nothing. */
const LEAST_SIGNAL = 3;

/** What is summed from the cells of one group. */
export interface CellSums {
  /** Each at least 0. */
  readonly four: Readonly<Record<Count, number>>;
  /** null without scores, or where nobody is left of noise. */
  readonly scores: CellScores | null;
}

export interface CellScores {
  /** null without positives or without negatives. */
  readonly auc: number | null;
  readonly brier: number;
  /** Calibration in the large. */
  readonly bias: number;
  readonly ece: number;
  /** Records and sum of scores by truth + 2 bin. */
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

/**
 * Figures of one group from its cells, every record at the middle of its slice and in the Brier score
 * spread evenly over it (h^2 / 12 more): a noisy cell may be below 0 and is not cut, so that sums are
 * right on average; what comes out is held to where it can lie.
 *
 * @param cells [truth][slice] from place `at` on
 */
export function sumsOf(
  cells: Float64Array,
  at: number,
  slices: Slices,
  isScored: boolean,
): CellSums {
  const { all } = slices;
  const of = (truth: number, slice: number): number => cells[at + truth * all.length + slice]!;
  const four = { tn: 0, fn: 0, fp: 0, tp: 0 };
  for (const [slice, { decision }] of all.entries()) {
    four[decision === 1 ? 'fp' : 'tn'] += of(0, slice);
    four[decision === 1 ? 'tp' : 'fn'] += of(1, slice);
  }
  const cut = {
    ...{ tn: Math.max(0, four.tn), fn: Math.max(0, four.fn) },
    ...{ fp: Math.max(0, four.fp), tp: Math.max(0, four.tp) },
  };
  return { four: cut, scores: isScored ? scoresOf(of, slices) : null };
}

function scoresOf(
  of: (truth: number, slice: number) => number,
  { all }: Slices,
): CellScores | null {
  const counts = new Float64Array(CELLS);
  const sums = new Float64Array(CELLS);
  let [below, area, positives, negatives, squares, bias] = [0, 0, 0, 0, 0, 0];
  for (let slice = 0; slice < all.length;) {
    const { from, to } = all[slice]!;
    // Slices of the same scores and different decisions are tied.
    let [zeros, ones] = [0, 0];
    for (; slice < all.length && all[slice]!.from === from && all[slice]!.to === to; slice++) {
      zeros += of(0, slice);
      ones += of(1, slice);
    }
    const middle = (from + to) / 2;
    const spread = (to - from) ** 2 / 12;
    area += ones * (below + zeros / 2);
    below += zeros;
    positives += ones;
    negatives += zeros;
    squares += zeros * (middle ** 2 + spread) + ones * ((1 - middle) ** 2 + spread);
    bias += (zeros + ones) * middle - ones;
    const cell = 2 * Math.min(Math.floor(middle * CALIBRATION_BINS), CALIBRATION_BINS - 1);
    counts[cell]! += zeros;
    counts[cell + 1]! += ones;
    sums[cell]! += zeros * middle;
    sums[cell + 1]! += ones * middle;
  }
  const n = positives + negatives;
  if (!(n > 0)) return null;
  return {
    auc: positives > 0 && negatives > 0 ? held(area / positives / negatives, 0) : null,
    brier: held(squares / n, 0),
    bias: held(bias / n, -1),
    ece: held(calibrationError(counts, sums, 0), 0),
    ...{ counts, sums },
  };
}

function held(value: number, least: number): number {
  return Math.max(least, Math.min(1, value));
}

/**
 * A group as a review takes it. A figure whose denominator is not three deviations of its noise large
 * stands on half a record: the rule of withholding leaves it out.
 *
 * @param deviation of the noise on one cell
 */
export function measuredCells(
  { four, scores }: CellSums,
  { all }: Slices,
  deviation: number,
): Measurement {
  const measured = withScores(four, scores);
  const least = (cells: number): number => LEAST_SIGNAL * deviation * Math.sqrt(cells);
  const decided = all.filter(({ decision }) => decision === 1).length;
  const cellsOf = (name: string): number => {
    if (name === 'ppv' || name === 'precision') return 2 * decided;
    if (name === 'npv') return 2 * (all.length - decided);
    const isOfAll = ['base_rate', 'selection_rate', 'accuracy', 'brier', 'loss', 'ece'];
    return isOfAll.includes(name) || name === 'calibration_in_the_large'
      ? 2 * all.length
      : all.length;
  };
  const figures = Object.fromEntries(
    Object.entries(measured.figures).map(([name, { value, denominator }]): [string, Measured] => [
      name,
      { value, denominator: denominator < least(cellsOf(name)) ? 0.5 : denominator },
    ]),
  ) as Measurement['figures'];
  return { ...measured, figures };
}

function withScores(four: CellSums['four'], scores: CellScores | null): Measurement {
  const n = four.tn + four.fn + four.fp + four.tp;
  if (scores === null) return measurementOf(four, null);
  return measurementOf(four, {
    roc: scores.auc === null ? null : { area: scores.auc, standardError: null },
    loss: null,
    brier: { n, sum: scores.brier * n, squares: 0 },
    bias: { n, sum: scores.bias * n, squares: 0 },
    cells: { counts: scores.counts, scores: scores.sums },
  });
}
