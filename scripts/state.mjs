/** Small JSON notes that make set-up cheap to repeat; a missing or broken one only costs a re-check. */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @param {string} file */
export function readNote(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Written aside and renamed, so that a reader never sees half a note. */
export function writeNote(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(fresh, file);
}

/**
 * Sizes of files, to notice one that is missing, cut short or replaced.
 * @param {string[]} files
 * @returns {Record<string, number>} size per file, -1 when missing
 */
export function sizesOf(files) {
  return Object.fromEntries(
    files.map((file) => [file, statSync(file, { throwIfNoEntry: false })?.size ?? -1]),
  );
}

/** @param {Record<string, number>|undefined} recorded from sizesOf */
export function sizesMatch(recorded) {
  if (!recorded) return false;
  return Object.entries(recorded).every(
    ([file, size]) => size >= 0 && statSync(file, { throwIfNoEntry: false })?.size === size,
  );
}
