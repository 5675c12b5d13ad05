import { crc32, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { columnTypes } from '../contract/import.ts';
import type { BooleanColumn } from './column-type.ts';
import { BLOCK_ROWS, encodeColumn } from './encoded-column.ts';
import { MOST_DECIMALS, numbersFromBytes, WIDTHS } from './packed-numbers.ts';
import { withStoredDictionary } from './packed-strings.ts';
import type { CodedColumn, Column, Table } from './table.ts';

/*
 * CNCT | version u8 | length of the header u32 | header as JSON | blocks | crc32 u32 of all before.
 * The header lists the columns and of each its blocks in file order: rows are cut into blocks of
 * BLOCK_ROWS, each packed to the narrowest whole width that holds it and compressed by itself; so
 * a later reader can open one column, or some rows, alone. All numbers are little-endian.
 */
const MAGIC = 0x54434e43;
const VERSION = 2;
/** Version 1 had no decimals and no codes that count up; read the same way. */
const OLDEST = 1;
const MAX_ROWS = 1 << 30;

const block = z.strictObject({
  bytes: z.int().min(1),
  rows: z.int().min(1).max(BLOCK_ROWS),
  width: z.enum(WIDTHS),
  decimals: z.int().min(1).max(MOST_DECIMALS).optional(),
  first: z.int().min(0).max(MAX_ROWS).optional(),
});
const columnEntry = z.strictObject({
  name: z.string(),
  type: z.enum(columnTypes),
  blocks: z.array(block),
  dictionary: z
    .strictObject({ bytes: z.int().min(1), raw: z.int().min(0), count: z.int().min(0) })
    .optional(),
  words: z.tuple([z.string(), z.string()]).optional(),
});
const encodedTable = z.strictObject({
  rows: z.int().min(0).max(MAX_ROWS),
  columns: z.array(columnEntry),
});

/** The table as bytes for storage; `decodeTable` gives the same table back. */
export function encodeTable(table: Table): Uint8Array {
  const encoded = table.columns.map(encodeColumn);
  const parts = encoded.flatMap((column) => column.parts);
  const columns = encoded.map(({ entry }) => entry);
  const header = Buffer.from(JSON.stringify({ rows: table.rows, columns }), 'utf8');
  const front = Buffer.alloc(9);
  front.writeUInt32LE(MAGIC, 0);
  front.writeUInt8(VERSION, 4);
  front.writeUInt32LE(header.length, 5);
  const body = Buffer.concat([front, header, ...parts, Buffer.alloc(4)]);
  body.writeUInt32LE(crc32(body.subarray(0, -4)), body.length - 4);
  return body;
}

/** The table of `encodeTable`'s bytes. Throws ARTEFACT_DAMAGED when they are not as written. */
export function decodeTable(bytes: Uint8Array): Table {
  try {
    return decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch {
    // Whatever goes wrong while reading, it is the bytes; nothing of them goes into the error.
    throw new ConcordError('ARTEFACT_DAMAGED');
  }
}

class Damaged extends Error {}

function must(holds: boolean): void {
  if (!holds) throw new Damaged();
}

function decode(bytes: Buffer): Table {
  must(bytes.length >= 13 && bytes.readUInt32LE(0) === MAGIC);
  must(bytes.readUInt8(4) >= OLDEST && bytes.readUInt8(4) <= VERSION);
  must(crc32(bytes.subarray(0, -4)) === bytes.readUInt32LE(bytes.length - 4));
  let at = 9 + bytes.readUInt32LE(5);
  const { rows, columns } = encodedTable.parse(JSON.parse(bytes.toString('utf8', 9, at)));
  const next = (length: number): Buffer => {
    must(at + length <= bytes.length - 4);
    at += length;
    return bytes.subarray(at - length, at);
  };
  const table = { rows, columns: columns.map((column) => decodeColumn(column, rows, next)) };
  must(at === bytes.length - 4);
  return table;
}

function decodeColumn(
  encoded: z.infer<typeof columnEntry>,
  rows: number,
  next: (length: number) => Buffer,
): Column {
  const { name, type, blocks, dictionary, words } = encoded;
  must(blocks.reduce((sum, part) => sum + part.rows, 0) === rows);
  const coded = type === 'category' || type === 'text' || type === 'identifier';
  must(coded === (dictionary !== undefined));
  const cells = coded ? new Int32Array(rows) : new Float64Array(rows);
  let from = 0;
  for (const part of blocks) {
    const { width, decimals = 0, first = 0 } = part;
    must(width !== 's0' || coded);
    const packing = { width, decimals, first };
    const size = part.rows * Number(part.width.slice(1));
    numbersFromBytes(packing, expand(next(part.bytes), size), cells, from, part.rows);
    from += part.rows;
  }
  if (!dictionary) {
    const values = cells as Float64Array;
    if (!words || type !== 'boolean') return { name, type, values } as Column;
    return { name, type, values, words } as BooleanColumn;
  }
  const codes = cells as Int32Array;
  for (let row = 0; row < rows; row++)
    must((codes[row] as number) >= -1 && (codes[row] as number) < dictionary.count);
  const packed = expand(next(dictionary.bytes), dictionary.raw);
  // Most readers of a table never look at the strings of most columns.
  return withStoredDictionary({ name, type, codes } as CodedColumn, {
    bytes: packed,
    count: dictionary.count,
  });
}

function expand(bytes: Buffer, size: number): Buffer {
  const raw = zstdDecompressSync(bytes, { maxOutputLength: Math.max(size, 1) });
  must(raw.length === size);
  return raw;
}
