import { encodedOf, keepEncoded, type EncodedColumn } from './encoded-column.ts';
import type { MadeColumn } from './column-maker.ts';
import { distinctStrings, packStrings } from './packed-strings.ts';
import type { Column } from './table.ts';

/** A made column on its way between threads: its memory moves, it is not copied. */
export interface ColumnParcel {
  readonly column: object;
  readonly dictionary: { readonly packed: Uint8Array; readonly count: number } | null;
  readonly spaced: number;
  readonly empty: boolean;
  readonly encoded: EncodedColumn | null;
}

/** `distinct`: the dictionary holds each string once and no empty one, as a builder makes it. */
export function packColumn({ column, spaced, empty }: MadeColumn): [ColumnParcel, ArrayBuffer[]] {
  const moved: ArrayBuffer[] = [];
  const move = <A extends Uint8Array | Int32Array | Float64Array>(array: A): A => {
    const own = array.byteLength === array.buffer.byteLength ? array : (array.slice() as A);
    moved.push(own.buffer as ArrayBuffer);
    return own;
  };
  const kept = encodedOf(column);
  const encoded = kept ? { entry: kept.entry, parts: kept.parts.map(plain).map(move) } : null;
  if (!('codes' in column)) {
    const parcel = { column: { ...column, values: move(column.values) }, dictionary: null };
    return [{ ...parcel, spaced, empty, encoded }, moved];
  }
  const { dictionary, ...rest } = column;
  const packed = move(plain(packStrings(dictionary)));
  const parcel = {
    column: { ...rest, codes: move(column.codes) },
    dictionary: { packed, count: dictionary.length },
  };
  return [{ ...parcel, spaced, empty, encoded }, moved];
}

export function unpackColumn({ column, dictionary, spaced, empty, encoded }: ColumnParcel) {
  const whole =
    dictionary === null
      ? (column as Column)
      : ({
          ...column,
          dictionary: distinctStrings(Buffer.from(dictionary.packed.buffer), dictionary.count),
        } as unknown as Column);
  if (encoded !== null) keepEncoded(whole, encoded);
  return { column: whole, spaced, empty };
}

/** A Buffer's `slice` shares its memory; a plain array's is a copy. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
