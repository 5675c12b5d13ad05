import { describe, expect, it } from 'vitest';
import { cells, cut, readBytes, readText, types } from './reading.ts';
import { readCsv } from '../../../main/records/csv-reader.ts';

const SAME = [
  ['1', 'x, y', 'a'],
  ['2', 'say "hi"', 'b'],
  ['3', 'two\nlines', ''],
];

describe('dialects', () => {
  const body = (d: string, eol: string): string =>
    [
      ['n', 't', 'c'].join(d),
      ['1', '"x, y"', 'a'].join(d),
      ['2', '"say ""hi"""', 'b'].join(d),
      ['3', '"two\nlines"', ''].join(d),
    ].join(eol);
  for (const [name, delimiter] of [
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['bar', '|'],
  ] as const) {
    for (const [endName, eol] of [
      ['LF', '\n'],
      ['CRLF', '\r\n'],
      ['CR', '\r'],
    ] as const) {
      it(`${name}, ${endName}, with and without a final line end`, async () => {
        for (const end of ['', eol]) {
          const { table, facts } = await readText(body(delimiter, eol) + end);
          expect(facts.delimiter).toBe(delimiter);
          expect(facts.problems).toEqual([]);
          expect(cells(table)).toEqual(SAME);
        }
      });
    }
  }

  it('keeps delimiters of other kinds inside free text', async () => {
    const { facts, table } = await readText('a;b\n1;x, y, z\n2;u, v, w\n3;p, q, r\n');
    expect(facts.delimiter).toBe(';');
    expect(cells(table)[0]).toEqual(['1', 'x, y, z']);
  });

  it('takes a delimiter that is given, a file of one column, and a file without header', async () => {
    expect(cells((await readText('a:b\n1:2\n', { delimiter: ':' })).table)).toEqual([['1', '2']]);
    expect(cells((await readText('a\nx\ny\n')).table)).toEqual([['x'], ['y']]);
    const { table } = await readText('1,x\n2,y\n', { header: false });
    expect(table.columns.map((column) => column.name)).toEqual(['column_1', 'column_2']);
    expect(table.rows).toBe(2);
  });

  it('skips blank lines and says so; a quoted empty cell is a row', async () => {
    const { table, facts } = await readText('a\n\nx\n""\n\n');
    expect(cells(table)).toEqual([['x'], ['']]);
    expect(facts.problems).toEqual([
      { code: 'BLANK_LINES_SKIPPED', column: null, rows: 2, proposal: 'none' },
    ]);
  });

  it('reads a quote inside a plain cell as it stands, and drops blanks after a closing one', async () => {
    const { table } = await readText('a,b\n5" pipe,"x" \n6" pipe,"y"\t\n');
    expect(cells(table)).toEqual([
      ['5" pipe', 'x'],
      ['6" pipe', 'y'],
    ]);
  });

  it('leaves out the empty column behind a trailing comma in the header', async () => {
    for (const text of ['a,b,\n1,2,\n3,4,\n', 'a,b,\n1,2\n3,4\n']) {
      const { table, facts } = await readText(text);
      expect(table.columns.map((column) => column.name)).toEqual(['a', 'b']);
      expect(facts.problems[0]?.code).toBe('EMPTY_COLUMN_DROPPED');
    }
    const { table, facts } = await readText('a,b,\n1,2,x\n3,4,\n');
    expect(table.columns.map((column) => column.name)).toEqual(['a', 'b', 'column_3']);
    expect(facts.problems[0]?.code).toBe('HEADER_NAME_MISSING');
  });
});

describe('types', () => {
  const typeOf = async (values: string[]): Promise<string | undefined> =>
    types((await readText(`c\n${values.map((value) => `"${value}"`).join('\n')}\n`)).table)[0];
  const many = (make: (index: number) => string): string[] =>
    Array.from({ length: 40 }, (_, i) => make(i));
  const cases: [string, string[], string][] = [
    ['integers', ['1', '-5', '0'], 'integer'],
    ['0 and 1', ['0', '1', '1'], 'integer'],
    ['reals', ['1', '2.5', ''], 'real'],
    ['exponents', ['1e-7', '2.5E+3'], 'real'],
    ['true and false', ['true', 'false', 'true'], 'boolean'],
    ['Yes and No', ['Yes', 'No'], 'boolean'],
    ['是 and 否', ['是', '否', ''], 'boolean'],
    ['only No', ['No', 'No'], 'category'],
    ['two spellings of yes', ['Yes', 'yes', 'No'], 'category'],
    ['ISO dates', ['2024-03-05', '1969-12-31'], 'date'],
    ['slashes', ['2024/3/5', '2024/12/31'], 'date'],
    ['Chinese dates', ['2024年3月5日', '2023年12月31日'], 'date'],
    ['a date that is none', ['2024-02-30', '2024-03-05'], 'category'],
    ['leading zeros', ['007', '012', '100'], 'identifier'],
    ['more than 15 digits', ['9007199254740993', '9007199254740995'], 'identifier'],
    ['plus signs', ['+5', '+6'], 'category'],
    ['NaN as a word', ['NaN', '1'], 'category'],
    ['different short strings', many((i) => `P-${i}`), 'identifier'],
    ['a few short strings', many((i) => `W${i % 4}`), 'category'],
    ['sentences', many((i) => `The patient was seen ${i} times in the last months.`), 'text'],
    ['Chinese sentences', many((i) => `患者主诉头痛三天，伴有恶心呕吐，第${i}次就诊。`), 'text'],
    ['nothing at all', ['', ' '], 'category'],
  ];
  it.each(cases)('%s', async (_name, values, type) => {
    expect(await typeOf(values)).toBe(type);
  });

  it('keeps every cell as it was written when a late cell is no number', async () => {
    const odd = [
      '1.50',
      '63.0',
      '-0',
      '.5',
      '5.',
      '1e5',
      ' 7',
      '8 ',
      '0.12345678901234567',
      '1E400',
      'x',
      '2.0',
    ];
    const { table } = await readText(`c\n${odd.map((cell) => `"${cell}"`).join('\n')}\n`);
    expect(types(table)).toEqual(['identifier']);
    expect(cells(table).flat()).toEqual(odd);
  });

  it('the same beyond the first segment of 65,536 rows', async () => {
    const numbers = Array.from({ length: 70_000 }, (_, i) => (i / 8).toFixed(i % 4));
    const { table } = await readText(`c\n${numbers.join('\n')}\nx\n`);
    expect(cells(table).flat()).toEqual([...numbers, 'x']);
  });

  it('drops blanks around numbers and says in how many rows', async () => {
    const { table, facts } = await readText('c,d\n 1,a\n2 ,b\n3,c\n');
    expect(cells(table).map((row) => row[0])).toEqual(['1', '2', '3']);
    expect(facts.problems).toEqual([
      { code: 'SPACES_AROUND', column: 'c', rows: 2, proposal: 'none' },
    ]);
  });

  it('reads marks of missing cells, blanks around them aside', async () => {
    const { table } = await readText('c,d\n1,?\n ?,x\n3,NA\n', { missing: ['?', 'NA'] });
    expect(types(table)).toEqual(['integer', 'category']);
    expect(cells(table)).toEqual([
      ['1', ''],
      ['', 'x'],
      ['3', ''],
    ]);
  });

  it('sets a type by name, and refuses what does not fit', async () => {
    const { table } = await readText('a,b,c\n1,1,9007199254740991\n2,0,5\n', {
      types: { a: 'category', b: 'boolean', c: 'integer' },
    });
    expect(types(table)).toEqual(['category', 'boolean', 'integer']);
    expect(cells(table)).toEqual([
      ['1', 'true', '9007199254740991'],
      ['2', 'false', '5'],
    ]);
    await expect(readText('a\n1\nx\ny\n', { types: { a: 'real' } })).rejects.toMatchObject({
      code: 'COLUMN_TYPE_MISMATCH',
      params: { column: 'a', type: 'real', row: 2, rows: 2 },
    });
    await expect(readText('age,b\n1,2\n', { types: { aeg: 'real' } })).rejects.toMatchObject({
      code: 'COLUMN_UNKNOWN',
      params: { column: 'aeg', nearest: 'age' },
    });
  });
});

describe('refusals', () => {
  const cases: [string, string, string, Record<string, unknown>][] = [
    ['nothing', '', 'FILE_EMPTY', {}],
    ['blank lines only', '\n\r\n', 'FILE_EMPTY', {}],
    ['a header only', 'a,b\n', 'FILE_NO_RECORDS', {}],
    ['a short row', 'a,b\n1,2\n3\n', 'CSV_RAGGED', { row: 2, expected: 2, found: 1 }],
    ['a long row', 'a,b\n1,2,3\n', 'CSV_RAGGED', { row: 1, expected: 2, found: 3 }],
    ['an open quote', 'a,b\n1,"2\n3,4\n', 'CSV_QUOTE_UNCLOSED', { row: 1, column: 2 }],
    ['text after a quote', 'a,b\n1,"2"x\n', 'CSV_QUOTE_STRAY', { row: 1, column: 2 }],
    ['a name twice', 'a,b,a\n1,2,3\n', 'HEADER_DUPLICATE', { column: 'a' }],
    ['a NUL', 'a,b\n1,\0\n', 'ENCODING_UNKNOWN', { offset: 6 }],
  ];
  it.each(cases)('%s', async (_name, text, code, params) => {
    await expect(readText(text)).rejects.toMatchObject({ code, params });
  });

  it('limits of rows, columns and cells', async () => {
    const limits = { rows: 2, columns: 3, cell: 10 };
    const text = async (content: string): Promise<unknown> => readText(content, { limits });
    await expect(text('a\n1\n2\n3\n')).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      params: { what: 'rows', limit: 2 },
    });
    await expect(text('a,b,c,d\n1,2,3,4\n')).rejects.toMatchObject({
      params: { what: 'columns', limit: 3 },
    });
    await expect(text(`a,b\n1,${'x'.repeat(11)}\n`)).rejects.toMatchObject({
      params: { what: 'cell', limit: 10, row: 1, column: 2 },
    });
    await expect(text(`a,b\n1,"${'x'.repeat(50)}`)).rejects.toMatchObject({
      params: { what: 'cell', row: 1 },
    });
    await expect(text('a,b,c\n1,2,0123456789\n')).resolves.toBeDefined();
  });

  it('cancels between pieces and tells progress in bytes', async () => {
    const bytes = Buffer.from('a,b\n' + '1,2\n'.repeat(1000));
    const stop = new AbortController();
    const seen: number[] = [];
    const source = cut(bytes, [1000, 2000, 3000]);
    await readCsv(source, { progress: (count) => seen.push(count) });
    expect(seen).toEqual([1000, 2000, 3000, bytes.length]);
    const reading = readCsv(source, { signal: stop.signal, progress: () => stop.abort() });
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('never puts a cell into an error', async () => {
    for (const text of ['a,b\nSECRET\n', 'a\n"SECRET', 'a\n"SECRET"SECRET\n', 'a\nSECRET\0\n']) {
      const error: unknown = await readBytes(Buffer.from(text)).catch((caught: unknown) => caught);
      expect(JSON.stringify(error) + String(error)).not.toContain('SECRET');
    }
  });
});
