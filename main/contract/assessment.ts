import { z } from 'zod';
import { uniqueSet } from './identify.ts';

const figure = z.number().nullable();

/**
 * Which columns single people out: per column the distinct values over rows (distinction) and the
 * share of pairs of rows that differ in it (separation; Motwani, Xu 2007); and small sets of them.
 */
const singlingOut = z.strictObject({
  columns: z.record(z.string(), z.strictObject({ distinction: figure, separation: figure })),
  sets: z.array(uniqueSet),
});

/**
 * How far the distribution of a column moved: total variation (0 none, 1 all), and for numbers and
 * dates the earth mover's distance in shares of the range; null where it does not exist.
 */
const columnChange = z.strictObject({ totalVariation: figure, earthMover: figure });

/**
 * How strongly two columns go together, before and after: Cramer's V in 0..1, corrected for bias;
 * null where a column has one value only. Pairs that changed most come first; `meanChange` is the
 * mean of |after - before| over all pairs, a column that says nothing any more counting as 0.
 */
const association = z.strictObject({
  pairs: z.array(
    z.strictObject({ columns: z.tuple([z.string(), z.string()]), before: figure, after: figure }),
  ),
  meanChange: figure,
});

/**
 * An attacker who knows the quasi-identifiers of `people` rows of the original, released or not,
 * links each to the nearest released row (fewest cells that do not fit; one of equals by chance).
 * `success`: the expected share linked to their own row; `guess`: 1 / released rows;
 * `certain`: the share whose own row is the only nearest one.
 */
const linkage = z.strictObject({
  people: z.number().int(),
  success: figure,
  guess: figure,
  certain: figure,
});

/** A plain logistic model of `label`, trained and tested on the same rows before and after. */
const accuracy = z.strictObject({
  label: z.string(),
  rows: z.number().int(),
  original: figure,
  protected: figure,
  /** Always giving the more common answer. */
  usual: figure,
});

/** What protection cost and what it bought, in terms a user feels. */
export const assessment = z.strictObject({
  singlingOut: z.strictObject({ before: singlingOut, after: singlingOut }),
  change: z.record(z.string(), columnChange),
  association,
  linkage,
  /** null where no column of two values could be a label. */
  accuracy: accuracy.nullable(),
  /** Records that changes, associations and the attack were measured on, where not on all. */
  sampled: z.number().int().optional(),
});
export type Assessment = z.infer<typeof assessment>;
export type SinglingOut = z.infer<typeof singlingOut>;
export type ColumnChange = z.infer<typeof columnChange>;
export type Association = z.infer<typeof association>;
export type Linkage = z.infer<typeof linkage>;
export type Accuracy = z.infer<typeof accuracy>;
