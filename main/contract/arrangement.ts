import { z } from 'zod';
import { call } from './call.ts';
import { SPLIT_PARTS, splitPlan } from './split.ts';
import { personUnit } from './train.ts';
import { trainColumn } from './train-calls.ts';

/*
 * How the records of a study are organised: what is predicted, who counts as one, and which records
 * train, validate and test. Chosen once, on the step Data, and kept with the records; training
 * starts from it.
 */
const reference = { study: z.string().max(64), artefact: z.string().max(64) };
const value = z.string().min(1).max(4096);

const column = z.string().min(1).max(4096);

/** What is predicted: one of two answers, one of several values, a number, or a tag for each word. */
export const labelChoice = z.union([
  /** How the two answers are written in that column. */
  z.strictObject({ column, yes: value, no: value }),
  z.strictObject({
    column,
    target: z.enum(['classes', 'ordered']),
    /** As they are written in that column; for `ordered` in their order, the lowest first. */
    values: z.array(value).min(3).max(20),
    /** The value that is harmful to miss; left out where none is. */
    positive: value.optional(),
  }),
  z.strictObject({
    column,
    target: z.literal('number'),
    /** What the number can be; left out: bought where training is private, else looked up. */
    bounds: z
      .tuple([z.number(), z.number()])
      .refine(([lower, upper]) => lower < upper)
      .optional(),
  }),
  z.strictObject({
    column,
    target: z.literal('tags'),
    /** The column whose cells hold the words, parted by spaces, as the tags are. */
    text: column,
    /** Tags as they are written, or the kinds of entity alone; the tag of no entity may be left out. */
    values: z.array(value).min(1).max(101),
  }),
]);
export type LabelChoice = z.output<typeof labelChoice>;

/** The unit of privacy: a row, or a person with at most so many rows. */
export const unitChoice = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('row') }),
  personUnit.extend({ of: z.literal('person') }),
]);
export type UnitChoice = z.output<typeof unitChoice>;

export const arrangement = z.strictObject({
  label: labelChoice.nullable(),
  unit: unitChoice.nullable(),
  split: splitPlan.nullable(),
});
export type Arrangement = z.output<typeof arrangement>;

/** One of the three choices. */
export const arrangementChoice = z.discriminatedUnion('choose', [
  z.strictObject({ choose: z.literal('label'), label: labelChoice }),
  z.strictObject({ choose: z.literal('unit'), unit: unitChoice }),
  z.strictObject({ choose: z.literal('split'), split: splitPlan }),
]);
export type ArrangementChoice = z.output<typeof arrangementChoice>;

const count = z.int().nonnegative();
const counts = z.record(z.enum([...SPLIT_PARTS, 'neither']), count);

/** How large the parts are; all counts rounded down to two figures. */
export const partSizes = z.strictObject({
  rows: counts,
  /** Different people in each part; null where each row stands for itself. */
  people: counts.nullable(),
});
export type PartSizes = z.output<typeof partSizes>;

const kept = {
  arrangement,
  /** Null until the split is chosen. */
  sizes: partSizes.nullable(),
};

export const arrangementCalls = {
  /**
   * What was chosen for records, or for the same records before or after repairs or protection; a
   * choice that does not fit these records (a column is gone) counts as not made. With the columns
   * to choose from.
   */
  arrangement: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: z.strictObject({ ...kept, columns: z.array(trainColumn) }),
  }),
  /**
   * Keeps one choice. A split that no longer fits another unit or label is let go, to be chosen
   * anew. Throws COLUMN_UNKNOWN, COLUMN_TWO_USES, LABEL_VALUE_ABSENT, and what splitting throws.
   */
  arrange: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, choice: arrangementChoice }),
    output: z.strictObject(kept),
  }),
} as const;
