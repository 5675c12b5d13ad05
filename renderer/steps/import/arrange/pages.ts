import type { ArrangementAnswers } from '../../../../main/contract/arrangement-draft.ts';
import type { TrainColumn } from '../../../../main/contract/train-calls.ts';
import type { Draft } from '../../../drafts.svelte.ts';
import type { Problem } from '../../../problem.ts';
import type { Session } from '../../../session.svelte.ts';

/** What every page about how records are organised is given. */
export interface ArrangePageProps {
  session: Session;
  draft: Draft<ArrangementAnswers>;
  columns: readonly TrainColumn[];
  problems: readonly Problem[];
  back: () => void;
  onward: () => void | Promise<void>;
  /** The engine is looking at the answers. */
  busy: boolean;
}
