import { z } from 'zod';
import { call } from './call.ts';
import { problem } from './import.ts';
import { jobStarted } from './job.ts';
import {
  LONGEST_CELL,
  MOST_CELLS,
  repair,
  repairEffect,
  repairList,
  repairPreview,
} from './repair.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };

/** Mending records: what is proposed, what it would do, and doing it. */
export const repairCalls = {
  /** What may be wrong with records, with repairs to choose from, and what was repaired before. */
  proposals: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: z.strictObject({
      problems: z.array(problem),
      /** The column chosen to be predicted, or named as the label by the roles; null before that. */
      label: z.string().nullable(),
      applied: z.array(repair),
    }),
  }),
  /** What repairs would do to records as they are, with examples for the person's eyes. */
  tryRepairs: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, repairs: repairList.min(1) }),
    output: repairPreview,
  }),
  /** The most frequent values of a column, to choose from; `more` others are not listed. */
  cells: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, column: z.string().min(1).max(4096) }),
    output: z.strictObject({
      cells: z
        .array(z.strictObject({ text: z.string().max(LONGEST_CELL), rows: z.int().positive() }))
        .max(MOST_CELLS),
      more: z.int().nonnegative(),
    }),
  }),
  /** Adds repairs to those made before; the result is repaired records. */
  repair: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, repairs: repairList.min(1) }),
    output: jobStarted,
  }),
  /** The records with all repairs but the last one. */
  undoRepair: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(reference),
    output: jobStarted,
  }),
  /** The repairs behind records, in order, with what each did; none of records as they came. */
  repairs: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: z.strictObject({
      repairs: z.array(z.strictObject({ repair, effect: repairEffect })),
    }),
  }),
} as const;
