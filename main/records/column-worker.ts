import {
  parentPort,
  receiveMessageOnPort,
  workerData,
  type MessagePort,
} from 'node:worker_threads';
import { ConcordError } from '../contract/errors.ts';
import type { FromColumns, ToColumns, WorkerColumns } from './column-crew.ts';
import { builderOf, madeColumn } from './column-maker.ts';
import { packColumn } from './column-parcel.ts';
import { BELL, TAKEN, WANTED } from './crew-counters.ts';
import { viewOf, type RecordBatch } from './record-batch.ts';
import { encodeColumn, keepEncoded } from './encoded-column.ts';

/** One thread of a crew: builds, types and, when asked, encodes the columns it was given. */
const { columns, missing, encode, counters, thread } = workerData as WorkerColumns;
const port = parentPort as MessagePort;
const marks = missing.map((mark) => Buffer.from(mark));
const building = columns.map((given) => ({ ...given, builder: builderOf(given.plan, marks) }));
const say = (message: FromColumns, moved: ArrayBuffer[] = []): void =>
  port.postMessage(message, moved);

const baskets = new Map<number, Pick<RecordBatch, 'bytes' | 'view' | 'starts' | 'ends'>>();
let taken = 0;

for (let message = next(); message.kind !== 'finish'; message = next()) {
  if (message.kind === 'basket') {
    const { basket, shared, starts, ends } = message;
    const bytes = Buffer.from(shared);
    baskets.set(basket, { bytes, view: viewOf(bytes), starts, ends });
    continue;
  }
  const { basket, base, records, stride, once } = message;
  const cells = baskets.get(basket);
  if (cells === undefined) throw new RangeError('basket');
  if (once) baskets.delete(basket);
  const batch = { ...cells, base, records, stride };
  for (const { field, builder } of building) builder.append(batch, field);
  Atomics.store(counters, TAKEN + thread, ++taken);
  if (Atomics.load(counters, WANTED) === taken) say({ kind: 'taken' });
}

for (const { field, plan, builder } of building) {
  try {
    const made = madeColumn(plan, builder);
    if (encode) keepEncoded(made.column, encodeColumn(made.column));
    const [parcel, moved] = packColumn(made);
    say({ kind: 'column', field, parcel }, moved);
  } catch (error) {
    if (!(error instanceof ConcordError)) throw error;
    say({ kind: 'refused', field, code: error.code, params: error.params });
  }
}

/** What the thread is told next; it sleeps until there is something. */
function next(): ToColumns {
  for (;;) {
    const bell = Atomics.load(counters, BELL);
    const received = receiveMessageOnPort(port) as { message: ToColumns } | undefined;
    if (received !== undefined) return received.message;
    Atomics.wait(counters, BELL, bell);
  }
}
