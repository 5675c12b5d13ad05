import { z } from 'zod';
import { call } from './call.ts';
import { certificateRequest } from './explain-calls.ts';
import { IDLE_MINUTES } from './idle.ts';
import { LANGUAGES } from './language.ts';
import { reportRequest } from './review-calls.ts';

const language = z.enum(LANGUAGES);
const nothing = z.strictObject({});

/** What a new file may be for; a ticket for one serves no other. */
export const SAVE_PURPOSES = ['protected-records', 'report-html', 'report-pdf'] as const;
export type SavePurpose = (typeof SAVE_PURPOSES)[number];

/** A name without a folder. */
const fileName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}/\\:*?"<>|]+$/u);

const idleMinutes = z.literal(IDLE_MINUTES);

const chosen = { ticket: z.string(), name: z.string(), bytes: z.number() };

/** Calls that the shell answers itself: they concern the program, not the records. */
export const app = {
  status: call({
    at: 'shell',
    who: 'anyone',
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      language,
      idleMinutes,
      engine: z.enum(['starting', 'ready']),
      runtime: z.strictObject({ electron: z.string(), supported: z.boolean() }),
      /** Not packaged: the page that shows every part can be reached. */
      development: z.boolean(),
    }),
  }),
  setLanguage: call({
    at: 'shell',
    who: 'anyone',
    input: z.strictObject({ language }),
    output: nothing,
  }),
  setIdle: call({
    at: 'shell',
    who: 'anyone',
    input: z.strictObject({ minutes: idleMinutes }),
    output: nothing,
  }),
  /** Somebody uses the window; said now and then, so that an unused one can lock itself. */
  active: call({ at: 'shell', who: 'anyone', input: nothing, output: nothing }),
  /**
   * Shows the system's dialog; null when the person cancelled. A ticket serves once; of several
   * files each has its own. `bytes` of a folder are 0: the engine looks into it.
   */
  chooseFile: call({
    at: 'shell',
    who: 'anyone',
    input: z.strictObject({
      purpose: z.enum(['records', 'hierarchy', 'encoder']),
      what: z.enum(['file', 'files', 'folder']).optional(),
    }),
    output: z
      .strictObject({
        ...chosen,
        /** The files chosen beside the first. */
        also: z.array(z.strictObject(chosen)).max(1000).optional(),
      })
      .nullable(),
  }),
  /** Shows the system's dialog for a new file; null when the person cancelled. */
  chooseSave: call({
    at: 'shell',
    who: 'anyone',
    input: z.strictObject({ purpose: z.enum(SAVE_PURPOSES), suggestedName: fileName }),
    output: z.strictObject({ ticket: z.string(), name: z.string() }).nullable(),
  }),
  /** Prints a report of a reviewed model to the chosen place, as A4 pages. */
  savePdf: call({
    at: 'shell',
    who: 'anyone',
    input: z.strictObject({ ...reportRequest, ticket: z.string().max(64) }),
    output: z.strictObject({ name: z.string(), hash: z.string() }),
  }),
  /** Prints the certificate of protected records likewise. */
  saveCertificatePdf: call({
    at: 'shell',
    who: 'anyone',
    input: z.strictObject({ ...certificateRequest, ticket: z.string().max(64) }),
    output: z.strictObject({ name: z.string(), hash: z.string() }),
  }),
} as const;
