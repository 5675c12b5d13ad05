import { describe, expect, it } from 'vitest';
import { joinTables } from '../../../main/records/join.ts';
import { readFiles } from '../../../main/records/read-file.ts';
import { memorySource } from '../../../main/records/source.ts';
import type { Table } from '../../../main/records/table.ts';
import { workbook } from '../../workbook.ts';
import { cells, codes, readText, types } from './reading.ts';

const file = (name: string, content: string | Uint8Array, constants: [string, string][] = []) => ({
  source: memorySource(name, Buffer.from(content)),
  constants: new Map(constants),
});

describe('several files of one shape', () => {
  it('follow one another whatever their format, order of columns and encoding', async () => {
    const result = await readFiles([
      file('a.csv', 'id,name\n1,Ann\n2,"B, b"\n'),
      file('b.tsv', Buffer.from('name\tid\r\nM\xfcller\t3\r\n', 'latin1')),
      file(
        'c.xlsx',
        workbook({
          sheets: [
            {
              name: 's',
              rows: [
                ['id', 'name'],
                [4, '丁'],
              ],
            },
          ],
        }),
      ),
      file('d.jsonl', '{"id":5,"name":"E"}\n'),
    ]);
    expect(cells(result.table)).toEqual([
      ...[
        ['1', 'Ann'],
        ['2', 'B, b'],
        ['3', 'Müller'],
        ['4', '丁'],
        ['5', 'E'],
      ],
    ]);
    expect(types(result.table)[0]).toBe('integer');
    expect(result.facts.problems).toContainEqual({
      code: 'FILES_APPENDED',
      column: null,
      rows: 4,
      proposal: 'none',
    });
  });

  it('take the types of all their cells together, with every cell as it was written', async () => {
    const { table } = await readFiles([
      file('a.csv', 'code,x\n1.50,1\n007,2\n'),
      file('b.csv', 'code,x\nA7,3\n'),
    ]);
    expect(cells(table).map(([code]) => code)).toEqual(['1.50', '007', 'A7']);
  });

  it('of other columns are refused, naming file and columns', async () => {
    await expect(
      readFiles([file('a.csv', 'a,b\n1,2\n'), file('b.csv', 'a,c\n1,2\n')]),
    ).rejects.toMatchObject({
      code: 'APPEND_MISMATCH',
      params: { file: 'b.csv', first: 'a.csv', missing: ['b'], extra: ['c'] },
    });
  });

  it('name the file in which a row is wrong, with the row of that file', async () => {
    await expect(
      readFiles([file('a.csv', 'a,b\n1,2\n3,4\n'), file('b.csv', 'a,b\n1,2\n3\n')]),
    ).rejects.toMatchObject({ code: 'CSV_RAGGED', params: { file: 'b.csv', row: 2 } });
  });

  it('carry the columns of their folders', async () => {
    const { table } = await readFiles([
      file('p.csv', 'a\n1\n', [
        ['year', '2023'],
        ['site', 'N'],
      ]),
      file('p.csv', 'a\n2\n', [
        ['year', '2024'],
        ['site', 'S'],
      ]),
    ]);
    expect(table.columns.map(({ name }) => name)).toEqual(['a', 'year', 'site']);
    expect(cells(table)).toEqual([
      ['1', '2023', 'N'],
      ['2', '2024', 'S'],
    ]);
    await expect(readFiles([file('p.csv', 'a\n1\n', [['a', '1']])])).rejects.toMatchObject({
      code: 'HEADER_DUPLICATE',
    });
  });

  it('put FHIR files together by patient', async () => {
    const lines = (...resources: object[]): string =>
      resources.map((r) => JSON.stringify(r)).join('\n');
    const { table } = await readFiles([
      file(
        'Observation.ndjson',
        lines({
          resourceType: 'Observation',
          status: 'final',
          subject: { reference: 'Patient/1' },
          code: { text: 'BMI' },
          valueQuantity: { value: 22 },
        }),
      ),
      file('Patient.ndjson', lines({ resourceType: 'Patient', id: '1', gender: 'male' })),
    ]);
    expect(cells(table)).toEqual([['1', 'male', '22']]);
  });
});

describe('two files joined by a key', () => {
  const table = async (text: string): Promise<Table> => (await readText(text)).table;
  const visits = 'pid,day\n1,2024-01-01\n2,2024-01-02\n1,2024-01-03\n9,2024-01-04\n,2024-01-05\n';
  const people = 'pid,sex,day\n1,f,mon\n2,m,tue\n3,f,wed\n';

  it('keeps or drops rows without a partner and counts both sides', async () => {
    const kept = joinTables(await table(visits), await table(people), {
      key: 'pid',
      unmatched: 'keep',
    });
    expect(kept.table.columns.map(({ name }) => name)).toEqual(['pid', 'day', 'sex', 'day (2)']);
    expect(cells(kept.table).map((row) => row[2])).toEqual(['f', 'm', 'f', '', '']);
    expect(kept).toMatchObject({ unmatched: [3, 4], unused: 1, relation: 'many-to-one' });
    const dropped = joinTables(await table(visits), await table(people), {
      key: 'pid',
      unmatched: 'drop',
    });
    expect(cells(dropped.table).map((row) => row[2])).toEqual(['f', 'm', 'f']);
  });

  it('compares numbers by value and texts without blanks around them', async () => {
    const left = await table('k,a\n1.0,x\n2.5,y\n');
    const right = await table('key,b\n1,p\n2,q\n');
    const joined = joinTables(left, right, { key: 'k', otherKey: 'key', unmatched: 'keep' });
    expect(cells(joined.table)).toEqual([
      ['1', 'x', 'p'],
      ['2.5', 'y', ''],
    ]);
    expect(joined.relation).toBe('one-to-one');
  });

  it('refuses a key that repeats, a key that is not there, and keys that never meet', async () => {
    const plan = { key: 'pid', unmatched: 'keep' } as const;
    await expect(async () =>
      joinTables(await table(people), await table(visits), plan),
    ).rejects.toMatchObject({
      code: 'JOIN_KEY_REPEATED',
      params: { column: 'pid', rows: 1, row: 3 },
    });
    await expect(async () =>
      joinTables(await table(people), await table('x\n1\n'), plan),
    ).rejects.toMatchObject({
      code: 'COLUMN_UNKNOWN',
    });
    await expect(async () =>
      joinTables(await table(people), await table('pid,z\n77,a\n'), plan),
    ).rejects.toMatchObject({
      code: 'JOIN_NO_MATCH',
    });
  });

  it('tells of joins and appends in the profile', async () => {
    expect(codes(await readFiles([file('a.csv', 'a\n1\n'), file('b.csv', 'a\n2\n')]))).toContain(
      'FILES_APPENDED',
    );
  });
});
