import Database from 'better-sqlite3';
import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { APPLICATION_ID, LATEST, migrate } from './migrations/index.ts';
import { asConcordError, Store } from './store.ts';

/** How long a second instance waits for the first to finish closing, in milliseconds. */
const PATIENCE = 500;

/**
 * Opens the encrypted database and holds it alone until it is closed or the process ends.
 *
 * Cipher: SQLCipher 4 (AES-256-CBC with a fresh IV and an HMAC-SHA-512 per page), keyed raw. It is
 * a quarter to a third slower here than ChaCha20-Poly1305, but other programs can open the format:
 * an institution must not depend on this one. The exclusive lock is the operating system's: it needs
 * no lock file, dies with the process, and lets the write-ahead log do without a shared-memory file.
 *
 * @throws VAULT_IN_USE, VAULT_DAMAGED {part}, VAULT_NEWER {found, known}
 */
export function openDatabase(
  file: string,
  key: Buffer,
  from: 'existing' | 'new' = 'existing',
): Store {
  const raw = Buffer.from(`raw:${key.toString('hex')}`, 'latin1');
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { fileMustExist: true, timeout: PATIENCE });
    database.pragma(`cipher = 'sqlcipher'`);
    database.pragma('legacy = 4');
    database.key(raw);
    lockAlone(database);
    const store = new Store(database, file);
    checkIdentity(store, from);
    prepareWriting(store);
    migrate(store);
    return store;
  } catch (error) {
    database?.close();
    throw asConcordError(error, file);
  } finally {
    raw.fill(0);
  }
}

function lockAlone(database: Database.Database): void {
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('temp_store = MEMORY');
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  database.exec('BEGIN EXCLUSIVE; COMMIT');
}

function prepareWriting(store: Store): void {
  store.logAhead();
  store.pragma('synchronous = FULL');
  store.pragma('secure_delete = ON');
  store.pragma('foreign_keys = ON');
}

/** Before anything is written: a file that is not ours, or emptied, stays as it is. */
function checkIdentity(store: Store, from: 'existing' | 'new'): void {
  const version = Number(store.pragma('user_version'));
  const application = Number(store.pragma('application_id'));
  const ours = from === 'new' ? version === 0 : application === APPLICATION_ID && version > 0;
  if (!ours) throw new ConcordError('VAULT_DAMAGED', { part: basename(store.file) });
  if (version > LATEST) throw new ConcordError('VAULT_NEWER', { found: version, known: LATEST });
}
