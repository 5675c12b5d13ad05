import { constants, copyFileSync, existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { backupManifest, type BackupManifest, type VaultAnchor } from '../contract/vault.ts';
import { manifestOf, measure } from './backup.ts';
import { keyFileOf } from './key-file.ts';
import { openVault, refuseExisting, type OpenOptions } from './open.ts';
import { discard, makeFolderOf, syncFolderOf, writing } from './safe-write.ts';
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
  const made: string[] = [];
  let vault: Vault | undefined;
  try {
    copyAnew(from, file, made);
    copyAnew(keyFileOf(from), keyFileOf(file), made);
    made.push(`${file}-wal`);
    vault = await openVault(options);
    if (!vault.verify(manifest.head).ok) damaged(from);
    vault.markRestored(manifest.head, options.anchors ?? []);
    return vault;
  } catch (error) {
    vault?.close();
    discard(made);
    throw error;
  }
}

/** Never over a file that somebody made in the meantime, and never removing one. */
function copyAnew(from: string, file: string, made: string[]): void {
  writing(file, () => copyFileSync(from, file, constants.COPYFILE_EXCL));
  made.push(file);
  syncFolderOf(file);
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
