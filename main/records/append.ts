import { ConcordError } from '../contract/errors.ts';
import type { Problem } from '../contract/import.ts';
import type { RecordsSource } from './source.ts';
import type { OpenedRecords, TextRow } from './text-rows.ts';

/** One of several files that are read as one. */
export interface PartFile {
  readonly source: RecordsSource;
  /** Columns that the file's place gives to all its rows (key=value folders). */
  readonly constants: ReadonlyMap<string, string>;
}

/** An opened file with the columns of its place. */
interface Part {
  readonly file: string;
  readonly opened: OpenedRecords;
  readonly names: readonly string[];
  readonly constants: readonly string[];
}

const NAMED = 20;

/**
 * Several files as one: the rows of each after those of the one before. All must have the columns
 * of the first, by name; their order may differ. Throws APPEND_MISMATCH {file, first, missing,
 * extra}, HEADER_DUPLICATE where a folder's key is a column too.
 */
export async function appended(
  files: readonly PartFile[],
  open: (source: RecordsSource) => Promise<OpenedRecords>,
): Promise<OpenedRecords> {
  const parts: Part[] = [];
  for (const { source, constants } of files) {
    const part = partOf(source.name, await open(source), constants);
    requireSame(parts[0], part);
    parts.push(part);
  }
  const [first] = parts as [Part, ...Part[]];
  return {
    names: first.names,
    form: first.opened.form,
    problems: () => [
      { code: 'FILES_APPENDED', column: null, rows: parts.length, proposal: 'none' } as const,
      ...together(parts.flatMap(({ opened }) => opened.problems())),
    ],
    async *rows() {
      for (const part of parts) yield* rowsOf(part, first.names);
    },
  };
}

function partOf(file: string, opened: OpenedRecords, constants: ReadonlyMap<string, string>): Part {
  const twice = [...constants.keys()].find((name) => opened.names.includes(name));
  if (twice !== undefined) throw new ConcordError('HEADER_DUPLICATE', { column: twice, file });
  const names = [...opened.names, ...constants.keys()];
  return { file, opened, names, constants: [...constants.values()] };
}

function requireSame(first: Part | undefined, part: Part): void {
  if (first === undefined) return;
  const missing = first.names.filter((name) => !part.names.includes(name));
  const extra = part.names.filter((name) => !first.names.includes(name));
  if (missing.length === 0 && extra.length === 0) return;
  throw new ConcordError('APPEND_MISMATCH', {
    file: part.file,
    first: first.file,
    missing: missing.length === 0 ? '–' : missing.slice(0, NAMED),
    extra: extra.length === 0 ? '–' : extra.slice(0, NAMED),
  });
}

async function* rowsOf(part: Part, names: readonly string[]): AsyncGenerator<TextRow[]> {
  const width = part.opened.names.length;
  const order = names.map((name) => part.names.indexOf(name));
  let row = 0;
  for await (const batch of namingRows(part)) {
    yield batch.map((cells) => {
      row++;
      if (cells.length > width)
        throw new ConcordError('CSV_RAGGED', {
          row,
          expected: width,
          found: cells.length,
          file: part.file,
        });
      return order.map((at) => (at < width ? cells[at] : part.constants[at - width]));
    });
  }
}

/** The rows of a part; what is refused about them names its file. */
async function* namingRows({ file, opened }: Part): AsyncGenerator<readonly TextRow[]> {
  try {
    yield* opened.rows();
  } catch (error) {
    if (!(error instanceof ConcordError) || error.params['file'] !== undefined) throw error;
    throw new ConcordError(error.code, { ...error.params, file });
  }
}

/** The same finding in several files is one finding. */
function together(problems: readonly Problem[]): Problem[] {
  const sums = new Map<string, Problem>();
  for (const problem of problems) {
    const key = `${problem.code} ${problem.column ?? ''}`;
    const before = sums.get(key);
    sums.set(key, before ? { ...before, rows: before.rows + problem.rows } : problem);
  }
  return [...sums.values()];
}
