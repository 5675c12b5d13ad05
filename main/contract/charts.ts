import { z } from 'zod';
import { THRESHOLDS } from './review-names.ts';

/**
 * What charts are drawn from: plain figures and the names the person gave. Sentences, ticks and
 * tables are made by main/paper in the language of the reader.
 */

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const title = z.string().max(20_000);

/** A number, or a day as yyyy-mm-dd. */
/** A date may have a time of day behind it, as its column has. */
const edge = z.union([z.number(), z.iso.date(), z.iso.datetime({ local: true })]);

export const MOST_BINS = 20;
export const MOST_VALUES = 12;

/** How the values of a column are spread; missing ones are not counted. */
export const histogramData = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bins'),
    /**
     * Bins of whole numbers or days hold both their edges. Else `to` belongs to the next bin, and
     * in the last bin to itself.
     */
    whole: z.boolean(),
    bins: z.array(z.strictObject({ from: edge, to: edge, count })).max(MOST_BINS),
  }),
  z.strictObject({
    kind: z.literal('values'),
    /** The most frequent first. */
    values: z.array(z.strictObject({ value: z.string(), count })).max(MOST_VALUES),
    /** All other values: how many there are, and how many records have one of them. */
    others: z.strictObject({ values: count, count }),
  }),
]);
export type HistogramData = z.output<typeof histogramData>;

export const histogramChart = z.strictObject({
  kind: z.literal('histogram'),
  title,
  data: histogramData,
});
export type HistogramChart = z.output<typeof histogramChart>;

/** Shares from 0 to 1 as dots with intervals, one row each; beside the dot the figure in words. */
export const dotsChart = z.strictObject({
  kind: z.literal('dots'),
  caption: z.string(),
  nameHead: z.string(),
  valueHead: z.string(),
  /** A line through all rows, and what it is. */
  line: z.strictObject({ at: z.number(), label: z.string() }).optional(),
  ticks: z.array(z.strictObject({ at: z.number(), text: z.string() })),
  rows: z.array(
    z.strictObject({
      name: z.string(),
      text: z.string(),
      at: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
});
export type DotsChart = z.output<typeof dotsChart>;

export const CALIBRATION_BINS = 10;

/** One of ten bins of equal width; the figures are null where n is 0 or too small to be shown. */
export const calibrationBin = z.strictObject({
  from: share,
  to: share,
  n: count,
  mean_score: share.nullable(),
  /** Share of the bin's records that are positive. */
  observed: share.nullable(),
  interval: z.tuple([share, share]).nullable(),
});
export type CalibrationBin = z.output<typeof calibrationBin>;

export const calibrationChart = z.strictObject({
  kind: z.literal('calibration'),
  title,
  /** Level of the intervals. */
  level: z.number().gt(0).lt(1),
  /** Without the n of bins that are not told to everyone. */
  bins: z.array(calibrationBin.extend({ n: count.nullable() })).length(CALIBRATION_BINS),
});
export type CalibrationChart = z.output<typeof calibrationChart>;

export const MOST_ROC_POINTS = 101;

/** Who is selected at that threshold; null: nobody (the first point), or no threshold was used. */
export const rocPoint = z.strictObject({ threshold: share.nullable(), fpr: share, tpr: share });
export type RocPoint = z.output<typeof rocPoint>;

export const rocChart = z.strictObject({
  kind: z.literal('roc'),
  title,
  auc: share.nullable(),
  /** From nobody selected to all. */
  points: z.array(rocPoint).min(2).max(MOST_ROC_POINTS),
  /** The decisions under review. */
  chosen: rocPoint,
});
export type RocChart = z.output<typeof rocChart>;

export const MOST_PR_POINTS = 101;

/** Who is selected at that threshold, and how many that are; null: no threshold was used. */
export const precisionPoint = z.strictObject({
  threshold: share.nullable(),
  recall: share,
  precision: share,
  selected: count,
});
export type PrecisionPoint = z.output<typeof precisionPoint>;

export const precisionChart = z.strictObject({
  kind: z.literal('precision-recall'),
  title,
  /** Mean of the precision over the recall; null where it is not shown. */
  average: share.nullable(),
  /** Share of positives: the precision of selecting by lot. */
  base: share,
  /** From few selected to all. */
  points: z.array(precisionPoint).min(1).max(MOST_PR_POINTS),
  /** The decisions under review; null where too few are selected. */
  chosen: precisionPoint.nullable(),
});
export type PrecisionChart = z.output<typeof precisionChart>;

/** Rates of one group by threshold; null: undefined, or over too few records. */
const rate = z.array(share.nullable()).length(THRESHOLDS);
export const thresholdRates = z.strictObject({
  selection_rate: rate,
  tpr: rate,
  fpr: rate,
  ppv: rate,
});
export type ThresholdRates = z.output<typeof thresholdRates>;

/** How far a training is. It never holds a loss: one that was not paid for must not be shown. */
export const trainingChart = z.strictObject({
  kind: z.literal('training'),
  title,
  steps: z.int().positive(),
  /** The epsilon the training may spend; null: trained without differential privacy. */
  epsilon: z.number().positive().nullable(),
  /** In the order of time. */
  points: z
    .array(
      z.strictObject({
        seconds: z.number().nonnegative(),
        steps: count,
        epsilon: z.number().nonnegative().nullable(),
      }),
    )
    .max(1000),
});
export type TrainingChart = z.output<typeof trainingChart>;

export const chart = z.discriminatedUnion('kind', [
  histogramChart,
  dotsChart,
  calibrationChart,
  rocChart,
  precisionChart,
  trainingChart,
]);
export type Chart = z.output<typeof chart>;
