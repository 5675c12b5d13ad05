import type { ImportOptions, JoinPlan, Problem } from '../contract/import.ts';
import { threadsFor } from '../records/column-crew.ts';
import { withProblems, type ReadResult } from '../records/csv-reader.ts';
import { joinTables, type Joined } from '../records/join.ts';
import { namingFile, readFiles } from '../records/read-file.ts';
import { memorySource } from '../records/source.ts';
import type { Table } from '../records/table.ts';
import type { Control } from './context.ts';
import { findFiles, realDisk, type Disk, type FoundFiles } from './file-source.ts';

/** Where records are read from: files and folders put one after the other, or pasted text. */
export type RecordsPlace = { readonly paths: readonly string[] } | { readonly text: string };

/** All that says what is read and how. */
export interface ReadRequest {
  readonly from: RecordsPlace;
  readonly options: ReadingOptions;
  /** A second file whose columns are added, and how it is read. */
  readonly join?: {
    readonly paths: readonly string[];
    readonly plan: JoinPlan;
    readonly options?: ImportOptions;
  };
}

/** How two files went together; `before` is the first of them alone. */
export interface JoinedFiles extends Joined {
  readonly before: Table;
}

const PASTED = 'clipboard.txt';

export interface ReadingOptions extends ImportOptions {
  /** The table will be stored: see the reader's option of this name. */
  readonly encode?: boolean;
}

/**
 * Reads a file or a folder of records into a table, with progress in bytes.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE and whatever the reader says of its content.
 */
export async function readRecords(
  path: string,
  control: Control,
  options: ReadingOptions = {},
): Promise<ReadResult> {
  return readRequest({ from: { paths: [path] }, options }, control);
}

/** @throws as readRecords, and what joinTables says of the keys */
export async function readRequest(
  { from, options, join }: ReadRequest,
  control: Control,
  disk: Disk = realDisk,
): Promise<ReadResult & { readonly joined?: JoinedFiles }> {
  const first = await findPlace(from, disk);
  const other = join === undefined ? undefined : await findFiles(join.paths, disk);
  const total = first.size + (other?.size ?? 0);
  const part = (before: number) => ({
    threads: threadsFor(total),
    signal: control.signal,
    progress: (done: number) => control.progress({ done: before + done, total, unit: 'bytes' }),
  });
  const result = told(await readFiles(first.files, { ...options, ...part(0) }), first);
  if (join === undefined || other === undefined) return result;
  const second = await readFiles(other.files, { ...ofSecond(options, join), ...part(first.size) });
  const name = nameOf(other);
  const joined = await namingFile(name, () =>
    Promise.resolve(joinTables(result.table, second.table, join.plan)),
  );
  const problems = [...second.facts.problems, ...joinProblems(joined, join.plan)];
  return {
    ...withProblems({ table: joined.table, facts: result.facts }, problems),
    joined: { ...joined, before: result.table },
  };
}

/**
 * First rows of a place with the columns of a second file, which is read whole.
 * @throws as readRequest, but for rows without any partner
 */
export async function joinFirstRows(
  table: Table,
  join: NonNullable<ReadRequest['join']>,
  options: ReadingOptions,
  { signal, progress }: Control,
): Promise<Joined> {
  const other = await findFiles(join.paths);
  const second = await readFiles(other.files, {
    ...ofSecond(options, join),
    ...{ signal, threads: threadsFor(other.size) },
    progress: (done) => progress({ done, total: other.size, unit: 'bytes' }),
  });
  return namingFile(nameOf(other), () =>
    Promise.resolve(joinTables(table, second.table, join.plan, { part: true })),
  );
}

/** How the first file is read says nothing of the other, but for what means "missing". */
function ofSecond(
  { missing }: ReadingOptions,
  { options }: NonNullable<ReadRequest['join']>,
): ImportOptions {
  return { ...(missing !== undefined && { missing }), ...options };
}

const nameOf = ({ files }: FoundFiles): string => files[0]?.source.name ?? '';

/** The files behind a place. @throws as findFiles */
export async function findPlace(from: RecordsPlace, disk: Disk = realDisk): Promise<FoundFiles> {
  if ('paths' in from) return findFiles(from.paths, disk);
  const source = memorySource(PASTED, Buffer.from(from.text, 'utf8'));
  return { files: [{ source, constants: new Map() }], size: source.size, leftOut: 0 };
}

function told(result: ReadResult, { leftOut }: FoundFiles): ReadResult {
  if (leftOut === 0) return result;
  return withProblems(result, [
    { code: 'FILES_LEFT_OUT', column: null, rows: leftOut, proposal: 'none' },
  ]);
}

function joinProblems({ unmatched, unused }: Joined, { key }: JoinPlan): Problem[] {
  const counts = [
    ['JOIN_UNMATCHED', unmatched.length],
    ['JOIN_UNUSED', unused],
  ] as const;
  return counts
    .filter(([, rows]) => rows > 0)
    .map(([code, rows]) => ({ code, column: key, rows, proposal: 'none' }));
}
