import type { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import type { ImportOptions } from '../contract/import.ts';
import type { recordsCalls } from '../contract/records.ts';
import { cellTexts } from '../records/cell-text.ts';
import { containerOf } from '../records/file-format.ts';
import type { Joined } from '../records/join.ts';
import { namingFile, readFiles, type FileResult } from '../records/read-file.ts';
import type { RecordsSource } from '../records/source.ts';
import type { Table } from '../records/table.ts';
import type { Control } from './context.ts';
import type { FoundFiles } from './file-source.ts';
import { findPlace, joinFirstRows, readRequest, type ReadRequest } from './read.ts';

export type Preview = z.input<typeof recordsCalls.preview.output>;

const ROWS = 20;
const EXAMPLES = 5;
const HEAD = 1 << 20;
const CELL = 200;
/** Bytes of a first file that is joined whole; of a larger one its first rows are. */
const JOIN_WHOLE = 64 << 20;
const JOIN_ROWS = 5_000;

/**
 * The first rows as they would be read, without reading all of a large file. A join reads its
 * second file whole, and the first one where it is no larger than `joinWhole` bytes.
 * @throws CANCELLED and whatever the reader says of the content
 */
export async function previewRecords(
  request: ReadRequest,
  control: Control,
  joinWhole = JOIN_WHOLE,
): Promise<Preview> {
  const found = await findPlace(request.from);
  const joins = request.join !== undefined;
  const { signal } = control;
  const progress = (done: number): void =>
    control.progress({ done, total: found.size, unit: 'bytes' });
  const options = { ...request.options, signal, progress };
  const { result, whole } = await firstRows(found, options, joins ? JOIN_ROWS : ROWS + 1);
  const { format, encoding, delimiter, quote, sheet, sheets } = result.form;
  const about = {
    format,
    encoding,
    delimiter,
    ...(quote !== undefined && { quote }),
    ...(sheet !== undefined && { sheet }),
    ...(sheets !== undefined && { sheets: [...sheets] }),
    files: found.files.length,
    bytes: found.size,
  };
  if (request.join === undefined) {
    const { table } = result;
    return { ...shown(table), ...about, more: !whole || table.rows > ROWS };
  }
  if (found.size > joinWhole && !whole) {
    const part = await joinFirstRows(result.table, request.join, request.options, control);
    const told = joinTold(result.table, part, result.table.rows);
    return { ...shown(part.table), ...about, more: true, join: told };
  }
  const { table, joined } = await readRequest(request, control);
  if (joined === undefined) throw new ConcordError('INTERNAL', { incident: '–' });
  const join = joinTold(joined.before, joined, null);
  return { ...shown(table), ...about, more: table.rows > ROWS, join };
}

/** `first`: only so many first rows were joined, and some facts do not show in them. */
function joinTold(
  before: Table,
  { relation, unmatched, unused }: Joined,
  first: number | null,
): NonNullable<Preview['join']> {
  return {
    relation: first !== null && relation === 'one-to-one' ? null : relation,
    unmatched: unmatched.length,
    unused: first === null ? unused : null,
    first,
    examples: rowTexts(before, unmatched.slice(0, EXAMPLES)),
  };
}

async function firstRows(
  found: FoundFiles,
  options: ImportOptions & Pick<Control, 'signal'> & { progress: (bytes: number) => void },
  rows: number,
): Promise<{ result: FileResult; whole: boolean }> {
  const [only] = found.files;
  const one = found.files.length === 1 && only?.constants.size === 0 ? only.source : undefined;
  if (one === undefined || (await namingFile(one.name, () => containerOf(one))) !== 'delimited') {
    // One more than shown, to know whether there are more.
    const result = await readFiles(found.files, options, rows);
    return { result, whole: result.table.rows < rows };
  }
  const part = (source: RecordsSource): Promise<FileResult> =>
    readFiles([{ source, constants: new Map() }], options);
  if (one.size <= HEAD) return { result: await part(one), whole: true };
  try {
    return { result: await part({ ...one, bytes: () => head(one) }), whole: false };
  } catch (error) {
    // Where the cut went through a quoted cell, the whole file after all.
    const cut = error instanceof ConcordError && error.code.startsWith('CSV_');
    if (!cut) throw error;
    return { result: await part(one), whole: false };
  }
}

/** The first megabyte up to a line end. */
async function* head(source: RecordsSource): AsyncIterable<Uint8Array> {
  let left = HEAD;
  for await (const chunk of source.bytes()) {
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

function shown(table: Table): Pick<Preview, 'columns' | 'rows'> {
  const rows = Array.from({ length: Math.min(ROWS, table.rows) }, (_, row) => row);
  return {
    columns: table.columns.map(({ name, type }) => ({ name, type })),
    rows: rowTexts(table, rows),
  };
}

function rowTexts(table: Table, rows: readonly number[]): string[][] {
  const texts = table.columns.map((column) => cellTexts(column));
  return rows.map((row) => texts.map((text) => short(text(row))));
}

function short(text: string): string {
  return text.length <= CELL ? text : `${text.slice(0, CELL - 1)}…`;
}
