import type { TrainAnswers } from '../../../main/contract/train-draft.ts';
import type { Draft } from '../../drafts.svelte.ts';
import type { Problem } from '../../problem.ts';
import type { Session } from '../../session.svelte.ts';

/** What every page of questions before a training is given. */
export interface PageProps {
  session: Session;
  draft: Draft<TrainAnswers>;
  problems: readonly Problem[];
  back: () => void;
  onward: () => void | Promise<void>;
}
