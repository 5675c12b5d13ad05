import { z } from 'zod';

/** What attacks on a model of one's own found: kept beside the model, and the answer of `audit`. */

const figure = z.number().nullable();
const interval = z.tuple([z.number(), z.number()]).nullable();

/** Why a figure is null, by its path in `reasons`. */
export const LEAK_REASONS = [
  /** Without the plan nobody knows which records the model learned from. */
  'no-plan',
  'not-private',
  /** Too few records to tell so rare a mistake apart, or too few in the group to show. */
  'too-few',
  /** Its training cannot be repeated: it needed public texts that are not kept. */
  'not-repeatable',
] as const;
export type LeakReason = (typeof LEAK_REASONS)[number];

/** What an attacker reaches who says of each record whether the model learned from it. */
const attackFigures = z.strictObject({
  /** 0.5 is guessing. */
  auc: figure,
  interval,
  /** Share of members found where at most 1 % (0.1 %) of the others are taken for members. */
  tpr_at_fpr_0_01: figure,
  tpr_at_fpr_0_001: figure,
});
export type AttackFigures = z.output<typeof attackFigures>;

const attackedRecords = { members: z.int(), others: z.int() };
const attackedGroup = attackFigures.extend(attackedRecords);
export type AttackedGroup = z.output<typeof attackedGroup>;

export const membershipAttack = z.strictObject({
  ...attackedRecords,
  /** Level of the intervals. */
  level: z.number(),
  /** Models trained for comparison, each on a random half of the records under attack. */
  references: z.int(),
  /** From the loss of the model alone. */
  loss: attackFigures,
  /** From its loss beside that of the models of comparison; null where there are none. */
  ratio: attackFigures.nullable(),
  /**
   * The same from the models of comparison alone, who do not know who is a member: 0.5 where members
   * and others differ by membership and nothing else.
   */
  control: attackFigures.pick({ auc: true, interval: true }).nullable(),
  /** Of the stronger attack (`ratio` where there is one), by group column and value. */
  groups: z.record(z.string(), z.record(z.string(), attackedGroup)),
});
export type MembershipAttack = z.output<typeof membershipAttack>;

/** Share of records of which an attacker guesses the value of a column right. */
const guesses = z.strictObject({
  records: z.int(),
  /** From all other columns alone, and with what the model answers as well. */
  without: z.number(),
  with: z.number(),
  gain: z.number(),
  interval: z.tuple([z.number(), z.number()]),
});
export type AttributeGuesses = z.output<typeof guesses>;

export const attributeAttack = z.strictObject({
  column: z.string(),
  level: z.number(),
  /** Values between which is chosen; of a number its quarters. */
  values: z.int(),
  /** Of records the model learned from, and of others. */
  members: guesses,
  others: guesses,
});
export type AttributeAttack = z.output<typeof attributeAttack>;

const canaries = z.strictObject({
  /** The promise: of the whole run, at this delta. */
  epsilon: z.number(),
  delta: z.number(),
  confidence: z.number(),
  count: z.number(),
  guessed: z.number(),
  correct: z.number(),
  /** The bound if every guess were right: no promise above this can be found broken. */
  largest_bound: z.number(),
});

const exposure = z.strictObject({
  /** Over the phrases, in bits; near `chance` where nothing of them was learnt. */
  mean: z.number(),
  largest: z.number(),
  chance: z.number(),
  most: z.number(),
});

/**
 * null: not measured, or nothing to measure, as `reasons` says by the path of the figure. All but the
 * canaries and the phrases are exact figures of records: they are not private, and stay inside.
 */
export const leakTestResult = z.strictObject({
  /** Of the stronger membership attack on all records. */
  auc: figure,
  tpr_at_fpr_0_01: figure,
  tpr_at_fpr_0_001: figure,
  membership: membershipAttack.optional(),
  attribute: attributeAttack.optional(),
  /**
   * Given with a plan: epsilon is at least this, at `confidence`, if training does what it says. Far
   * below the promise is as it should be; above it, training breaks its promise.
   */
  epsilon_lower_bound: figure.optional(),
  canaries: canaries.optional(),
  /**
   * Given with the plan of a model that was trained on text: how exposed made-up phrases are that a run
   * of the same training read once, among others that it never read; by their label and, after a
   * pre-training on the records, by their words.
   */
  exposure: z
    .strictObject({ phrases: z.number(), labels: exposure, words: exposure.optional() })
    .optional(),
  /** The lower bound is above the promise: training does not keep it, and nobody may sign. */
  blocks: z.boolean(),
  reasons: z.record(z.string(), z.enum(LEAK_REASONS)),
});
export type LeakTestResult = z.output<typeof leakTestResult>;
