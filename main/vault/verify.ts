import { ConcordError } from '../contract/errors.ts';
import type { VaultCheck } from '../contract/vault.ts';
import type { Artefacts } from './artefacts.ts';
import type { VaultContext } from './context.ts';
import { compareLedger } from './ledger-replay.ts';

/** Reads everything and says what does not hold; the vault is not changed. */
export function verifyVault(
  context: VaultContext,
  artefacts: Artefacts,
  head?: string,
): VaultCheck {
  const database = checkPages(context);
  const journal = context.journal.verify(head);
  const ledger = compareLedger(context);
  const kept = artefacts.verify();
  const ok = database.ok && journal.ok && ledger.ok && kept.damaged.length === 0;
  const pages = Number(context.store.pragma('page_count'));
  return { ok, pages, database, journal, ledger, artefacts: kept };
}

/** SQLite reads every page in use; the cipher refuses each whose authentication code is wrong. */
function checkPages({ store }: VaultContext): VaultCheck['database'] {
  try {
    const rows = store.all<{ integrity_check: string }>('PRAGMA integrity_check');
    const keys = store.all('PRAGMA foreign_key_check');
    const fine = rows.length === 1 && rows[0]?.integrity_check === 'ok';
    const problems = (fine ? 0 : rows.length) + keys.length;
    return { ok: problems === 0, problems };
  } catch (error) {
    if (error instanceof ConcordError) return { ok: false, problems: 1 };
    throw error;
  }
}
