import { z } from 'zod';
import { COMPARED, MARGINS, NUMBER_FIGURES, REASON_CHARACTERS } from './review-names.ts';

/** What a review says beyond its figures: verdicts, draws, the appendix, figures of numbers. */

const figure = z.number().nullable();
const interval = z.tuple([z.number(), z.number()]).nullable();
export type Interval = readonly [number, number];

export const figureReason = z.enum(['undefined', 'withheld']);
export type FigureReason = z.output<typeof figureReason>;

/** How far groups may lie apart before it matters; set before the review is run. */
export const reviewMargins = z
  .strictObject({
    difference: z.number().gt(0).lt(1).default(MARGINS.difference),
    /** The smaller share over the larger one. */
    ratio: z.number().gt(0).lt(1).default(MARGINS.ratio),
    reason: z.string().trim().max(REASON_CHARACTERS).optional(),
  })
  .refine(
    ({ difference, ratio, reason = '' }) =>
      reason !== '' || (difference === MARGINS.difference && ratio === MARGINS.ratio),
    { error: 'a reason for margins other than 0.05 and 0.8', path: ['reason'] },
  );
export type ReviewMargins = z.output<typeof reviewMargins>;

/** Where a gap lies, and where it would lie if groups were told by lot. */
export const gapDraws = z.strictObject({
  interval,
  /** Middle and the level's far end of the gaps between lots; p: how often they reach this one. */
  chance: z.strictObject({ middle: z.number(), far: z.number(), p: z.number() }).nullable(),
});
export type GapDraws = z.output<typeof gapDraws>;

export const VERDICTS = ['beyond', 'within', 'undecided'] as const;
export type Verdict = (typeof VERDICTS)[number];

const statement = {
  attribute: z.string(),
  group: z.string(),
  reference: z.string(),
  rate: z.enum(COMPARED),
  /** Group minus reference, or group over reference. */
  measure: z.enum(['difference', 'ratio']),
};

const finding = z.strictObject({
  ...statement,
  value: z.number(),
  /** Holds together with those of all other statements. */
  interval: z.tuple([z.number(), z.number()]),
  /** That the two rates are equal; a ratio rests on the test of its difference and has none. */
  p: figure,
  holm: figure,
  bh: figure,
  verdict: z.enum(VERDICTS),
  /** About so many more records of the group would settle it; null: that alone would not, or settled. */
  more: z.int().nullable(),
});
export type Finding = z.output<typeof finding>;

const notEstimable = z.strictObject({ ...statement, reason: figureReason });
export type NotEstimable = z.output<typeof notEstimable>;

export const reviewFindings = z.strictObject({
  margins: z.strictObject({
    difference: z.number(),
    ratio: z.number(),
    reason: z.string().nullable(),
  }),
  /** Of all intervals together. */
  level: z.number(),
  /** Members of the family, those that cannot be estimated included. */
  tests: z.int(),
  statements: z.int(),
  found: z.array(finding),
  /** These count neither as within the margin nor as beyond it. */
  not_estimable: z.array(notEstimable),
});
export type ReviewFindings = z.output<typeof reviewFindings>;

const attributeAppendix = z.strictObject({
  /** Mean of the gaps of true and false positive rate, largest minus smallest, unsigned. */
  average_odds_gap: figure,
  /** Largest minus smallest calibration in the large. */
  calibration_gap: figure,
  calibration_gap_interval: interval.optional(),
  /** The part of the index that lies between the groups. */
  between_generalized_entropy: figure,
  between_theil: figure,
  /** Largest log ratio between two groups of smoothed shares of either decision. */
  differential_fairness: figure,
  /** Mean of the differences of true and false positive rate to the reference group. */
  average_odds: z.record(z.string(), z.strictObject({ signed: figure, absolute: figure })),
  /** Groups too small for the indices above. */
  left_out: z.array(z.string()),
});
export type AttributeAppendix = z.output<typeof attributeAppendix>;

export const reviewAppendix = z.strictObject({
  favourable: z.enum(['positive', 'negative']),
  /** Of the benefits of everybody; alpha 2, and alpha 1 (Theil). */
  generalized_entropy: figure,
  theil: figure,
  attributes: z.record(z.string(), attributeAppendix),
});
export type ReviewAppendix = z.output<typeof reviewAppendix>;

const numberFigures = z.record(z.enum(NUMBER_FIGURES), figure);
const numberIntervals = z.record(z.enum(NUMBER_FIGURES), interval);
const byGroup = <T extends z.ZodType>(what: T) => z.record(z.string(), z.record(z.string(), what));

/** null figures are named in `reasons` of the review: "numbers.groups.sex.Female.mae". */
export const numberReview = z.strictObject({
  overall: numberFigures,
  groups: byGroup(numberFigures),
  /** Largest minus smallest over the groups shown, unsigned. */
  gaps: z.record(z.string(), numberFigures),
  intervals: z
    .strictObject({
      level: z.number(),
      overall: numberIntervals,
      groups: byGroup(numberIntervals),
      gaps: z.record(z.string(), numberIntervals),
    })
    .optional(),
});
export type NumberReview = z.output<typeof numberReview>;
