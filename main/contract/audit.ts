import { z } from 'zod';

const figure = z.number().nullable();

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
  reasons: z.record(z.string(), z.enum(['not-measured', 'not-private'])),
});
export type AuditResult = z.output<typeof auditResult>;
