import { z } from 'zod';
import { anonymiseOutcome, anonymisePlan } from './anonymise.ts';
import { call } from './call.ts';
import { jobStarted } from './job.ts';
import { LANGUAGES } from './language.ts';
import { reviewMargins, reviewResult } from './review.ts';
import { redactMode } from './text-calls.ts';
import { trainPlan, trainResult } from './train.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };
const columnName = z.string().min(1).max(4096);

/**
 * Step 3: protect records of a study; the hierarchies come as text, by column. A table of the
 * population that the plan names is the id of other records of the study.
 */
export const anonymise = {
  start: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({
      ...reference,
      plan: anonymisePlan,
      hierarchies: z.record(columnName, z.string().max(16 << 20)),
      remove: z.array(columnName).max(5000).default([]),
      /** Free text that is released with its findings taken out, and the language of the marks. */
      redact: z
        .strictObject({
          columns: z.record(columnName, redactMode),
          language: z.enum(LANGUAGES),
        })
        .optional(),
    }),
    output: jobStarted,
  }),
  result: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: anonymiseOutcome,
  }),
} as const;

/** A column of other records of the study that anyone may read, for a plan that pre-trains on such. */
export const publicText = z.strictObject({ artefact: z.string().max(64), column: columnName });
export type PublicText = z.output<typeof publicText>;

/** Step 4: train on source or protected records; the budget of the source records is reserved. */
export const train = {
  start: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, plan: trainPlan, publicText: publicText.optional() }),
    output: jobStarted,
  }),
  result: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: trainResult,
  }),
} as const;

/** Step 5: review a model of a study on the rows held out of its training. */
export const review = {
  start: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject({
      ...reference,
      groups: z.array(columnName).max(20),
      /** The value that is harmful to miss, of a model of several that names none. */
      positive: z.string().max(4096).optional(),
      margins: reviewMargins.optional(),
    }),
    output: jobStarted,
  }),
  result: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: reviewResult,
  }),
} as const;
