import { describe, expect, it } from 'vitest';
import { encodeTable } from '../../../main/records/codec.ts';
import { readCsv, type ReadOptions } from '../../../main/records/csv-reader.ts';
import { tableHash } from '../../../main/records/table-hash.ts';
import { cells, cut, readBytes, types } from './reading.ts';

const ROWS = 30_000;

/** Columns that change their mind early and late, quotes, blanks, Chinese, long cells. */
function row(n: number): string {
  const late = n === ROWS - 7 ? '?' : n % 50;
  const note = n === 11 ? 'x'.repeat(600_000) : `note ""${n % 977}"", ok`;
  return `P${n},${n % 90},${n % 7 ? n / 8 : ''},${n / 7},${late},"${note}",${'男女'[n % 2]}, ${n},${n % 2 ? 'Yes' : 'no'},2024-0${1 + (n % 9)}-11`;
}

const HEADER = 'id,age,gap,long,late,note,sex,spaced,flag,day';
const file = Buffer.from(
  `${HEADER}\n${Array.from({ length: ROWS }, (_, n) => row(n)).join('\n')}\n`,
);
const pieces = Array.from({ length: Math.ceil(file.length / 300_000) }, (_, n) => n * 300_000);
const read = (threads: number, options: ReadOptions = {}) =>
  readCsv(cut(file, pieces), { ...options, threads, encode: true });

describe('columns made by several threads', () => {
  it.each([1, 3, 40])('are those of one thread, to the last byte (%i)', async (threads) => {
    const alone = await readBytes(file);
    const together = await read(threads);
    expect(types(together.table)).toEqual(types(alone.table));
    expect(together.facts).toEqual(alone.facts);
    expect(tableHash(together.table)).toBe(tableHash(alone.table));
    expect(Buffer.compare(encodeTable(together.table), encodeTable(alone.table))).toBe(0);
    expect(cells(together.table).slice(0, 200)).toEqual(cells(alone.table).slice(0, 200));
  });

  it('drop an empty column behind a trailing delimiter, and keep missing marks', async () => {
    const trailing = Buffer.from(`a,b,\n${'1,NA\n2,x,\n'.repeat(2000)}`);
    const options = { missing: ['NA'], threads: 2, encode: true };
    const together = await readCsv(cut(trailing), options);
    const alone = await readBytes(trailing, { missing: ['NA'] });
    expect(together.table).toEqual(alone.table);
    expect(together.facts).toEqual(alone.facts);
    expect(tableHash(together.table)).toBe(tableHash(alone.table));
  });

  it('refuse what one thread refuses, with the same row and column', async () => {
    const types = { late: 'integer', age: 'date' } as const;
    const alone = await readBytes(file, { types }).catch((error: unknown) => error);
    await expect(read(2, { types })).rejects.toEqual(alone);
    const ragged = Buffer.from(`a,b\n${'1,2\n'.repeat(9000)}3\n`);
    await expect(readCsv(cut(ragged), { threads: 2 })).rejects.toMatchObject({
      code: 'CSV_RAGGED',
      params: { row: 9001, expected: 2, found: 1 },
    });
  });
});
