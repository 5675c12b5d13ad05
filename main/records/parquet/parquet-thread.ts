import { Worker } from 'node:worker_threads';
import { ConcordError } from '../../contract/errors.ts';
import type { RecordsSource } from '../source.ts';
import type { TextRow } from '../text-rows.ts';
import { workerFile } from '../worker-file.ts';
import type { ParquetRefusal } from './footer.ts';
import type { FromParquet, ParquetTask, ToParquet } from './parquet-worker.ts';

const HEAP_MB = 640;
/** Without a word for so long, a thread is caught in a damaged file. */
const SILENCE_MS = 8_000;
const SILENCE_MS_PER_MB = 250;
/** How long a thread that has done its file may take to say that nothing of it is left. */
const FREE_MS = 1_000;
/** How long a free thread is kept: a folder of many files would else start one for each. */
const SPARE_MS = 5_000;

/** A thread without a file. */
let spare: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | undefined;

function takeWorker(): Worker {
  const kept = spare;
  spare = undefined;
  if (kept === undefined)
    return new Worker(workerFile(import.meta.url, 'parquet-worker'), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
  clearTimeout(kept.timer);
  kept.worker.removeAllListeners('error');
  kept.worker.ref();
  return kept.worker;
}

function giveBack(worker: Worker): void {
  // By name: a worker listens to itself for the coming and going of listeners.
  worker.removeAllListeners('message').removeAllListeners('error');
  if (spare !== undefined) {
    void worker.terminate();
    return;
  }
  const end = (): void => {
    if (spare?.worker === worker) spare = undefined;
    void worker.terminate();
  };
  worker.once('error', end);
  worker.unref();
  spare = { worker, timer: setTimeout(end, SPARE_MS).unref() };
}

/** One file in a thread that decodes it. */
export class ParquetThread {
  private readonly worker = takeWorker();
  private readonly source: RecordsSource;
  private readonly silence: number;
  private readonly signal: AbortSignal | undefined;
  private readonly waiting: FromParquet[] = [];
  private failure: ConcordError | undefined;
  private wake: (() => void) | undefined;
  /** The thread has ended its file by itself, well or with a refusal. */
  private ended = false;
  private free = false;
  private closed = false;

  constructor(source: RecordsSource, task: ParquetTask, signal: AbortSignal | undefined) {
    this.source = source;
    this.signal = signal;
    this.silence = SILENCE_MS + (source.size / 2 ** 20) * SILENCE_MS_PER_MB;
    this.worker.on('message', (message: FromParquet) => void this.hear(message));
    this.worker.on('error', () => this.fail(new ConcordError('FILE_DAMAGED', { part: 'parquet' })));
    this.tell({ kind: 'task', task });
    signal?.addEventListener('abort', this.cancel, { once: true });
  }

  /** The next rows; undefined at the end. */
  async rows(): Promise<readonly TextRow[] | undefined> {
    this.tell({ kind: 'more' });
    for (;;) {
      const message = await this.next();
      if (message.kind === 'rows') return message.rows;
      if (message.kind !== 'end') continue;
      await this.untilFree();
      return undefined;
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.signal?.removeEventListener('abort', this.cancel);
    if (this.free) giveBack(this.worker);
    else void this.worker.terminate();
  }

  private readonly cancel = (): void => this.fail(new ConcordError('CANCELLED'));

  private tell(message: ToParquet): void {
    this.worker.postMessage(message);
  }

  private async next(): Promise<FromParquet> {
    while (this.waiting.length === 0 && this.failure === undefined) await this.word();
    const message = this.waiting.shift();
    if (message !== undefined) return message;
    await this.untilFree();
    this.close();
    throw this.failure as ConcordError;
  }

  /** After the end of the file, or a refusal: what is left of it in the thread is soon done. */
  private async untilFree(): Promise<void> {
    const until = performance.now() + FREE_MS;
    while (this.ended && !this.free && performance.now() < until)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, FREE_MS).unref();
      });
  }

  private async word(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(
        () => this.fail(new ConcordError('FILE_DAMAGED', { part: 'parquet' })),
        this.silence,
      );
    });
    clearTimeout(timer);
  }

  private async hear(message: FromParquet): Promise<void> {
    if (message.kind === 'slice') {
      await this.give(message);
      return;
    }
    if (message.kind === 'refused' || message.kind === 'end') this.ended = true;
    if (message.kind === 'free') this.free = true;
    else if (message.kind === 'refused') this.fail(refusal(message));
    else this.waiting.push(message);
    this.wake?.();
  }

  private async give({ id, from, to }: Extract<FromParquet, { kind: 'slice' }>): Promise<void> {
    try {
      const bytes = await this.source.slice(from, to);
      if (!this.closed) this.tell({ kind: 'slice', id, bytes });
    } catch (error) {
      this.fail(
        error instanceof ConcordError
          ? error
          : new ConcordError('FILE_DAMAGED', { part: 'parquet' }),
      );
    }
  }

  private fail(error: ConcordError): void {
    this.failure ??= error;
    this.wake?.();
  }
}

/** What a refusal of the reader is to the person. */
export function refusal({ what, limit }: Pick<ParquetRefusal, 'what' | 'limit'>): ConcordError {
  if (what === 'damaged') return new ConcordError('FILE_DAMAGED', { part: 'parquet' });
  if (what === 'codec' || what === 'encrypted')
    return new ConcordError('FILE_FORMAT_UNSUPPORTED', { format: `parquet-${what}` });
  return new ConcordError('FILE_TOO_LARGE', { what, limit });
}
