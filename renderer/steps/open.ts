import type { HomeStep, StudyOverview } from '../../main/contract/home.ts';
import type { LongWork, StudyView } from '../place.ts';
import type { Session } from '../session.svelte.ts';
import { openReview } from './review/open.ts';

export type OpenStep = (session: Session, study: StudyView, overview: StudyOverview) => void;

/**
 * How the study's page opens each step: at its first page, or at what it has made, or at its job.
 * A step that is not in the table is not on the page.
 */
export const openStep: { readonly [S in HomeStep]?: OpenStep } = {
  import: (session, study, { steps, sample }) => {
    const found = steps.find(({ step }) => step === 'import');
    const job = found?.job ?? null;
    const empty = (found?.artefact ?? null) === null;
    const work: LongWork =
      found?.work === 'repair' || found?.work === 'label'
        ? { kind: found.work, before: null }
        : { kind: 'import', name: null, sample: sample && empty };
    if (job !== null) session.go({ at: 'job', study, job, work });
    else if (empty) session.go({ at: 'choose-file', study });
    else session.go({ at: 'records', study });
  },
  identify: (session, study, { steps }) => {
    const job = steps.find(({ step }) => step === 'identify')?.job ?? null;
    if (job === null) session.go({ at: 'identify', study });
    else session.go({ at: 'job', study, job, work: { kind: 'identify' } });
  },
  anonymise: (session, study, { steps }) => {
    const found = steps.find(({ step }) => step === 'anonymise');
    const job = found?.job ?? null;
    const made = found?.state === 'done' ? found.artefact : null;
    if (job !== null) session.go({ at: 'job', study, job, work: { kind: 'anonymise' } });
    else if (made === null) session.go({ at: 'protect', study, page: { show: 'questions' } });
    else session.go({ at: 'protect', study, page: { show: 'result', artefact: made } });
  },
  train: (session, study, { steps }) => {
    const { job = null, artefact = null, state } = steps.find(({ step }) => step === 'train') ?? {};
    const made = state === 'done' ? artefact : null;
    if (job !== null) session.go({ at: 'job', study, job, work: { kind: 'train' } });
    else if (made === null) session.go({ at: 'train', study });
    else session.go({ at: 'train-result', study, artefact: made });
  },
  review: openReview,
};
