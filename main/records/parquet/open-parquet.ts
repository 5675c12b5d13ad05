import { Worker } from 'node:worker_threads';
import { ConcordError } from '../../contract/errors.ts';
import { DEFAULT_LIMITS, type ReadOptions } from '../csv-reader.ts';
import type { RecordsSource } from '../source.ts';
import type { OpenedRecords, TextRow } from '../text-rows.ts';
import { workerFile } from '../worker-file.ts';
import { ParquetRefusal, readFooter, type ParquetLimits } from './footer.ts';
import type { FromParquet, ParquetTask } from './parquet-worker.ts';

const CELLS = 40_000_000;
const CHUNK = 1 << 28;
const HEAP_MB = 640;
/** Without a word for so long, a thread is caught in a damaged file. */
const SILENCE_MS = 8_000;
const SILENCE_MS_PER_MB = 250;

/**
 * A Parquet file as records: numbers, texts, days and moments as text (value-text.ts), nested
 * columns as JSON. Compression: none, snappy, gzip, zstd, brotli. One row group is in memory at a
 * time.
 * @throws FILE_DAMAGED, FILE_FORMAT_UNSUPPORTED, FILE_TOO_LARGE, CANCELLED
 */
export async function openParquet(
  source: RecordsSource,
  options: ReadOptions,
): Promise<OpenedRecords> {
  const limits = {
    rows: options.limits?.rows ?? DEFAULT_LIMITS.rows,
    columns: options.limits?.columns ?? DEFAULT_LIMITS.columns,
    cells: CELLS,
    chunk: CHUNK,
  };
  const { signal } = options;
  const names = await columnNames(source, limits);
  return {
    names,
    form: { format: 'parquet', encoding: null, delimiter: null },
    problems: () => [],
    async *rows() {
      const thread = new ParquetThread(source, { size: source.size, limits }, signal);
      try {
        for (;;) {
          const rows = await thread.rows();
          if (rows === undefined) return;
          yield rows;
        }
      } finally {
        thread.close();
      }
    },
  };
}

/** The names of the columns, from the footer alone. */
async function columnNames(source: RecordsSource, limits: ParquetLimits): Promise<string[]> {
  const file = {
    byteLength: source.size,
    async slice(from: number, to = source.size): Promise<ArrayBuffer> {
      const bytes = await source.slice(Math.max(from, 0), to);
      return new Uint8Array(bytes).buffer;
    },
  };
  try {
    const { columns } = await readFooter(file, limits);
    return columns.map(({ name }) => name);
  } catch (error) {
    if (error instanceof ConcordError) throw error;
    const known = error instanceof ParquetRefusal ? error : new ParquetRefusal('damaged');
    throw refusal(known);
  }
}

class ParquetThread {
  private readonly worker: Worker;
  private readonly source: RecordsSource;
  private readonly silence: number;
  private readonly signal: AbortSignal | undefined;
  private readonly waiting: FromParquet[] = [];
  private failure: ConcordError | undefined;
  private wake: (() => void) | undefined;

  constructor(source: RecordsSource, task: ParquetTask, signal: AbortSignal | undefined) {
    this.source = source;
    this.signal = signal;
    this.silence = SILENCE_MS + (source.size / 2 ** 20) * SILENCE_MS_PER_MB;
    this.worker = new Worker(workerFile(import.meta.url, 'parquet-worker'), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    this.worker.on('message', (message: FromParquet) => void this.hear(message));
    this.worker.on('error', () => this.fail(new ConcordError('FILE_DAMAGED', { part: 'parquet' })));
    signal?.addEventListener('abort', this.cancel, { once: true });
  }

  /** The next rows; undefined at the end. */
  async rows(): Promise<readonly TextRow[] | undefined> {
    this.worker.postMessage({ kind: 'more' });
    for (;;) {
      const message = await this.next();
      if (message.kind === 'rows') return message.rows;
      if (message.kind === 'end') return undefined;
    }
  }

  close(): void {
    this.signal?.removeEventListener('abort', this.cancel);
    void this.worker.terminate();
  }

  private readonly cancel = (): void => this.fail(new ConcordError('CANCELLED'));

  private async next(): Promise<FromParquet> {
    while (this.waiting.length === 0 && this.failure === undefined) await this.word();
    const message = this.waiting.shift();
    if (message !== undefined) return message;
    this.close();
    throw this.failure as ConcordError;
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
    if (message.kind === 'refused') {
      this.fail(refusal(message));
      return;
    }
    this.waiting.push(message);
    this.wake?.();
  }

  private async give({ id, from, to }: Extract<FromParquet, { kind: 'slice' }>): Promise<void> {
    try {
      const bytes = await this.source.slice(from, to);
      this.worker.postMessage({ kind: 'slice', id, bytes });
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

function refusal({ what, limit }: Pick<ParquetRefusal, 'what' | 'limit'>): ConcordError {
  if (what === 'damaged') return new ConcordError('FILE_DAMAGED', { part: 'parquet' });
  if (what === 'codec' || what === 'encrypted')
    return new ConcordError('FILE_FORMAT_UNSUPPORTED', { format: `parquet-${what}` });
  return new ConcordError('FILE_TOO_LARGE', { what, limit });
}
