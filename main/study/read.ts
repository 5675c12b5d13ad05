import { statSync } from 'node:fs';
import type { ImportOptions } from '../contract/import.ts';
import { threadsFor } from '../records/column-crew.ts';
import { readCsv, type ReadResult } from '../records/csv-reader.ts';
import type { Control } from './context.ts';
import { fileBytes, requireFile } from './files.ts';

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
  return readCsv(fileBytes(path), {
    ...options,
    threads: threadsFor(total),
    signal: control.signal,
    progress: (done) => control.progress({ done, total, unit: 'bytes' }),
  });
}
