import { describe, expect, it } from 'vitest';
import { cells, codes, readAny } from './reading.ts';

describe('files of records as offices really have them', () => {
  it('a GBK file saved by Excel with Chinese headers and a trailing comma', async () => {
    // 姓名,年龄,科室,  张三,34,内科,  李四,41,外科,  朱镕基,50,内科,
    const bytes = Buffer.from(
      'd0d5c3fb2cc4eac1e42cbfc6cad22c0d0a' +
        'd5c5c8fd2c33342cc4dabfc62c0d0a' +
        'c0eecbc42c34312ccde2bfc62c0d0a' +
        'd6ece946bbf92c35302cc4dabfc62c0d0a',
      'hex',
    );
    const result = await readAny(bytes, {}, '病人.csv');
    expect(result.facts).toMatchObject({ format: 'delimited', encoding: 'gb18030' });
    expect(result.table.columns.map(({ name }) => name)).toEqual(['姓名', '年龄', '科室']);
    expect(cells(result.table)[2]).toEqual(['朱镕基', '50', '内科']);
    expect(codes(result)).toContain('EMPTY_COLUMN_DROPPED');
  });

  it.each([
    ['name;city\r\nMüller;Zürich\r\nJosé;Málaga\r\n', 'cp1252'],
    ['nom,note\r\nHélène,"créée à Orléans – 5 €"\r\n', 'cp1252'],
    ['navn\nØrsted\n', 'cp1252'],
  ])('Western text of Windows: %j', async (text) => {
    const bytes = Buffer.from(
      [...text].map((each) => ({ '–': 0x96, '€': 0x80 })[each] ?? each.charCodeAt(0)),
    );
    const { facts, table } = await readAny(bytes);
    expect(facts.encoding).toBe('windows-1252');
    expect(cells(table).flat().join()).toBe(
      cells((await readAny(text)).table)
        .flat()
        .join(),
    );
  });

  it('Chinese text with one broken character is refused, not read as Western text', async () => {
    const good = Buffer.from('d0d5c3fb2cc4eac1e40ad5c5c8fd2c33340a', 'hex');
    const torn = Buffer.concat([good, Buffer.from('c0ee20cb2c34310a', 'hex')]);
    await expect(readAny(torn)).rejects.toMatchObject({ code: 'ENCODING_UNKNOWN' });
  });

  it('the encoding can be given against the guess', async () => {
    const bytes = Buffer.from('a\n\xd0\xd5\n', 'latin1');
    expect(cells((await readAny(bytes)).table)).toEqual([['姓']]);
    expect(cells((await readAny(bytes, { encoding: 'windows-1252' })).table)).toEqual([['ÐÕ']]);
  });

  it('comment lines, at the top by themselves and anywhere when given', async () => {
    const top = await readAny('# exported 2024\n# by the ward\nid,v\n1,#2\n#3,4\n');
    expect(cells(top.table)).toEqual([
      ['1', '#2'],
      ['#3', '4'],
    ]);
    expect(top.facts.problems[0]).toMatchObject({ code: 'COMMENT_LINES_SKIPPED', rows: 2 });
    const given = await readAny('id,v\n1,"a\n%b"\n% no record\n2,c\n', { comment: '%' });
    expect(cells(given.table)).toEqual([
      ['1', 'a\n%b'],
      ['2', 'c'],
    ]);
    const header = await readAny('#id,v\n1,2\n');
    expect(header.table.columns[0]?.name).toBe('#id');
  });

  it('the separator line that Excel writes', async () => {
    const { table, facts } = await readAny('sep=;\r\na;b\r\n1,5;2\r\n');
    expect(facts.delimiter).toBe(';');
    expect(cells(table)).toEqual([['1,5', '2']]);
  });

  it.each([
    ['a PDF called .csv', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'pdf'],
    ['a picture called .csv', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'picture'],
    ['a photograph', '\xff\xd8\xff\xe0\0\x10JFIF', 'picture'],
    ['a gzip archive', '\x1f\x8b\x08\0', 'archive'],
    ['a database', 'SQLite format 3\0', 'database'],
    ['a web page called .xls', '\n <html><table><tr><td>1', 'html'],
    ['XML', '<?xml version="1.0"?><a/>', 'xml'],
    ['an SPSS file', '$FL2@(#) SPSS', 'statistics'],
  ])('%s is refused by its name', async (_, content, format) => {
    await expect(readAny(Buffer.from(content, 'latin1'), {}, 'records.csv')).rejects.toMatchObject({
      code: 'FILE_FORMAT_UNSUPPORTED',
      params: { format, file: 'records.csv' },
    });
  });

  it('an empty file, named', async () => {
    await expect(readAny('', {}, 'none.csv')).rejects.toMatchObject({
      code: 'FILE_EMPTY',
      params: { file: 'none.csv' },
    });
  });
});
