import { z } from 'zod';

const columnName = z.string().min(1).max(1024);
const attribute = columnName;
const share = z.number().min(0).max(1);
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

/** A level of each quasi-identifier's hierarchy; 0 is the original value. */
const levels = z.record(columnName, z.number().int().min(0));

/**
 * The plan of `anonymise`. `seconds`: when the search ends with the best found so far; without it
 * a search 'fast' takes 10 seconds, and an optimal one takes what it needs. `startWith`: the
 * levels that an earlier search found, to go on from. `hierarchy` is a file name (command line) or a name the caller
 * resolves; the capability gets the text. Without `aggregate` each measure uses its usual one.
 */
export const anonymisePlan = z.strictObject({
  quasiIdentifiers: z
    .record(columnName, z.strictObject({ hierarchy: z.string().min(1).max(4096) }))
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
  seconds: z.number().gt(0).max(604_800).optional(),
  startWith: levels.optional(),
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

/**
 * How the search ended: with the optimum proved, stopped by a person, or when its time was up.
 * `least`: no levels score below it; null where the measure gives no number. `box`: the time it had, set
 * by the plan, or because the lattice is too large to prove the optimum as a matter of course.
 */
const searchOutcome = z.strictObject({
  ended: z.enum(['proved', 'stopped', 'time']),
  least: figure,
  box: z.strictObject({ by: z.enum(['plan', 'lattice']), seconds: z.number() }).nullable(),
});
export type SearchOutcome = z.infer<typeof searchOutcome>;

/** What was done and measured; `classes` and `risk` are of the remaining rows. */
export const anonymiseOutcome = z.strictObject({
  levels,
  rows: z.number().int(),
  suppressed: z.number().int().min(0),
  quality: z.strictObject({ measure: qualityMeasure, value: figure }),
  classes: classFigures,
  risk: reidentificationRisk,
  before: z.strictObject({ classes: classFigures, risk: reidentificationRisk }),
  nodesChecked: z.number().int(),
  latticeNodes: z.number(),
  /** Missing from results of older versions, which all proved the optimum. */
  search: searchOutcome.optional(),
  checked: z.literal(true),
  reasons: z.record(z.string(), z.enum(['undefined', 'withheld'])).optional(),
});
export type AnonymiseOutcome = z.infer<typeof anonymiseOutcome>;

/** The answer of the command line: the outcome and how long it took. */
export const anonymiseResult = anonymiseOutcome.extend({ milliseconds: z.number().min(0) });
export type AnonymiseResult = z.infer<typeof anonymiseResult>;
