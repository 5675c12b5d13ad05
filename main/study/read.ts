import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { ImportOptions } from '../contract/import.ts';
import { readCsv, type ReadResult } from '../records/csv-reader.ts';
import type { Control } from './context.ts';
import { fileBytes, requireFile } from './files.ts';

/** Smaller files are read before threads would have started. */
const THREADS_FROM = 8_000_000;
const MOST_THREADS = 4;

export interface ReadingOptions extends ImportOptions {
  /** The table will be stored: see the reader's option of this name. */
  readonly encode?: boolean;
}

/**
 * Reads a file of records into a table, with progress in bytes.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE and whatever the reader says of its content.
 */
export async function readRecords(
  path: string,
  control: Control,
  options: ReadingOptions = {},
): Promise<ReadResult> {
  const total = statSync(requireFile(path)).size;
  const threads = total < THREADS_FROM ? 0 : Math.min(availableParallelism(), MOST_THREADS);
  return readCsv(fileBytes(path), {
    ...options,
    threads,
    signal: control.signal,
    progress: (done) => control.progress({ done, total, unit: 'bytes' }),
  });
}
