import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/** Creates the folder of a file, for its owner only; a folder that exists keeps its mode. */
export function makeFolderOf(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
}

/** Claims a name: an empty file only its owner may read; fails when the name is taken. */
export function claimFile(file: string): void {
  closeSync(openSync(file, 'wx', OWNER_ONLY_FILE));
}

/** Writes beside the file, forces it to the disk and renames: after a crash old or new, whole. */
export function writeWhole(file: string, text: string, beside = `${file}.writing`): void {
  rmSync(beside, { force: true });
  const handle = openSync(beside, 'wx', OWNER_ONLY_FILE);
  try {
    const bytes = Buffer.from(text, 'utf8');
    let written = 0;
    while (written < bytes.length) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  syncFolderOf(file);
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
