import type { z } from 'zod';
import type { artefactView, studyView } from '../contract/study.ts';
import type { ArtefactInfo, StudyInfo } from '../vault/index.ts';
import type { Context } from './context.ts';
import { startImport } from './import.ts';
import { previewFile } from './preview.ts';

/** The steps' functions by the names of the contract; the engine checks that none is missing. */
export const studyAnswers = {
  study: {
    list: (_: unknown, { vault }: Context) => ({ studies: vault.studies.list().map(viewOfStudy) }),
    create: ({ name }: { name: string }, { vault }: Context) => {
      return viewOfStudy(vault.studies.create(name));
    },
    artefacts: ({ study }: { study: string }, { vault }: Context) => ({
      artefacts: vault.artefacts.list(vault.studies.get(study).id).map(viewOfArtefact),
    }),
  },
  import: {
    preview: ({ ticket }: { ticket: string }, context: Context) =>
      previewFile(context.file(ticket)),
    start: (
      input: { study: string; ticket: string; name: string; missing?: string[] | undefined },
      context: Context,
    ) => startImport(context, input),
  },
};

function viewOfStudy({ id, name, created }: StudyInfo): z.input<typeof studyView> {
  return { id, name, created };
}

function viewOfArtefact(info: ArtefactInfo): z.input<typeof artefactView> {
  const { id, kind, name, hash, bytes, parents, madeBy, created } = info;
  return { id, kind, name, hash, bytes, parents: [...parents], madeBy, created };
}
