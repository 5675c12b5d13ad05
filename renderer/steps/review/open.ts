import type { StudyOverview } from '../../../main/contract/home.ts';
import type { StudyView } from '../../place.ts';
import type { Session } from '../../session.svelte.ts';

/**
 * Opens the step Review with the newest model: at its review where there is one, at the work under
 * way, else at the choice of groups. Without a model there is nothing to open, and the study's
 * page says so.
 */
export function openReview(session: Session, study: StudyView, overview: StudyOverview): void {
  const of = (name: 'train' | 'review') => overview.steps.find(({ step }) => step === name);
  const model = of('train')?.artefact ?? null;
  if (model === null) return;
  const { job = null, state, work } = of('review') ?? {};
  const page = state === 'done' ? ({ show: 'result' } as const) : ({ show: 'groups' } as const);
  const kind = work === 'mitigation' ? work : 'review';
  if (job !== null) session.go({ at: 'job', study, job, work: { kind, model } });
  else session.go({ at: 'review', study, model, page });
}
