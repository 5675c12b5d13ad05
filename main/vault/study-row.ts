import { ConcordError } from '../contract/errors.ts';
import type { VaultContext } from './context.ts';

export interface StudyInfo {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  /** Since when it lies in the bin; null while it is in the list. */
  readonly removed: string | null;
}

/** Of the studies that were not erased; a condition may follow. */
export const STUDY_COLUMNS = 'SELECT id, name, created, removed FROM studies WHERE erased IS NULL';

/** @throws STUDY_UNKNOWN {study} */
export function requireStudy({ store }: Pick<VaultContext, 'store'>, id: string): StudyInfo {
  const study = store.get<StudyInfo>(`${STUDY_COLUMNS} AND id = ?`, id);
  if (study === undefined) throw new ConcordError('STUDY_UNKNOWN', { study: id });
  return study;
}
