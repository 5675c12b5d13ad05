import { z } from 'zod';
import { privacyModel } from './anonymise.ts';

const count = z.int().nonnegative();

/** Why records were left out, at the levels that were taken. */
export const leftOut = z.strictObject({
  rows: count,
  /** Records in groups that fail this condition; one group may fail several. */
  models: z.array(z.strictObject({ model: privacyModel, rows: count })),
  /** Of the records left out: how many would stay if this column were hidden completely. */
  columns: z.array(z.strictObject({ name: z.string(), stay: count })),
});
export type LeftOut = z.output<typeof leftOut>;

/** What it would mean to show a column one step more exactly, the others as they are. */
export const finer = z.strictObject({
  name: z.string(),
  level: count,
  /** Records that would then have to be left out; null where the column is exact already. */
  needed: count.nullable(),
});
export type Finer = z.output<typeof finer>;

/** The best result for one k and one limit. */
export const priceCell = z.strictObject({
  k: count,
  limit: z.number().min(0).max(1),
  /** `open`: not worked out yet. `impossible`: not even with every column hidden. */
  state: z.enum(['done', 'open', 'impossible']),
  suppressed: count.nullable(),
  /** Share of the detail of the quasi-identifiers that is lost, 0 to 1; see explain/detail.ts. */
  lost: z.number().min(0).max(1).nullable(),
});
export type PriceCell = z.output<typeof priceCell>;

/** What a protection is explained with. */
export const explanation = z.strictObject({
  rows: count,
  /** Records that might be left out. */
  allowed: count,
  /** null: a condition of the plan looks at more than single groups. */
  why: z.strictObject({ leftOut, columns: z.array(finer) }).nullable(),
  /** k and limit of the plan; k is null where it demands none. */
  chosen: z.strictObject({ k: count.nullable(), limit: z.number() }),
  price: z.array(priceCell),
});
export type Explanation = z.output<typeof explanation>;
