import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { KEY_BYTES } from './aead.ts';
import type { Person, VaultContext } from './context.ts';
import { openDatabase } from './database.ts';
import { Journal } from './journal.ts';
import { Keyring } from './keyring.ts';
import {
  encodeKeyFile,
  keyFileOf,
  readKeyFile,
  versionFor,
  type KeyFile,
  type KeySlot,
} from './key-file.ts';
import { requireStrong } from './passphrase.ts';
import { tidyRecoveryCode } from './recovery-code.ts';
import { insertPerson, tidyPersonName } from './people.ts';
import {
  claimFile,
  discard,
  keepPrivate,
  makeFolderOf,
  syncFolderOf,
  writeWhole,
  writing,
} from './safe-write.ts';
import { makeSlot, openSlot, type SlotOwner } from './slots.ts';
import { STRETCH_COST, type StretchCost } from './stretch.ts';
import { Vault } from './vault.ts';

export interface Conditions {
  /** The cost of guessing a passphrase; only tests ask for less. */
  readonly cost?: StretchCost;
  readonly now?: () => string;
}

export interface CreateOptions extends Conditions {
  readonly file: string;
  readonly passphrase: string;
  /** The name of the first person, who becomes the steward. */
  readonly person: string;
}

export interface OpenOptions extends Conditions {
  readonly file: string;
  readonly passphrase: string;
  /** The name; without it every person's slot is tried. */
  readonly person?: string;
}

const presentMoment = (): string => new Date().toISOString();

/**
 * Makes FILE and FILE.keys and opens them. Both are made under other names first, so that a crash
 * on the way leaves nothing that looks like a vault.
 * @throws VAULT_EXISTS {file}, PASSPHRASE_WEAK {minimum}, REQUEST_MALFORMED {call, path},
 * OUTPUT_UNWRITABLE {file}
 */
export async function createVault(options: CreateOptions): Promise<Vault> {
  const { file, passphrase, cost = STRETCH_COST, now = presentMoment } = options;
  requireStrong(passphrase);
  const steward: Person = {
    id: randomUUID(),
    name: tidyPersonName(options.person),
    role: 'steward',
  };
  refuseExisting(file);
  makeFolderOf(file);
  const vault = randomUUID();
  const dataKey = randomBytes(KEY_BYTES);
  const slot = await makeSlot(vault, steward, passphrase, dataKey, cost);
  const keys: KeyFile = {
    format: 'concord-keys',
    version: versionFor(undefined),
    vault,
    generation: 1,
    slots: [slot],
  };
  layDown(file, keys, dataKey, steward, now);
  return unlock(file, keys, steward, dataKey, options);
}

/**
 * Opens a vault and holds it alone.
 * @throws VAULT_NOT_FOUND {file}, VAULT_WRONG_PASSPHRASE, VAULT_DAMAGED {part},
 * VAULT_NEWER {found, known}, VAULT_IN_USE
 */
export async function openVault(options: OpenOptions): Promise<Vault> {
  const { file, passphrase } = options;
  if (!existsSync(file) && !existsSync(keyFileOf(file))) {
    throw new ConcordError('VAULT_NOT_FOUND', { file: basename(file) });
  }
  const { body, whole } = readKeyFile(file);
  const name = options.person === undefined ? null : tidyPersonName(options.person);
  const slots = body.slots.filter((slot) => name === null || slot.name === name);
  const opened = await openFirst(body.vault, slots, passphrase);
  if (opened === null) throw new ConcordError('VAULT_WRONG_PASSPHRASE');
  if (!existsSync(file)) throw new ConcordError('VAULT_DAMAGED', { part: basename(file) });
  return unlock(file, body, opened.owner, opened.dataKey, { ...options, mend: !whole });
}

/**
 * Whose passphrase it is, without touching the database: for a vault that this process holds open.
 * @throws VAULT_WRONG_PASSPHRASE, VAULT_DAMAGED {part}
 */
export async function personOf({ file, passphrase, person }: OpenOptions): Promise<Person> {
  const { body } = readKeyFile(file);
  const name = person === undefined ? null : tidyPersonName(person);
  const slots = body.slots.filter((slot) => name === null || slot.name === name);
  const opened = await openFirst(body.vault, slots, passphrase);
  if (opened === null) throw new ConcordError('VAULT_WRONG_PASSPHRASE');
  opened.dataKey.fill(0);
  const { id, name: known, role } = opened.owner;
  return { id, name: known, role };
}

/** Names of those who may open a vault, as they stand readable in its key file. @throws VAULT_DAMAGED */
export function namesIn(file: string): string[] {
  return existsSync(keyFileOf(file)) ? readKeyFile(file).body.slots.map(({ name }) => name) : [];
}

export interface RecoverOptions extends Conditions {
  readonly file: string;
  /** As it stands on the recovery sheet, with or without the dashes. */
  readonly code: string;
  /** The new passphrase of the steward who made the sheet. */
  readonly passphrase: string;
}

/**
 * Opens a vault with the code of its recovery sheet, as the steward who made it, and gives that
 * person a new passphrase. The sheet is used up, and the person's signing key is given up, since
 * only the old passphrase opens it.
 * @throws RECOVERY_WRONG, PASSPHRASE_WEAK {minimum}, and as `openVault`
 */
export async function recoverVault(options: RecoverOptions): Promise<Vault> {
  const { file, passphrase } = options;
  requireStrong(passphrase);
  if (!existsSync(file)) throw new ConcordError('VAULT_NOT_FOUND', { file: basename(file) });
  const { body } = readKeyFile(file);
  const code = tidyRecoveryCode(options.code);
  const opened =
    code === null || body.recovery === undefined
      ? null
      : await openFirst(body.vault, [body.recovery], code);
  if (opened === null) throw new ConcordError('RECOVERY_WRONG');
  const vault = unlock(file, body, opened.owner, opened.dataKey, options);
  try {
    await vault.people.recover(passphrase);
  } catch (error) {
    vault.close();
    throw error;
  }
  return vault;
}

async function openFirst(
  vault: string,
  slots: readonly KeySlot[],
  passphrase: string,
): Promise<{ owner: SlotOwner; dataKey: Buffer } | null> {
  for (const slot of slots) {
    const dataKey = await openSlot(vault, slot, passphrase);
    if (dataKey !== null) return { owner: slot, dataKey };
  }
  return null;
}

/** From the data key to an open vault; what a dead process left open is ended. */
function unlock(
  file: string,
  keys: KeyFile,
  owner: SlotOwner,
  dataKey: Buffer,
  { cost, now = presentMoment, mend = false }: Conditions & { readonly mend?: boolean },
): Vault {
  const keyring = new Keyring(keys.vault, dataKey);
  let vault: Vault | undefined;
  try {
    const store = keyring.withDatabaseKey((key) => openDatabase(file, key));
    for (const own of [file, keyFileOf(file)]) keepPrivate(own);
    const person: Person = { id: owner.id, name: owner.name, role: owner.role };
    const journal = new Journal(store, person.id, now);
    const context: VaultContext = { store, keyring, journal, person, now };
    vault = new Vault(context, keys, cost);
    refuseStranger(context, file);
    recover(vault);
    if (mend) vault.people.mend();
    return vault;
  } catch (error) {
    vault?.close();
    keyring.close();
    throw error;
  }
}

/** The key file must belong to this database, and its person still be one of the vault's. */
function refuseStranger({ store, keyring, person }: VaultContext, file: string): void {
  const row = store.get<{ id: string }>('SELECT id FROM vault');
  if (row?.id !== keyring.vault) throw new ConcordError('VAULT_DAMAGED', { part: basename(file) });
  const sql = 'SELECT id FROM people WHERE id = ? AND role = ? AND removed IS NULL';
  const known = store.get(sql, person.id, person.role);
  if (known === undefined) throw new ConcordError('VAULT_WRONG_PASSPHRASE');
}

function recover(vault: Vault): void {
  vault.transaction(() => {
    const jobs = vault.jobs.interruptOpen();
    const reservations = vault.ledger.interruptOpen();
    vault.artefacts.early.sweep();
    vault.journal.append('vault.opened', { jobs, reservations });
  });
}

export function refuseExisting(file: string): void {
  if (existsSync(file) || existsSync(keyFileOf(file))) {
    throw new ConcordError('VAULT_EXISTS', { file: basename(file) });
  }
}

function layDown(
  file: string,
  keys: KeyFile,
  dataKey: Buffer,
  steward: Person,
  now: () => string,
): void {
  const making = `${file}.making-${randomBytes(4).toString('hex')}`;
  const keyring = new Keyring(keys.vault, Buffer.from(dataKey));
  try {
    claimFile(making);
    const store = keyring.withDatabaseKey((key) => openDatabase(making, key, 'new'));
    const created = now();
    store.transaction(() => {
      store.run('INSERT INTO vault VALUES (1, ?, ?, NULL)', keys.vault, created);
      insertPerson({ store }, { ...steward, added: created });
      const journal = new Journal(store, steward.id, () => created);
      journal.append('vault.created', { vault: keys.vault, steward: steward.id });
    });
    store.close();
    refuseExisting(file);
    // Of two that create at once only one gets the name: a key file is never written over.
    claimFile(keyFileOf(file));
    writeWhole(keyFileOf(file), encodeKeyFile(keys), `${making}.keys`);
    writing(file, () => renameSync(making, file));
    syncFolderOf(file);
  } finally {
    discard([making, `${making}-wal`, `${making}.keys`]);
    keyring.close();
  }
}
