import { z } from 'zod';
import { REPAIR_KINDS } from './repair-kinds.ts';

/*
 * Repairs of records: named operations in a list. Each reads a cell by itself (or a row by itself),
 * so that one record more changes no other; only a median or mode looks at many, and that one is
 * learned where a model is trained, from its training part.
 */
const columnName = z.string().min(1).max(4096);
const value = z.string().max(4096);

/** What separates the digits of a number in writing. */
export const DECIMALS = ['point', 'comma'] as const;
export const THOUSANDS = ['none', 'comma', 'point', 'space', 'apostrophe'] as const;

/** How the numbers of a column are written; `unit` may stand before or behind, or be left out. */
export const numberForm = z
  .strictObject({
    decimal: z.enum(DECIMALS),
    thousands: z.enum(THOUSANDS),
    unit: z
      .string()
      .min(1)
      .max(20)
      .regex(/^[^\d\s.,'-]+( ?[^\d\s.,'-]+)*$/u)
      .nullable(),
  })
  .refine(({ decimal, thousands }) => decimal !== thousands, 'two signs that differ');
export type NumberForm = z.infer<typeof numberForm>;

/**
 * In which order a date is written. Years of two digits lie in the hundred years from the year that
 * is named; times with a zone are kept as the moment in UTC, or as the clock showed it. Excel counts
 * days from 1900 (Windows) or 1904 (older Macs).
 */
export const DATE_FORMS = [
  'year-first',
  'day-first',
  'month-first',
  'day-first-from-1930',
  'month-first-from-1930',
  'year-first-from-1930',
  'day-first-from-1969',
  'month-first-from-1969',
  'day-first-from-1900',
  'month-first-from-1900',
  'zone-to-utc',
  'zone-left-out',
  'excel-1900',
  'excel-1904',
] as const;
export type DateForm = (typeof DATE_FORMS)[number];

/** What becomes of cells that the form cannot read: missing, or the repair is refused. */
const others = z.enum(['missing', 'refuse']).default('refuse');

/** A number, or a date as yyyy-mm-dd for columns of dates. */
const bound = z.union([z.number(), z.string().max(40)]).nullable();

export const LEARNED_FILLS = ['median', 'mode'] as const;
export type LearnedFill = (typeof LEARNED_FILLS)[number];

export const repair = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trim'), column: columnName }),
  z.strictObject({
    kind: z.literal('mark-missing'),
    column: columnName,
    marks: z.array(value.min(1)).min(1).max(100),
  }),
  z.strictObject({
    kind: z.literal('merge'),
    column: columnName,
    groups: z
      .array(z.strictObject({ into: value.min(1), from: z.array(value).min(1).max(1000) }))
      .min(1)
      .max(1000),
  }),
  z.strictObject({
    kind: z.literal('parse-number'),
    column: columnName,
    form: numberForm,
    others,
  }),
  z.strictObject({
    kind: z.literal('parse-date'),
    column: columnName,
    form: z.enum(DATE_FORMS),
    others,
  }),
  z
    .strictObject({ kind: z.literal('clip'), column: columnName, lower: bound, upper: bound })
    .refine(({ lower, upper }) => lower !== null || upper !== null, 'at least one bound'),
  /** Numbers that are codes: each stays as it is written and is no amount any more. */
  z.strictObject({ kind: z.literal('to-category'), column: columnName }),
  z.strictObject({ kind: z.literal('drop-column'), column: columnName }),
  /** Leaves out the rows in which the column is missing. */
  z.strictObject({ kind: z.literal('drop-rows'), column: columnName }),
  /** Keeps the first of rows that agree in every column. */
  z.strictObject({ kind: z.literal('drop-duplicates') }),
  z.strictObject({
    kind: z.literal('fill'),
    column: columnName,
    with: z.union([z.strictObject({ constant: value.min(1) }), z.enum(LEARNED_FILLS)]),
  }),
]);
export type Repair = z.output<typeof repair>;
export type RepairInput = z.input<typeof repair>;

export const MOST_REPAIRS = 500;
export const repairList = z.array(repair).max(MOST_REPAIRS);

/** The plan of `repair`: done in this order. */
export const repairPlan = z.strictObject({ repairs: repairList });
export type RepairPlan = z.output<typeof repairPlan>;

const count = z.int().nonnegative();

/** What one repair does; the examples are cells of records and are for the person's eyes only. */
export const repairEffect = z.strictObject({
  kind: z.enum(REPAIR_KINDS),
  column: z.string().nullable(),
  /** Rows whose cell changes, or that are left out. */
  rows: count,
  /** Of these, rows whose cell becomes missing. */
  missing: count,
  /** Happens only when a model is trained; `rows` are those that will be filled. */
  later: z.boolean(),
});
export type RepairEffect = z.output<typeof repairEffect>;

/** Up to this many different changes are shown of one repair. */
export const MOST_EXAMPLES = 5;
const cell = z.string().max(4096);
export const repairExample = z.strictObject({
  /** From 1, in the records before the repair. */
  row: z.int().positive(),
  before: cell,
  /** Empty: missing. */
  after: cell,
});
export type RepairExample = z.output<typeof repairExample>;

export const repairPreview = z.strictObject({
  rows: z.strictObject({ before: count, after: count }),
  columns: z.strictObject({ before: count, after: count }),
  effects: z.array(repairEffect.extend({ examples: z.array(repairExample).max(MOST_EXAMPLES) })),
});
export type RepairPreview = z.output<typeof repairPreview>;

/** Values of a column from which those to be joined are chosen: so many, and none longer. */
export const MOST_CELLS = 60;
export const LONGEST_CELL = 200;

/** How a column of text is written, or a repaired one was: 'numbers with a decimal comma'. */
export const recognised = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('number'), form: numberForm }),
  z.strictObject({ is: z.literal('date'), form: z.enum(DATE_FORMS) }),
]);
export type Recognised = z.output<typeof recognised>;
