import type { ArtefactView, StudyView } from '../place.ts';
import type { Session } from '../session.svelte.ts';

/** The records that were added to a study last; null where there are none. */
export async function newestRecords(
  session: Session,
  study: StudyView,
): Promise<ArtefactView | null> {
  const { artefacts } = await session.client.study.artefacts({ study: study.id });
  return artefacts.findLast(({ kind }) => kind === 'source-records') ?? null;
}
