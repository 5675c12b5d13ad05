import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, describe, it } from 'vitest';
import { cells, readAny, types } from './reading.ts';

const ROWS = 5000;
const row = <T>(make: (at: number) => T): T[] => Array.from({ length: ROWS }, (_, at) => make(at));

function parquet(codec: 'SNAPPY' | 'UNCOMPRESSED'): Buffer {
  return Buffer.from(
    parquetWriteBuffer({
      codec,
      rowGroupSize: 2000,
      columnData: [
        { name: 'id', data: row((at) => at), type: 'INT32' },
        { name: 'share', data: row((at) => Math.fround(at / 10)), type: 'FLOAT' },
        { name: '性别', data: row((at) => ['男', '女', null][at % 3]), type: 'STRING' },
        {
          name: 'day',
          data: row((at) => new Date(Date.UTC(2024, 0, 1 + (at % 90)))),
          type: 'TIMESTAMP',
        },
        { name: 'big', data: row((at) => 9_007_199_254_740_993n + BigInt(at)), type: 'INT64' },
        { name: 'flag', data: row((at) => at % 2 === 0), type: 'BOOLEAN' },
        { name: 'list', data: row((at) => ({ a: at, b: [1, 'x'] })), type: 'JSON' },
      ],
    }),
  );
}

describe('Parquet files', () => {
  it.each(['SNAPPY', 'UNCOMPRESSED'] as const)('are read group by group (%s)', async (codec) => {
    const { table, facts } = await readAny(parquet(codec));
    expect(facts.format).toBe('parquet');
    expect(table.rows).toBe(ROWS);
    expect(types(table)).toEqual([
      ...['integer', 'real', 'category', 'date', 'identifier', 'boolean'],
      expect.any(String),
    ]);
    expect(cells(table)[3]).toEqual([
      ...['3', '0.3', '男', '2024-01-04', '9007199254740996', 'false', '{"a":3,"b":[1,"x"]}'],
    ]);
    expect(cells(table)[2]?.[2]).toBe('');
  });

  it('give only the first rows when only these are wanted', async () => {
    const { readFile } = await import('../../../main/records/read-file.ts');
    const { memorySource } = await import('../../../main/records/source.ts');
    const { table } = await readFile(memorySource('a.parquet', parquet('SNAPPY')), {}, 21);
    expect(table.rows).toBe(21);
  });

  it('that are damaged, cut or claim the impossible are refused', async () => {
    const bytes = parquet('SNAPPY');
    await expect(readAny(bytes.subarray(0, bytes.length - 100))).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
    });
    const torn = Buffer.from(bytes);
    torn.fill(0xff, 20, 400);
    await expect(readAny(torn)).rejects.toMatchObject({ kind: 'input' });
  });
});
