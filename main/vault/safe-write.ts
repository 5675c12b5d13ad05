import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { ConcordError } from '../contract/errors.ts';

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/** What the system refuses while writing `file`, in our words. @throws OUTPUT_UNWRITABLE {file} */
export function writing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConcordError) throw error;
    throw new ConcordError('OUTPUT_UNWRITABLE', { file: basename(file) });
  }
}

/** Creates the folder of a file, for its owner only; a folder that exists keeps its mode. */
export function makeFolderOf(file: string): void {
  const folder = dirname(file);
  if (existsSync(folder)) return;
  writing(folder, () => mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER }));
}

/** Removes what was begun; after a failure this must not fail as well. */
export function discard(files: readonly string[]): void {
  for (const file of files) {
    try {
      rmSync(file, { force: true });
    } catch {
      // It never came to be, or cannot be removed: the first error says what is wrong.
    }
  }
}

/** Takes away what others than the owner may do; where it is not ours to say, it stays. */
export function keepPrivate(file: string): void {
  try {
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, OWNER_ONLY_FILE);
  } catch {
    // Another owner's file that we may use: its mode is that owner's decision.
  }
}

/** Claims a name: an empty file only its owner may read; fails when the name is taken. */
export function claimFile(file: string): void {
  writing(file, () => closeSync(openSync(file, 'wx', OWNER_ONLY_FILE)));
}

/** Writes beside the file, forces it to the disk and renames: after a crash old or new, whole. */
export function writeWhole(file: string, text: string, beside = `${file}.writing`): void {
  writing(file, () => {
    rmSync(beside, { force: true });
    writeForced(beside, Buffer.from(text, 'utf8'));
    renameSync(beside, file);
    syncFolderOf(file);
  });
}

function writeForced(file: string, bytes: Buffer): void {
  const handle = openSync(file, 'wx', OWNER_ONLY_FILE);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a rename durable. Windows does not open folders, and does not need it. */
export function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(dirname(file), 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
