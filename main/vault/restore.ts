import { constants, copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { backupManifest, type BackupManifest, type VaultAnchor } from '../contract/vault.ts';
import { manifestOf, measure } from './backup.ts';
import { keyFileOf } from './key-file.ts';
import { openVault, refuseExisting, type OpenOptions } from './open.ts';
import { makeFolderOf, syncFolderOf } from './safe-write.ts';
import type { Vault } from './vault.ts';

export interface RestoreOptions extends OpenOptions {
  /** The backup; its key file and manifest stand beside it. `file` is where the vault shall be. */
  readonly from: string;
  /** What is known outside of this vault's later life: counted as spent. */
  readonly anchors?: readonly VaultAnchor[];
}

/**
 * Copies a backup to `file`, reads all of it, and opens it. Private jobs wait until a steward calls
 * `confirmRestored`. On any failure nothing is left at `file`, and the backup stays as it was.
 * @throws VAULT_NOT_FOUND {file}, VAULT_EXISTS {file}, BACKUP_DAMAGED {part}, and as `openVault`
 */
export async function restoreVault(options: RestoreOptions): Promise<Vault> {
  const { from, file } = options;
  if (!existsSync(from)) throw new ConcordError('VAULT_NOT_FOUND', { file: basename(from) });
  refuseExisting(file);
  const manifest = readManifest(from);
  checkPart(from, manifest.database.sha256);
  checkPart(keyFileOf(from), manifest.keys.sha256);
  makeFolderOf(file);
  let vault: Vault | undefined;
  try {
    copyFileSync(from, file, constants.COPYFILE_EXCL);
    copyFileSync(keyFileOf(from), keyFileOf(file), constants.COPYFILE_EXCL);
    syncFolderOf(file);
    vault = await openVault(options);
    if (!vault.verify(manifest.head).ok) damaged(from);
    vault.markRestored(manifest.head, options.anchors ?? []);
    return vault;
  } catch (error) {
    vault?.close();
    for (const left of [file, keyFileOf(file), `${file}-wal`]) rmSync(left, { force: true });
    throw error;
  }
}

function readManifest(from: string): BackupManifest {
  const name = manifestOf(from);
  if (!existsSync(name)) return damaged(name);
  try {
    return backupManifest.parse(JSON.parse(readFileSync(name, 'utf8')));
  } catch {
    return damaged(name);
  }
}

function checkPart(file: string, sha256: string): void {
  if (!existsSync(file) || measure(file).sha256 !== sha256) damaged(file);
}

function damaged(file: string): never {
  throw new ConcordError('BACKUP_DAMAGED', { part: basename(file) });
}
