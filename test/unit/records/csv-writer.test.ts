import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutral } from '../../../main/records/csv-writer.ts';
import type { Column, ColumnType, Table } from '../../../main/records/table.ts';
import { tableHash } from '../../../main/records/table-hash.ts';
import { cells, readBytes, readText, written } from './reading.ts';
import { tables } from './tables.ts';

describe('writing', () => {
  it('writes RFC 4180', async () => {
    const { table } = await readText('n,t\n1,"x, y"\n2.5,"say ""hi"""\n,"two\nlines"\n-5, kept \n');
    expect(written(table).toString()).toBe(
      'n,t\r\n1,"x, y"\r\n2.5,"say ""hi"""\r\n,"two\nlines"\r\n-5," kept "\r\n',
    );
    expect(written(table, { delimiter: ';', lineEnd: '\n', bom: true }).toString()).toBe(
      '\ufeffn;t\n1;x, y\n2.5;"say ""hi"""\n;"two\nlines"\n-5;" kept "\n',
    );
  });

  it('keeps the words of booleans, reals as reals, one empty column as rows', async () => {
    const text = 'b,r\r\nYes,1.0\r\nNo,2.0\r\n';
    expect(written((await readText(text)).table).toString()).toBe(text);
    expect(written((await readText('a\nx\n""\n')).table).toString()).toBe('a\r\nx\r\n""\r\n');
  });

  it('neutralises what a spreadsheet would run, and only that', () => {
    for (const text of [
      '=1+1',
      '+cmd',
      '-2+3',
      '@SUM(A1)',
      '\tx',
      '\r=x',
      '＝1',
      '＋1',
      '－1',
      '＠x',
      '-',
      '+5',
    ])
      expect(neutral(text)).toBe(`'${text}`);
    for (const text of ['-5', '-5.25', '1e5', '-1e-7', 'a=b', '', "'=1", 'x@y.z'])
      expect(neutral(text)).toBe(text);
  });

  it('neutralises cells and names in a file, not numbers', () => {
    const table: Table = {
      rows: 2,
      columns: [
        { name: '=n', type: 'integer', values: Float64Array.of(-5, 5) },
        {
          name: 't',
          type: 'text',
          codes: Int32Array.of(0, 1),
          dictionary: ['=HYPERLINK("x")', '-7'],
        },
      ],
    };
    expect(written(table).toString()).toBe(`"'=n",t\r\n-5,"'=HYPERLINK(""x"")"\r\n5,-7\r\n`);
  });

  it('never makes quotes of the apostrophes it puts before what would run', async () => {
    const table: Table = {
      rows: 2,
      columns: [
        { name: '=a', type: 'category', codes: Int32Array.of(0, 1), dictionary: ['=b', 'c'] },
        { name: 'd', type: 'category', codes: Int32Array.of(0, 0), dictionary: ["'"] },
      ],
    };
    const back = await readBytes(written(table), { delimiter: ',' });
    expect(back.table.rows).toBe(2);
    expect(cells(back.table)).toEqual(cells(neutralised(table)));
  });

  it('any table comes back as it was, but for neutralised text', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(',', ';', '\t', '|'), async (table, delimiter) => {
        const types: Record<string, ColumnType> = {};
        for (const column of table.columns) types[neutral(column.name)] = column.type;
        const bytes = written(table, { delimiter });
        const back = await readBytes(bytes, { delimiter, types });
        expect(back.table.rows).toBe(table.rows);
        expect(tableHash(back.table)).toBe(tableHash(neutralised(table)));
      }),
      { numRuns: 200 },
    );
  });

  it('and without types given, every cell has the same text', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const back = await readBytes(written(table), { delimiter: ',' });
        const again = await readBytes(written(back.table), { delimiter: ',' });
        expect(cells(again.table)).toEqual(cells(back.table));
        expect(tableHash(again.table)).toBe(tableHash(back.table));
      }),
      { numRuns: 200 },
    );
  });
});

function neutralised(table: Table): Table {
  const columns = table.columns.map((column): Column => {
    const name = neutral(column.name);
    if (!('codes' in column)) return { ...column, name };
    return { ...column, name, dictionary: column.dictionary.map(neutral) };
  });
  return { rows: table.rows, columns };
}
