import type { ArtefactView, StudyView } from '../place.ts';
import type { Session } from '../session.svelte.ts';

const KINDS: ReadonlySet<string> = new Set([
  'source-records',
  'repaired-records',
  'labelled-records',
]);

/** Whether it is records that were added to a study, or repaired or labelled ones. */
export function isRecords({ kind }: ArtefactView): boolean {
  return KINDS.has(kind);
}

/** The records that were added to a study, or last repaired or labelled; null where there are none. */
export async function newestRecords(
  session: Session,
  study: StudyView,
): Promise<ArtefactView | null> {
  const { artefacts } = await session.client.study.artefacts({ study: study.id });
  return artefacts.findLast(isRecords) ?? null;
}
