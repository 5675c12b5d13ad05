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
 * @param {string} root folder the names are kept relative to, so that it may be moved
 * @returns {Record<string, number>} size per file, -1 when missing
 */
export function sizesOf(files, root) {
  return Object.fromEntries(files.map((file) => [path.relative(root, file), sizeOf(file)]));
}

/**
 * @param {Record<string, number>|undefined} recorded from sizesOf
 * @param {string} root as given to sizesOf
 */
export function sizesMatch(recorded, root) {
  if (!recorded) return false;
  return Object.entries(recorded).every(
    ([name, size]) => size >= 0 && sizeOf(path.join(root, name)) === size,
  );
}

const sizeOf = (file) => statSync(file, { throwIfNoEntry: false })?.size ?? -1;
