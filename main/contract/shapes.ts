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

/** What one column adds, by its cell; see `shapesFound` for its unit. */
export const shape = z.strictObject({
  column: z.string(),
  parts: z.array(z.strictObject({ cells, effect: z.number(), deviation: z.number() })),
  /** Further values that matter less and are not listed. */
  others: z.int().nonnegative(),
});
export type Shape = z.output<typeof shape>;

/** What two columns add together, beyond what each of them does: by row and column of a grid. */
export const pairShape = z.strictObject({
  columns: z.tuple([z.string(), z.string()]),
  across: z.tuple([z.array(cells), z.array(cells)]),
  effects: z.array(z.array(z.number())),
  deviations: z.array(z.array(z.number())),
});
export type PairShape = z.output<typeof pairShape>;

/**
 * What a glass-box model is made of: the effects for one answer, or for each of several. `odds`: on
 * the logarithm of the odds of `answer`, of several values against the mean of all; `number`: in the
 * unit of the column `answer`.
 */
export const shapesFound = z.strictObject({
  scale: z.enum(['odds', 'number']),
  views: z.array(
    z.strictObject({
      answer: z.string(),
      shapes: z.array(shape),
      pairs: z.array(pairShape),
    }),
  ),
});
export type ShapesFound = z.output<typeof shapesFound>;
