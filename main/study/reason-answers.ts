import type { ReasonGiven } from '../contract/reasons.ts';
import type { Context } from './context.ts';
import { explainRow, keptReasons, reasonFields, reasonsWork } from './reasons.ts';

interface Reference {
  readonly study: string;
  /** A trained model. */
  readonly artefact: string;
}

/** What may be asked of the reasons of a model, by the names of the contract. */
export const reasonAnswers = {
  start: (reference: Reference, { vault, start }: Context) => ({
    job: start(reasonsWork(vault, reference)),
  }),
  result: (reference: Reference, { vault }: Context) => ({ found: keptReasons(vault, reference) }),
  fields: (reference: Reference, { vault }: Context) => reasonFields(vault, reference),
  explain: (input: Reference & { readonly given: ReasonGiven }, { vault }: Context) =>
    explainRow(vault, input),
};
