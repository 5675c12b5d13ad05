import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from 'node:zlib';
import { ConcordError } from '../../../main/contract/errors.ts';
import { decodeTable, encodeTable } from '../../../main/records/codec.ts';
import type { Table } from '../../../main/records/table.ts';
import { tableHash } from '../../../main/records/table-hash.ts';
import { readText } from './reading.ts';
import { tables } from './tables.ts';

describe('storage form', () => {
  it('gives any table back, column for column', () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(decodeTable(encodeTable(table))).toEqual(table);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the words of booleans, -0, and a table of no rows', async () => {
    const { table } = await readText('b\nYes\nNo\n\n');
    expect(decodeTable(encodeTable(table))).toEqual(table);
    const odd: Table = {
      rows: 0,
      columns: [{ name: 'x', type: 'category', codes: new Int32Array(0), dictionary: ['a'] }],
    };
    expect(decodeTable(encodeTable(odd))).toEqual(odd);
    const zero: Table = {
      rows: 2,
      columns: [{ name: 'x', type: 'real', values: Float64Array.of(-0, NaN) }],
    };
    expect(decodeTable(encodeTable(zero))).toEqual(zero);
  });

  it('goes over the border of a block', () => {
    const rows = (1 << 20) + 3;
    const values = Float64Array.from({ length: rows }, (_, row) => (row === 7 ? NaN : row));
    const codes = Int32Array.from({ length: rows }, (_, row) => (row % 5) - 1);
    const table: Table = {
      rows,
      columns: [
        { name: 'n', type: 'integer', values },
        { name: 'c', type: 'category', codes, dictionary: ['a', 'b', 'c', 'd'] },
      ],
    };
    const back = decodeTable(encodeTable(table));
    expect(tableHash(back)).toBe(tableHash(table));
  });

  it('reads bytes that start at any address', () => {
    const table: Table = {
      rows: 3,
      columns: [{ name: 'x', type: 'real', values: Float64Array.of(1.5, NaN, -2e300) }],
    };
    const bytes = encodeTable(table);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(decodeTable(shifted.subarray(1))).toEqual(table);
  });

  it('says that damaged bytes are damaged, whatever was changed', async () => {
    const { table } = await readText('a,b,c\n1,x,2024-01-01\n2.5,y,\n');
    const bytes = Buffer.from(encodeTable(table));
    const fails = (broken: Uint8Array): void => {
      try {
        decodeTable(broken);
      } catch (error) {
        expect(error).toBeInstanceOf(ConcordError);
        expect((error as ConcordError).code).toBe('ARTEFACT_DAMAGED');
        return;
      }
      throw new Error('was read');
    };
    for (let length = 0; length < bytes.length; length++) fails(bytes.subarray(0, length));
    for (let at = 0; at < bytes.length; at++) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] as number) ^ 0x41;
      fails(broken);
      // With a checksum made to fit, it is refused or a table: nothing else comes out.
      broken.writeUInt32LE(crc32(broken.subarray(0, -4)), broken.length - 4);
      try {
        const other = decodeTable(broken);
        for (const column of other.columns)
          expect('codes' in column ? column.codes.length : column.values.length).toBe(other.rows);
      } catch (error) {
        expect((error as ConcordError).code).toBe('ARTEFACT_DAMAGED');
      }
    }
    fails(Buffer.concat([bytes, Buffer.of(0)]));
  });
});

describe('content hash', () => {
  it('does not depend on the order or unused entries of a dictionary', () => {
    const table = (codes: number[], dictionary: string[]): Table => ({
      rows: codes.length,
      columns: [{ name: 'c', type: 'category', codes: Int32Array.from(codes), dictionary }],
    });
    const hash = tableHash(table([0, 1, -1, 0], ['x', 'y']));
    expect(tableHash(table([1, 0, -1, 1], ['y', 'x']))).toBe(hash);
    expect(tableHash(table([3, 1, 0, 3], ['', 'y', 'unused', 'x']))).toBe(hash);
    expect(tableHash(table([0, 1, -1, 2], ['x', 'y', 'x']))).toBe(hash);
    expect(tableHash(table([0, 1, 0, 0], ['x', 'y']))).not.toBe(hash);
    expect(tableHash(table([1, 0, -1, 1], ['x', 'y']))).not.toBe(hash);
  });

  it('is the same for one content in other files, and another for any change', async () => {
    const hash = async (text: string): Promise<string> => tableHash((await readText(text)).table);
    const first = await hash('a,b,d\n1,x,2024-03-05\n2,y,2024-03-06\n');
    expect(await hash('\ufeffa;b;d\r\n1;"x";2024/3/5\r\n2;y;2024年3月6日')).toBe(first);
    for (const text of [
      'a,b,e\n1,x,2024-03-05\n2,y,2024-03-06\n',
      'a,b,d\n1,x,2024-03-05\n2,z,2024-03-06\n',
      'a,b,d\n2,y,2024-03-06\n1,x,2024-03-05\n',
      'a,b,d\n1,x,2024-03-05\n2,,2024-03-06\n',
      'a,b,d\n1.0,x,2024-03-05\n2,y,2024-03-06\n',
      'a,b,d\n1,x,2024-03-05\n',
    ])
      expect(await hash(text)).not.toBe(first);
  });

  it('cannot be moved from one cell to the next', async () => {
    const hash = async (text: string): Promise<string> => tableHash((await readText(text)).table);
    expect(await hash('a,b\nxy,z\n')).not.toBe(await hash('a,b\nx,yz\n'));
  });
});
