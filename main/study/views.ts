import type { z } from 'zod';
import type { artefactView, studyView } from '../contract/study.ts';
import type { ArtefactInfo, StudyInfo } from '../vault/index.ts';

/** What a person is shown of a study. */
export function viewOfStudy({ id, name, created }: StudyInfo): z.input<typeof studyView> {
  return { id, name, created };
}

/** What a person is shown of what a study holds. */
export function viewOfArtefact(info: ArtefactInfo): z.input<typeof artefactView> {
  const { id, kind, name, hash, bytes, parents, madeBy, created } = info;
  return { id, kind, name, hash, bytes, parents: [...parents], madeBy, created };
}
