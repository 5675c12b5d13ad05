import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** A folder that only its owner may enter, also where it existed with wider rights. */
export function privateFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return folder;
}

/** Writes a whole file that only its owner may read; a crash leaves the old or the new one. */
export function writePrivately(file: string, content: string | Uint8Array): void {
  const draft = `${file}.new`;
  try {
    writeFileSync(draft, content, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
