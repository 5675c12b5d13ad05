import { Worker } from 'node:worker_threads';
import { ConcordError, type ErrorCode, type ErrorParams } from '../contract/errors.ts';
import type { FileProfile, ImportOptions } from '../contract/import.ts';
import type { JobProgress } from '../contract/job.ts';
import { workerFile } from '../records/worker-file.ts';
import type { Control } from './context.ts';
import type { ReadRequest } from './read.ts';

/** One file, or all that a window may ask for. */
export type ImportTask =
  { readonly path: string; readonly options: ImportOptions } | { readonly read: ReadRequest };

/** Records as the vault keeps them. */
export interface PreparedRecords {
  /** The storage form of the table. */
  readonly bytes: Uint8Array;
  /** Content hash of the table. */
  readonly source: string;
  readonly rows: number;
  readonly summary: FileProfile;
}

export type FromImport =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | ({ readonly kind: 'records' } & Omit<PreparedRecords, 'summary'>)
  | { readonly kind: 'profile'; readonly summary: FileProfile }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly params: ErrorParams };

/** Stages without a count of their own still show that the work goes on. */
const HEARTBEAT_MS = 250;

/**
 * Reads a file and makes of it what the vault keeps, in a thread of its own: a wish to cancel ends
 * the thread wherever it is, and nothing of it is left.
 * @throws CANCELLED and whatever `readRecords` throws
 */
export async function prepareRecords(task: ImportTask, control: Control): Promise<PreparedRecords> {
  const worker = new Worker(workerFile(import.meta.url, 'import-worker'), { workerData: task });
  let last: JobProgress | undefined;
  const heartbeat = setInterval(() => last && control.progress(last), HEARTBEAT_MS);
  let records: (FromImport & { readonly kind: 'records' }) | undefined;
  let stop = (): void => {};
  try {
    return await new Promise<PreparedRecords>((resolve, reject) => {
      stop = () => reject(cancelled(control.signal));
      control.signal.addEventListener('abort', stop, { once: true });
      if (control.signal.aborted) stop();
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the thread of an import ended with ${code}`)));
      worker.on('message', (message: FromImport) => {
        if (message.kind === 'progress') control.progress((last = message.progress));
        else if (message.kind === 'records') records = message;
        else if (message.kind === 'refused') reject(new ConcordError(message.code, message.params));
        else if (records !== undefined) {
          const { bytes, source, rows } = records;
          resolve({ bytes, source, rows, summary: message.summary });
        }
      });
    });
  } finally {
    clearInterval(heartbeat);
    control.signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** A job that is stopped for good carries its own reason; a plain wish to cancel has none. */
function cancelled({ reason }: AbortSignal): unknown {
  return reason instanceof ConcordError ? reason : new ConcordError('CANCELLED');
}
