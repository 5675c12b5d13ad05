import type { Count, Figure, Rate } from '../contract/review.ts';
import type { Moments, Share } from './intervals.ts';
import type { Judged } from './judged.ts';
import { rocArea, type RocArea } from './roc.ts';

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
}

/** Scores are kept this far from 0 and 1 in the loss, so that one certain mistake is finite. */
const CERTAIN = 1e-15;
const BINS = 10;

/** Measures the people at the given positions of the judged rows. */
export function measure(judged: Judged, members: Uint32Array): Measurement {
  const counts = countsOf(judged, members);
  const shares = sharesOf(counts);
  const scored = judged.score && scoreFigures(judged, judged.score, members);
  const n = members.length;
  const positives = counts.tp + counts.fn;
  const negatives = counts.fp + counts.tn;
  const mean = (moments: Moments | undefined): Measured => ({
    value: moments && n > 0 ? moments.sum / n : null,
    denominator: n,
  });
  const rate = (name: Rate): Measured => rateOf(shares[name]);
  return {
    n,
    counts,
    shares,
    roc: scored?.roc ?? null,
    brier: scored?.brier ?? null,
    bias: scored?.bias ?? null,
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
      auc: { value: scored?.roc?.area ?? null, denominator: Math.min(positives, negatives) },
      loss: { value: scored?.loss ?? null, denominator: n },
      brier: mean(scored?.brier),
      calibration_in_the_large: mean(scored?.bias),
      ece: { value: scored?.ece ?? null, denominator: n },
    },
  };
}

function rateOf({ count, total }: Share): Measured {
  return { value: total === 0 ? null : count / total, denominator: total };
}

/** Confusion counts: true and false positives and negatives. */
export function countsOf(judged: Judged, members: Uint32Array): Record<Count, number> {
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  for (const at of members) {
    if (judged.decision[at] === 1) counts[judged.truth[at] === 1 ? 'tp' : 'fp']++;
    else counts[judged.truth[at] === 1 ? 'fn' : 'tn']++;
  }
  return counts;
}

function sharesOf({ tp, fp, tn, fn }: Record<Count, number>): Record<Rate, Share> {
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

interface ScoreFigures {
  readonly roc: RocArea | null;
  /** Mean natural logarithm of the likelihood, negated. */
  readonly loss: number | null;
  /** Squared errors of the scores (Brier 1950). */
  readonly brier: Moments;
  /** Score minus truth; its mean is calibration in the large (positive: over-estimates). */
  readonly bias: Moments;
  /**
   * Expected calibration error: 10 bins of equal width, bin = min(floor(10 s), 9), mean of
   * |mean score - mean truth| weighted by size (Naeini, Cooper, Hauskrecht 2015, AAAI).
   */
  readonly ece: number | null;
}

function scoreFigures(judged: Judged, score: Float64Array, members: Uint32Array): ScoreFigures {
  const n = members.length;
  const positives: number[] = [];
  const negatives: number[] = [];
  const binBias = new Float64Array(BINS);
  const sums = { loss: 0, brier: 0, brier2: 0, bias: 0 };
  for (const at of members) {
    const s = score[at] as number;
    const y = judged.truth[at] as number;
    (y === 1 ? positives : negatives).push(s);
    const error = s - y;
    const bin = Math.min(Math.floor(BINS * s), BINS - 1);
    binBias[bin] = (binBias[bin] as number) + error;
    sums.loss -= Math.log(Math.min(1 - CERTAIN, Math.max(CERTAIN, y === 1 ? s : 1 - s)));
    sums.brier += error ** 2;
    sums.brier2 += error ** 4;
    sums.bias += error;
  }
  return {
    roc: rocArea(Float64Array.from(positives), Float64Array.from(negatives)),
    loss: n === 0 ? null : sums.loss / n,
    brier: { n, sum: sums.brier, squares: sums.brier2 },
    bias: { n, sum: sums.bias, squares: sums.brier },
    ece: n === 0 ? null : binBias.reduce((sum, bias) => sum + Math.abs(bias), 0) / n,
  };
}
