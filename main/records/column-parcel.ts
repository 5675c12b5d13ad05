import { encodedOf, keepEncoded, type EncodedColumn } from './encoded-column.ts';
import type { MadeColumn } from './column-maker.ts';
import { packDictionary, withPackedDictionary } from './packed-strings.ts';
import type { CodedColumn, Column } from './table.ts';

/** A made column on its way between threads: its memory moves, it is not copied. */
export interface ColumnParcel {
  readonly column: object;
  readonly dictionary: { readonly packed: Uint8Array; readonly count: number } | null;
  readonly spaced: number;
  readonly empty: boolean;
  readonly encoded: EncodedColumn | null;
}

/** The parcel, and what moves with it. The column must be fresh from its builder. */
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
  const { name, type } = column;
  const { bytes, count } = packDictionary(column);
  const parcel = {
    column: { name, type, codes: move(column.codes) },
    dictionary: { packed: move(plain(bytes)), count },
  };
  return [{ ...parcel, spaced, empty, encoded }, moved];
}

export function unpackColumn(parcel: ColumnParcel): MadeColumn {
  const { dictionary, spaced, empty, encoded } = parcel;
  const column =
    dictionary === null
      ? (parcel.column as Column)
      : withPackedDictionary(parcel.column as Omit<CodedColumn, 'dictionary'>, {
          bytes: Buffer.from(dictionary.packed.buffer),
          count: dictionary.count,
        });
  if (encoded !== null) keepEncoded(column, encoded);
  return { column, spaced, empty };
}

/** A Buffer's `slice` shares its memory; a plain array's is a copy. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
