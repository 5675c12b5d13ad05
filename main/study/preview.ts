import { statSync } from 'node:fs';
import type { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import type { recordsCalls } from '../contract/records.ts';
import { cellTexts } from '../records/cell-text.ts';
import { readCsv, type ReadResult } from '../records/csv-reader.ts';
import { fileBytes, requireFile } from './files.ts';

type Preview = z.input<typeof recordsCalls.preview.output>;

const ROWS = 20;
const HEAD = 1 << 20;
const CELL = 200;

/** The first rows of a file as they would be read, without reading all of a large one. */
export async function previewFile(path: string): Promise<Preview> {
  const whole = statSync(requireFile(path)).size <= HEAD;
  const { table, facts } = await (whole ? readCsv(fileBytes(path)) : readHead(path));
  const shown = Math.min(ROWS, table.rows);
  const texts = table.columns.map((column) => cellTexts(column));
  return {
    columns: table.columns.map(({ name, type }) => ({ name, type })),
    rows: Array.from({ length: shown }, (_, row) => texts.map((text) => short(text(row)))),
    encoding: facts.encoding,
    delimiter: facts.delimiter,
    more: !whole || table.rows > shown,
  };
}

/** The first megabyte up to a line end; where that cuts a quoted cell, the whole file after all. */
async function readHead(path: string): Promise<ReadResult> {
  try {
    return await readCsv(() => head(path));
  } catch (error) {
    const cut = error instanceof ConcordError && error.code.startsWith('CSV_');
    if (!cut) throw error;
    return readCsv(fileBytes(path));
  }
}

async function* head(path: string): AsyncIterable<Uint8Array> {
  let left = HEAD;
  for await (const chunk of fileBytes(path)()) {
    if (chunk.length < left) {
      left -= chunk.length;
      yield chunk;
      continue;
    }
    const end = chunk.lastIndexOf(10, left);
    yield chunk.subarray(0, end < 0 ? left : end + 1);
    return;
  }
}

function short(text: string): string {
  return text.length <= CELL ? text : `${text.slice(0, CELL - 1)}…`;
}
