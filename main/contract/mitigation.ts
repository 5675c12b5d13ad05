import { z } from 'zod';
import { call } from './call.ts';
import { jobStarted } from './job.ts';
import { groupColumn } from './group-column.ts';
import { CRITERIA, MITIGATIONS, USUAL_BOUND } from './mitigation-names.ts';

export * from './mitigation-names.ts';

const columnName = z.string().min(1).max(4096);
const bound = z.number().gt(0).lt(1).default(USUAL_BOUND);

/**
 * In the plan of `train`: what is done against gaps between the values of a column. Weights before
 * training; a bound on the gap within training; thresholds or calibrations for each group after it,
 * fitted to the validation part.
 */
export const mitigationPlan = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('reweighing'), groups: columnName }),
  z.strictObject({
    method: z.literal('constrained'),
    groups: columnName,
    criterion: z.enum(CRITERIA),
    /** Of the gap between groups, not of their distance to all together. */
    bound,
  }),
  z.strictObject({
    method: z.literal('thresholds'),
    groups: columnName,
    criterion: z.enum(CRITERIA),
  }),
  z.strictObject({ method: z.literal('calibration'), groups: columnName }),
]);
export type MitigationPlan = z.output<typeof mitigationPlan>;

const figure = z.number().nullable();
const interval = z.tuple([z.number(), z.number()]).nullable();
const withInterval = z.strictObject({ value: figure, interval });

/** Within a model: what differs by the value of a column. All other values have what is common. */
export const byGroup = z.strictObject({
  column: z.string(),
  groups: z
    .array(
      z.strictObject({
        value: z.string(),
        /** Of the score, in place of the common one. */
        threshold: z.number().optional(),
        /** What log-odds are multiplied with, and what is added to them. */
        calibration: z.strictObject({ slope: z.number().positive(), shift: z.number() }).optional(),
      }),
    )
    .max(1000),
});
export type ByGroup = z.output<typeof byGroup>;

/** How a mitigation fits the rows it was fitted to: nothing to judge by, but to be checked. */
export const mitigationFit = z.strictObject({
  method: z.enum(MITIGATIONS),
  groups: z.string(),
  criterion: z.enum(CRITERIA).optional(),
  /** What the gap between groups was to be at most. */
  bound: z.number().optional(),
  /** The gap of the fitted model; in private training by the counts that were paid for. */
  gap: figure.optional(),
  /** Of thresholds: what the best rule that decides by lot in part would reach. */
  lottery_gap: figure.optional(),
  /** Models that were trained on the way. */
  rounds: z.int().optional(),
  /** Groups of too few records or events: they keep what is common to all. */
  too_few: z.array(z.string()),
});
export type MitigationFit = z.output<typeof mitigationFit>;

/** A model on rows that nothing was fitted to. */
export const triedModel = z.strictObject({
  /** `none`: the model as it was. */
  method: z.enum(['none', ...MITIGATIONS]),
  /** The artefact it is kept as, outside a vault its hash; null where it could not be made. */
  model: z.string().nullable(),
  /** What it took from the privacy budget by itself; null: nothing. */
  paid: z.strictObject({ epsilon: z.number(), delta: z.number() }).nullable(),
  /** The code of the error it ended with. */
  refused: z.string().nullable(),
  fit: mitigationFit.nullable(),
  accuracy: withInterval,
  gaps: z.record(z.enum(CRITERIA), withInterval),
  groups: z.array(
    z.strictObject({
      name: z.string(),
      n: z.int(),
      accuracy: figure,
      selection_rate: figure,
      tpr: figure,
      fpr: figure,
      calibration_in_the_large: figure,
    }),
  ),
});
export type TriedModel = z.output<typeof triedModel>;

/** What was tried with a model, before and after; kept beside it (artefact kind `mitigation`). */
export const mitigationResult = z.strictObject({
  groups: z.string(),
  criterion: z.enum(CRITERIA),
  bound: z.number(),
  /** Records of the test part. */
  tested: z.int(),
  level: z.number(),
  /** The model learns from the column of the groups. */
  uses_groups: z.boolean(),
  /** The model as it was stands first. */
  tries: z.array(triedModel).min(1),
});
export type MitigationResult = z.output<typeof mitigationResult>;

/** The same in a report: of one of the models that were compared. */
export const mitigationTold = mitigationResult.extend({
  reported: z.enum(['none', ...MITIGATIONS]).optional(),
});

const reference = { study: z.string().max(64), artefact: z.string().max(64) };

export const mitigation = {
  /** What can be tried with a model, and what each try takes from the privacy budget. */
  choices: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject(reference),
    output: z.strictObject({
      columns: z.array(groupColumn),
      /** Left out of the list: it cannot be tried, because of the error of that code. */
      methods: z.array(
        z.strictObject({ method: z.enum(MITIGATIONS), refused: z.string().nullable() }),
      ),
      /** Of each try that trains anew; null: nothing is taken. */
      price: z.strictObject({ epsilon: z.number(), delta: z.number() }).nullable(),
      /** What is left of the budget. */
      available: z.strictObject({ epsilon: z.number(), delta: z.number() }).nullable(),
    }),
  }),
  /** Tries them one after another as a job; each that trains anew pays for itself. */
  start: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({
      ...reference,
      groups: columnName,
      methods: z.array(z.enum(MITIGATIONS)).min(1).max(MITIGATIONS.length),
      criterion: z.enum(CRITERIA),
      bound,
    }),
    output: jobStarted,
  }),
  /** Keeps one of the tried models as a model of the study, with the comparison beside it. */
  use: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, method: z.enum(MITIGATIONS) }),
    output: z.strictObject({ artefact: z.string() }),
  }),
  result: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: mitigationResult,
  }),
} as const;
