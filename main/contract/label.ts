import { z } from 'zod';

/*
 * Labels given by hand or by rule. Both look at a row by itself, so that one record more or less
 * changes the label of no other.
 */
const columnName = z.string().trim().min(1).max(200);
const known = z.string().min(1).max(4096);
const count = z.int().nonnegative();

/** A value of the label: a few words, in one line. */
export const labelValue = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]*$/u);

/** The keys 1 to 9 stand for the values. */
export const MOST_VALUES = 9;
export const labelValues = z
  .array(labelValue)
  .min(2)
  .max(MOST_VALUES)
  .refine((values) => new Set(values).size === values.length, 'values that differ');

/** The order in which records are shown: as in the file, or shuffled by a keyed hash of the row. */
export const LABEL_ORDERS = ['random', 'file'] as const;
export const labelOrder = z.enum(LABEL_ORDERS);
export type LabelOrder = z.infer<typeof labelOrder>;

/** Tests that compare a cell with a value; a missing cell passes none of them. */
export const VALUE_TESTS = [
  'equals',
  'differs',
  'above',
  'at-least',
  'below',
  'at-most',
  'contains',
  'lacks',
] as const;
export type ValueTest = (typeof VALUE_TESTS)[number];
export const MISSING_TESTS = ['missing', 'present'] as const;
export const LABEL_TESTS = [...VALUE_TESTS, ...MISSING_TESTS] as const;
export type LabelTest = (typeof LABEL_TESTS)[number];

export const labelCondition = z.discriminatedUnion('is', [
  z.strictObject({
    column: known,
    is: z.enum(VALUE_TESTS),
    value: z.union([z.string().min(1).max(4096), z.number(), z.boolean()]),
  }),
  z.strictObject({ column: known, is: z.enum(MISSING_TESTS) }),
]);
export type LabelCondition = z.output<typeof labelCondition>;

export const labelRule = z.strictObject({
  value: labelValue,
  /** Whether all conditions must hold, or one of them suffices. */
  when: z.enum(['all', 'any']).default('all'),
  conditions: z.array(labelCondition).min(1).max(20),
});
export type LabelRule = z.output<typeof labelRule>;

export const MOST_RULES = 50;

/**
 * How a label comes about: labels given by hand first, then the first rule that fits. With neither
 * nothing gets a label, which is refused when it is made.
 */
export const labelPlan = z.strictObject({
  /** The name of the new column. */
  column: columnName,
  /** Takes the labels that people have given by hand to these records. */
  hand: z.boolean().default(false),
  rules: z.array(labelRule).max(MOST_RULES).default([]),
  /** The label of records that no rule fits; null: none. */
  otherwise: labelValue.nullable().default(null),
  /** Records without a label: kept with an empty cell, or left out. */
  unlabelled: z.enum(['keep', 'leave-out']).default('keep'),
});
export type LabelPlan = z.output<typeof labelPlan>;
export type LabelPlanInput = z.input<typeof labelPlan>;

/** The plan of `label`, where no person gives labels by hand. */
export const labelRules = z.strictObject({
  column: columnName,
  rules: z.array(labelRule).min(1).max(MOST_RULES),
  otherwise: labelValue.nullable().default(null),
  unlabelled: z.enum(['keep', 'leave-out']).default('keep'),
});

/** What labelling does, in records. */
export const labelEffect = z.strictObject({
  rows: z.strictObject({ before: count, after: count }),
  values: z.array(
    z.strictObject({ value: z.string(), hand: count, rules: count, otherwise: count }),
  ),
  unlabelled: count,
  /** For each rule: the records that it fits, and those that it labels as the first that does. */
  rules: z.array(z.strictObject({ fits: count, labels: count })),
});
export type LabelEffect = z.output<typeof labelEffect>;

/** Up to this many records are shown of each value, and of those without. */
export const EXAMPLES_OF_EACH = 2;
const cell = z.string().max(4096);

/** A record for the person's eyes, with the cells that the rules look at. */
export const labelExample = z.strictObject({
  /** From 1, in the records before. */
  row: z.int().positive(),
  cells: z.array(cell).max(20),
  /** Empty: without a label. */
  label: cell,
  by: z.enum(['hand', 'rule', 'otherwise', 'nothing']),
  /** Which rule, from 1. */
  rule: z.int().positive().nullable(),
});
export type LabelExample = z.output<typeof labelExample>;

export const labelPreview = z.strictObject({
  effect: labelEffect,
  /** The columns whose cells the examples show: the first ones that the rules look at. */
  columns: z.array(z.string()).max(20),
  examples: z.array(labelExample).max(1000),
});
export type LabelPreview = z.output<typeof labelPreview>;

/** Who gave labels by hand that count, how many, and from when to when. */
export const labeller = z.strictObject({
  name: z.string(),
  labels: count,
  from: z.string(),
  to: z.string(),
});
export type Labeller = z.output<typeof labeller>;

/** What is kept beside labelled records, but for the labels themselves. */
export const labelsMade = z.strictObject({
  plan: labelPlan,
  effect: labelEffect,
  people: z.array(labeller),
});
export type LabelsMade = z.output<typeof labelsMade>;
