import { CALIBRATION_BINS } from '../contract/charts.ts';
import type { Count, Figure, Rate } from '../contract/review.ts';
import type { Grouping } from './groups.ts';
import type { Moments, Share } from './intervals.ts';
import type { Judged } from './judged.ts';
import { rocAreas, type RocArea } from './roc.ts';

/** A figure and how many records stand below its line; null: undefined. */
export interface Measured {
  readonly value: number | null;
  readonly denominator: number;
}

/** Everything measured on one group of people, nothing withheld yet. */
export interface Measurement {
  readonly n: number;
  readonly counts: Readonly<Record<Count, number>>;
  readonly shares: Readonly<Record<Rate, Share>>;
  readonly figures: Readonly<Record<Figure, Measured>>;
  readonly roc: RocArea | null;
  readonly brier: Moments | null;
  readonly bias: Moments | null;
  /** Records and sum of scores of each cell, truth + 2 bin; null without scores. */
  readonly cells: ScoreCells | null;
}

/** Label x score cells: what the calibration error is drawn anew from. */
export interface ScoreCells {
  readonly counts: Float64Array;
  readonly scores: Float64Array;
}

/** Of each judged row: what the score figures of any group are summed from. */
export interface RowScores {
  readonly loss: Float64Array;
  /** From the lowest score to the highest. */
  readonly order: Uint32Array;
}

/** Scores are kept this far from 0 and 1 in the loss, so that one certain mistake is finite. */
const CERTAIN = 1e-15;
/** Cells of label x score. */
export const CELLS = 2 * CALIBRATION_BINS;

/** Natural logarithm of the likelihood of each row, negated. */
export function lossOf({ truth }: Pick<Judged, 'truth'>, score: Float64Array): Float64Array {
  return score.map(
    (s, at) => -Math.log(Math.min(1 - CERTAIN, Math.max(CERTAIN, truth[at] === 1 ? s : 1 - s))),
  );
}

/** bin = min(floor(10 s), 9). */
function scoreBin(score: number): number {
  return Math.min(Math.floor(CALIBRATION_BINS * score), CALIBRATION_BINS - 1);
}

/** The cell of a row: its truth + 2 its bin. */
export function cellOf(truth: number, score: number): number {
  return truth + 2 * scoreBin(score);
}

/** Measures every group of a grouping; `rows` is null where there are no scores. */
export function measureGroups(
  judged: Judged,
  grouping: Grouping,
  rows: RowScores | null,
): Measurement[] {
  const four = fourCounts(judged, grouping);
  const scored = judged.score && rows ? scoreSums(judged, judged.score, grouping, rows) : null;
  return grouping.names.map((_, group) =>
    measurementOf(countsAt(four, group), scored?.[group] ?? null),
  );
}

/** Truth + 2 decision: true negatives, false negatives, false positives, true positives. */
function fourCounts(
  { truth, decision }: Judged,
  { codes, names }: Pick<Grouping, 'codes' | 'names'>,
): Float64Array {
  const counts = new Float64Array(4 * names.length);
  for (let at = 0; at < truth.length; at++) {
    counts[4 * codes[at]! + truth[at]! + 2 * decision[at]!]!++;
  }
  return counts;
}

/** The four counts of a group among those of all, each at truth + 2 decision. */
function countsAt(four: ArrayLike<number>, group: number): Record<Count, number> {
  const at = 4 * group;
  return { tn: four[at]!, fn: four[at + 1]!, fp: four[at + 2]!, tp: four[at + 3]! };
}

/** A group by its four counts and what its scores add up to. */
export function measurementOf(
  counts: Readonly<Record<Count, number>>,
  scored: ScoreFigures | null,
): Measurement {
  const shares = sharesOf(counts);
  const positives = counts.tp + counts.fn;
  const negatives = counts.fp + counts.tn;
  const n = positives + negatives;
  const of = (value: number | null | undefined, denominator = n): Measured => ({
    value: n === 0 ? null : (value ?? null),
    denominator,
  });
  const mean = (moments: Moments | undefined): Measured => of(moments && moments.sum / n);
  const rate = (name: Rate): Measured => rateOf(shares[name]);
  return {
    n,
    counts,
    shares,
    roc: scored?.roc ?? null,
    brier: scored?.brier ?? null,
    bias: scored?.bias ?? null,
    cells: scored?.cells ?? null,
    figures: {
      tp: { value: counts.tp, denominator: positives },
      fn: { value: counts.fn, denominator: positives },
      fp: { value: counts.fp, denominator: negatives },
      tn: { value: counts.tn, denominator: negatives },
      base_rate: rate('base_rate'),
      selection_rate: rate('selection_rate'),
      accuracy: rate('accuracy'),
      tpr: rate('tpr'),
      fpr: rate('fpr'),
      fnr: rate('fnr'),
      tnr: rate('tnr'),
      ppv: rate('ppv'),
      npv: rate('npv'),
      precision: rate('ppv'),
      recall: rate('tpr'),
      auc: of(scored?.roc?.area, Math.min(positives, negatives)),
      loss: of(scored?.loss),
      brier: mean(scored?.brier),
      calibration_in_the_large: mean(scored?.bias),
      ece: of(scored && calibrationError(scored.cells.counts, scored.cells.scores, 0)),
    },
  };
}

function rateOf({ count, total }: Share): Measured {
  return { value: total === 0 ? null : count / total, denominator: total };
}

export function sharesOf({ tp, fp, tn, fn }: Readonly<Record<Count, number>>): Record<Rate, Share> {
  const n = tp + fp + tn + fn;
  return {
    base_rate: { count: tp + fn, total: n },
    selection_rate: { count: tp + fp, total: n },
    accuracy: { count: tp + tn, total: n },
    tpr: { count: tp, total: tp + fn },
    fnr: { count: fn, total: tp + fn },
    fpr: { count: fp, total: fp + tn },
    tnr: { count: tn, total: fp + tn },
    ppv: { count: tp, total: tp + fp },
    npv: { count: tn, total: tn + fn },
  };
}

/**
 * Expected calibration error of the cells from place `at` on: 10 bins of equal width, mean of
 * |mean score - mean truth| weighted by size (Naeini, Cooper, Hauskrecht 2015, AAAI). NaN over nobody.
 */
export function calibrationError(
  counts: ArrayLike<number>,
  scores: ArrayLike<number>,
  at: number,
): number {
  let n = 0;
  let error = 0;
  for (let cell = at; cell < at + CELLS; cell += 2) {
    n += counts[cell]! + counts[cell + 1]!;
    error += Math.abs(scores[cell]! + scores[cell + 1]! - counts[cell + 1]!);
  }
  return error / n;
}

interface ScoreFigures {
  readonly roc: RocArea | null;
  readonly loss: number | null;
  /** Squared errors of the scores (Brier 1950). */
  readonly brier: Moments;
  /** Score minus truth; its mean is calibration in the large (positive: over-estimates). */
  readonly bias: Moments;
  readonly cells: ScoreCells;
}

function scoreSums(
  judged: Judged,
  score: Float64Array,
  grouping: Grouping,
  { loss, order }: RowScores,
): ScoreFigures[] {
  const { codes, names, sizes } = grouping;
  const { truth } = judged;
  const groups = names.length;
  const sums = { loss: zeros(groups), brier: zeros(groups), fourth: zeros(groups) };
  const counts = zeros(CELLS * groups);
  const scores = zeros(CELLS * groups);
  for (let at = 0; at < codes.length; at++) {
    const group = codes[at]!;
    const s = score[at]!;
    const error = s - truth[at]!;
    const square = error * error;
    const cell = CELLS * group + cellOf(truth[at]!, s);
    counts[cell]!++;
    scores[cell]! += s;
    sums.loss[group]! += loss[at]!;
    sums.brier[group]! += square;
    sums.fourth[group]! += square * square;
  }
  const areas = rocAreas(judged, order, grouping);
  return names.map((_, group) => {
    const n = sizes[group]!;
    const cells = {
      counts: counts.slice(CELLS * group, CELLS * (group + 1)),
      scores: scores.slice(CELLS * group, CELLS * (group + 1)),
    };
    return {
      roc: areas[group] ?? null,
      loss: n === 0 ? null : sums.loss[group]! / n,
      brier: { n, sum: sums.brier[group]!, squares: sums.fourth[group]! },
      bias: { n, sum: biasOf(cells.counts, cells.scores, 0), squares: sums.brier[group]! },
      cells,
    };
  });
}

/** Sum of scores less sum of truths of the cells from place `at` on. */
export function biasOf(counts: ArrayLike<number>, scores: ArrayLike<number>, at: number): number {
  let bias = 0;
  for (let cell = at; cell < at + CELLS; cell += 2) {
    bias += scores[cell]! + scores[cell + 1]! - counts[cell + 1]!;
  }
  return bias;
}

function zeros(length: number): Float64Array {
  return new Float64Array(length);
}
