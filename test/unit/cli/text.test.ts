import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { concord, scratchFolder } from '../../command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const NOTES = scratch.write(
  'notes.csv',
  'id,note,remark\n007,"  Anna Lind called.\nThen Anna wrote to a.lind@corp.nl",1.50\n008,,2\n009,nothing here,"Call 😀 +44 20 7946 0018"\n',
);

interface Answer {
  readonly columns: readonly { readonly name: string }[];
  readonly spans: readonly {
    readonly column: string;
    readonly row: number;
    readonly start: number;
    readonly end: number;
    readonly type: string;
    readonly confidence: number;
  }[];
}

const CELLS: Readonly<Record<string, readonly string[]>> = {
  note: ['  Anna Lind called.\nThen Anna wrote to a.lind@corp.nl', '', 'nothing here'],
  remark: ['1.50', '2', 'Call 😀 +44 20 7946 0018'],
};

describe('identify --text', () => {
  it('gives rows from 0 and offsets into the cell as it stands in the file', async () => {
    const ran = await concord(['identify', NOTES, '--text', 'note', '--text', 'remark', '--json']);
    expect(ran.status, ran.stderr).toBe(0);
    const { columns, spans } = ran.json<Answer>();
    expect(columns.map(({ name }) => name)).toEqual(['id', 'note', 'remark']);
    const shown = spans.map(
      ({ column, row, start, end, type }) =>
        `${row} ${type} ${CELLS[column]?.[row]?.slice(start, end)}`,
    );
    expect(shown).toEqual([
      '0 PERSON Anna Lind',
      '0 PERSON Anna',
      '0 EMAIL a.lind@corp.nl',
      '2 PHONE +44 20 7946 0018',
    ]);
  });

  it('names the nearest column when there is none of the name', async () => {
    const ran = await concord(['identify', NOTES, '--text', 'notes']);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toMatch(/^COLUMN_UNKNOWN: .*note/);
  });
});

describe('redact', () => {
  it('writes a file with the findings replaced and everything else as it was', async () => {
    const out = scratch.path('out.csv');
    const ran = await concord(['redact', NOTES, '--text', 'note', '--out', out, '--json']);
    expect(ran.status, ran.stderr).toBe(0);
    expect(ran.json()).toEqual({ rows: 3, replaced: { PERSON: 2, EMAIL: 1 } });
    expect(readFileSync(out, 'utf8').replace(/\r\n/g, '\n')).toBe(
      'id,note,remark\n007,"  [NAME] called.\nThen [NAME] wrote to [EMAIL]",1.50\n008,,2\n009,nothing here,Call 😀 +44 20 7946 0018\n',
    );
  });

  it('gives other pseudonyms in every run without a vault', async () => {
    const runs = [];
    for (const name of ['p1.csv', 'p2.csv']) {
      const out = scratch.path(name);
      const given = ['redact', NOTES, '--text', 'note', '--out', out, '--mode', 'pseudonym'];
      const ran = await concord(given);
      expect(ran.status, ran.stderr).toBe(0);
      runs.push(readFileSync(out, 'utf8'));
    }
    expect(runs[0]).not.toBe(runs[1]);
    // Another person may be called Lindsay.
    for (const text of runs) expect(text).not.toMatch(/\bAnna\b|\bLind\b|corp\.nl/);
  });

  it('keeps the days between the dates of one person, across text columns', async () => {
    const visits = scratch.write(
      'visits.csv',
      'who,note,plan\np1,Seen 3/5/2021.,Again 03/25/2021.\np2,Seen 3/5/2021.,\np1,Seen 4/4/2021.,\n',
    );
    const out = scratch.path('visits-out.csv');
    const columns = ['--text', 'note', '--text', 'plan', '--person', 'who'];
    const given = ['redact', visits, ...columns, '--mode', 'pseudonym', '--out', out];
    const ran = await concord(given);
    expect(ran.status, ran.stderr).toBe(0);
    const [first = '', , third = ''] = readFileSync(out, 'utf8').trim().split(/\r?\n/).slice(1);
    const days = [...first.matchAll(/\d+\/\d+\/\d{4}/g), ...third.matchAll(/\d+\/\d+\/\d{4}/g)].map(
      ([date]) => Date.parse(`${date} UTC`) / 86_400_000,
    );
    expect(days.map((day) => day - (days[0] ?? 0))).toEqual([0, 20, 30]);
    // Either may have moved to where the other was.
    for (const [place, seen] of ['2021-03-05', '2021-03-25'].entries()) {
      expect(days[place]).not.toBe(Date.parse(seen) / 86_400_000);
    }
  });

  it.each([
    [['redact', NOTES, '--out', 'x.csv'], 'OPTION_MISSING'],
    [['redact', NOTES, '--text', 'note'], 'OPTION_MISSING'],
    [['redact', NOTES, '--text', 'nte', '--out', 'x.csv'], 'COLUMN_UNKNOWN'],
    [['redact', NOTES, '--text', 'note', '--out', 'x.csv', '--person', 'who'], 'COLUMN_UNKNOWN'],
    [['redact', NOTES, '--text', 'note', '--out', 'x.csv', '--mode', 'blur'], 'OPTION_INVALID'],
    [['redact', NOTES, '--text', 'note', '--out', NOTES], 'OUTPUT_EXISTS'],
    [['redact', 'no.csv', '--text', 'note', '--out', 'x.csv'], 'FILE_NOT_FOUND'],
  ])('%j is refused with %s', async (args, code) => {
    const before = readFileSync(NOTES, 'utf8');
    const ran = await concord(args, { cwd: scratch.path('.') });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toMatch(new RegExp(`^${code}: `));
    expect(readFileSync(NOTES, 'utf8')).toBe(before);
  });
});
