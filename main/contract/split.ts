import { z } from 'zod';

/*
 * Which records a model learns from and which judge it. Each form decides a record (with a unit of
 * persons: a person) alone, but for `stratify`, which looks at all of them and so is for training
 * without privacy only.
 */
const columnName = z.string().min(1).max(4096);
const share = z.number().gt(0).lt(1);

/** A calendar day, or a number for columns of numbers that grow with time, such as a year. */
const boundary = z.union([z.iso.date(), z.number()]);

/** `key`: 'study' draws under the key of the study (vault only); without it the seed alone does. */
const draw = {
  validation: share.optional(),
  seed: z.int().min(0).optional(),
  key: z.literal('study').optional(),
};

const leavesSome = ({ test, validation = 0 }: { test: number; validation?: number | undefined }) =>
  test + validation < 1;
const LEAVES_NOTHING = 'test and validation together must be below 1, or nothing is left to train';

const drawnSplit = z
  .strictObject({ test: share, ...draw, stratify: z.literal(false).optional() })
  .refine(leavesSome, LEAVES_NOTHING);

const stratifiedSplit = z
  .strictObject({ test: share.default(0.2), ...draw, stratify: z.literal(true) })
  .refine(leavesSome, LEAVES_NOTHING);

/** Train on what is earlier than the boundaries, test on what is later. */
const datedSplit = z
  .strictObject({
    date: columnName,
    test_from: boundary,
    validation_from: boundary.optional(),
  })
  .refine(
    ({ test_from: test, validation_from: validation }) =>
      validation === undefined || (typeof validation === typeof test && validation < test),
    'validation_from must be earlier than test_from, and written in the same way',
  );

/** A column that says 'train', 'validation' or 'test'; other records take no part. */
const namedSplit = z.strictObject({ column: columnName });

export const splitPlan = z.union([drawnSplit, stratifiedSplit, datedSplit, namedSplit]);
export type SplitPlan = z.output<typeof splitPlan>;
export type DrawnSplit = z.output<typeof drawnSplit> | z.output<typeof stratifiedSplit>;
export type DatedSplit = z.output<typeof datedSplit>;

export const SPLIT_PARTS = ['train', 'validation', 'test'] as const;
export type SplitPart = (typeof SPLIT_PARTS)[number];

export const SPLIT_FORMS = ['drawn', 'stratified', 'dated', 'named'] as const;
export type SplitForm = (typeof SPLIT_FORMS)[number];

const count = z.int().nonnegative();

/**
 * How the records of a trained model were split. Shares are those asked for. Counts are of records;
 * those that follow from the records trained on are null where the model is private (the published
 * count stands in its guarantee).
 */
export const splitStatement = z.strictObject({
  form: z.enum(SPLIT_FORMS),
  /** Of a draw. */
  shares: z.strictObject({ test: share, validation: share.nullable() }).nullable(),
  /** What the draw hangs on beside the records. */
  key: z.enum(['study', 'seed']).nullable(),
  /** The column of dates, or the one that names the parts. */
  column: z.string().nullable(),
  test_from: boundary.nullable(),
  validation_from: boundary.nullable(),
  unit: z.enum(['row', 'person']),
  unit_column: z.string().nullable(),
  max_rows: z.number().nullable(),
  rows: z.strictObject({
    train: count.nullable(),
    validation: count,
    test: count,
    /** In no part: without an entry, or of a person who stands in an earlier part. */
    neither: count.nullable(),
  }),
});
export type SplitStatement = z.output<typeof splitStatement>;
