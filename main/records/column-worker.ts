import { parentPort, workerData } from 'node:worker_threads';
import { ConcordError } from '../contract/errors.ts';
import type { FromColumns, ToColumns, WorkerColumns } from './column-crew.ts';
import { builderOf, madeColumn } from './column-maker.ts';
import { packColumn } from './column-parcel.ts';
import { viewOf, type RecordBatch } from './record-batch.ts';
import { encodeColumn, keepEncoded } from './encoded-column.ts';

/** One thread of a crew: builds, types and, when asked, encodes the columns it was given. */
const { columns, missing, encode } = workerData as WorkerColumns;
const marks = missing.map((mark) => Buffer.from(mark));
const building = columns.map((given) => ({ ...given, builder: builderOf(given.plan, marks) }));
const say = (message: FromColumns, moved: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, moved);

const baskets = new Map<number, Pick<RecordBatch, 'bytes' | 'view' | 'starts' | 'ends'>>();

parentPort?.on('message', (message: ToColumns) => {
  if (message.kind === 'basket') {
    const { basket, shared, starts, ends } = message;
    const bytes = Buffer.from(shared);
    baskets.set(basket, { bytes, view: viewOf(bytes), starts, ends });
    return;
  }
  if (message.kind === 'batch') {
    const { basket, base, records, fields, once } = message;
    const cells = baskets.get(basket);
    if (cells === undefined) throw new RangeError('basket');
    if (once) baskets.delete(basket);
    for (const { field, builder } of building)
      builder.append({ ...cells, base, records, fields }, field);
    say({ kind: 'taken', basket });
    return;
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
});
