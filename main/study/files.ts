import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ConcordError, type ErrorCode } from '../contract/errors.ts';

/** @throws FILE_NOT_FOUND (or the code given), FILE_UNREADABLE (a folder, no right to read). */
export function requireFile(path: string, missing: ErrorCode = 'FILE_NOT_FOUND'): string {
  if (!existsSync(path)) throw new ConcordError(missing, { file: basename(path) });
  if (!statSync(path).isFile()) throw new ConcordError('FILE_UNREADABLE', { file: basename(path) });
  return path;
}

/** The bytes of a file as often as asked: decoding may need a second pass. */
export function fileBytes(path: string): () => AsyncIterable<Uint8Array> {
  requireFile(path);
  return () => readable(path);
}

const PIECE = 1 << 20;

/** One piece of memory for the whole file: what was given is gone when the next is asked for. */
async function* readable(path: string): AsyncIterable<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const piece = Buffer.allocUnsafeSlow(PIECE);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, PIECE);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } catch (error) {
    if (error instanceof ConcordError) throw error;
    throw new ConcordError('FILE_UNREADABLE', { file: basename(path) });
  } finally {
    await file?.close();
  }
}

/** @throws PLAN_UNREADABLE when the file is not JSON. */
export async function readJson(path: string): Promise<unknown> {
  const bytes = await readFile(requireFile(path), 'utf8').catch(() => {
    throw new ConcordError('FILE_UNREADABLE', { file: basename(path) });
  });
  try {
    return JSON.parse(bytes.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new ConcordError('PLAN_UNREADABLE', { file: basename(path) });
  }
}

/** @throws OUTPUT_EXISTS without --force; checked before any work is done. */
export function requireFree(path: string, force: boolean): string {
  if (existsSync(path) && !force) throw new ConcordError('OUTPUT_EXISTS', { file: basename(path) });
  return path;
}

type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/**
 * Writes beside the target and renames, so that a crash leaves no half file under its name.
 * `check` sees the file as written before it gets its name; when it throws, nothing is left.
 */
export async function writeWhole(
  path: string,
  content: Content,
  check?: (written: string) => Promise<void>,
): Promise<void> {
  const partial = `${path}.partial-${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partial, content, { mode: 0o600 });
    await check?.(partial);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    if (error instanceof ConcordError) throw error;
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new ConcordError('OUTPUT_UNWRITABLE', { file: basename(path) });
  }
}
