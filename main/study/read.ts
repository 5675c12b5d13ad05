import { statSync } from 'node:fs';
import type { ImportOptions } from '../contract/import.ts';
import { readCsv, type ReadResult } from '../records/csv-reader.ts';
import type { Control } from './context.ts';
import { fileBytes, requireFile } from './files.ts';

/**
 * Reads a file of records into a table, with progress in bytes.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE and whatever the reader says of its content.
 */
export async function readRecords(
  path: string,
  control: Control,
  options: ImportOptions = {},
): Promise<ReadResult> {
  const total = statSync(requireFile(path)).size;
  return readCsv(fileBytes(path), {
    ...options,
    signal: control.signal,
    progress: (done) => control.progress({ done, total, unit: 'bytes' }),
  });
}
