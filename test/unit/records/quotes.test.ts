import { describe, expect, it } from 'vitest';
import { detectQuote, type QuoteMark } from '../../../main/records/quote.ts';
import { readFiles } from '../../../main/records/read-file.ts';
import { memorySource } from '../../../main/records/source.ts';
import { cells, readAny, readText } from './reading.ts';

const detected = (text: string, delimiter?: string): QuoteMark =>
  detectQuote(Buffer.from(text, 'utf8'), delimiter);

const SINGLE = "n,t\n'1','x, y'\n2,'it''s\nhere'\n";
const BARE = 'n\tt\n1\t"Big" pipe\n2\t"half\n3\t5" rod\n';

describe('quotation marks around cells', () => {
  it.each<[string, string, QuoteMark]>([
    ['double', 'a,b\n"1, 2","x ""y"""\n', '"'],
    ['double with blanks behind', 'a;b\n"1" ;"2" \n"3";4\n', '"'],
    ['double around lines that hold single ones', `a,b\n"it's",'1'\n"2",'3'\n`, '"'],
    ['single', SINGLE, "'"],
    ['single with semicolons and a last line without end', "a;b\n'1';'2;3'", "'"],
    ['an apostrophe before a number, as Excel writes it', "a,b\n'007,1\n'008,2\n", '"'],
    ['a name with an apostrophe in front', "a,b\n't Hooft,'t Hart\n1,2\n", '"'],
    ['one single-quoted cell, which may be text', "a,b\nyes,'no'\n", '"'],
    ['none: double ones that are part of the text', BARE, 'none'],
    ['one stray double quote is a mistake, not a rule', 'a,b\n1,"2"x\n', '"'],
    ['typographic ones are text', 'a,b\n“1”,“2”\n', '"'],
    ['nothing quoted', 'a,b\n1,2\n', '"'],
    ['a cell that the sample cuts off', "a,b\n'1','2'\n'3','fo", "'"],
  ])('%s', (_, text, mark) => {
    expect(detected(text)).toBe(mark);
  });

  it('are looked for behind a delimiter of the person’s own', () => {
    expect(detected("a~b\n1~'2~3'\n4~'5'\n", '~')).toBe("'");
  });

  it('single: hold delimiters, line ends and doubled quotes, and are told', async () => {
    const { table, facts } = await readText(SINGLE);
    expect(cells(table)).toEqual([
      ['1', 'x, y'],
      ['2', "it's\nhere"],
    ]);
    expect(facts).toMatchObject({ delimiter: ',', quote: "'" });
    await expect(readText("a,b\n1,'2\n", { quote: "'" })).rejects.toMatchObject({
      code: 'CSV_QUOTE_UNCLOSED',
      params: { row: 1, column: 2 },
    });
  });

  it('none: every mark is text', async () => {
    const { table, facts } = await readText(BARE);
    expect(cells(table)).toEqual([
      ['1', '"Big" pipe'],
      ['2', '"half'],
      ['3', '5" rod'],
    ]);
    expect(facts.quote).toBe('none');
  });

  it('are as the person says, and the usual ones go without saying', async () => {
    const text = 'a,b\n"1","2"\n';
    expect((await readText(text)).facts).not.toHaveProperty('quote');
    expect(cells((await readText(text, { quote: 'none' })).table)).toEqual([['"1"', '"2"']]);
    const single = "a,b\n'1','2'\n'3','4'\n";
    expect(cells((await readText(single, { quote: '"' })).table)[0]).toEqual(["'1'", "'2'"]);
  });

  it('the same for a file among several, and in a comment line', async () => {
    const files = [SINGLE, "n,t\n'3','a, b'\n4,'c'\n"].map((text, at) => ({
      source: memorySource(`${at}.csv`, Buffer.from(text)),
      constants: new Map<string, string>(),
    }));
    const { table } = await readFiles(files);
    expect(cells(table).map((row) => row.at(-1))).toEqual(['x, y', "it's\nhere", 'a, b', 'c']);
    const commented = "n,t\n#'not\n'1','#x\n#y'\n'2','z'\n";
    const read = await readText(commented, { comment: '#', quote: "'" });
    expect(cells(read.table)).toEqual([
      ['1', '#x\n#y'],
      ['2', 'z'],
    ]);
  });

  it('in other formats a quoted text is a text', async () => {
    const { table } = await readAny(JSON.stringify([{ a: "'1'" }, { a: "'2'" }]));
    expect(cells(table)).toEqual([["'1'"], ["'2'"]]);
  });
});
