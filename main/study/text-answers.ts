import type { TextDecision, TextFilter } from '../contract/text-calls.ts';
import type { Context } from './context.ts';
import { startFindText } from './text-findings.ts';
import { decideText, openText, saveTexts, textOverview, undoText } from './text-review.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}
interface OfFindings {
  readonly study: string;
  readonly findings: string;
}

/** What of 'find personal data' is about free text, by the names of the contract. */
export const textAnswers = {
  find: (reference: Reference, context: Context) => startFindText(context, reference),
  texts: (reference: Reference, { vault }: Context) => textOverview(vault, reference),
  text: (
    input: OfFindings & {
      column: string;
      from: number;
      step: 'here' | 'next' | 'previous';
      filter: TextFilter;
    },
    { vault }: Context,
  ) => openText(vault, input),
  decide: (input: OfFindings & { decision: TextDecision }, { vault }: Context) =>
    decideText(vault, input),
  undo: (input: OfFindings, { vault }: Context) => undoText(vault, input),
  saveTexts: (input: OfFindings, { vault }: Context) => saveTexts(vault, input),
};
