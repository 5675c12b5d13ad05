import { z } from 'zod';
import { attended } from './model-text.ts';
import { shapesFound } from './shapes.ts';
import { MOST_LETTERS } from './text-kinds.ts';

/** Reasons: what moved one answer of a model, and what its answers rest on in all. */

/** More fields than this nobody reads, and sampling them takes long: the weakest are told as one. */
export const MOST_FIELDS = 30;

const name = z.string().max(4096);

/** What one column, or several taken together, did to one answer. */
export const fieldReason = z.strictObject({
  /** Several: the columns that move the answer least, as one. */
  columns: z.array(name).min(1),
  /** The cell of the record; null where it is missing, or several columns stand together. */
  cell: z.string().nullable(),
  /** In the unit of `scale`: above 0 where it speaks for the answer, or raises the number. */
  effect: z.number(),
  /** Standard error of a sampled effect; null where it is exact. */
  error: z.number().nonnegative().nullable(),
});
export type FieldReason = z.output<typeof fieldReason>;

/**
 * Shapley values of one answer (Shapley 1953; Lundberg and Lee 2017): the effects add up to `output`
 * less `background`.
 *
 * - `odds`: logarithm of the odds of the answer;
 * - `odds-of-all`: the same against the geometric mean of all values of the label;
 * - `number`: in the unit of the label.
 */
export const rowReasons = z.strictObject({
  answer: attended.shape.answer,
  scale: z.enum(['odds', 'odds-of-all', 'number']),
  method: z.enum(['exact', 'sampled', 'spans']),
  /** What the model says of the record, and of one of which nothing is known; null without fields. */
  output: z.number().nullable(),
  background: z.number().nullable(),
  /**
   * What a record of which nothing is known is made of: `stated`, what the model states of its columns;
   * `released`, how the training records were spread, as far as the model was told.
   */
  background_from: z.enum(['stated', 'released']).nullable(),
  /** The strongest first; none of a model that reads nothing but text. */
  fields: z.array(fieldReason).max(MOST_FIELDS),
  /** Orders drawn, each with its reverse, and the seed they are drawn again from. */
  sampling: z.strictObject({ pairs: z.int().positive(), seed: z.int() }).nullable(),
  /** The parts of its texts, of a model that reads any. */
  text: attended.nullable(),
});
export type RowReasons = z.output<typeof rowReasons>;

/** What importance is counted in: what is lost when a column is shuffled among the records. */
export const IMPORTANCE_MEASURES = ['auc', 'accuracy', 'mae'] as const;

const interval = z.tuple([z.number(), z.number()]).nullable();

/** Of the model as it is, and of what each column adds to it; null: undefined or withheld. */
const importances = z.strictObject({
  n: z.int().nonnegative(),
  /** The smaller of positives and negatives for an AUC, else the records. */
  support: z.int().nonnegative(),
  base: z.number().nullable(),
  /** In the order of `columns`. */
  columns: z.array(z.strictObject({ importance: z.number().nullable(), interval })),
});
export type Importances = z.output<typeof importances>;

/** What the answers of a model rest on, found on the records held out of its training. */
export const reasonsFound = z.strictObject({
  /** Hash and kind of the model. */
  model: z.string(),
  kind: z.string(),
  measure: z.enum(IMPORTANCE_MEASURES),
  /** The value whose AUC it is. */
  positive: z.string().nullable(),
  level: z.number().gt(0).lt(1),
  repeats: z.int().positive(),
  seed: z.int(),
  min_denominator: z.int().positive(),
  /** Rows used, and the persons behind them where one may have several. */
  rows: z.int().nonnegative(),
  persons: z.int().nonnegative().nullable(),
  /** The most important first; texts that are read together stand as one. */
  columns: z.array(z.strictObject({ columns: z.array(name).min(1) })),
  overall: importances,
  groups: z.array(
    z.strictObject({
      attribute: name,
      groups: z.array(importances.extend({ group: z.string() })),
    }),
  ),
  /** Of a glass-box model. What stands on 1 to 10 records of a model without guarantee is left out. */
  shapes: shapesFound.nullable(),
  /** Parts of shapes left out for that. */
  withheld_parts: z.int().nonnegative(),
});
export type ReasonsFound = z.output<typeof reasonsFound>;

/** A field of the form by which a record is typed in. */
export const reasonField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), column: name, lower: z.number(), upper: z.number() }),
  z.strictObject({ kind: z.literal('date'), column: name, lower: z.string(), upper: z.string() }),
  z.strictObject({ kind: z.literal('value'), column: name, values: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('text'), column: name }),
]);
export type ReasonField = z.output<typeof reasonField>;

/** Cells as they are typed, or a record of the test part, from 1 in the order of the records. */
export const reasonGiven = z.union([
  z.strictObject({
    cells: z.array(z.strictObject({ column: name, text: z.string().max(MOST_LETTERS) })).max(5000),
  }),
  z.strictObject({ tested: z.int().positive() }),
]);
export type ReasonGiven = z.output<typeof reasonGiven>;
