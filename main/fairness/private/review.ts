import type { CalibrationBin, RocPoint } from '../../contract/charts.ts';
import { CALIBRATION_BINS } from '../../contract/charts.ts';
import type { PrivateReviewOptions, ReviewPrivacy } from '../../contract/review-privacy.ts';
import type { Interval, ReviewCurves, ReviewOptions, ReviewResult } from '../../contract/review.ts';
import { assembledReview } from '../assemble.ts';
import { ofPersons } from '../certainty.ts';
import { checkReferences } from '../groups.ts';
import type { Measurement } from '../metrics.ts';
import { percentiles } from '../quantiles.ts';
import { Seeded } from '../seeded.ts';
import { reasonOf } from '../withhold.ts';
import { cellDraws, type CellDraws } from './draws.ts';
import { measuredCells, sumsOf } from './figures.ts';
import type { Histogram } from './histogram.ts';
import { marginals, type Marginal } from './marginal.ts';

const LEVEL = 0.95;

/** The noise on each cell: a whole number k with probability proportional to exp(-|k| / scale). */
export interface CellNoise {
  readonly scale: number;
  readonly noiseMultiplier: number;
}

/** Laplace noise such that one unit, which moves the counts by `maxRows` at most in sum, costs epsilon. */
export function noiseFor({ epsilon, maxRows }: PrivateReviewOptions): CellNoise {
  // Rounded up, so that 1 / noiseMultiplier is never above epsilon.
  const noiseMultiplier = (1 / epsilon) * (1 + 2 ** -50);
  return { noiseMultiplier, scale: noiseMultiplier * maxRows };
}

/** Deviation of that noise (Canonne, Kamath and Steinke 2020, section 5: 2 q / (1 - q)^2). */
export function deviationOf({ scale }: CellNoise): number {
  return Math.SQRT1_2 / Math.sinh(1 / (2 * scale));
}

/**
 * A review of which every figure, interval and verdict is computed from one histogram of noisy counts (finest
 * groups x label x cells of the score) and nothing else: post-processing of one release. Intervals hold
 * the noise. There is no loss, and no comparison with lots. Throws REFERENCE_UNKNOWN.
 */
export function privateReview(
  histogram: Histogram,
  asked: ReviewResult['asked'],
  options: ReviewOptions,
  privately: PrivateReviewOptions,
): ReviewResult {
  const { layout, counts } = histogram;
  const noise = noiseFor(privately);
  const deviation = deviationOf(noise);
  const all = marginals(histogram, options.cross);
  const groupings = all.slice(1).map(({ grouping }) => grouping);
  checkReferences(groupings, options.reference);
  const measured = all.map((marginal) => measuredOf(marginal, histogram, deviation));
  const random = new Seeded(options.seed);
  const { draws, seed } = options;
  const made = all.map((marginal) =>
    cellDraws(marginal, layout.slices, layout.isScored, { scale: noise.scale, draws, random }),
  );
  const overall = measured[0]![0]!;
  const whole = (count: number): number => Math.max(0, Math.round(count));
  const [withoutLabel, abstained] = [counts[layout.cells - 2]!, counts[layout.cells - 1]!].map(
    whole,
  );
  const review = assembledReview({
    ...{ groupings, overall, measured: measured.slice(1), options, asked },
    drawn: {
      of: measured.map((groups, i) => ({
        measured: groups,
        certainty: ofPersons(groups, made[i]!),
        scores: made[i]!.scores,
        made: made[i]!,
        // Groups told by lot would have no noise of their own.
        lots: null,
      })),
      randomness: { seed, draws, of: 'noisy-counts', persons: null },
    },
    curves: (refuse) => curvesFrom(all[0]!, made[0]!, overall, histogram, options, refuse),
    rows: {
      read: overall.n + withoutLabel! + abstained!,
      ...{ reviewed: overall.n, without_label: withoutLabel!, abstained: abstained! },
    },
  });
  return { ...review, privacy: privacyOf(histogram, options, privately, noise) };
}

function measuredOf(
  { cells, grouping, summed }: Marginal,
  { layout: { slices, isScored } }: Histogram,
  deviation: number,
): Measurement[] {
  const width = 2 * slices.all.length;
  const noise = deviation * Math.sqrt(summed);
  return grouping.names.map((_, group) =>
    measuredCells(sumsOf(cells, group * width, slices, isScored), slices, noise),
  );
}

function privacyOf(
  { layout }: Histogram,
  { person }: ReviewOptions,
  { epsilon, maxRows }: PrivateReviewOptions,
  noise: CellNoise,
): ReviewPrivacy {
  const { noiseMultiplier: noise_multiplier } = noise;
  return {
    ...{ epsilon, delta: 0, neighbours: 'add-remove' },
    phases: [{ mechanism: 'discrete_laplace', noise_multiplier, steps: 1 }],
    unit: person === undefined ? 'row' : 'person',
    ...{ max_rows: maxRows, cells: layout.cells, deviation: deviationOf(noise) },
    values: Object.fromEntries(layout.axes.map(({ column, names }) => [column, [...names]])),
  };
}

function curvesFrom(
  { cells }: Marginal,
  made: CellDraws,
  overall: Measurement,
  { layout: { slices, isScored } }: Histogram,
  { intervals, prediction, threshold, ...options }: ReviewOptions,
  refuse: (path: string, reason: 'undefined' | 'withheld') => void,
): ReviewCurves | undefined {
  if (!isScored || overall.cells === null) return undefined;
  const level = intervals ?? LEVEL;
  const reason = reasonOf('auc', overall.figures.auc, options);
  if (reason !== null) refuse('curves.roc', reason);
  const chosen = {
    threshold: prediction === undefined ? threshold : null,
    ...{ fpr: overall.figures.fpr.value ?? 0, tpr: overall.figures.tpr.value ?? 0 },
  };
  return {
    roc: reason === null ? { points: rocOf(cells, slices.all), chosen } : null,
    calibration: { level, bins: binsOf(overall.cells, made, level, options, refuse) },
  };
}

/** From nobody selected to all, a cell at a time; cells below 0 stand still. */
function rocOf(cells: Float64Array, all: readonly { readonly from: number }[]): RocPoint[] {
  const side = (truth: number): Float64Array =>
    Float64Array.from(all, (_, at) => Math.max(0, cells[truth * all.length + at]!));
  const sum = (of: Float64Array): number => of.reduce((total, count) => total + count, 0);
  const [zeros, ones] = [side(0), side(1)];
  const [negatives, positives] = [Math.max(1, sum(zeros)), Math.max(1, sum(ones))];
  const points: RocPoint[] = [{ threshold: null, fpr: 0, tpr: 0 }];
  let [fp, tp] = [0, 0];
  for (let at = all.length - 1; at >= 0; at--) {
    fp += zeros[at]!;
    tp += ones[at]!;
    const threshold = all[at]!.from;
    if (all[at - 1]?.from === threshold) continue;
    points.push({ threshold, fpr: fp / negatives, tpr: tp / positives });
  }
  return points;
}

function binsOf(
  { counts, scores }: NonNullable<Measurement['cells']>,
  { bins: drawn, draws }: CellDraws,
  level: number,
  rule: Pick<ReviewOptions, 'minDenominator' | 'exact'>,
  refuse: (path: string, reason: 'undefined' | 'withheld') => void,
): CalibrationBin[] {
  return Array.from({ length: CALIBRATION_BINS }, (_, bin): CalibrationBin => {
    const [zeros, ones] = [counts[2 * bin]!, counts[2 * bin + 1]!];
    const n = Math.max(0, Math.round(zeros + ones));
    const edges = { from: bin / CALIBRATION_BINS, to: (bin + 1) / CALIBRATION_BINS, n };
    const observed = n === 0 ? null : Math.max(0, Math.min(1, ones / n));
    const reason = reasonOf('base_rate', { value: observed, denominator: n }, rule);
    if (reason !== null) {
      refuse(`curves.calibration.${bin}`, reason);
      return { ...edges, mean_score: null, observed: null, interval: null };
    }
    const sum = scores[2 * bin]! + scores[2 * bin + 1]!;
    const of = Float64Array.from({ length: draws }, (__, draw) =>
      shareOf(drawn!, 2 * (draw * CALIBRATION_BINS + bin)),
    );
    return {
      ...edges,
      mean_score: Math.max(edges.from, Math.min(edges.to, sum / n)),
      observed,
      interval: mutable(percentiles(of, level)),
    };
  });
}

function shareOf(bins: Float64Array, at: number): number {
  const n = bins[at]! + bins[at + 1]!;
  return n > 0 ? Math.max(0, Math.min(1, bins[at + 1]! / n)) : NaN;
}

function mutable(interval: Interval | null): [number, number] | null {
  return interval && [interval[0], interval[1]];
}
