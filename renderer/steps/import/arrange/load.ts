import { ARRANGED } from '../../../../main/contract/arranged.ts';
import type { Arrangement } from '../../../../main/contract/arrangement.ts';
import type { ArrangementAnswers } from '../../../../main/contract/arrangement-draft.ts';
import type { Draft } from '../../../drafts.svelte.ts';
import type { StudyView } from '../../../place.ts';
import type { Session } from '../../../session.svelte.ts';
import { noArrangement, typedOf } from './answers.ts';

/**
 * The answers as they were left: what was chosen, and over it what was typed on a page that was
 * left before Continue. Older versions kept these answers with those of the training.
 */
export async function loadAnswers(
  session: Session,
  { id: study }: StudyView,
  arrangement: Arrangement,
): Promise<Draft<ArrangementAnswers>> {
  const empty = { ...noArrangement(), ...(await olderAnswers(session, study)) };
  const draft = await session.draft<ArrangementAnswers>(study, 'arrangement').load(empty);
  // What an older version kept lacks the questions that came later.
  Object.assign(draft.answers, { ...empty, ...draft.answers });
  const typed = typedOf(arrangement);
  for (const part of ARRANGED) {
    if (draft.answers.pending !== part) Object.assign(draft.answers, typed[part]);
  }
  return draft;
}

async function olderAnswers(session: Session, study: string): Promise<Partial<ArrangementAnswers>> {
  const kept = await session.client.draft.load({ study, step: 'train' });
  if (kept === null) return {};
  const names = new Set(Object.keys(noArrangement()));
  const all = Object.entries(JSON.parse(kept.answers) as object);
  return Object.fromEntries(all.filter(([name]) => names.has(name)));
}
