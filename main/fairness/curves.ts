import {
  CALIBRATION_BINS,
  MOST_ROC_POINTS,
  type CalibrationBin,
  type RocPoint,
} from '../contract/charts.ts';
import type { FigureReason, ReviewCurves, ReviewOptions } from '../contract/review.ts';
import { everybody, type Grouping } from './groups.ts';
import { wilson } from './intervals.ts';
import type { Judged } from './judged.ts';
import type { Measurement } from './metrics.ts';
import { precisionAt, precisionOf } from './precision.ts';
import { thresholdRatesOf } from './thresholds.ts';
import { reasonOf, type WithholdRule } from './withhold.ts';

/** The level of the calibration intervals where the review asks for none. */
const LEVEL = 0.95;

/**
 * What charts of all records reviewed are drawn from: ROC points and calibration bins; undefined
 * where there are only decisions. The ROC curve stands on as few records as the smaller of
 * positives and negatives; a bin on its own records. `refuse` is told of what is not shown.
 */
export function curvesOf(
  judged: Judged,
  order: Uint32Array | null,
  overall: Measurement,
  all: readonly Grouping[],
  options: ReviewOptions,
  rule: WithholdRule,
  refuse: (path: string, reason: FigureReason) => void,
): ReviewCurves | undefined {
  if (judged.score === null || order === null) return undefined;
  const level = options.intervals ?? LEVEL;
  const bins = calibrationBins(judged.truth, judged.score, level).map((bin, at) => {
    const reason = reasonOf('base_rate', { value: bin.observed, denominator: bin.n }, rule);
    if (reason === null) return bin;
    refuse(`curves.calibration.${at}`, reason);
    return { ...bin, mean_score: null, observed: null, interval: null };
  });
  const reason = reasonOf('auc', overall.figures.auc, rule);
  if (reason !== null) {
    refuse('curves.roc', reason);
    refuse('curves.precision_recall', reason);
  }
  return {
    ...(reason === null ? ranked(judged, order, overall, options, rule) : UNRANKED),
    thresholds: thresholdsOf(judged, judged.score, all, rule),
    calibration: { level, bins },
  };
}

const UNRANKED = { roc: null, precision_recall: null } as const;

/** The curves that follow the order of the scores. */
function ranked(
  judged: Judged,
  order: Uint32Array,
  { figures }: Measurement,
  { prediction, threshold }: ReviewOptions,
  { exact, minDenominator }: WithholdRule,
): Pick<ReviewCurves, 'roc' | 'precision_recall'> {
  const points = rocPoints(judged.truth, judged.score!, order);
  const chosen = {
    threshold: prediction === undefined ? threshold : null,
    fpr: figures.fpr.value ?? 0,
    tpr: figures.tpr.value ?? 0,
  };
  const positives = judged.truth.reduce((sum, y) => sum + y, 0);
  const sizes = { positives, negatives: judged.truth.length - positives };
  const least = exact ? 1 : minDenominator;
  const own = precisionAt(chosen, sizes);
  return {
    roc: { points: thinned(points), chosen },
    precision_recall: {
      ...precisionOf(points, sizes, least),
      chosen: own !== null && own.selected >= least ? own : null,
    },
  };
}

/** Of everybody and of each group of a single column. */
function thresholdsOf(
  { truth }: Judged,
  score: Float64Array,
  all: readonly Grouping[],
  rule: WithholdRule,
): ReviewCurves['thresholds'] {
  const rates = (grouping: Grouping) => thresholdRatesOf({ truth, score }, grouping, rule);
  const single = all.filter(({ columns, names }) => {
    return columns.length === 1 && names.length <= MOST_GROUPS;
  });
  return {
    overall: rates(everybody(truth.length))[0]!,
    groups: Object.fromEntries(
      single.map((grouping) => {
        const found = rates(grouping);
        return [
          grouping.attribute,
          Object.fromEntries(grouping.names.map((name, at) => [name, found[at]!])),
        ];
      }),
    ),
  };
}

/** More groups than this are not read side by side, and would make a review large. */
const MOST_GROUPS = 12;

/**
 * Every point of the ROC curve, from nobody selected to all: one for each different score, at
 * which it and all above are selected. Needs a positive and a negative; `order` as of `byScore`.
 */
export function rocPoints(truth: Uint8Array, score: Float64Array, order: Uint32Array): RocPoint[] {
  const positives = truth.reduce((sum, y) => sum + y, 0);
  const negatives = truth.length - positives;
  const points: RocPoint[] = [{ threshold: null, fpr: 0, tpr: 0 }];
  let tp = 0;
  let fp = 0;
  for (let at = order.length - 1; at >= 0; at--) {
    const row = order[at] as number;
    if (truth[row] === 1) tp++;
    else fp++;
    const threshold = score[row] as number;
    const next = order[at - 1];
    if (next !== undefined && score[next] === threshold) continue;
    points.push({ threshold, fpr: fp / negatives, tpr: tp / positives });
  }
  return points;
}

/** At most 101 of the points, evenly spaced along the curve, both ends among them. */
function thinned(points: readonly RocPoint[]): RocPoint[] {
  if (points.length <= MOST_ROC_POINTS) return [...points];
  const cells = (MOST_ROC_POINTS - 1) / 2;
  let next = 0;
  return points.filter(({ fpr, tpr }) => {
    const cell = Math.floor((fpr + tpr) * cells);
    if (cell < next) return false;
    next = cell + 1;
    return true;
  });
}

/**
 * Mean score and share of positives in ten bins of equal width, bin = min(floor(10 s), 9) as in
 * the expected calibration error, with Wilson's interval of the share.
 */
function calibrationBins(truth: Uint8Array, score: Float64Array, level: number): CalibrationBin[] {
  const bins = Array.from({ length: CALIBRATION_BINS }, () => ({ n: 0, positives: 0, sum: 0 }));
  for (const [at, s] of score.entries()) {
    const bin = bins[Math.min(Math.floor(CALIBRATION_BINS * s), CALIBRATION_BINS - 1)];
    if (bin === undefined) continue;
    bin.n++;
    bin.positives += truth[at] as number;
    bin.sum += s;
  }
  return bins.map(({ n, positives, sum }, at) => {
    const interval = wilson({ count: positives, total: n }, level);
    return {
      from: at / CALIBRATION_BINS,
      to: (at + 1) / CALIBRATION_BINS,
      n,
      mean_score: n === 0 ? null : Math.min(1, sum / n),
      observed: n === 0 ? null : positives / n,
      interval: interval && [interval[0], interval[1]],
    };
  });
}
