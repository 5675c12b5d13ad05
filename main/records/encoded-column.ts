import { constants, zstdCompressSync } from 'node:zlib';
import type { BooleanColumn } from './column-type.ts';
import { packCodes, packNumbers, type Packing } from './packed-numbers.ts';
import { packDictionary } from './packed-strings.ts';
import type { Column, ColumnType } from './table.ts';
import type { TruthWords } from './truth-words.ts';

export const BLOCK_ROWS = 1 << 20;
/** Of zstd: level 3 takes twice the time for a fortieth less (bench/records.ts). */
const LEVEL = 1;

interface Block extends Packing {
  readonly bytes: number;
  readonly rows: number;
}

/** What the header of the storage form says of one column. */
export interface ColumnEntry {
  readonly name: string;
  readonly type: ColumnType;
  readonly blocks: readonly Block[];
  readonly dictionary?: { readonly bytes: number; readonly raw: number; readonly count: number };
  readonly words?: TruthWords;
}

export interface EncodedColumn {
  readonly entry: ColumnEntry;
  /** The compressed blocks in the order of the entry, the dictionary last. */
  readonly parts: readonly Uint8Array[];
}

const kept = new WeakMap<Column, EncodedColumn>();

/** What was encoded of this very column before. */
export function encodedOf(column: Column): EncodedColumn | undefined {
  return kept.get(column);
}

/** Keeps what another thread has encoded beside its column, as long as that lives. */
export function keepEncoded(column: Column, encoded: EncodedColumn): void {
  kept.set(column, encoded);
}

/** Cells cut into blocks of BLOCK_ROWS rows, each packed and compressed by itself. */
export function encodeColumn(column: Column): EncodedColumn {
  const ready = kept.get(column);
  if (ready !== undefined) return ready;
  const parts: Uint8Array[] = [];
  const cells = 'codes' in column ? column.codes : column.values;
  const blocks: Block[] = [];
  for (let from = 0; from < cells.length; from += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, cells.length - from);
    const packed =
      'codes' in column
        ? packCodes(column.codes.subarray(from, from + rows))
        : packNumbers(column.values.subarray(from, from + rows));
    const compressed = compress(packed.bytes);
    blocks.push({ bytes: compressed.length, rows, ...packed.packing });
    parts.push(compressed);
  }
  const { name, type } = column;
  if (!('codes' in column)) {
    const { words } = column as BooleanColumn;
    return { entry: words ? { name, type, blocks, words } : { name, type, blocks }, parts };
  }
  const { bytes, count } = packDictionary(column);
  const compressed = compress(bytes);
  parts.push(compressed);
  const dictionary = { bytes: compressed.length, raw: bytes.length, count };
  return { entry: { name, type, blocks, dictionary }, parts };
}

function compress(bytes: Uint8Array): Buffer {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
}
