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
export interface PreparedRecords<Bytes = Uint8Array> {
  /** The storage form of the table, or what was made of it. */
  readonly bytes: Bytes;
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
 * the thread wherever it is, and nothing of it is left. `take` is given the bytes while the thread
 * goes on with the profile, and has always ended when this ends.
 * @throws CANCELLED and whatever `readRecords` and `take` throw
 */
export async function prepareRecords<Bytes>(
  task: ImportTask,
  control: Control,
  take: (bytes: Uint8Array) => Promise<Bytes>,
): Promise<PreparedRecords<Bytes>> {
  const worker = new Worker(workerFile(import.meta.url, 'import-worker'), { workerData: task });
  let last: JobProgress | undefined;
  const heartbeat = setInterval(() => last && control.progress(last), HEARTBEAT_MS);
  let taken: Promise<Omit<PreparedRecords<Bytes>, 'summary'>> | undefined;
  let stop = (): void => {};
  try {
    const summary = await new Promise<FileProfile>((resolve, reject) => {
      stop = () => reject(cancelled(control.signal));
      control.signal.addEventListener('abort', stop, { once: true });
      if (control.signal.aborted) stop();
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the thread of an import ended with ${code}`)));
      worker.on('message', (message: FromImport) => {
        if (message.kind === 'progress') control.progress((last = message.progress));
        else if (message.kind === 'records') {
          const { bytes, source, rows } = message;
          taken = take(bytes).then((kept) => ({ bytes: kept, source, rows }));
          taken.catch(reject);
        } else if (message.kind === 'refused')
          reject(new ConcordError(message.code, message.params));
        else resolve(message.summary);
      });
    });
    if (taken === undefined) throw new Error('a profile came without its records');
    return { ...(await taken), summary };
  } finally {
    await taken?.catch(() => undefined);
    clearInterval(heartbeat);
    control.signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** A job that is stopped for good carries its own reason; a plain wish to cancel has none. */
function cancelled({ reason }: AbortSignal): unknown {
  return reason instanceof ConcordError ? reason : new ConcordError('CANCELLED');
}
