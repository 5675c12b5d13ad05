import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import type { BackupManifest } from '../contract/vault.ts';
import type { VaultContext } from './context.ts';
import { openDatabase } from './database.ts';
import { keyFileOf } from './key-file.ts';
import { claimFile, discard, makeFolderOf, writeWhole } from './safe-write.ts';

export function manifestOf(file: string): string {
  return `${file}.manifest.json`;
}

/**
 * Copies an open vault to `file`, `file.keys` and a manifest. The copy is compact, sealed by the
 * same keys, and marked inside: whoever opens it finds private jobs waiting for a steward.
 */
export function backUp(context: VaultContext, file: string): void {
  const parts = [file, keyFileOf(file), manifestOf(file)];
  const taken = parts.find((part) => existsSync(part));
  if (taken !== undefined) throw new ConcordError('OUTPUT_EXISTS', { file: basename(taken) });
  makeFolderOf(file);
  claimFile(file);
  try {
    copyDatabase(context, file);
    writeWhole(keyFileOf(file), readFileSync(keyFileOf(context.store.file), 'utf8'));
    writeWhole(manifestOf(file), `${JSON.stringify(describe(context, file), null, 2)}\n`);
  } catch (error) {
    discard([...parts, `${file}-wal`]);
    throw error;
  }
}

function copyDatabase({ store, keyring, journal, now }: VaultContext, file: string): void {
  journal.append('vault.backed-up');
  store.run('VACUUM INTO ?', file);
  const copy = keyring.withDatabaseKey((key) => openDatabase(file, key));
  try {
    copy.run('UPDATE vault SET restored = ?', now());
  } finally {
    copy.close();
  }
}

function describe({ keyring, journal, now }: VaultContext, file: string): BackupManifest {
  return {
    format: 'concord-backup',
    version: 1,
    vault: keyring.vault,
    created: now(),
    head: journal.head(),
    database: measure(file),
    keys: measure(keyFileOf(file)),
  };
}

/** Length and SHA-256 of a file, read piece by piece. */
export function measure(file: string): { bytes: number; sha256: string } {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(1 << 20);
  const handle = openSync(file, 'r');
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      hash.update(piece.subarray(0, read));
    }
  } finally {
    closeSync(handle);
  }
  return { bytes: statSync(file).size, sha256: hash.digest('hex') };
}
