import { z } from 'zod';
import { call } from './call.ts';
import { jobTrace, jobReference, jobView } from './job.ts';

/** Long work: one at a time, the others wait in a queue. */
export const job = {
  list: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject({}),
    output: z.strictObject({ jobs: z.array(jobView) }),
  }),
  get: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: jobReference,
    output: jobView,
  }),
  /** How it has gone so far, thinned; nothing but time, steps and price. */
  trace: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: jobReference,
    output: jobTrace,
  }),
  /** Asks a running job to stop at its next checkpoint; a waiting one is taken from the queue. */
  pause: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: jobReference,
    output: jobView,
  }),
  /** Lets a paused or interrupted job go on; nothing further is taken from the budget. */
  resume: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: jobReference,
    output: jobView,
  }),
  /**
   * Asks a running search to end with the best found so far, as soon as there is one; a job that
   * waits or has ended stays as it is.
   */
  keepBest: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: jobReference,
    output: jobView,
  }),
  cancel: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: jobReference,
    output: jobView,
  }),
} as const;
