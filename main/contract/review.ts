import { z } from 'zod';
import {
  CALIBRATION_BINS,
  calibrationBin,
  MOST_PR_POINTS,
  MOST_ROC_POINTS,
  precisionPoint,
  rocPoint,
  thresholdRates,
} from './charts.ts';
import {
  figureReason,
  gapDraws,
  numberReview,
  reviewAppendix,
  reviewFindings,
  reviewMargins,
} from './review-findings.ts';
import { COMPARED, FIGURES, GAPS, RATES, type Figure } from './review-names.ts';
import { reviewPrivacy } from './review-privacy.ts';

export * from './review-findings.ts';
export * from './review-names.ts';

/** Step 5: what may be asked of a review, and what it answers. */

const columnName = z.string().min(1).max(4096);
const value = z.string().max(4096);

export const reviewOptions = z
  .strictObject({
    /** The column of the truth. */
    label: columnName,
    /** `number`: truth and prediction are numbers, and how far they lie apart is reviewed. */
    target: z.enum(['value', 'number']).default('value'),
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
    /** Rows with the same value here are of one person: intervals draw persons, not rows. */
    person: columnName.optional(),
    margins: reviewMargins.prefault({}),
    /** Which decision is the good one for the person (indices of benefit alone depend on it). */
    favourable: z.enum(['positive', 'negative']).default('positive'),
    /** How often counts are drawn anew for intervals without a formula, and the seed. */
    draws: z.int().min(200).max(100_000).default(2000),
    seed: z.int().min(0).max(4_294_967_295).default(1),
  })
  .refine((options) => options.score !== undefined || options.prediction !== undefined, {
    error: 'a score column or a prediction column',
    path: ['score'],
  })
  .refine(({ target, prediction }) => target === 'value' || prediction !== undefined, {
    error: 'a column of predicted numbers',
    path: ['prediction'],
  });
export type ReviewOptions = z.output<typeof reviewOptions>;
export type ReviewOptionsInput = z.input<typeof reviewOptions>;

/** null: undefined or withheld; `reasons` says which. Never 0 for either. */
const figure = z.number().nullable();
const figureOf = <K extends string>(names: readonly K[]) => z.record(z.enum(names), figure);
const interval = z.tuple([z.number(), z.number()]).nullable();

const figures = Object.fromEntries(FIGURES.map((name) => [name, figure])) as {
  readonly [name in Figure]: typeof figure;
};
export const reviewFigures = z.strictObject({
  n: z.int(),
  /** Truly positive records; withheld with `n` records too few. Older versions did not keep it. */
  events: figure.optional(),
  ...figures,
});
export type ReviewFigures = z.output<typeof reviewFigures>;

const byGroup = <T extends z.ZodType>(what: T) => z.record(z.string(), z.record(z.string(), what));
const figureIntervals = z.partialRecord(
  z.enum([...RATES, 'auc', 'brier', 'calibration_in_the_large', 'ece']),
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
  /** As `roc`; points of too few selected records are left out. Older versions did not keep it. */
  precision_recall: z
    .strictObject({
      /** Average precision: the sum of each rise of the recall times the precision there. */
      average: z.number(),
      base: z.number(),
      points: z.array(precisionPoint).min(1).max(MOST_PR_POINTS),
      /** null: too few are selected. */
      chosen: precisionPoint.nullable(),
    })
    .nullable()
    .optional(),
  /** What each group would get at every threshold; of crossed groups nothing. Stays inside. */
  thresholds: z
    .strictObject({ overall: thresholdRates, groups: byGroup(thresholdRates) })
    .optional(),
  /** A bin whose figures are null is named in `reasons`: "curves.calibration.9". */
  calibration: z.strictObject({
    level: z.number().gt(0).lt(1),
    bins: z.array(calibrationBin).length(CALIBRATION_BINS),
  }),
});
export type ReviewCurves = z.output<typeof reviewCurves>;

export const reviewResult = z.strictObject({
  /** Every figure below comes from one differentially private release. */
  privacy: reviewPrivacy.optional(),
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
  /** Reviews kept by older versions have none of what is optional here. */
  curves: reviewCurves.optional(),
  /** Of each gap: its interval, and what chance alone does to it. */
  gap_draws: z.record(z.string(), z.partialRecord(z.enum(GAPS), gapDraws)).optional(),
  findings: reviewFindings.optional(),
  appendix: reviewAppendix.optional(),
  /** Figures of a number; all others are undefined then. */
  numbers: numberReview.optional(),
  /** Paths of figures over fewer than 30 records that are shown. */
  uncertain: z.array(z.string()).optional(),
  /** What was drawn, and from which seed, so that it can be drawn again. */
  randomness: z
    .strictObject({
      seed: z.int(),
      draws: z.int(),
      /** Counts of each group, or its mean errors, anew; or persons with all their rows. */
      of: z.enum(['counts', 'means', 'persons', 'noisy-counts']),
      persons: z.int().nullable(),
    })
    .optional(),
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
    /** null: a number was reviewed. */
    positive: z.string().nullable(),
    score: z.string().nullable(),
    prediction: z.string().nullable(),
    /** null: decisions come from the prediction column. */
    threshold: z.number().nullable(),
    min_denominator: z.int(),
    exact: z.boolean(),
    person: z.string().nullable().optional(),
  }),
});
export type ReviewResult = z.output<typeof reviewResult>;
