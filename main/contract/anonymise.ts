import { z } from 'zod';
import { assessment } from './assessment.ts';

const columnName = z.string().min(1).max(1024);
const attribute = columnName;
const share = z.number().min(0).max(1);
const level = z.number().int().min(0).max(1000);
const atLeastTwo = z.number().int().min(2).max(1_000_000_000);

/** How many people of the population share a class is not known from a sample: it is estimated. */
export const cellEstimator = z.enum(['poisson', 'zero-truncated-poisson']);
export const uniquenessEstimator = z.enum(['dankar', 'pitman', 'zayatz', 'snb']);
export type UniquenessEstimator = z.infer<typeof uniquenessEstimator>;

/**
 * A condition that the remaining equivalence classes must meet: most of them each class, the last
 * four the remaining records as a whole.
 */
export const privacyModel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('k-anonymity'), k: atLeastTwo }),
  z.strictObject({
    type: z.literal('k-map'),
    k: atLeastTwo,
    population: z.number().int().gt(0).optional(),
    estimator: cellEstimator.optional(),
    significance: z.number().gt(0).lt(1).optional(),
  }),
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
  z.strictObject({ type: z.literal('enhanced-beta-likeness'), attribute, beta: z.number().gt(0) }),
  z.strictObject({ type: z.literal('delta-presence'), minimum: share, maximum: share }),
  z.strictObject({ type: z.literal('average-risk'), threshold: share }),
  z.strictObject({ type: z.literal('records-at-risk'), threshold: share, fraction: share }),
  z.strictObject({ type: z.literal('sample-uniqueness'), fraction: share }),
  z.strictObject({
    type: z.literal('population-uniqueness'),
    fraction: share,
    estimator: uniquenessEstimator.optional(),
  }),
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
 * Whom the records were drawn from: so many people, or the sampling fraction (records / people),
 * or a table of all of them with the quasi-identifiers' columns (a file name, or a name that the
 * caller resolves).
 */
export const population = z.union([
  z.strictObject({ size: z.number().int().gt(0) }),
  z.strictObject({ samplingFraction: z.number().gt(0).max(1) }),
  z.strictObject({ table: z.string().min(1).max(4096) }),
]);
export type Population = z.infer<typeof population>;

/**
 * Generalises what was suppressed again, as records of their own, until a round keeps nothing
 * more: each round keeps at least `recordsFraction` of all rows (or all that is left), or there
 * are at most so many `rounds`. Without `gsFactor` the plan's own is used.
 */
export const localRecoding = z.union([
  z.strictObject({ recordsFraction: z.number().gt(0).max(1), gsFactor: share.optional() }),
  z.strictObject({ rounds: z.number().int().min(1).max(1000), gsFactor: share.optional() }),
]);

/**
 * The plan of `anonymise`. `hierarchy` is a file name (command line) or a name the caller
 * resolves; the capability gets the text; only the search 'local' goes without. Without
 * `aggregate` each measure uses its usual one. `order`: the values of a sensitive column from
 * first to last. `riskThreshold`: a record is at risk when the chance to find it is above.
 * `seconds`: when the search over levels ends with the best found so far; without it a search
 * 'fast' takes 10 seconds, and an optimal one takes what it needs. `startWith`: the levels that an
 * earlier search found, to go on from.
 */
export const anonymisePlan = z.strictObject({
  quasiIdentifiers: z
    .record(
      columnName,
      z.strictObject({
        hierarchy: z.string().min(1).max(4096).optional(),
        /** The levels this column may end at; 0 is the value as it is. */
        least: level.optional(),
        most: level.optional(),
      }),
    )
    .refine((columns) => Object.keys(columns).length > 0, {
      error: 'at least one quasi-identifier',
    }),
  sensitive: z
    .record(
      columnName,
      z.strictObject({
        hierarchy: z.string().min(1).max(4096).optional(),
        order: z.array(z.string()).min(1).max(100_000).optional(),
      }),
    )
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
  partition: z.enum(['strict', 'relaxed']).optional(),
  localRecoding: localRecoding.optional(),
  population: population.optional(),
  riskThreshold: share.optional(),
  suppressed: z.enum(['drop', 'blank']).default('drop'),
});
export type AnonymisePlan = z.infer<typeof anonymisePlan>;
/** The plan as a person writes it, before defaults are filled in. */
export type AnonymisePlanInput = z.input<typeof anonymisePlan>;

/** null where no class remains; `reasons` then says "undefined" for the path. */
const figure = z.number().nullable();

/** Shares of the population; null where an estimator has no valid answer. */
const populationUniqueness = z.strictObject({
  people: z.number().int(),
  samplingFraction: z.number(),
  zayatz: z.number(),
  pitman: figure,
  snb: figure,
  dankar: z.number(),
  dankarModel: z.enum(['none', 'pitman', 'zayatz', 'snb']),
});

/**
 * `recordsAtRisk`: the share of records found with a chance above `threshold`. `basis`: what is
 * known of the population: nothing, so that the prosecutor's risk bounds the journalist's; its
 * size, from which the people of each class are estimated; or all of them. Results of older
 * versions lack the optional figures.
 */
const reidentificationRisk = z.strictObject({
  threshold: z.number().optional(),
  prosecutor: z.strictObject({
    highest: figure,
    average: figure,
    recordsAtRisk: figure.optional(),
  }),
  journalist: z.strictObject({
    highest: figure,
    average: figure,
    recordsAtRisk: figure.optional(),
    basis: z.enum(['sample', 'size', 'table']).optional(),
  }),
  marketer: figure,
  uniqueness: z
    .strictObject({
      records: z.number().int(),
      fraction: figure,
      population: populationUniqueness.nullable(),
    })
    .optional(),
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

/** A round of local recoding after the first, scored as records of its own. */
const recodingRound = z.strictObject({ levels, records: z.number().int(), score: figure });

/**
 * What was done and measured; `classes`, `risk` and `suppressed` are of the remaining rows. With
 * local recoding `levels` are those of the first round, `quality` is that of all rounds together.
 * The search 'local' has no levels but parts, each generalised to ranges of its own.
 */
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
  localRecoding: z
    .strictObject({
      suppressedBefore: z.number().int(),
      suppressedAfter: z.number().int(),
      firstScore: figure,
      steps: z.array(recodingRound),
    })
    .optional(),
  partition: z
    .strictObject({ kind: z.enum(['strict', 'relaxed']), parts: z.number().int() })
    .optional(),
  assessment: assessment.optional(),
  reasons: z.record(z.string(), z.enum(['undefined', 'withheld'])).optional(),
});
export type AnonymiseOutcome = z.infer<typeof anonymiseOutcome>;

/** The answer of the command line: the outcome and how long it took. */
export const anonymiseResult = anonymiseOutcome.extend({ milliseconds: z.number().min(0) });
export type AnonymiseResult = z.infer<typeof anonymiseResult>;
