import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ConcordError, type ErrorCode, type ErrorParams } from '../contract/errors.ts';
import { BELL, TAKEN, WANTED } from './crew-counters.ts';
import type { ColumnMaker, ColumnPlan, MadeColumn } from './column-maker.ts';
import { unpackColumn, type ColumnParcel } from './column-parcel.ts';
import type { RecordBatch } from './record-batch.ts';
import type { Column } from './table.ts';
import { workerFile } from './worker-file.ts';

interface GivenColumn {
  readonly field: number;
  readonly plan: ColumnPlan;
}

export interface WorkerColumns {
  readonly columns: readonly GivenColumn[];
  readonly missing: readonly Uint8Array[];
  readonly encode: boolean;
  /** Shared by all (crew-counters.ts). */
  readonly counters: Int32Array;
  /** Which of the threads this is, from 0. */
  readonly thread: number;
}

export type ToColumns =
  /** Told once: memory that came with every batch would count as new each time, and be collected. */
  | ({ readonly kind: 'basket'; readonly basket: number } & SharedCells)
  | {
      readonly kind: 'batch';
      readonly basket: number;
      readonly base: number;
      readonly records: number;
      readonly stride: number;
      /** The basket is for this batch alone. */
      readonly once: boolean;
    }
  | { readonly kind: 'finish' };

export type FromColumns =
  /** As many batches as were wanted have been taken. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'column'; readonly field: number; readonly parcel: ColumnParcel }
  | {
      readonly kind: 'refused';
      readonly field: number;
      readonly code: ErrorCode;
      readonly params: ErrorParams;
    };

interface SharedCells {
  readonly shared: SharedArrayBuffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Memory that scanner and threads share for one batch after the other. */
interface Basket extends SharedCells {
  readonly number: number;
  readonly bytes: Uint8Array;
}

interface CrewOptions {
  readonly threads: number;
  /** Threads also bring their columns into the storage form. */
  readonly encode: boolean;
}

/** Smaller files are read before threads have started, and learned what they do again and again. */
const THREADS_FROM = 12_000_000;
const MOST_THREADS = 4;

/** How many threads make the columns of a file of so many bytes best; 0: none beside the reader. */
export function threadsFor(bytes: number): number {
  return bytes < THREADS_FROM ? 0 : Math.min(availableParallelism(), MOST_THREADS);
}

/** Batches under way before the scanner waits: enough that no thread runs dry. */
const UNDER_WAY = 12;
const BASKET_BYTES = 1 << 19;
const COST_SAMPLE = 1 << 16;

/**
 * The columns of a file shared out among threads. Each column is built by one thread in the order
 * of the records, so that the table is the one that a single thread would have made; the scanner
 * stays in the thread of the caller, and with it every error of the file's form.
 */
export class ColumnCrew implements ColumnMaker {
  private readonly plans: readonly ColumnPlan[];
  private readonly missing: readonly Buffer[];
  private readonly options: CrewOptions;
  private readonly workers: Worker[] = [];
  private readonly counters: Int32Array;
  /** Of the batches that not every thread has taken, oldest first. */
  private readonly baskets: Basket[] = [];
  private readonly free: Basket[] = [];
  private readonly made: (MadeColumn | ConcordError | undefined)[];
  private number = 0;
  private batches = 0;
  private closed = false;
  private failure: unknown;
  private wake: (() => void) | undefined;

  constructor(plans: readonly ColumnPlan[], missing: readonly Buffer[], options: CrewOptions) {
    this.plans = plans;
    this.missing = missing;
    this.options = options;
    this.made = new Array<MadeColumn>(plans.length);
    const size = (TAKEN + options.threads) * Int32Array.BYTES_PER_ELEMENT;
    this.counters = new Int32Array(new SharedArrayBuffer(size));
  }

  append(batch: RecordBatch, from: number, to: number): void {
    if (this.workers.length === 0) this.begin(batch);
    const { records, stride, starts, ends } = batch;
    const basket = this.basket(to - from, starts.length);
    basket.bytes.set(batch.bytes.subarray(from, to));
    basket.starts.set(starts);
    basket.ends.set(ends);
    this.baskets.push(basket);
    this.batches++;
    const once = basket.bytes.length > BASKET_BYTES;
    this.tell({ kind: 'batch', basket: basket.number, base: from, records, stride, once });
  }

  ready(): Promise<void> | undefined {
    if (this.underWay() <= UNDER_WAY && this.failure === undefined) return undefined;
    // Told before the counters are looked at: no thread passes it unseen.
    Atomics.store(this.counters, WANTED, this.batches - UNDER_WAY / 2);
    return this.until(() => this.underWay() <= UNDER_WAY / 2);
  }

  /** Batches that not every thread has taken; the memory of all others is free again. */
  private underWay(): number {
    let taken = this.batches;
    for (let thread = 0; thread < this.workers.length; thread++)
      taken = Math.min(taken, Atomics.load(this.counters, TAKEN + thread));
    const left = this.batches - taken;
    for (const basket of this.baskets.splice(0, this.baskets.length - left))
      if (basket.bytes.length === BASKET_BYTES) this.free.push(basket);
    return left;
  }

  async finish(seen?: (column: Column) => void): Promise<readonly MadeColumn[]> {
    this.tell({ kind: 'finish' });
    const all: MadeColumn[] = [];
    for (let field = 0; field < this.plans.length; field++) {
      await this.until(() => this.made[field] !== undefined);
      const made = this.made[field];
      // The first column's refusal is the one that a single thread would have met.
      if (made instanceof ConcordError) throw made;
      seen?.((made as MadeColumn).column);
      all.push(made as MadeColumn);
    }
    return all;
  }

  close(): void {
    this.closed = true;
    for (const worker of this.workers) void worker.terminate();
  }

  private begin(batch: RecordBatch): void {
    const { missing, counters } = this;
    const { encode } = this.options;
    for (const [thread, columns] of shares(this.plans, batch, this.options.threads).entries()) {
      const data: WorkerColumns = { columns, missing, encode, counters, thread };
      const worker = new Worker(workerFile(import.meta.url, 'column-worker'), { workerData: data });
      worker.on('message', (message: FromColumns) => this.hear(message));
      worker.on('error', (error) => this.fail(error));
      worker.on('exit', (code) => {
        const all = columns.every(({ field }) => this.made[field] !== undefined);
        if (!this.closed && !all) this.fail(new Error(`a thread ended with ${code}`));
      });
      this.workers.push(worker);
    }
  }

  private hear(message: FromColumns): void {
    if (message.kind !== 'taken') {
      this.made[message.field] =
        message.kind === 'column'
          ? unpackColumn(message.parcel)
          : new ConcordError(message.code, message.params);
    }
    this.wake?.();
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.wake?.();
  }

  private async until(reached: () => boolean): Promise<void> {
    while (this.failure === undefined && !reached())
      await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.failure !== undefined) throw this.failure;
  }

  private basket(bytes: number, cells: number): Basket {
    if (bytes <= BASKET_BYTES) {
      const free = this.free.at(-1);
      if (free !== undefined && free.starts.length >= cells) {
        this.free.pop();
        return free;
      }
    }
    const size = cells * Int32Array.BYTES_PER_ELEMENT;
    const shared = new SharedArrayBuffer(Math.max(bytes, BASKET_BYTES));
    const starts = new Int32Array(new SharedArrayBuffer(size));
    const ends = new Int32Array(new SharedArrayBuffer(size));
    const number = this.number++;
    this.tell({ kind: 'basket', basket: number, shared, starts, ends });
    return { number, shared, bytes: new Uint8Array(shared), starts, ends };
  }

  private tell(message: ToColumns): void {
    for (const worker of this.workers) worker.postMessage(message);
    Atomics.add(this.counters, BELL, 1);
    Atomics.notify(this.counters, BELL);
  }
}

/** Columns dealt out, the dearest first, to whoever has least: by the cells of a first batch. */
function shares(
  plans: readonly ColumnPlan[],
  batch: RecordBatch,
  threads: number,
): GivenColumn[][] {
  const costs = plans.map((plan, field) => ({ field, plan, cost: costOf(batch, field) }));
  costs.sort((a, b) => b.cost - a.cost || a.field - b.field);
  const shared = Array.from({ length: Math.min(threads, plans.length) }, () => ({
    cost: 0,
    columns: [] as GivenColumn[],
  }));
  for (const { field, plan, cost } of costs) {
    const least = shared.reduce((a, b) => (b.cost < a.cost ? b : a));
    least.columns.push({ field, plan });
    least.cost += cost;
  }
  // In the order of the file, so that the first columns come back first.
  return shared.map(({ columns }) => columns.sort((a, b) => a.field - b.field));
}

/** Nanoseconds a cell of this column takes, roughly as measured: digits, text, and new text. */
function costOf({ bytes, starts, ends, records, stride }: RecordBatch, field: number): number {
  const cells = new Set<string>();
  let length = 0;
  for (let record = 0, cell = field * stride; record < records; record++, cell++) {
    length += (ends[cell] as number) - (starts[cell] as number);
    if (length < COST_SAMPLE) cells.add(bytes.toString('latin1', starts[cell], ends[cell]));
  }
  const mean = length / records;
  const numeric = [...cells].every((cell) => cell.trim() === '' || !Number.isNaN(Number(cell)));
  return numeric ? 30 + 4 * mean : 25 + 3 * mean + (150 * cells.size) / records;
}
