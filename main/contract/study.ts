import { z } from 'zod';
import { call } from './call.ts';
import { ledgerReport } from './vault.ts';

export const studyName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}]*$/u);

export const studyView = z.strictObject({ id: z.string(), name: z.string(), created: z.string() });
export const artefactView = z.strictObject({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  hash: z.string(),
  bytes: z.number(),
  parents: z.array(z.string()),
  madeBy: z.string(),
  created: z.string(),
});

/** How far a study is: its steps that are done, and whether one of them needs attention. */
export const studyProgress = z.strictObject({
  done: z.int().nonnegative(),
  steps: z.int().positive(),
  attention: z.boolean(),
});
export type StudyProgress = z.infer<typeof studyProgress>;

export const study = {
  list: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject({}),
    output: z.strictObject({
      studies: z.array(studyView.extend({ progress: studyProgress })),
    }),
  }),
  create: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ name: studyName }),
    output: studyView,
  }),
  artefacts: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject({ study: z.string().max(64) }),
    output: z.strictObject({ artefacts: z.array(artefactView) }),
  }),
  /** The privacy ledger of the study's newest source records. */
  ledger: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject({ study: z.string().max(64) }),
    output: ledgerReport,
  }),
} as const;
