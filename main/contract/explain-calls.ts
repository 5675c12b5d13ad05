import { z } from 'zod';
import { call } from './call.ts';
import { checklist } from './checklist.ts';
import { explanation } from './explanation.ts';
import { jobStarted } from './job.ts';
import { LANGUAGES } from './language.ts';
import { paper } from './report.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };

/** The certificate of which protected records, in which language. */
export const certificateRequest = { ...reference, language: z.enum(LANGUAGES) };
const readers = ['steward', 'analyst', 'reviewer', 'auditor'] as const;
const editors = ['steward', 'analyst'] as const;

/** Step 3, explained: why the records became what they are, and what that is worth. */
export const explain = {
  /** The release held against laws and standards. */
  checklists: call({
    at: 'engine',
    who: readers,
    input: z.strictObject(reference),
    output: z.strictObject({
      checklists: z.array(checklist),
      /** Fewest records that look the same; null where none is left. */
      smallest: z.number().nullable(),
    }),
  }),
  /** The certificate as data, for the window to draw. */
  certificate: call({
    at: 'engine',
    who: readers,
    input: z.strictObject(certificateRequest),
    output: paper,
  }),
  /** Writes it as a web page to the chosen place; the journal keeps its hash. */
  saveCertificate: call({
    at: 'engine',
    who: readers,
    input: z.strictObject({ ...certificateRequest, ticket: z.string().max(64) }),
    output: z.strictObject({ name: z.string(), hash: z.string() }),
  }),
  /** It as a web page for printing; the journal keeps its hash before it is given away. */
  certificatePage: call({
    at: 'engine',
    who: readers,
    input: z.strictObject(certificateRequest),
    output: z.strictObject({ html: z.string(), hash: z.string() }),
  }),
  /** Works out the explanation in the background, or goes on with one that is not complete. */
  explain: call({
    at: 'engine',
    who: editors,
    input: z.strictObject(reference),
    output: jobStarted,
  }),
  /** As far as it has been worked out; null before the first time. */
  explanation: call({
    at: 'engine',
    who: readers,
    input: z.strictObject(reference),
    output: z.strictObject({ explanation: explanation.nullable() }),
  }),
  /** The protected records before these ones, from the same study; null where there are none. */
  before: call({
    at: 'engine',
    who: editors,
    input: z.strictObject(reference),
    output: z.strictObject({ artefact: z.string().nullable() }),
  }),
  /** Makes the protected records before these ones the newest again; answers with them. */
  restore: call({
    at: 'engine',
    who: editors,
    input: z.strictObject(reference),
    output: z.strictObject({ artefact: z.string() }),
  }),
} as const;
