import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { ConcordError, type ErrorCode } from '../../../main/contract/errors.ts';
import { createVault, openVault, type Vault } from '../../../main/vault/index.ts';
import { openDatabase } from '../../../main/vault/database.ts';
import { readKeyFile } from '../../../main/vault/key-file.ts';
import { Keyring } from '../../../main/vault/keyring.ts';
import { openSlot } from '../../../main/vault/slots.ts';
import type { Store } from '../../../main/vault/store.ts';
import type { StretchCost } from '../../../main/vault/stretch.ts';

export const PASSPHRASE = 'four quiet herons wade';
/** Cheap on purpose: the real cost is tested once, against a published vector. */
export const CHEAP: StretchCost = { algorithm: 'argon2id', memoryKiB: 1024, passes: 1, lanes: 1 };

const folders: string[] = [];
const vaults: Vault[] = [];

afterEach(() => {
  for (const vault of vaults.splice(0)) vault.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'concord-vault-'));
  folders.push(folder);
  return folder;
}

export function newFile(): string {
  return join(newFolder(), 'vaults', 'study.vault');
}

export function keep(vault: Vault): Vault {
  vaults.push(vault);
  return vault;
}

export async function newVault(file = newFile()): Promise<Vault> {
  return keep(await createVault({ file, passphrase: PASSPHRASE, person: 'Ada', cost: CHEAP }));
}

export async function reopen(file: string, passphrase = PASSPHRASE): Promise<Vault> {
  return keep(await openVault({ file, passphrase, cost: CHEAP }));
}

/** The code something fails with; a success or another kind of error is told as such. */
export async function codeOf(work: () => unknown): Promise<ErrorCode | string> {
  try {
    await work();
    return 'no error';
  } catch (error) {
    return error instanceof ConcordError ? error.code : `not ours: ${String(error)}`;
  }
}

/**
 * A file's bytes, read by another process: on POSIX a process that opens and closes a file lets go
 * of all its locks on it, also of those SQLite holds.
 */
export function bytesOf(file: string): Buffer {
  const script = 'process.stdout.write(require("node:fs").readFileSync(process.argv[1]))';
  return execFileSync(process.execPath, ['-e', script, file], { maxBuffer: 1 << 30 });
}

/** The database of a closed vault, without what guards it: for doing what nobody may. */
export async function inTheDatabase<T>(file: string, work: (store: Store) => T): Promise<T> {
  const { body } = readKeyFile(file);
  const [slot] = body.slots;
  const dataKey = slot && (await openSlot(body.vault, slot, PASSPHRASE));
  if (!dataKey) throw new Error('the fixture cannot open the vault');
  const keyring = new Keyring(body.vault, dataKey);
  const store = keyring.withDatabaseKey((key) => openDatabase(file, key));
  try {
    return work(store);
  } finally {
    store.close();
    keyring.close();
  }
}

/** A content hash of records that the test does not need to have. */
export function sourceOf(digit: string): string {
  return digit.repeat(64);
}
