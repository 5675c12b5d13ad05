import type { TrainAnswers, TrainPage } from '../../../main/contract/train-draft.ts';
import { CallError } from '../../client.ts';
import type { StudyView } from '../../place.ts';
import type { Problem } from '../../problem.ts';
import type { Session } from '../../session.svelte.ts';
import { partsOf } from './answers.ts';

/** What only the engine can see of a page's answers: said where it is asked, long before anything is paid. */
export async function engineProblems(
  session: Session,
  study: StudyView,
  page: TrainPage,
  answers: TrainAnswers,
): Promise<readonly Problem[]> {
  const { artefact, label } = answers;
  if (artefact === null) return [];
  const of = { study: study.id, artefact };
  try {
    if (page === 'question') {
      const [yes, no] = [answers.yes.trim(), answers.no.trim()];
      await session.client.train.labels({ ...of, label, yes, no });
    }
    if (page === 'split') await session.client.train.parts({ ...of, plan: partsOf(answers) });
    return [];
  } catch (error) {
    return session.failed(error).map((found) => ({ ...found, field: fieldOf(page, error) }));
  }
}

function fieldOf(page: TrainPage, error: unknown): string | null {
  if (page === 'split') return 'split';
  if (!(error instanceof CallError)) return null;
  if (error.code === 'COLUMN_UNKNOWN') return 'label';
  if (error.code !== 'LABEL_VALUE_ABSENT') return null;
  return error.params['absent'] === 'no' ? 'no' : 'yes';
}
