import { z } from 'zod';
import { call } from './call.ts';
import { fileProfile } from './import.ts';
import { jobStarted } from './job.ts';

const ticket = z.string().max(64);
const cell = z.string().max(4096);

/** Reading a chosen file: a look at its first rows, then the import into a study as a job. */
export const recordsCalls = {
  preview: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ticket }),
    output: z.strictObject({
      columns: z.array(z.strictObject({ name: cell, type: z.string() })),
      rows: z.array(z.array(cell)),
      encoding: z.string(),
      delimiter: z.string(),
      more: z.boolean(),
    }),
  }),
  start: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({
      study: z.string().max(64),
      ticket,
      name: z.string().min(1).max(255),
      missing: z.array(z.string().max(64)).max(50).optional(),
    }),
    output: jobStarted,
  }),
  /** The profile kept beside imported records. */
  profile: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject({ study: z.string().max(64), artefact: z.string().max(64) }),
    output: fileProfile,
  }),
} as const;
