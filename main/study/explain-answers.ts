import { certificateAnswers } from './certificate.ts';
import { checklistsOfRelease } from './checklists.ts';
import type { Context } from './context.ts';
import { explainWork, explanationOf } from './explanation.ts';
import { protectionOf } from './protection.ts';
import { protectionBefore, restoreBefore } from './restore.ts';

interface Reference {
  readonly study: string;
  /** The protected records. */
  readonly artefact: string;
}

/** What may be asked of a protection that was made, by the names of the contract. */
export const explainAnswers = {
  ...certificateAnswers,
  checklists: (reference: Reference, { vault }: Context) => ({
    checklists: checklistsOfRelease(vault, reference),
    smallest: protectionOf(vault, reference).kept.outcome.classes.smallest,
  }),
  explain: (reference: Reference, { vault, start }: Context) => ({
    job: start(explainWork(vault, reference)),
  }),
  explanation: (reference: Reference, { vault }: Context) => ({
    explanation: explanationOf(vault, reference),
  }),
  before: (reference: Reference, { vault }: Context) => ({
    artefact: protectionBefore(vault, reference),
  }),
  restore: (reference: Reference, { vault }: Context) => restoreBefore(vault, reference),
};
