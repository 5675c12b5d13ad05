import { z } from 'zod';

const figure = z.number().nullable();

const exposure = z.strictObject({
  /** Over the phrases, in bits; near `chance` where nothing of them was learnt. */
  mean: z.number(),
  largest: z.number(),
  chance: z.number(),
  most: z.number(),
});

/**
 * What attacks on a model of one's own found. null: not measured, or nothing to measure, as `reasons`
 * says by the name of the figure.
 */
export const auditResult = z.strictObject({
  /** Of telling members from others by what the model says of them. */
  auc: figure,
  tpr_at_fpr_0_01: figure,
  tpr_at_fpr_0_001: figure,
  /**
   * Given with a plan: epsilon is at least this, at `confidence`, if training does what it says. Far
   * below the promise is as it should be; above it, training breaks its promise.
   */
  epsilon_lower_bound: figure.optional(),
  canaries: z
    .strictObject({
      /** The promise: of the whole run, at this delta. */
      epsilon: z.number(),
      delta: z.number(),
      confidence: z.number(),
      count: z.number(),
      guessed: z.number(),
      correct: z.number(),
      /** The bound if every guess were right: no promise above this can be found broken. */
      largest_bound: z.number(),
    })
    .optional(),
  /**
   * Given with the plan of a model that was trained on text: how exposed made-up phrases are that a run
   * of the same training read once, among others that it never read; by their label and, after a
   * pre-training on the records, by their words.
   */
  exposure: z
    .strictObject({ phrases: z.number(), labels: exposure, words: exposure.optional() })
    .optional(),
  reasons: z.record(z.string(), z.enum(['not-measured', 'not-private'])),
});
export type AuditResult = z.output<typeof auditResult>;
