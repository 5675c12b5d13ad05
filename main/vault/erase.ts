import { ConcordError } from '../contract/errors.ts';
import { requireSteward, type VaultContext } from './context.ts';
import { requireStudy } from './study-row.ts';

/**
 * What goes with a study, in an order that foreign keys allow. What the ledger knows of it stays:
 * the budget of its records was spent, whoever still has them.
 */
const BY_STUDY = [
  'DELETE FROM label_marks WHERE study = ?',
  'DELETE FROM label_sets WHERE study = ?',
  'DELETE FROM text_vector_chunks WHERE vectors IN (SELECT id FROM text_vectors WHERE study = ?)',
  'DELETE FROM text_vectors WHERE study = ?',
  'DELETE FROM drafts WHERE study = ?',
  'DELETE FROM checkpoints WHERE job IN (SELECT id FROM jobs WHERE study = ?)',
  'DELETE FROM jobs WHERE study = ?',
  'DELETE FROM early_chunks WHERE artefact IN (SELECT id FROM artefacts WHERE study = ?)',
  'DELETE FROM artefact_chunks WHERE artefact IN (SELECT id FROM artefacts WHERE study = ?)',
  'DELETE FROM notes WHERE artefact IN (SELECT id FROM artefacts WHERE study = ?)',
  'DELETE FROM lineage WHERE child IN (SELECT id FROM artefacts WHERE study = ?)',
  'DELETE FROM artefacts WHERE study = ?',
] as const;

/**
 * Erases studies that lie in the bin, all or none: their keys are thrown away, everything sealed
 * under them is overwritten in the file (`secure_delete`), and their names are free again. The row
 * of the study stays as a number that ledger and journal refer to. Copies elsewhere are not reached:
 * backups, and blocks that the file system or the disk has put aside.
 * @throws ROLE_REFUSED unless a steward asks; STUDY_UNKNOWN {study}; STUDY_NOT_REMOVED {study};
 * STUDY_BUSY {study} while work of it waits or runs
 */
export function eraseStudies(context: VaultContext, ids: readonly string[]): void {
  const { store, journal, person, now } = context;
  requireSteward(person);
  store.transaction(() => {
    for (const id of new Set(ids)) {
      requireErasable(context, id);
      const params = store.get<{ artefacts: number; bytes: number }>(
        'SELECT COUNT(*) AS artefacts, COALESCE(SUM(bytes), 0) AS bytes FROM artefacts WHERE study = ?',
        id,
      );
      for (const sql of BY_STUDY) store.run(sql, id);
      const sql =
        'UPDATE studies SET name = id, wrapped_key = NULL, template = NULL, harm = NULL, erased = ?';
      store.run(`${sql} WHERE id = ?`, now(), id);
      journal.append('study.erased', { ...params }, id);
    }
  });
  // Until it is emptied, the write-ahead log may hold pages from before.
  store.pragma('wal_checkpoint(TRUNCATE)');
}

function requireErasable(context: VaultContext, id: string): void {
  const { name, removed } = requireStudy(context, id);
  if (removed === null) throw new ConcordError('STUDY_NOT_REMOVED', { study: name });
  const sql = `SELECT COUNT(*) AS n FROM jobs WHERE study = ? AND state IN ('queued', 'running')`;
  const live = context.store.get<{ n: number }>(sql, id)?.n ?? 0;
  if (live > 0) throw new ConcordError('STUDY_BUSY', { study: name });
}
