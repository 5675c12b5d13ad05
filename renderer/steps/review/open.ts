import type { StudyOverview } from '../../../main/contract/home.ts';
import type { ReviewPage, StudyView } from '../../place.ts';
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
  session.go({ at: 'review', study, model, page: pageOf(of('review')) });
}

function pageOf(review: StudyOverview['steps'][number] | undefined): ReviewPage {
  if (review === undefined) return { show: 'groups' };
  if (review.job !== null) return { show: 'job', job: review.job };
  return review.state === 'done' ? { show: 'result' } : { show: 'groups' };
}
