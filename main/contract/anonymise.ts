import { z } from 'zod';

const columnName = z.string().min(1).max(1024);
const attribute = columnName;
const share = z.number().min(0).max(1);
const level = z.number().int().min(0).max(1000);
const atLeastTwo = z.number().int().min(2).max(1_000_000_000);

/**
 * A condition that every remaining equivalence class must meet. Types that the program cannot
 * test yet are part of the language and refused by name when the plan is run.
 */
export const privacyModel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('k-anonymity'), k: atLeastTwo }),
  z.strictObject({ type: z.literal('distinct-l-diversity'), attribute, l: atLeastTwo }),
  z.strictObject({ type: z.literal('entropy-l-diversity'), attribute, l: z.number().gt(1) }),
  z.strictObject({
    type: z.literal('entropy-l-diversity-grassberger'),
    attribute,
    l: z.number().gt(1),
  }),
  z.strictObject({
    type: z.literal('recursive-c-l-diversity'),
    attribute,
    c: z.number().gt(0),
    l: atLeastTwo,
  }),
  z.strictObject({ type: z.literal('t-closeness-equal'), attribute, t: share }),
  z.strictObject({ type: z.literal('t-closeness-ordered'), attribute, t: share }),
  z.strictObject({ type: z.literal('t-closeness-hierarchical'), attribute, t: share }),
  z.strictObject({ type: z.literal('beta-likeness'), attribute, beta: z.number().gt(0) }),
  z.strictObject({ type: z.literal('k-map'), k: atLeastTwo, population: z.number().int().gt(0) }),
  z.strictObject({ type: z.literal('average-risk'), threshold: share }),
]);
export type PrivacyModel = z.infer<typeof privacyModel>;
export type PrivacyModelType = PrivacyModel['type'];

export const qualityMeasure = z.enum([
  'loss',
  'nuentropy',
  'discernibility',
  'average-class-size',
  'precision',
]);
export type QualityMeasure = z.infer<typeof qualityMeasure>;

export const aggregate = z.enum(['GEOMETRIC_MEAN', 'ARITHMETIC_MEAN', 'SUM', 'MAXIMUM', 'NONE']);
export type Aggregate = z.infer<typeof aggregate>;

/**
 * The plan of `anonymise`. `hierarchy` is a file name (command line) or a name the caller
 * resolves; the capability gets the text. Without `aggregate` each measure uses its usual one.
 */
export const anonymisePlan = z.strictObject({
  quasiIdentifiers: z
    .record(
      columnName,
      z.strictObject({
        hierarchy: z.string().min(1).max(4096),
        /** The levels this column may end at; 0 is the value as it is. */
        least: level.optional(),
        most: level.optional(),
      }),
    )
    .refine((columns) => Object.keys(columns).length > 0, {
      error: 'at least one quasi-identifier',
    }),
  sensitive: z
    .record(columnName, z.strictObject({ hierarchy: z.string().min(1).max(4096).optional() }))
    .default({}),
  insensitive: z.array(columnName).default([]),
  models: z.array(privacyModel).min(1).max(50),
  suppressionLimit: share.default(0),
  metric: qualityMeasure.default('loss'),
  gsFactor: share.default(0.5),
  aggregate: aggregate.optional(),
  search: z.enum(['optimal', 'fast', 'local']).default('optimal'),
  localRecoding: z.strictObject({ recordsFraction: z.number().gt(0).max(1) }).optional(),
  suppressed: z.enum(['drop', 'blank']).default('drop'),
});
export type AnonymisePlan = z.infer<typeof anonymisePlan>;
/** The plan as a person writes it, before defaults are filled in. */
export type AnonymisePlanInput = z.input<typeof anonymisePlan>;

/** null where no class remains; `reasons` then says "undefined" for the path. */
const figure = z.number().nullable();

const reidentificationRisk = z.strictObject({
  prosecutor: z.strictObject({ highest: figure, average: figure }),
  journalist: z.strictObject({ highest: figure, average: figure }),
  marketer: figure,
});
export type ReidentificationRisk = z.infer<typeof reidentificationRisk>;

const classFigures = z.strictObject({
  count: z.number().int(),
  smallest: figure,
  largest: figure,
  average: figure,
});
export type ClassFigures = z.infer<typeof classFigures>;

/** What was done and measured; `classes` and `risk` are of the remaining rows. */
export const anonymiseOutcome = z.strictObject({
  levels: z.record(columnName, z.number().int().min(0)),
  rows: z.number().int(),
  suppressed: z.number().int().min(0),
  quality: z.strictObject({ measure: qualityMeasure, value: figure }),
  classes: classFigures,
  risk: reidentificationRisk,
  before: z.strictObject({ classes: classFigures, risk: reidentificationRisk }),
  nodesChecked: z.number().int(),
  latticeNodes: z.number(),
  checked: z.literal(true),
  reasons: z.record(z.string(), z.enum(['undefined', 'withheld'])).optional(),
});
export type AnonymiseOutcome = z.infer<typeof anonymiseOutcome>;

/** The answer of the command line: the outcome and how long it took. */
export const anonymiseResult = anonymiseOutcome.extend({ milliseconds: z.number().min(0) });
export type AnonymiseResult = z.infer<typeof anonymiseResult>;
