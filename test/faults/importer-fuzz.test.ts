import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { ConcordError } from '../../main/contract/errors.ts';
import { fileProfile } from '../../main/contract/import.ts';
import { profile } from '../../main/records/profile.ts';
import { readFile } from '../../main/records/read-file.ts';
import { memorySource } from '../../main/records/source.ts';
import { words } from '../../main/words/index.ts';
import { archive } from '../archive.ts';
import { workbook } from '../workbook.ts';
import { inflatedParts, mutated, stream } from './mutation.ts';

/** Of each of five formats: 300 files in all, or 10,000. */
const EACH = process.env['CONCORD_TEST_LONG'] === '1' ? 2000 : 30;
const LONGEST_MS = 10_000;
const GROWTH = 2 ** 30;

const people = Array.from({ length: 40 }, (_, row) => ({
  id: row,
  name: `n "${row}", x`,
  value: row / 4,
  day: `2024-01-${10 + (row % 20)}`,
  flag: row % 2 === 0,
  性别: '男女'[row % 2] as string,
}));
const names = Object.keys(people[0] as object);

const csv = Buffer.from(
  [
    names.join(','),
    ...people.map((row) =>
      Object.values(row)
        .map((cell) => `"${String(cell).replaceAll('"', '""')}"`)
        .join(','),
    ),
  ].join('\r\n'),
);
const xlsx = workbook({
  formats: [14, 'yyyy-mm-dd'],
  sheets: [
    {
      name: 'Sheet1',
      rows: [
        names,
        ...people.map((row) => [
          row.id,
          row.name,
          row.value,
          { value: 45000 + row.id, format: 1 },
          row.flag,
          row.性别,
        ]),
      ],
      merges: ['A3:A5', 'B1:C1'],
    },
    { name: '二', rows: [['a'], [1]] },
  ],
});
const json = Buffer.from(
  JSON.stringify(people.map((row) => ({ ...row, inner: { a: row.id, b: [1, { c: null }] } }))),
);
const parquet = Buffer.from(
  parquetWriteBuffer({
    rowGroupSize: 16,
    columnData: [
      { name: 'id', data: people.map(({ id }) => id), type: 'INT32' },
      { name: 'name', data: people.map(({ name }) => name), type: 'STRING' },
      { name: 'value', data: people.map(({ value }) => value), type: 'DOUBLE' },
      { name: 'sex', data: people.map((row) => row.性别), type: 'STRING' },
      { name: 'flag', data: people.map(({ flag }) => flag), type: 'BOOLEAN' },
    ],
  }),
);
const fhir = Buffer.from(
  JSON.stringify({
    resourceType: 'Bundle',
    entry: people.flatMap(({ id, value, day }) => [
      {
        fullUrl: `urn:uuid:${id}`,
        resource: {
          resourceType: 'Patient',
          id: `p${id}`,
          birthDate: day,
          name: [{ family: '王' }],
        },
      },
      {
        resource: {
          resourceType: 'Observation',
          status: 'final',
          subject: { reference: `urn:uuid:${id}` },
          code: { text: 'BMI' },
          valueQuantity: { value },
        },
      },
      {
        resource: {
          resourceType: 'Condition',
          subject: { reference: `Patient/p${id}` },
          code: { text: 'Gout' },
        },
      },
    ]),
  }),
);

/** What becomes of one file: 'read', or the code it was refused with; anything else is a fault. */
async function outcome(content: Uint8Array, label: string): Promise<string> {
  const before = performance.now();
  try {
    const { table, facts } = await readFile(memorySource('made.csv', content));
    fileProfile.parse(profile(table, facts));
    return 'read';
  } catch (error) {
    if (!(error instanceof ConcordError)) throw new Error(label, { cause: error });
    expect(error.kind, label).toBe('input');
    expect(error.params['file'], label).toBe('made.csv');
    for (const language of ['en', 'zh-CN'] as const)
      expect(words(language).errors[error.code](error.params), label).not.toMatch(/undefined|–/);
    return error.code;
  } finally {
    expect(performance.now() - before, label).toBeLessThan(LONGEST_MS);
  }
}

/** A workbook damaged inside its packed parts, not only in its wrapping. */
function insideOut(next: () => number): Buffer {
  const parts = inflatedParts(xlsx);
  const at = Math.floor(next() * parts.length);
  return archive(
    parts.map((part, index) =>
      index === at ? { name: part.name, content: mutated(part.content, next) } : part,
    ),
  );
}

const FORMATS: Readonly<Record<string, (seed: number) => Buffer>> = {
  csv: (seed) => mutated(csv, stream(seed)),
  xlsx: (seed) => (seed % 3 === 0 ? mutated(xlsx, stream(seed)) : insideOut(stream(seed))),
  json: (seed) => mutated(json, stream(seed)),
  parquet: (seed) => mutated(parquet, stream(seed)),
  fhir: (seed) => mutated(fhir, stream(seed)),
};

describe('damaged files of every format', () => {
  const start = process.memoryUsage().rss;
  let most = start;
  const measure = (): void => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  afterAll(() => {
    console.log(`memory grew by ${Math.round((most - start) / 2 ** 20)} MiB at most`);
  });

  it.each(Object.keys(FORMATS))(
    `${EACH} mutated files (%s) are read or refused with a sentence, each in time`,
    async (format) => {
      const tally = new Map<string, number>();
      for (let seed = 0; seed < EACH; seed++) {
        const result = await outcome(
          (FORMATS[format] as (seed: number) => Buffer)(seed),
          `${format} ${seed}`,
        );
        tally.set(result, (tally.get(result) ?? 0) + 1);
        measure();
      }
      console.log(format, EACH, JSON.stringify(Object.fromEntries(tally)));
      expect(tally.get('read') ?? 0).toBeGreaterThan(0);
      expect(tally.size).toBeGreaterThan(1);
      expect(most - start).toBeLessThan(GROWTH);
    },
    LONGEST_MS * EACH,
  );

  it('files made to hurt are refused in time and in bounds', async () => {
    const zeros = Buffer.alloc(200 << 20);
    const cell = Buffer.concat([Buffer.from('a,b\n1,"'), Buffer.alloc(100 << 20, 0x78)]);
    const sheet = (inside: string | Uint8Array): Buffer =>
      archive(
        inflatedParts(xlsx).map((part) =>
          part.name.endsWith('sheet1.xml') ? { name: part.name, content: inside } : part,
        ),
      );
    const hostile: Readonly<Record<string, Buffer>> = {
      'a cell of 100 MB': cell,
      'a text of 100 MB in a sheet': sheet(
        Buffer.concat([
          Buffer.from('<worksheet><sheetData><row><c t="inlineStr"><is><t>'),
          Buffer.from(
            Array.from({ length: 1 << 16 }, (_, at) => String.fromCharCode(97 + ((at * 7919) % 26)))
              .join('')
              .repeat(1600),
          ),
        ]),
      ),
      'zeros that unpack to 200 MB': sheet(zeros),
      'tags without end': sheet('<a>'.repeat(5_000_000)),
      'a billion laughs': sheet(
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>',
      ),
      '20,000 columns': Buffer.from(
        `${Array.from({ length: 20_000 }, (_, at) => `c${at}`).join(',')}\n1\n`,
      ),
      '20,000 columns of JSON': Buffer.from(
        JSON.stringify([
          Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`c${at}`, 1])),
        ]),
      ),
      NULs: Buffer.from('a,b\n1,\0\n'),
      'only NULs': Buffer.alloc(1 << 20),
      'half a surrogate pair': Buffer.from('[{"a":"\\ud83d"}]'),
      'half a surrogate pair in UTF-16': Buffer.from('\ufeffa,b\n1,\ud83d\n', 'utf16le'),
      'deep JSON': Buffer.from(`[{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}]`),
      'deep JSON objects': Buffer.from(`${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`),
      'a JSON text of 100 MB': Buffer.concat([
        Buffer.from('[{"a":"'),
        Buffer.alloc(100 << 20, 0x78),
        Buffer.from('"}]'),
      ]),
      'a footer that promises everything': Buffer.concat([
        parquet.subarray(0, -8),
        Buffer.from('ffffff7f50415231', 'hex'),
      ]),
    };
    const tally: Record<string, string> = {};
    for (const [label, content] of Object.entries(hostile)) {
      tally[label] = await outcome(content, label);
      measure();
    }
    console.log(JSON.stringify(tally, null, 1));
    expect(Object.values(tally)).not.toContain('read');
    expect(most - start).toBeLessThan(GROWTH);
  });
});
