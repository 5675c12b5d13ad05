import { z } from 'zod';
import { columnRole } from './identify.ts';

/** A column by whose values people may be told apart in a review. */
export const groupColumn = z.strictObject({
  name: z.string(),
  role: columnRole,
  /** How many different values it holds. */
  values: z.int().positive(),
  /** The field of the study proposes it. */
  field: z.boolean().optional(),
});
export type GroupColumn = z.output<typeof groupColumn>;
