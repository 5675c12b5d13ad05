/** Has anything changed? Contents for the few files that pin dependencies, size and time for sources. */
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** @param {string[]} files hashed by content, in the given order */
export function contentHash(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** @param {string} file read as a stream: some are hundreds of megabytes */
export async function sha256Of(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * A fingerprint of source files by path, size and modification time.
 * @param {string} root
 * @param {string[]} entries files and folders relative to root; those missing count as missing
 * @param {(relative: string) => boolean} [skip]
 */
export function sourceFingerprint(root, entries, skip = () => false) {
  const hash = createHash('sha256');
  for (const entry of entries) walk(root, entry, skip, hash);
  return hash.digest('hex');
}

function walk(root, relative, skip, hash) {
  if (skip(relative)) return;
  const stat = lstatSync(path.join(root, relative), { throwIfNoEntry: false });
  if (!stat) {
    hash.update(`${relative}\0missing\n`);
  } else if (stat.isDirectory()) {
    const names = readdirSync(path.join(root, relative)).sort();
    for (const name of names) walk(root, path.posix.join(relative, name), skip, hash);
  } else {
    hash.update(`${relative}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
}
