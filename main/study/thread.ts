import { Worker } from 'node:worker_threads';
import { ConcordError, type ErrorCode, type ErrorParams } from '../contract/errors.ts';
import type { JobProgress } from '../contract/job.ts';
import { workerFile } from '../records/worker-file.ts';
import type { Control } from './context.ts';

/** What every thread may say. */
export type ThreadNews =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly params: ErrorParams };

/** Stages without a count of their own still show that the work goes on. */
const HEARTBEAT_MS = 250;

/**
 * Does work in a thread of its own, whose file stands beside this one: the engine answers
 * meanwhile, and a wish to cancel ends the thread wherever it is. `hear` is given all else that
 * the thread says, until it answers with the result; `begin` gets what speaks to the thread.
 * @throws CANCELLED, what the thread refused with, and what `fail` is given
 */
export async function inThread<News extends { readonly kind: string }, Result>(
  name: string,
  task: unknown,
  control: Control,
  hear: (news: News, fail: (error: unknown) => void) => Result | undefined,
  begin: (say: (word: string) => void) => void = () => undefined,
): Promise<Result> {
  const worker = new Worker(workerFile(import.meta.url, name), { workerData: task });
  let last: JobProgress | undefined;
  const heartbeat = setInterval(() => last && control.progress(last), HEARTBEAT_MS);
  let stop = (): void => {};
  begin((word) => worker.postMessage(word));
  try {
    return await new Promise<Result>((resolve, reject) => {
      stop = () => reject(cancelled(control.signal));
      control.signal.addEventListener('abort', stop, { once: true });
      if (control.signal.aborted) stop();
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the thread ${name} ended with ${code}`)));
      worker.on('message', (news: ThreadNews | News) => {
        if (isProgress(news)) control.progress((last = news.progress));
        else if (isRefusal(news)) reject(new ConcordError(news.code, news.params));
        else {
          const result = hear(news as News, reject);
          if (result !== undefined) resolve(result);
        }
      });
    });
  } finally {
    clearInterval(heartbeat);
    control.signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function isProgress(news: {
  readonly kind: string;
}): news is Extract<ThreadNews, { kind: 'progress' }> {
  return news.kind === 'progress';
}

function isRefusal(news: {
  readonly kind: string;
}): news is Extract<ThreadNews, { kind: 'refused' }> {
  return news.kind === 'refused';
}

/** A job that is stopped for good carries its own reason; a plain wish to cancel has none. */
function cancelled({ reason }: AbortSignal): unknown {
  return reason instanceof ConcordError ? reason : new ConcordError('CANCELLED');
}
