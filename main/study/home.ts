import type { DraftStep } from '../contract/home.ts';
import type { Language } from '../contract/language.ts';
import { studiesInBin } from './bin.ts';
import type { Context } from './context.ts';
import { loadDraft, saveDraft } from './drafts.ts';
import { studyOverview } from './overview.ts';
import { startSample } from './sample-study.ts';
import { fieldOf, fieldProposals, setField } from './templates.ts';
import { viewOfStudy } from './views.ts';

interface OfStudy {
  readonly study: string;
}

/** What belongs to a study as a whole: its steps, the bin, the sample. */
export const homeAnswers = {
  field: ({ study }: OfStudy, { vault }: Context) => fieldOf(vault, study),
  fields: () => ({ fields: fieldProposals() }),
  setField: (input: Parameters<typeof setField>[1], { vault }: Context) => setField(vault, input),
  overview: ({ study }: OfStudy, { vault }: Context) => studyOverview(vault, study),
  remove: ({ study }: OfStudy, { vault }: Context) => {
    vault.studies.remove(study);
    return {};
  },
  restore: ({ study }: OfStudy, { vault }: Context) => viewOfStudy(vault.studies.restore(study)),
  removed: (_: unknown, { vault }: Context) => ({ studies: studiesInBin(vault) }),
  erase: ({ studies }: { readonly studies: readonly string[] }, { vault }: Context) => {
    vault.studies.erase(studies);
    return {};
  },
  sample: (input: { language: Language }, context: Context) => {
    const { study, job } = startSample(context, input);
    return { study: viewOfStudy(study), job };
  },
};

export const draftAnswers = {
  save: (input: OfStudy & { step: DraftStep; answers: string }, { vault }: Context) =>
    saveDraft(vault, input),
  load: (input: OfStudy & { step: DraftStep }, { vault }: Context) => loadDraft(vault, input),
};
