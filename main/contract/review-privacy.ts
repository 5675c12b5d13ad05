import { z } from 'zod';

/** A review as one differentially private release: what is asked for, and what it says of itself. */

/** People of a group column whose value is not among those named beforehand, or empty. */
export const OTHER_GROUP = '(other)';

/** Cells of equal width that scores are sorted into; the threshold of the decisions parts one more. */
export const PRIVATE_SCORE_CELLS = 20;

/** Finest groups x label x cells of score, at most: more of them are mostly noise. */
export const MOST_PRIVATE_CELLS = 200_000;

const value = z.string().min(1).max(4096);

export const privateReviewOptions = z.strictObject({
  epsilon: z.number().gt(0).max(100),
  /**
   * The values of each group column, by what everybody knows of it and not by a look at the records;
   * all others count as one group.
   */
  values: z.record(z.string().min(1).max(4096), z.array(value).min(1).max(1000)),
  /** With a column of persons: so many rows of each count, at most. */
  maxRows: z.int().min(1).max(10_000).default(1),
});
export type PrivateReviewOptions = z.output<typeof privateReviewOptions>;
export type PrivateReviewOptionsInput = z.input<typeof privateReviewOptions>;

/** What every figure of such a review rests on. */
export const reviewPrivacy = z.strictObject({
  epsilon: z.number(),
  delta: z.literal(0),
  /** As `concord epsilon` takes them. */
  phases: z.tuple([
    z.strictObject({
      mechanism: z.literal('discrete_laplace'),
      noise_multiplier: z.number(),
      steps: z.literal(1),
    }),
  ]),
  neighbours: z.literal('add-remove'),
  unit: z.enum(['row', 'person']),
  max_rows: z.int(),
  cells: z.int(),
  /** Of the noise on the count of each cell. */
  deviation: z.number(),
  values: z.record(z.string(), z.array(z.string())),
});
export type ReviewPrivacy = z.output<typeof reviewPrivacy>;
