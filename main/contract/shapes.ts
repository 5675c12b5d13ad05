import { z } from 'zod';

/** A number, or a day as yyyy-mm-dd. */
const edge = z.union([z.number(), z.iso.date()]);

/** Which cells a figure is for. `from` belongs to the range, `to` to the next one; null: open. */
const cells = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('range'), from: edge.nullable(), to: edge.nullable() }),
  z.strictObject({ of: z.literal('value'), value: z.string() }),
  z.strictObject({ of: z.literal('missing') }),
  /** Any value that is not listed. */
  z.strictObject({ of: z.literal('other') }),
]);
export type ShapeCells = z.output<typeof cells>;

/** What one column adds to the logarithm of the odds of the positive answer, by its cell. */
export const shape = z.strictObject({
  column: z.string(),
  parts: z.array(z.strictObject({ cells, effect: z.number(), deviation: z.number() })),
  /** Further values that matter less and are not listed. */
  others: z.int().nonnegative(),
});
export type Shape = z.output<typeof shape>;
