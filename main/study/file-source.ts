import type { Stats } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import type { PartFile } from '../records/append.ts';
import type { RecordsSource } from '../records/source.ts';

/** What the disk is asked for; tests put a failing disk here. */
export interface Disk {
  stat(path: string): Promise<Stats>;
  /** The bytes [from, to) of a file. */
  read(path: string, from: number, to: number): Promise<Uint8Array>;
  /** What is given is gone when the next is asked for. */
  stream(path: string): AsyncIterable<Uint8Array>;
}

export const realDisk: Disk = {
  stat: (path) => stat(path),
  async read(path, from, to) {
    const file = await open(path, 'r');
    try {
      const bytes = Buffer.allocUnsafe(Math.max(0, to - from));
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, from + length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      await file.close();
    }
  },
  stream: pieces,
};

const PIECE = 1 << 20;

/** One piece of memory for the whole file: what was given is gone when the next is asked for. */
async function* pieces(path: string): AsyncIterable<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const piece = Buffer.allocUnsafeSlow(PIECE);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, PIECE);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const FILES = 10_000;
const FOLDERS_DEEP = 8;
const RECORDS = /\.(csv|tsv|tab|txt|dat|xlsx|xlsm|parquet|pq|json|jsonl|ndjson|conll)$/i;
const PARTITION = /^([^=]+)=(.*)$/;

/** A file that can be read; what it is read with fails with a code, never with a path. */
function fileSource(path: string, size: number, disk: Disk): RecordsSource {
  const name = basename(path);
  let answered = false;
  const failed = (error: unknown): ConcordError => {
    if (error instanceof ConcordError) return error;
    return new ConcordError(answered ? 'FILE_INTERRUPTED' : 'FILE_UNREADABLE', { file: name });
  };
  return {
    name,
    size,
    async *bytes() {
      let length = 0;
      try {
        for await (const chunk of disk.stream(path)) {
          answered = true;
          length += chunk.length;
          yield chunk;
        }
      } catch (error) {
        throw failed(error);
      }
      // A drive that is pulled out may end a file early instead of failing.
      if (length < size) throw new ConcordError('FILE_INTERRUPTED', { file: name });
    },
    async slice(from, to) {
      try {
        const bytes = await disk.read(path, from, Math.min(to, size));
        answered = true;
        if (bytes.length === Math.max(0, Math.min(to, size) - from)) return bytes;
      } catch (error) {
        throw failed(error);
      }
      throw new ConcordError('FILE_INTERRUPTED', { file: name });
    },
  };
}

export interface FoundFiles {
  readonly files: readonly PartFile[];
  /** Bytes of all of them. */
  readonly size: number;
  /** Files of a folder that are no records by their name. */
  readonly leftOut: number;
}

/**
 * The files behind paths: a file stands for itself, a folder for the records in it and below, in
 * the order of their names. Names with a dot or an underscore first are passed over, as tools that
 * write such folders use them for notes; key=value folders give their files a column.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, FOLDER_EMPTY, FILE_TOO_LARGE {what: 'files'}
 */
export async function findFiles(
  paths: readonly string[],
  disk: Disk = realDisk,
): Promise<FoundFiles> {
  const found = { files: [] as PartFile[], size: 0, leftOut: 0 };
  const add = (path: string, size: number, constants: ReadonlyMap<string, string>): void => {
    found.files.push({ source: fileSource(path, size, disk), constants });
    found.size += size;
    if (found.files.length > FILES)
      throw new ConcordError('FILE_TOO_LARGE', { what: 'files', limit: FILES });
  };
  const walk = async (
    folder: string,
    constants: ReadonlyMap<string, string>,
    deep: number,
  ): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
      throw new ConcordError('FILE_UNREADABLE', { file: basename(folder) });
    });
    for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (/^[._~]/.test(name)) continue;
      const path = join(folder, name);
      const facts = await statOf(path, disk);
      if (facts.isDirectory() && deep < FOLDERS_DEEP) {
        await walk(path, withPartition(constants, name), deep + 1);
      } else if (facts.isFile() && RECORDS.test(name)) {
        if (facts.size > 0) add(path, facts.size, constants);
      } else found.leftOut++;
    }
  };
  for (const path of paths) {
    const facts = await statOf(path, disk);
    if (facts.isFile()) add(path, facts.size, new Map());
    else if (facts.isDirectory()) await walk(path, new Map(), 0);
    else throw new ConcordError('FILE_UNREADABLE', { file: basename(path) });
  }
  if (found.files.length === 0)
    throw new ConcordError('FOLDER_EMPTY', { file: basename(paths[0] ?? '') });
  return found;
}

async function statOf(path: string, disk: Disk): Promise<Stats> {
  try {
    return await disk.stat(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ConcordError(missing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', {
      file: basename(path),
    });
  }
}

function withPartition(
  constants: ReadonlyMap<string, string>,
  folder: string,
): ReadonlyMap<string, string> {
  const parts = PARTITION.exec(folder);
  if (!parts) return constants;
  const value = decodedName(parts[2] as string);
  // Hive writes this for a missing value.
  const text = value === '__HIVE_DEFAULT_PARTITION__' ? '' : value;
  return new Map([...constants, [decodedName(parts[1] as string), text]]);
}

function decodedName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
