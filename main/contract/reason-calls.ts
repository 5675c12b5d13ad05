import { z } from 'zod';
import { call } from './call.ts';
import { jobStarted } from './job.ts';
import { reasonField, reasonGiven, reasonsFound, rowReasons } from './reasons.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };

/** Step 5: what the answers of a model rest on. */
export const reasons = {
  /** Finds out in the background how much each column matters; groups are those of the review. */
  start: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject(reference),
    output: jobStarted,
  }),
  /** The newest that was found; null before. */
  result: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: z.strictObject({ found: reasonsFound.nullable() }),
  }),
  /** What is to be typed to have a record explained, and how many records are held out. */
  fields: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject(reference),
    output: z.strictObject({
      fields: z.array(reasonField),
      tested: z.int().nonnegative(),
    }),
  }),
  /** Why the model answers as it does for one record; nothing of it is kept. */
  explain: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, given: reasonGiven }),
    output: rowReasons,
  }),
} as const;
