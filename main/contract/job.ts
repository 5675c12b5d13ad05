import { z } from 'zod';
import { qualityMeasure } from './anonymise.ts';
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

export const jobKind = z.enum([
  'import',
  'repair',
  'label',
  'identify',
  'anonymise',
  'explain',
  'train',
  'review',
  'reasons',
  'mitigation',
  'leak-test',
  'review-private',
]);
export type JobKind = z.infer<typeof jobKind>;

export const jobProgress = z.strictObject({
  done: z.number().nonnegative(),
  total: z.number().nonnegative(),
  unit: z.enum(['bytes', 'rows', 'texts', 'encoding', 'steps', 'nodes', 'parts', 'search']),
  /** Private training: what the steps charged so far cost by themselves; the ledger took it all. */
  epsilon: z.number().nonnegative().optional(),
  /** A search: the score of the best found so far, and what no other can be below. */
  best: z
    .strictObject({
      measure: qualityMeasure,
      score: z.number(),
      least: z.number(),
      suppressed: z.number().int().min(0),
      rows: z.number().int().min(0),
    })
    .optional(),
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

export const MOST_TRACE_POINTS = 120;

/** How far work was after so many seconds of working; time in which it rested does not count. */
export const tracePoint = z.strictObject({
  seconds: z.number().nonnegative(),
  done: z.number().nonnegative(),
  epsilon: z.number().nonnegative().nullable(),
});
export type TracePoint = z.infer<typeof tracePoint>;

/** How work has gone so far, and what it has taken from the ledger, if anything. */
export const jobTrace = z.strictObject({
  points: z.array(tracePoint).max(MOST_TRACE_POINTS),
  paid: z
    .strictObject({
      epsilon: z.number(),
      delta: z.number(),
      steps_charged: z.number().int(),
      steps_reserved: z.number().int(),
    })
    .nullable(),
});
export type JobTrace = z.infer<typeof jobTrace>;

export const jobStarted = z.strictObject({ job: z.string() });
export const jobReference = z.strictObject({ job: z.string().max(64) });
