import { z } from 'zod';
import { call } from './call.ts';
import { fileProfile, importOptions, joinPlan } from './import.ts';
import { jobProgress, jobStarted } from './job.ts';
import { fileFormats, PASTED_CHARACTERS, quoteMarks } from './reading-options.ts';

const ticket = z.string().max(64);
const cell = z.string().max(4096);

/** What a person may set about how a file is read, beside what is found out from it. */
const reading = importOptions.pick({
  delimiter: true,
  encoding: true,
  quote: true,
  header: true,
  comment: true,
  sheet: true,
  fhir: true,
});

/** Chosen files, read one after the other, or pasted text; one of the two. */
const place = {
  ticket: ticket.optional(),
  also: z.array(ticket).max(1000).optional(),
  text: z.string().max(PASTED_CHARACTERS).optional(),
  reading: reading.optional(),
  /** A second file whose columns are added, and how it is read. */
  join: z.strictObject({ ticket, plan: joinPlan, reading: reading.optional() }).optional(),
};
/** A preview while it goes on, by a name that the window gives it. */
const look = z.string().min(1).max(64);

/** Reading chosen files: a look at the first rows, then the import into a study as a job. */
export const recordsCalls = {
  preview: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...place, look: look.optional() }),
    output: z.strictObject({
      columns: z.array(z.strictObject({ name: cell, type: z.string() })),
      rows: z.array(z.array(cell)),
      format: z.enum(fileFormats),
      /** null: the format leaves no choice. */
      encoding: z.string().nullable(),
      delimiter: z.string().nullable(),
      /** Absent: the usual one, or a format without. */
      quote: z.enum(quoteMarks).optional(),
      sheet: z.string().optional(),
      sheets: z.array(z.string()).max(1000).optional(),
      files: z.int().positive(),
      bytes: z.int().nonnegative(),
      more: z.boolean(),
      /** How the rows of the two files go together; `examples` are rows without a partner. */
      join: z
        .strictObject({
          /** null: the first rows do not tell. */
          relation: z.enum(['one-to-one', 'many-to-one']).nullable(),
          unmatched: z.int().nonnegative(),
          /** null: the first rows do not tell. */
          unused: z.int().nonnegative().nullable(),
          /** So many first rows of a large first file were looked at; null: all. */
          first: z.int().nonnegative().nullable(),
          examples: z.array(z.array(cell)),
        })
        .optional(),
    }),
  }),
  /** How far a preview has read; null before it begins and after it has ended. */
  lookProgress: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ look }),
    output: z.strictObject({ progress: jobProgress.nullable() }),
  }),
  /** Ends a preview, whose call then fails with CANCELLED; one that has ended stays as it is. */
  stopLook: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ look }),
    output: z.strictObject({}),
  }),
  start: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({
      study: z.string().max(64),
      ...place,
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
