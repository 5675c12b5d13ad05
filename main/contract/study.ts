import { z } from 'zod';
import { call } from './call.ts';

const KINDS = [
  'source-records',
  'profile',
  'protection-plan',
  'protected-records',
  'model',
  'scores',
  'review',
  'report',
] as const;
export const artefactKind = z.enum(KINDS);
export type ArtefactKind = z.infer<typeof artefactKind>;

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

export const study = {
  list: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject({}),
    output: z.strictObject({ studies: z.array(studyView) }),
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
} as const;
