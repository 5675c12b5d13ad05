import { z } from 'zod';
import { call } from './call.ts';
import { jobStarted } from './job.ts';
import { leakTestResult } from './leak-test.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };
const columnName = z.string().min(1).max(4096);

/** Attacks on a model of a study, as a job, and what the newest of them found. */
export const leakCalls = {
  leakTest: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject({
      ...reference,
      groups: z.array(columnName).max(20),
      /** A column whose values an attacker tries to guess. */
      sensitive: columnName.optional(),
    }),
    output: jobStarted,
  }),
  leakFound: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: z.strictObject({
      /** null: it was not attacked yet. */
      found: leakTestResult.nullable(),
      /** A leak test of the study that is under way. */
      job: z.string().nullable(),
    }),
  }),
} as const;
