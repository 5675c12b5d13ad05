import type { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';

/**
 * A plan by its schema.
 * @throws PLAN_INVALID naming the first place that does not fit, never the value found there.
 */
export function readPlan<S extends z.ZodType>(schema: S, plan: unknown): z.output<S> {
  const parsed = schema.safeParse(plan);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConcordError('PLAN_INVALID', {
    path: issue === undefined || issue.path.length === 0 ? 'plan' : issue.path.join('.'),
    expected: issue === undefined ? 'another form' : issue.message,
  });
}
