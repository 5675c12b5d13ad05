import { describe, expect, it } from 'vitest';
import { workbook, type Cell, type WorkbookPlan } from '../../workbook.ts';
import { archive } from '../../archive.ts';
import { cells, codes, readAny, types } from './reading.ts';

const one = (rows: Cell[][], more: Partial<WorkbookPlan> & { merges?: string[] } = {}): Buffer =>
  workbook({ ...more, sheets: [{ name: 'Sheet1', rows, merges: more.merges ?? [] }] });
const date = (value: number): Cell => ({ value, format: 1 });

describe('Excel workbooks', () => {
  it('gives texts, numbers, truths and dates the types that delimited text gives them', async () => {
    const { table, facts } = await readAny(
      one(
        [
          ['姓名', 'age', 'score', 'smoker', 'seen', 'code', 'when'],
          [
            '张三',
            34,
            1.5,
            true,
            date(45356),
            { value: 42, format: 2 },
            { value: 45356.75, format: 3 },
          ],
          [
            '李 & 四',
            41,
            0.1 + 0.2,
            false,
            date(45357),
            { value: 7, format: 2 },
            { value: 45356.5, format: 3 },
          ],
          [
            '<王>',
            29,
            2,
            true,
            date(45358),
            { value: 123456, format: 2 },
            { value: 45356, format: 3 },
          ],
        ],
        { formats: [14, '000000', 'yyyy/m/d h:mm'] },
      ),
    );
    expect(table.columns.map(({ name }) => name)).toEqual([
      ...['姓名', 'age', 'score', 'smoker', 'seen', 'code', 'when'],
    ]);
    expect(types(table).slice(1, 5)).toEqual(['integer', 'real', 'boolean', 'date']);
    expect(cells(table)[1]).toEqual([
      ...['李 & 四', '41', '0.30000000000000004', 'false', '2024-03-06', '000007'],
      '2024-03-05T12:00',
    ]);
    expect(cells(table)[0]?.slice(4)).toEqual(['2024-03-05', '000042', '2024-03-05T18:00']);
    expect(facts).toMatchObject({
      format: 'excel',
      encoding: null,
      delimiter: null,
      sheet: 'Sheet1',
    });
  });

  it('knows both date systems, the day that never was, Chinese formats, times and durations', async () => {
    const read = async (
      value: number,
      format: string | number,
      from1904 = false,
    ): Promise<unknown> =>
      cells(
        (
          await readAny(
            one(
              [
                ['a', 'b'],
                [{ value, format: 1 }, 'x'],
              ],
              { formats: [format], from1904 },
            ),
          )
        ).table,
      )[0]?.[0];
    expect(await read(1, 14)).toBe('1900-01-01');
    expect(await read(59, 14)).toBe('1900-02-28');
    expect(await read(61, 14)).toBe('1900-03-01');
    expect(await read(0, 14, true)).toBe('1904-01-01');
    expect(await read(43894, 14, true)).toBe('2024-03-05');
    expect(await read(45356, 'yyyy"年"m"月"d"日"')).toBe('2024-03-05');
    expect(await read(45356, 31)).toBe('2024-03-05');
    expect(await read(45356, '[$-804]yyyy年m月d日;@')).toBe('2024-03-05');
    expect(await read(0.5, 'h:mm')).toBe('12:00:00');
    expect(await read(1.25, '[h]:mm')).toBe('30:00:00');
    expect(await read(0.25, '0%')).toBe('0.25');
    expect(await read(3, '0.0 "days"')).toBe('3');
    expect(await read(3, '[Red]#,##0')).toBe('3');
  });

  it('takes formulas as their results, errors and formulas never calculated as missing', async () => {
    const result = await readAny(
      one([
        ['a', 'b'],
        [1, { value: 3, formula: 'A2+2' }],
        [2, { value: '#N/A', type: 'e', formula: 'VLOOKUP(1,2)' }],
        [3, { formula: 'A4+2' }],
        [4, { value: 'six', type: 'str', formula: 'T("six")' }],
      ]),
    );
    expect(cells(result.table).map(([, b]) => b)).toEqual(['3', '', '', 'six']);
    expect(result.facts.problems).toEqual([
      { code: 'FORMULA_ERRORS', column: 'b', rows: 1, proposal: 'none' },
      { code: 'FORMULA_UNCALCULATED', column: 'b', rows: 1, proposal: 'none' },
    ]);
  });

  it('joins merged headers, leaves titles out and fills merged cells', async () => {
    const result = await readAny(
      one(
        [
          ['Ward list 2024'],
          [],
          ['patient', 'blood pressure', null, 'ward'],
          [null, 'systolic', 'diastolic', null],
          ['p1', 120, 80, 'north'],
          ['p2', 130, 85, null],
          ['p3', 110, 70, 'south'],
        ],
        { merges: ['A1:D1', 'A3:A4', 'B3:C3', 'D3:D4', 'D5:D6'] },
      ),
    );
    expect(result.table.columns.map(({ name }) => name)).toEqual([
      ...['patient', 'blood pressure systolic', 'blood pressure diastolic', 'ward'],
    ]);
    expect(cells(result.table).map((row) => row[3])).toEqual(['north', 'north', 'south']);
    expect(codes(result)).toEqual(['TITLE_ROWS_SKIPPED', 'MERGED_CELLS_FILLED']);
  });

  it('chooses the first sheet that holds anything, or the one named', async () => {
    const bytes = workbook({
      sheets: [
        { name: 'Notes', rows: [] },
        {
          name: 'Secret',
          rows: [
            ['x', 'y'],
            [1, 2],
          ],
          hidden: true,
        },
        {
          name: '数据',
          rows: [
            ['a', 'b'],
            [1, 2],
          ],
        },
        {
          name: 'More',
          rows: [
            ['c', 'd'],
            [3, 4],
          ],
        },
      ],
    });
    const { table, facts, form } = await readAny(bytes);
    expect(facts.sheet).toBe('数据');
    expect(form.sheets).toEqual(['Notes', 'Secret', '数据', 'More']);
    expect(table.columns[0]?.name).toBe('a');
    expect((await readAny(bytes, { sheet: 'More' })).table.columns[0]?.name).toBe('c');
    await expect(readAny(bytes, { sheet: 'Notes' })).rejects.toMatchObject({
      code: 'SHEET_EMPTY',
      params: { sheet: 'Notes', file: 'records.dat' },
    });
    await expect(readAny(bytes, { sheet: 'none' })).rejects.toMatchObject({
      code: 'SHEET_UNKNOWN',
    });
    const empty = workbook({ sheets: [{ name: 'Only', rows: [] }] });
    await expect(readAny(empty)).rejects.toMatchObject({ code: 'SHEET_EMPTY' });
  });

  it('reads a sheet without header, and columns behind the header under names of their own', async () => {
    const bare = await readAny(
      one([
        [1, 'x'],
        [2, 'y'],
      ]),
      { header: false },
    );
    expect(bare.table.rows).toBe(2);
    expect(bare.table.columns.map(({ name }) => name)).toEqual(['column_1', 'column_2']);
    const wide = await readAny(
      one([
        ['a', 'b'],
        [1, 2, 3],
      ]),
    );
    expect(wide.table.columns.map(({ name }) => name)).toEqual(['a', 'b', 'column_3']);
    expect(codes(wide)).toContain('HEADER_NAME_MISSING');
  });

  it('refuses a NUL hidden in a cell, naming row and column and nothing of the cell', async () => {
    const bytes = one([
      ['a', 'note'],
      [1, 'ok'],
      [2, 'sec_x0000_ret'],
    ]);
    const error = await readAny(bytes).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CELL_UNREADABLE', params: { row: 2, column: 'note' } });
    expect(JSON.stringify(error)).not.toContain('ret');
  });

  it('says what other packages are, and how to go on', async () => {
    const refused = { code: 'FILE_FORMAT_UNSUPPORTED' };
    const part = (name: string): Buffer => archive([{ name, content: 'x' }]);
    await expect(readAny(part('xl/workbook.bin'))).rejects.toMatchObject({
      ...refused,
      params: { format: 'xlsb' },
    });
    const ods = archive([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
      { name: 'content.xml', content: '<x/>' },
    ]);
    await expect(readAny(ods)).rejects.toMatchObject({ ...refused, params: { format: 'ods' } });
    await expect(readAny(part('a.csv'))).rejects.toMatchObject({
      ...refused,
      params: { format: 'archive' },
    });
  });

  it('tells a workbook behind a password from an old one', async () => {
    const compound = (stream: string): Buffer => {
      const bytes = Buffer.alloc(2048);
      Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
      bytes.writeUInt16LE(9, 30);
      bytes.writeUInt32LE(1, 48);
      bytes.write(stream, 1024 + 128, 'utf16le');
      return bytes;
    };
    await expect(readAny(compound('EncryptedPackage'))).rejects.toMatchObject({
      code: 'FILE_ENCRYPTED',
    });
    await expect(readAny(compound('Workbook'), {}, 'old.xls')).rejects.toMatchObject({
      code: 'FILE_FORMAT_UNSUPPORTED',
      params: { format: 'xls', file: 'old.xls' },
    });
  });

  it('ends early on an archive that is small only while packed', async () => {
    const rows = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'.repeat(1_500_000);
    const bomb = archive([
      {
        name: 'xl/workbook.xml',
        content: '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="1"/></sheets></workbook>',
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content:
          '<Relationships><Relationship Id="1" Type="x/worksheet" Target="s.xml"/></Relationships>',
      },
      { name: 'xl/s.xml', content: `<worksheet><sheetData>${rows}</sheetData></worksheet>` },
    ]);
    expect(bomb.length).toBeLessThan(1 << 20);
    await expect(readAny(bomb)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      params: { what: 'ratio' },
    });
  });
});
