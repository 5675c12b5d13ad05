import type { LabelOrder, LabelPlan } from '../contract/label.ts';
import type { Vault } from '../vault/index.ts';
import type { Context } from './context.ts';
import { carryLabels } from './label-family.ts';
import { labelWork, takeBackWork, tryLabels } from './label.ts';
import {
  beginLabelling,
  forgetOpened,
  handLabelsOf,
  labelRecord,
  markLabel,
  openLabelling,
  undoLabel,
} from './labelling.ts';
import { labelsOf } from './labels-made.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

type Planned = Reference & { readonly plan: LabelPlan };

/** Labels by hand and by rule, by the names of the contract. */
export const labellingAnswers = {
  open: (reference: Reference, { vault }: Context) => openLabelling(vault, reference),
  begin: (
    input: Reference & { column: string; values: string[]; order: LabelOrder },
    { vault }: Context,
  ) => beginLabelling(vault, input),
  carry: (input: Reference & { from: string }, { vault }: Context) => carried(vault, input),
  record: (input: Reference & { at: number; find: 'here' | 'open' }, { vault }: Context) =>
    labelRecord(vault, input),
  mark: (input: Reference & { at: number; value: number | null }, { vault }: Context) =>
    markLabel(vault, input),
  undo: (reference: Reference, { vault }: Context) => undoLabel(vault, reference),
  preview: (input: Planned, { vault }: Context) => tryLabels(vault, input),
  make: (input: Planned, { vault, start }: Context) => ({ job: start(labelWork(vault, input)) }),
  made: (reference: Reference, { vault }: Context) => labelsOf(vault, reference),
  takeBack: (reference: Reference, { vault, start }: Context) => ({
    job: start(takeBackWork(vault, reference)),
  }),
};

function carried(vault: Vault, input: Reference & { from: string }) {
  const done = carryLabels(vault, input, handLabelsOf);
  forgetOpened(vault);
  return done;
}
