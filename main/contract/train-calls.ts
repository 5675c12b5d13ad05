import { z } from 'zod';
import { call } from './call.ts';
import { columnRole } from './identify.ts';
import { columnTypes } from './import.ts';
import { MISSING_MARKS } from './missing-marks.ts';
import { ACCOUNTANTS } from './privacy.ts';
import { shapesFound } from './shapes.ts';
import { privacyStatement, TARGETS, trainPlan, wantedStatistic } from './train.ts';
import { ledgerView, privacyAmount } from './vault.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };

/** How many different values a column holds, as far as a choice needs it. */
export const DISTINCT_CLASSES = ['0-1', '2', '3-20', 'more'] as const;
export type DistinctClass = (typeof DISTINCT_CLASSES)[number];

/**
 * Whether a column can tell people apart ('may'); for those that look like it (a patient's number,
 * say), whether each of its values stands in one record or some stand in several.
 */
export const PEOPLE_CLASSES = ['no', 'may', 'once', 'repeats'] as const;

/**
 * Whether a column says of records that they are for 'train', 'validation' or 'test': of none, or not
 * of both 'train' and 'test' ('no'), of all, or of some ('some': the others take no part).
 */
export const PARTS_CLASSES = ['no', 'some', 'all'] as const;

export const trainColumn = z.strictObject({
  name: z.string(),
  type: z.enum(columnTypes),
  role: columnRole,
  distinct: z.enum(DISTINCT_CLASSES),
  people: z.enum(PEOPLE_CLASSES),
  parts: z.enum(PARTS_CLASSES),
  /** Each cell has a tag for each word of that column's cell; null for a column that tags none. */
  tags: z.string().nullable(),
});
export type TrainColumn = z.output<typeof trainColumn>;

/** A plan whose delta may be left open: the ledger's rule then gives it. */
export const draftPlan = trainPlan.extend({
  privacy: z.strictObject({ epsilon: z.number(), delta: z.number().optional() }).nullable(),
});
export type DraftPlan = z.output<typeof draftPlan>;
export type DraftPlanInput = z.input<typeof draftPlan>;

/** What a private run would promise and cost; known before it begins. */
export const trainEstimate = z.strictObject({
  epsilon: z.number().nonnegative(),
  delta: z.number().gt(0).lt(1),
  /** The most certain an attacker can become, from one half. */
  certainty: z.number().min(0.5).max(1),
  accountant: z.enum(ACCOUNTANTS),
  noise_multiplier: z.number().positive(),
  steps: z.int().positive(),
  /** Where settings are searched for; noise and steps are then those of one trial. */
  search: privacyStatement.shape.search.unwrap().nullable(),
  /** Where the model is pre-trained on the records: what each of both phases would cost by itself. */
  pretraining: privacyStatement.shape.pretraining.unwrap().nullable(),
  /**
   * In how many of 100 cases fewer than without privacy public records were got right at this
   * epsilon and number: a rule of thumb, nothing of these records. Null where there is none.
   */
  rule_of_thumb: z.strictObject({ least: z.number(), most: z.number() }).nullable(),
  /** Units in the training part as published: rounded down to two figures. */
  public_count: z.int().positive(),
  /** What is bought of the training records first, and what all of it would cost by itself. */
  bought: z.array(wantedStatistic),
  statistics_epsilon: z.number().nonnegative(),
  /** Of the source records; of those with least left where there are several. */
  ledger: z.strictObject({
    budget: privacyAmount,
    reserved: privacyAmount,
    spent: privacyAmount,
    available: privacyAmount,
    /** With this run. */
    after: ledgerView.pick({ available: true, plain: true, filter: true }),
  }),
  fits: z.boolean(),
  /** An epsilon that a plan like this may ask for, the largest that is known; null where none is. */
  largest_that_fits: z.number().positive().nullable(),
});
export type TrainEstimate = z.output<typeof trainEstimate>;

/** A model of a study in a list: what it predicts, and what it may give away. */
export const trainedModelView = z.strictObject({
  artefact: z.string(),
  created: z.string(),
  /** The column it predicts. */
  label: z.string(),
  kind: z.string(),
  target: z.enum(TARGETS),
  /** Null: trained without privacy. */
  privacy: privacyAmount.nullable(),
  /** Share of right answers on the test part, and where it lies (95 %); null where unknown. */
  accuracy: z.number().nullable(),
  accuracy_interval: z.tuple([z.number(), z.number()]).nullable(),
});
export type TrainedModelView = z.output<typeof trainedModelView>;

/** What the pages before a training ask. */
export const trainQuestions = {
  /** The columns from which to choose what is predicted and from what. */
  columns: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(reference),
    output: z.strictObject({ columns: z.array(trainColumn) }),
  }),
  /** Every model of the study, the newest first. */
  models: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject({ study: reference.study }),
    output: z.strictObject({ models: z.array(trainedModelView) }),
  }),
  /** What each column adds to the answer of a glass-box model; null for other kinds. */
  shapes: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: z.strictObject({ found: shapesFound.nullable() }),
  }),
  /** Which of the well-known marks stand in the records; for training without privacy only. */
  marks: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(reference),
    output: z.strictObject({ marks: z.array(z.enum(MISSING_MARKS)) }),
  }),
  /** Checks a plan and says what it would cost; null for training without privacy. */
  estimate: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, plan: draftPlan }),
    output: z.strictObject({ privacy: trainEstimate.nullable() }),
  }),
} as const;
