/**
 * Cells of some whole records as ranges of `bytes`; record r, field f stands at f * stride + r: a
 * column then finds its cells side by side, and does not fetch those of all others.
 */
export interface RecordBatch {
  readonly bytes: Buffer;
  /** The same bytes, for reading several at once. */
  readonly view: DataView;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** What to take off a start or an end to come to an offset in `bytes`. */
  readonly base: number;
  readonly records: number;
  readonly stride: number;
}

/** Cells of one batch: their offsets then lie in the processor's second cache. */
const CELLS = 1 << 15;

/**
 * Gathers the records of a scanner into batches, so that each column takes many cells at a time.
 * It keeps offsets only: `flush` before the scanner's buffer moves.
 */
export class RecordGatherer {
  private readonly fields: number;
  private readonly most: number;
  private readonly take: (batch: RecordBatch, from: number, to: number) => void;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private bytes: Buffer = Buffer.alloc(0);
  private records = 0;

  /** `take` is given each batch, valid during the call, and the bytes [from, to) it refers to. */
  constructor(fields: number, take: (batch: RecordBatch, from: number, to: number) => void) {
    this.fields = fields;
    this.most = Math.max(1, Math.floor(CELLS / fields));
    this.take = take;
    this.starts = new Int32Array(this.most * fields);
    this.ends = new Int32Array(this.most * fields);
  }

  /** One record; fields it has not count as empty. */
  add(bytes: Buffer, starts: Int32Array, ends: Int32Array, found: number): void {
    this.bytes = bytes;
    const { fields, starts: ownStarts, ends: ownEnds } = this;
    const { most, records } = this;
    for (let field = 0, at = records; field < found; field++, at += most) {
      ownStarts[at] = starts[field] as number;
      ownEnds[at] = ends[field] as number;
    }
    const end = ends[found - 1] as number;
    for (let field = found; field < fields; field++) {
      ownStarts[field * most + records] = end;
      ownEnds[field * most + records] = end;
    }
    if (++this.records === this.most) this.flush();
  }

  flush(): void {
    const { bytes, starts, ends, records, fields, most: stride } = this;
    if (records === 0) return;
    this.records = 0;
    const from = starts[0] as number;
    const to = ends[(fields - 1) * stride + records - 1] as number;
    const view = viewOf(bytes);
    this.take({ bytes, view, starts, ends, base: 0, records, stride }, from, to);
  }
}

export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
