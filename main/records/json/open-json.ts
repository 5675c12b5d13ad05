import { ConcordError } from '../../contract/errors.ts';
import { DEFAULT_LIMITS, type ReadOptions } from '../csv-reader.ts';
import { byteOrderMark, Undecodable, utf8Chunks, type Encoding } from '../encoding.ts';
import type { RecordsSource } from '../source.ts';
import type { OpenedRecords, TextRow } from '../text-rows.ts';
import { openFhir } from '../fhir/open-fhir.ts';
import { JSON_LIMITS, jsonValues } from './json-values.ts';

const HEAD = 1 << 16;
export interface JsonForm {
  readonly encoding: Encoding;
  /** The file holds FHIR resources, one by one or in a bundle. */
  readonly fhir: boolean;
  /** Its records, as often as asked. */
  values(): AsyncIterable<unknown[]>;
}

/** What kind of JSON a file holds, by its first bytes (`fhir` given: FHIR in any case). */
export async function jsonForm(source: RecordsSource, options: ReadOptions): Promise<JsonForm> {
  const head = Buffer.from(await source.slice(0, HEAD));
  const mark = byteOrderMark(head);
  const encoding = options.encoding ?? mark?.encoding ?? 'utf-8';
  const skip = mark?.encoding === encoding ? mark.length : 0;
  const type = resourceType(head) ?? (options.fhir === undefined ? undefined : typeAnywhere(head));
  const within = type === 'Bundle' && !head.toString('latin1').trimStart().startsWith('[');
  return {
    encoding,
    fhir: type !== undefined,
    values: () =>
      jsonValues(decodable(source, encoding, skip), within ? 'entry' : undefined, JSON_LIMITS),
  };
}

/**
 * A JSON array of objects, or objects one after the other (JSON lines), as records: one column per
 * name, in the order of first appearance; objects inside give `outer.inner`; arrays stay JSON text.
 * FHIR resources and bundles are told by their resourceType and become rows of patients.
 * @throws JSON_INVALID, ENCODING_UNKNOWN, FILE_TOO_LARGE, FILE_NO_RECORDS, FHIR_NO_PATIENT
 */
export async function openJson(
  source: RecordsSource,
  options: ReadOptions,
): Promise<OpenedRecords> {
  const { encoding, fhir, values } = await jsonForm(source, options);
  return fhir ? openFhir([values], options, encoding) : openObjects(values, options, encoding);
}

/** The resourceType that stands before anything nested: FHIR says so first. */
function resourceType(head: Buffer): string | undefined {
  return /^[^"]{0,64}\{[^{}[\]]{0,4000}?"resourceType"\s*:\s*"([A-Za-z]{1,64})"/.exec(
    head.toString('latin1').trimStart(),
  )?.[1];
}

function typeAnywhere(head: Buffer): string | undefined {
  return /"resourceType"\s*:\s*"([A-Za-z]{1,64})"/.exec(head.toString('latin1'))?.[1];
}

async function* decodable(
  source: RecordsSource,
  encoding: Encoding,
  skip: number,
): AsyncGenerator<Uint8Array> {
  try {
    yield* utf8Chunks(source.bytes(), encoding, skip);
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    throw new ConcordError('ENCODING_UNKNOWN', { offset: error.offset });
  }
}

/** Two passes: the names first, since the last record may bring a new one. */
async function openObjects(
  values: () => AsyncIterable<unknown[]>,
  options: ReadOptions,
  encoding: Encoding,
): Promise<OpenedRecords> {
  const limit = options.limits?.columns ?? DEFAULT_LIMITS.columns;
  const columns = new Map<string, number>();
  let row = 0;
  for await (const batch of values()) {
    for (const value of batch) {
      row++;
      for (const name of flat(value, row).keys()) {
        if (columns.has(name)) continue;
        columns.set(name, columns.size);
        if (columns.size > limit)
          throw new ConcordError('FILE_TOO_LARGE', { what: 'columns', limit, row });
      }
    }
  }
  if (columns.size === 0) throw new ConcordError(row === 0 ? 'FILE_EMPTY' : 'FILE_NO_RECORDS');
  return {
    names: [...columns.keys()],
    form: { format: 'json', encoding, delimiter: null },
    problems: () => [],
    async *rows() {
      let at = 0;
      for await (const batch of values()) {
        yield batch.map((value): TextRow => {
          const cells: (string | undefined)[] = [];
          for (const [name, text] of flat(value, ++at)) cells[columns.get(name) as number] = text;
          return cells;
        });
      }
    },
  };
}

/** The leaves of a record by their path. */
function flat(value: unknown, row: number): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConcordError('JSON_INVALID', { row, reason: 'not-an-object' });
  const leaves = new Map<string, string>();
  const walk = (object: object, path: string): void => {
    for (const [key, inner] of Object.entries(object) as [string, unknown][]) {
      const name = path === '' ? key : `${path}.${key}`;
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
        walk(inner, name);
        continue;
      }
      if (leaves.has(name)) throw new ConcordError('HEADER_DUPLICATE', { column: name });
      leaves.set(name, leafText(inner));
    }
  };
  walk(value, '');
  return leaves;
}

function leafText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}
