import { z } from 'zod';
import { CALIBRATION_BINS, calibrationBin, MOST_ROC_POINTS, rocPoint } from './charts.ts';

/** Step 5: what may be asked of a review, and what it answers. */

const columnName = z.string().min(1).max(4096);
const value = z.string().max(4096);

/** The name in figures of people whose group column is empty; they are never left out. */
export const MISSING_GROUP = '(missing)';

/** Between the columns of a crossed attribute (`sex*race`) and the values of a crossed group. */
export const CROSSED_ATTRIBUTE = '*';
export const CROSSED_GROUP = ' & ';

export const reviewOptions = z
  .strictObject({
    /** The column of the truth. */
    label: columnName,
    /** Which of its values counts as positive; without it the label must be 0/1 or yes/no. */
    positive: value.optional(),
    /** A column of scores from 0 to 1 for the positive value. */
    score: columnName.optional(),
    /** A score of at least this is a positive decision (where no prediction column is given). */
    threshold: z.number().min(0).max(1).default(0.5),
    /** A column of decisions: 0/1, or the values of the label. */
    prediction: columnName.optional(),
    groups: z.array(columnName).max(20).default([]),
    /** Every pair of group columns as well, and all of them together. */
    cross: z.boolean().default(false),
    /** The group that others are compared with, by column; without it the largest. */
    reference: z.record(columnName, value).default({}),
    /** Level of the intervals; without it none are computed. */
    intervals: z.number().gt(0).lt(1).optional(),
    /** A figure over fewer records than this is withheld. */
    minDenominator: z.int().min(1).max(1_000_000).default(10),
    /** Shows what would be withheld. */
    exact: z.boolean().default(false),
  })
  .refine((options) => options.score !== undefined || options.prediction !== undefined, {
    error: 'a score column or a prediction column',
    path: ['score'],
  });
export type ReviewOptions = z.output<typeof reviewOptions>;
export type ReviewOptionsInput = z.input<typeof reviewOptions>;

/** Shares of records: each has a count above and a count below the line. */
export const RATES = [
  'base_rate',
  'selection_rate',
  'accuracy',
  'tpr',
  'fpr',
  'fnr',
  'tnr',
  'ppv',
  'npv',
] as const;
export type Rate = (typeof RATES)[number];

/** What needs a score and not only decisions. */
export const SCORE_FIGURES = ['auc', 'loss', 'brier', 'calibration_in_the_large', 'ece'] as const;
export type ScoreFigure = (typeof SCORE_FIGURES)[number];

export const COUNTS = ['tp', 'fp', 'tn', 'fn'] as const;
export type Count = (typeof COUNTS)[number];

/** `precision` and `recall` are other names of `ppv` and `tpr`. */
export const FIGURES = [...COUNTS, ...RATES, 'precision', 'recall', ...SCORE_FIGURES] as const;
export type Figure = (typeof FIGURES)[number];

/** Rates in which a group is set against the reference group. */
export const COMPARED = ['selection_rate', 'tpr', 'fpr', 'ppv'] as const;
export type Compared = (typeof COMPARED)[number];

export const GAPS = [
  'demographic_parity_difference',
  'demographic_parity_ratio',
  'equalized_odds_difference',
  'equalized_odds_ratio',
  'equal_opportunity_difference',
  'predictive_parity_difference',
] as const;
export type Gap = (typeof GAPS)[number];

/** null: undefined or withheld; `reasons` says which. Never 0 for either. */
const figure = z.number().nullable();
const figureOf = <K extends string>(names: readonly K[]) => z.record(z.enum(names), figure);
const interval = z.tuple([z.number(), z.number()]).nullable();
export type Interval = readonly [number, number];

const figures = Object.fromEntries(FIGURES.map((name) => [name, figure])) as {
  readonly [name in Figure]: typeof figure;
};
export const reviewFigures = z.strictObject({ n: z.int(), ...figures });
export type ReviewFigures = z.output<typeof reviewFigures>;

const byGroup = <T extends z.ZodType>(what: T) => z.record(z.string(), z.record(z.string(), what));
const figureIntervals = z.partialRecord(
  z.enum([...RATES, 'auc', 'brier', 'calibration_in_the_large']),
  interval,
);
export type FigureIntervals = z.output<typeof figureIntervals>;

const comparison = z.strictObject({
  /** Group minus reference, with Newcombe's interval. */
  difference: figure,
  difference_interval: interval.optional(),
  /** Group over reference, with Katz's interval. */
  ratio: figure,
  ratio_interval: interval.optional(),
});
export type Comparison = z.output<typeof comparison>;

const attributeComparison = z.strictObject({
  reference: z.string(),
  /** How the reference group was chosen. */
  chosen: z.enum(['given', 'largest']),
  groups: z.record(z.string(), z.record(z.enum(COMPARED), comparison)),
});
export type AttributeComparison = z.output<typeof attributeComparison>;

/** Which groups a gap was computed over, by the rate it compares. */
const gapGroups = z.record(
  z.enum(COMPARED),
  z.strictObject({
    shown: z.array(z.string()),
    withheld: z.array(z.string()),
    undefined: z.array(z.string()),
  }),
);
export type GapGroups = z.output<typeof gapGroups>;

export const figureReason = z.enum(['undefined', 'withheld']);
export type FigureReason = z.output<typeof figureReason>;

/** What charts of all records reviewed are drawn from; there are none without scores. */
const reviewCurves = z.strictObject({
  /** null: undefined or withheld, as `reasons` says under "curves.roc". */
  roc: z
    .strictObject({
      /** From nobody selected to all, evenly spaced along the curve. */
      points: z.array(rocPoint).min(2).max(MOST_ROC_POINTS),
      /** Where the decisions under review stand. */
      chosen: rocPoint,
    })
    .nullable(),
  /** A bin whose figures are null is named in `reasons`: "curves.calibration.9". */
  calibration: z.strictObject({
    level: z.number().gt(0).lt(1),
    bins: z.array(calibrationBin).length(CALIBRATION_BINS),
  }),
});
export type ReviewCurves = z.output<typeof reviewCurves>;

export const reviewResult = z.strictObject({
  overall: reviewFigures,
  groups: byGroup(reviewFigures),
  /** Worst case over the groups shown: largest minus smallest, or smallest over largest. */
  gaps: z.record(z.string(), figureOf(GAPS)),
  gap_groups: z.record(z.string(), gapGroups),
  comparisons: z.record(z.string(), attributeComparison),
  intervals: z
    .strictObject({
      level: z.number(),
      overall: figureIntervals,
      groups: byGroup(figureIntervals),
    })
    .optional(),
  /** Reviews kept by older versions have none. */
  curves: reviewCurves.optional(),
  /** Path of a null figure ("groups.race.Other.tpr") to why it is null. */
  reasons: z.record(z.string(), figureReason).optional(),
  rows: z.strictObject({
    read: z.int(),
    reviewed: z.int(),
    /** Left out: the truth is missing. */
    without_label: z.int(),
    /** Left out: the model gave no score or decision. */
    abstained: z.int(),
  }),
  asked: z.strictObject({
    label: z.string(),
    positive: z.string(),
    score: z.string().nullable(),
    prediction: z.string().nullable(),
    /** null: decisions come from the prediction column. */
    threshold: z.number().nullable(),
    min_denominator: z.int(),
    exact: z.boolean(),
  }),
});
export type ReviewResult = z.output<typeof reviewResult>;
