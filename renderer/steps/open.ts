import type { HomeStep, StudyOverview } from '../../main/contract/home.ts';
import type { StudyView } from '../place.ts';
import type { Session } from '../session.svelte.ts';
import { openReview } from './review/open.ts';

export type OpenStep = (session: Session, study: StudyView, overview: StudyOverview) => void;

/**
 * How the study's page opens each step: at its first page, or at what it has made, or at its job.
 * A step that is not in the table is not on the page.
 */
export const openStep: { readonly [S in HomeStep]?: OpenStep } = {
  import: (session, study) => session.go({ at: 'choose-file', study }),
  review: openReview,
};
