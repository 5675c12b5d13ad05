import type { z } from 'zod';
import type { studyHome } from '../contract/home.ts';
import type { ArtefactInfo, Vault } from '../vault/index.ts';
import { viewOfStudy } from './views.ts';

/** What lies in the bin, the last removed first, with what would be lost by deleting it for good. */
export function studiesInBin(vault: Vault): z.input<typeof studyHome.removed.output>['studies'] {
  return vault.studies.removed().map((study) => {
    const held = vault.artefacts.list(study.id);
    const count = (fits: (kind: string) => boolean): number =>
      held.filter(({ kind }: ArtefactInfo) => fits(kind)).length;
    return {
      ...viewOfStudy(study),
      removed: study.removed,
      holds: {
        records: count((kind) => kind.endsWith('-records')),
        models: count((kind) => kind === 'model'),
        reviews: count((kind) => kind === 'review'),
        bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
      },
    };
  });
}
