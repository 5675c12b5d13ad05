import { cellTexts } from '../../../main/records/cell-text.ts';
import { readCsv, type ReadOptions, type ReadResult } from '../../../main/records/csv-reader.ts';
import { readFile, type FileResult } from '../../../main/records/read-file.ts';
import { memorySource } from '../../../main/records/source.ts';
import { writeCsv, type WriteOptions } from '../../../main/records/csv-writer.ts';
import type { Table } from '../../../main/records/table.ts';

/** A byte source that gives `bytes` in pieces cut at the given offsets. */
export function cut(bytes: Uint8Array, offsets: readonly number[] = []) {
  const cuts = [...new Set([0, ...offsets, bytes.length])].sort((a, b) => a - b);
  return async function* (): AsyncGenerator<Uint8Array> {
    for (let part = 0; part + 1 < cuts.length; part++) {
      // A copy, wiped after use: a reader that keeps a view of it is found out.
      const piece = new Uint8Array(bytes.subarray(cuts[part], cuts[part + 1]));
      yield piece;
      piece.fill(0x58);
    }
  };
}

export function readBytes(bytes: Uint8Array, options?: ReadOptions): Promise<ReadResult> {
  return readCsv(cut(bytes), options);
}

export function readText(text: string, options?: ReadOptions): Promise<ReadResult> {
  return readBytes(Buffer.from(text, 'utf8'), options);
}

export function written(table: Table, options?: WriteOptions): Buffer {
  return Buffer.concat([...writeCsv(table, options)]);
}

/** All cells as text, row by row. */
export function cells(table: Table): string[][] {
  const texts = table.columns.map(cellTexts);
  return Array.from({ length: table.rows }, (_, row) => texts.map((text) => text(row)));
}

export function types(table: Table): string[] {
  return table.columns.map((column) => column.type);
}

/** Any file by its content, as the importer reads it. */
export function readAny(
  content: Uint8Array | string,
  options: ReadOptions = {},
  name = 'records.dat',
): Promise<FileResult> {
  return readFile(memorySource(name, Buffer.from(content)), options);
}

export const codes = ({ facts }: ReadResult): string[] => facts.problems.map(({ code }) => code);
