import { ConcordError } from '../contract/errors.ts';
import { appended, type PartFile } from './append.ts';
import { openConll } from './conll/open-conll.ts';
import { readCsv, withProblems, type ReadOptions, type ReadResult } from './csv-reader.ts';
import { openDelimited } from './delimited-rows.ts';
import { openWorkbook } from './excel/open-workbook.ts';
import { openFhir } from './fhir/open-fhir.ts';
import { containerOf } from './file-format.ts';
import { jsonForm, openJson, type JsonForm } from './json/open-json.ts';

import { openParquet } from './parquet/open-parquet.ts';
import { watchedSource, type RecordsSource } from './source.ts';
import { csvBytes, type FormFacts, type OpenedRecords } from './text-rows.ts';

export interface FileResult extends ReadResult {
  readonly form: FormFacts;
}

/**
 * Reads one file of records, whatever its format: told by its content first, its name second. All
 * formats share the typing, the missing marks and the limits of delimited text.
 * `rows`: only so many of the first rows are wanted; delimited text is cut by its caller.
 * Throws what the reader of the format throws (docs/records.md); errors name the file.
 */
export async function readFile(
  source: RecordsSource,
  options: ReadOptions = {},
  rows?: number,
): Promise<FileResult> {
  return namingFile(source.name, async () => {
    const watched = watchedSource(source, options);
    if ((await containerOf(source)) === 'delimited') {
      const result = await readCsv(source.bytes, options);
      const { encoding, delimiter, quote } = result.facts;
      const form = { format: 'delimited', encoding, delimiter, ...(quote && { quote }) } as const;
      return { ...result, form };
    }
    return readOpened(await openRecords(watched, options), options, rows);
  });
}

/**
 * Reads several files of the same columns as one table, in the order given; FHIR files are put
 * together by patient or encounter instead. Throws APPEND_MISMATCH naming file and columns.
 */
export async function readFiles(
  files: readonly PartFile[],
  options: ReadOptions = {},
  rows?: number,
): Promise<FileResult> {
  const [first] = files;
  if (first === undefined) throw new ConcordError('FILE_EMPTY');
  if (files.length === 1 && first.constants.size === 0)
    return readFile(first.source, options, rows);
  const watched = watchAll(files, options);
  const fhir = await fhirForms(watched);
  const opened = fhir
    ? await openFhir(
        fhir.map(({ values }) => values),
        options,
        'utf-8',
      )
    : await appended(watched, (source) =>
        namingFile(source.name, () => openRecords(source, options)),
      );
  return readOpened(opened, options, rows);
}

/** A file as rows of texts, by its format. */
async function openRecords(source: RecordsSource, options: ReadOptions): Promise<OpenedRecords> {
  switch (await containerOf(source)) {
    case 'workbook':
      return openWorkbook(source, options);
    case 'parquet':
      return openParquet(source, options);
    case 'json':
      return openJson(source, options);
    case 'conll':
      return openConll(source, options);
    case 'delimited':
      return openDelimited(source, options);
  }
}

async function readOpened(
  opened: OpenedRecords,
  options: ReadOptions,
  rows: number | undefined,
): Promise<FileResult> {
  const { types, missing, limits, signal, threads, encode } = options;
  const wanted = rows === undefined ? opened : { ...opened, rows: () => firstOf(opened, rows) };
  const given = {
    ...(types && { types }),
    ...(missing && { missing }),
    ...(limits && { limits }),
    ...(signal && { signal }),
    ...(threads !== undefined && { threads }),
    ...(encode !== undefined && { encode }),
  };
  const read = await readCsv(() => csvBytes(wanted), {
    ...given,
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
  });
  const { format, encoding, delimiter, sheet } = opened.form;
  const form = { format, encoding, delimiter, ...(sheet !== undefined && { sheet }) };
  const { problems } = read.facts;
  const result = withProblems(
    { table: read.table, facts: { ...form, problems } },
    opened.problems(),
  );
  return { ...result, form: opened.form };
}

async function* firstOf(opened: OpenedRecords, rows: number): ReturnType<OpenedRecords['rows']> {
  let left = rows;
  for await (const batch of opened.rows()) {
    yield batch.slice(0, left);
    left -= batch.length;
    if (left <= 0) return;
  }
}

/** Progress over all files together. */
function watchAll(files: readonly PartFile[], options: ReadOptions): readonly PartFile[] {
  const done = files.map(() => 0);
  return files.map(({ source, constants }, index) => ({
    constants,
    source: watchedSource(source, {
      ...(options.signal && { signal: options.signal }),
      progress: (bytes) => {
        done[index] = bytes;
        options.progress?.(done.reduce((sum, each) => sum + each, 0));
      },
    }),
  }));
}

/** The files as FHIR, when all of them are. */
async function fhirForms(files: readonly PartFile[]): Promise<readonly JsonForm[] | undefined> {
  const forms: JsonForm[] = [];
  for (const { source } of files) {
    const form = await namingFile(source.name, async () =>
      (await containerOf(source)) === 'json' ? jsonForm(source, {}) : undefined,
    );
    if (form?.fhir !== true) return undefined;
    forms.push(form);
  }
  return forms;
}

/** Adds the name of the file to what is refused about it. */
export async function namingFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConcordError) || error.code === 'CANCELLED') throw error;
    if (error.kind !== 'input' || error.params['file'] !== undefined) throw error;
    throw new ConcordError(error.code, { ...error.params, file });
  }
}
