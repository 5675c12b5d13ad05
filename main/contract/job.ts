import { z } from 'zod';
import { ERRORS, type ErrorCode } from './errors.ts';

export const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);
const errorValue = z.union([z.string().max(4096), z.number()]);

/** What crosses of an error: code, parameters and an incident number for faults of ours. */
export const errorReply = z.strictObject({
  code: errorCode,
  params: z.record(z.string().max(64), z.union([errorValue, z.array(errorValue).max(1000)])),
  incident: z.string().max(36).nullable(),
});
export type ErrorReply = z.infer<typeof errorReply>;

export const JOB_STATES = [
  'queued',
  'running',
  'paused',
  'done',
  'failed',
  'cancelled',
  'interrupted',
] as const;
export const jobState = z.enum(JOB_STATES);
export type JobState = z.infer<typeof jobState>;

export const jobKind = z.enum(['import', 'anonymise', 'train', 'review']);
export type JobKind = z.infer<typeof jobKind>;

export const jobProgress = z.strictObject({
  done: z.number().nonnegative(),
  total: z.number().nonnegative(),
  unit: z.enum(['bytes', 'rows', 'steps', 'nodes', 'parts']),
});
export type JobProgress = z.infer<typeof jobProgress>;

/** Between these it will probably end; estimated from how it went so far. */
export const secondsLeft = z.strictObject({
  from: z.number().nonnegative(),
  to: z.number().nonnegative(),
});
export type SecondsLeft = z.infer<typeof secondsLeft>;

/** A job as anybody sees it; `artefacts` are what it has made. */
export const jobView = z.strictObject({
  id: z.string(),
  kind: jobKind,
  study: z.string(),
  state: jobState,
  progress: jobProgress.nullable(),
  error: errorReply.nullable(),
  artefacts: z.array(z.string()),
  created: z.string(),
  /** When it began, the last time it did. */
  started: z.string().nullable(),
  /** Null where it does not run, or too little of it has run to tell. */
  seconds_left: secondsLeft.nullable(),
  ended: z.string().nullable(),
});
export type JobView = z.infer<typeof jobView>;

export const jobStarted = z.strictObject({ job: z.string() });
export const jobReference = z.strictObject({ job: z.string().max(64) });
