import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { findPlace, type ReadRequest } from './read.ts';

const MB = 2 ** 20;
/** Kept free for the journal, the ledger and the system. */
const SPARE = 64 * MB;

/**
 * Refuses to begin what the disk of the vault cannot hold: stored tables are smaller than the text
 * they come from, so its size is enough; a workbook or Parquet file may unpack to a few times its
 * own. @throws DISK_FULL {needed, free} in MB
 */
export async function requireSpace(
  vaultFile: string,
  request: ReadRequest,
  free: (folder: string) => Promise<number> = freeBytes,
): Promise<void> {
  const first = await findPlace(request.from);
  const packed = first.files.some(({ source }) => /\.(xlsx|xlsm|parquet|pq)$/i.test(source.name));
  const needed = first.size * (packed ? 3 : 1) + SPARE;
  const left = await free(dirname(vaultFile));
  if (left >= needed) return;
  throw new ConcordError('DISK_FULL', {
    needed: Math.ceil(needed / MB),
    free: Math.floor(left / MB),
  });
}

/** A file system that does not say is taken to have room: the vault's own write will tell. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}
