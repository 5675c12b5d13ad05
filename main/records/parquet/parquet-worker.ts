import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { parentPort } from 'node:worker_threads';
import {
  parquetRead,
  snappyUncompress,
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
} from 'hyparquet';
import { ParquetRefusal, readFooter, type ParquetLimits } from './footer.ts';
import { valueText } from './value-text.ts';

/**
 * Decodes Parquet files, one after the other, in a thread of their own: the library trusts the
 * counts that stand in a file, and what a damaged one makes of it (memory without end, a loop) ends
 * with the thread and not with the engine. Bytes are asked for, rows are given; nothing else is
 * known here.
 */
export interface ParquetTask {
  readonly size: number;
  readonly limits: ParquetLimits;
}

export type FromParquet =
  | { readonly kind: 'slice'; readonly id: number; readonly from: number; readonly to: number }
  | { readonly kind: 'rows'; readonly rows: (string | undefined)[][] }
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly what: ParquetRefusal['what']; readonly limit: number }
  /** Nothing of the file is left to be done: the thread can have another one. */
  | { readonly kind: 'free' };

export type ToParquet =
  | { readonly kind: 'task'; readonly task: ParquetTask }
  | { readonly kind: 'slice'; readonly id: number; readonly bytes: Uint8Array }
  /** More rows may come: the reader has used up the batch before. */
  | { readonly kind: 'more' };

const BATCH = 2000;
const port = parentPort;
let task: ParquetTask = {
  size: 0,
  limits: { rows: 0, columns: 0, cells: 0, chunk: 0 },
};
const slices = new Map<number, (bytes: Uint8Array) => void>();
let next = 0;
let more: (() => void) | undefined;

port?.on('message', (message: ToParquet) => {
  if (message.kind === 'task') {
    task = message.task;
    void perform();
  } else if (message.kind === 'more') {
    more?.();
  } else {
    slices.get(message.id)?.(message.bytes);
    slices.delete(message.id);
  }
});

const tell = (message: FromParquet): void => port?.postMessage(message);

const fileOf = (size: number): AsyncBuffer => ({
  byteLength: size,
  async slice(from, to = size) {
    const id = next++;
    const bytes = await new Promise<Uint8Array>((resolve) => {
      slices.set(id, resolve);
      tell({ kind: 'slice', id, from: Math.max(from, 0), to: Math.min(to, size) });
    });
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  },
});

/** Pages grow to the size that their header says, and to no more. */
function bounded(length: number): number {
  if (!(length >= 0 && length <= task.limits.chunk))
    throw new ParquetRefusal('unpacked', task.limits.chunk);
  return length;
}

const compressors: Compressors = {
  SNAPPY(bytes, length) {
    const page = new Uint8Array(bounded(length));
    snappyUncompress(bytes, page);
    return page;
  },
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: bounded(length) || 1 }),
  ZSTD: (bytes, length) => zstdDecompressSync(bytes, { maxOutputLength: bounded(length) || 1 }),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, { maxOutputLength: bounded(length) || 1 }),
};

async function read(): Promise<void> {
  const file = fileOf(task.size);
  const { metadata, columns } = await readFooter(file, task.limits);
  const single = columns.map((column) => column.single);
  let done = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    await giveGroup(file, metadata, done, done + rows, single);
    done += rows;
  }
  tell({ kind: 'end' });
}

async function giveGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
  single: readonly boolean[],
): Promise<void> {
  let rows: unknown[][] = [];
  const onComplete = (read: unknown[][]): void => {
    rows = read;
  };
  await parquetRead({ file, metadata, rowStart, rowEnd, compressors, onComplete });
  if (rows.length !== rowEnd - rowStart) throw new ParquetRefusal('damaged');
  for (let from = 0; from < rows.length; from += BATCH) {
    const texts = rows
      .slice(from, from + BATCH)
      .map((row) => row.map((value, column) => valueText(value, single[column] === true)));
    const used = new Promise<void>((resolve) => (more = resolve));
    tell({ kind: 'rows', rows: texts });
    await used;
  }
}

async function perform(): Promise<void> {
  try {
    await read();
  } catch (error) {
    const refusal = error instanceof ParquetRefusal ? error : new ParquetRefusal('damaged');
    tell({ kind: 'refused', what: refusal.what, limit: refusal.limit });
  }
  // Other columns of a file that was refused wait for bytes that will not come; what they still
  // had at hand is done before the next turn.
  slices.clear();
  await new Promise((resolve) => setImmediate(resolve));
  slices.clear();
  more = undefined;
  tell({ kind: 'free' });
}
