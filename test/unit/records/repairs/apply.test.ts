import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../../main/contract/errors.ts';
import {
  MOST_EXAMPLES,
  repairEffect,
  repairList,
  type RepairInput,
} from '../../../../main/contract/repair.ts';
import { decodeTable, encodeTable } from '../../../../main/records/codec.ts';
import { applyRepair, applyRepairs, learnedFills } from '../../../../main/records/repairs/apply.ts';
import { tableHash } from '../../../../main/records/table-hash.ts';
import type { Table } from '../../../../main/records/table.ts';
import { cells, readText, types } from '../reading.ts';
import { tables } from '../tables.ts';

const list = (...repairs: RepairInput[]) => repairList.parse(repairs);
const one = (repair: RepairInput) => list(repair)[0] as ReturnType<typeof list>[number];
const POINT = { decimal: 'point', thousands: 'none', unit: null } as const;

async function after(text: string, ...repairs: RepairInput[]) {
  const { table } = await readText(text);
  const done = applyRepairs(table, list(...repairs));
  return { ...done, before: table, shown: cells(done.table), kinds: types(done.table) };
}
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof ConcordError ? [error.code, error.params] : error;
  }
};

describe('each repair', () => {
  it('trim: blanks around cells go, also those of Chinese forms', async () => {
    const { shown, effects } = await after('a;b\n x;1\nx ;2\n　x;3\ny;4\n', {
      ...{ kind: 'trim', column: 'a' },
    });
    expect(shown.map(([a]) => a)).toEqual(['x', 'x', 'x', 'y']);
    expect(effects[0]).toEqual({ kind: 'trim', column: 'a', rows: 3, missing: 0, later: false });
  });

  it('mark-missing: the marks go, and what is left of numbers are numbers', async () => {
    const { shown, kinds, effects } = await after(
      'a,b\n5,1\n?,999\nNA,2\n7,999\n',
      {
        ...{ kind: 'mark-missing', column: 'a', marks: ['?', 'NA'] },
      },
      { kind: 'mark-missing', column: 'b', marks: ['999'] },
    );
    expect(kinds).toEqual(['integer', 'integer']);
    expect(shown).toEqual([
      ['5', '1'],
      ['', ''],
      ['', '2'],
      ['7', ''],
    ]);
    expect(effects.map(({ rows, missing }) => [rows, missing])).toEqual([
      [2, 2],
      [2, 2],
    ]);
  });

  it('merge: categories become one, blanks around them aside', async () => {
    const { shown, effects } = await after('s,n\n男,1\n男性,2\n M ,3\n女,4\n', {
      ...{ kind: 'merge', column: 's', groups: [{ into: '男', from: ['男性', 'M'] }] },
    });
    expect(shown.map(([s]) => s)).toEqual(['男', '男', '男', '女']);
    expect(effects[0]?.rows).toBe(2);
  });

  it('merge: a column that says yes and no takes only what it can hold', async () => {
    const { table } = await readText('a,b\nyes,1\nno,2\n');
    const group = (into: string) =>
      one({ kind: 'merge', column: 'a', groups: [{ into, from: ['no'] }] });
    expect(cells(applyRepair(table, group('yes')).table).map(([a]) => a)).toEqual(['yes', 'yes']);
    expect(codeOf(() => applyRepair(table, group('maybe'), 3))).toEqual([
      'REPAIR_UNFIT',
      { place: 3, repair: 'merge', column: 'a', type: 'boolean' },
    ]);
  });

  it('to-category: numbers stay as they are written, and are none until they are read so', async () => {
    const codes = { kind: 'to-category', column: 'a' } as const;
    const text = 'a,b\n1.0,x\n2.0,\n,z\n1.0,x\n';
    const made = await after(text, codes);
    expect(types(made.before)).toEqual(['real', 'category']);
    expect(made.kinds).toEqual(['category', 'category']);
    expect(made.shown.map(([a]) => a)).toEqual(['1', '2', '', '1']);
    expect(made.effects).toEqual([
      { kind: 'to-category', column: 'a', rows: 3, missing: 0, later: false },
    ]);
    // Mended further they stay codes, also where every one left is a numeral.
    const further = await after(
      text,
      codes,
      { kind: 'trim', column: 'a' },
      { kind: 'merge', column: 'a', groups: [{ into: '3', from: ['1'] }] },
      { kind: 'mark-missing', column: 'a', marks: ['2'] },
    );
    expect(further.kinds[0]).toBe('category');
    expect(further.shown.map(([a]) => a)).toEqual(['3', '', '', '3']);
    const named: RepairInput = {
      kind: 'merge',
      column: 'a',
      groups: [{ into: 'ward 1', from: ['1'] }],
    };
    expect((await after(text, codes, named)).shown[0]?.[0]).toBe('ward 1');
    const back = { kind: 'parse-number', column: 'a', form: POINT } as const;
    expect((await after(text, codes, back)).kinds[0]).toBe('integer');
    expect(codeOf(() => applyRepair(made.table, one({ ...codes, column: 'b' })))).toBeNull();
    expect(types(decodeTable(encodeTable(made.table)))).toEqual(made.kinds);
  });

  it('parse-number: in the form that was chosen, the others missing or refused', async () => {
    const text = 'a;b\n1,5;1\n2;2\nmany;3\n';
    const form = { ...POINT, decimal: 'comma' } as const;
    const repair = { kind: 'parse-number', column: 'a', form } as const;
    const { shown, kinds, effects } = await after(text, { ...repair, others: 'missing' });
    expect(kinds[0]).toBe('real');
    expect(shown.map(([a]) => a)).toEqual(['1.5', '2', '']);
    expect(effects[0]).toMatchObject({ rows: 2, missing: 1 });
    await expect(after(text, repair)).rejects.toMatchObject({
      code: 'COLUMN_TYPE_MISMATCH',
      params: { column: 'a', type: 'real', row: 3, rows: 1 },
    });
  });

  it('parse-date: by order, from text and from Excel numbers', async () => {
    const { shown, kinds } = await after(
      'a,b\n05/03/2024,45356\n06/03/2024 14:30,45357.25\n',
      { kind: 'parse-date', column: 'a', form: 'day-first' },
      { kind: 'parse-date', column: 'b', form: 'excel-1900' },
    );
    expect(kinds).toEqual(['date', 'date']);
    expect(shown).toEqual([
      ['2024-03-05', '2024-03-05'],
      ['2024-03-06T14:30', '2024-03-06T06:00'],
    ]);
  });

  it('clip: numbers and dates are held between bounds', async () => {
    const { shown, kinds, effects } = await after(
      'a,b\n-5,1900-01-01\n50,2024-03-05\n500,2024-03-06\n,\n',
      { kind: 'clip', column: 'a', lower: 0, upper: 99.5 },
      { kind: 'clip', column: 'b', lower: '2000-01-01', upper: null },
    );
    expect(kinds).toEqual(['real', 'date']);
    expect(shown).toEqual([
      ['0', '2000-01-01'],
      ['50', '2024-03-05'],
      ['99.5', '2024-03-06'],
      ['', ''],
    ]);
    expect(effects.map(({ rows }) => rows)).toEqual([2, 1]);
  });

  it('drop-column, drop-rows, drop-duplicates', async () => {
    const { shown, effects } = await after(
      'a,b,c\n1,x,p\n1,x,q\n2,,r\n3,z,s\n',
      { kind: 'drop-column', column: 'c' },
      { kind: 'drop-duplicates' },
      { kind: 'drop-rows', column: 'b' },
    );
    expect(shown).toEqual([
      ['1', 'x'],
      ['3', 'z'],
    ]);
    expect(effects.map(({ rows }) => rows)).toEqual([4, 1, 1]);
  });

  it('fill: a constant at once, a median or mode only in training', async () => {
    const { shown, effects, table, before } = await after(
      'a,b,c\n1,x,5\n,,\n3,x,7\n',
      { kind: 'fill', column: 'a', with: { constant: '2.5' } },
      { kind: 'fill', column: 'b', with: { constant: 'none' } },
      { kind: 'fill', column: 'c', with: 'median' },
    );
    expect(shown[1]).toEqual(['2.5', 'none', '']);
    expect(types(table)).toEqual(['real', 'category', 'integer']);
    expect(effects.map(({ rows, later }) => [rows, later])).toEqual([
      [1, false],
      [1, false],
      [1, true],
    ]);
    expect(table.columns[2]).toBe(before.columns[2]);
    const fills = list(
      { kind: 'fill', column: 'c', with: 'median' },
      { kind: 'fill', column: 'd', with: 'mode' },
      { kind: 'drop-column', column: 'd' },
    );
    expect(learnedFills(fills)).toEqual({ c: 'median' });
  });

  it('is refused where it does not fit, leaves nothing, or names no column', async () => {
    const { table } = await readText('a,b\nx,\ny,\n');
    const refused = (repair: RepairInput) => codeOf(() => applyRepair(table, one(repair), 2));
    const unfit = (repair: string, column: string) => [
      'REPAIR_UNFIT',
      { place: 2, repair, column, type: 'category' },
    ];
    expect(refused({ kind: 'clip', column: 'a', lower: 0, upper: 1 })).toEqual(unfit('clip', 'a'));
    expect(refused({ kind: 'fill', column: 'a', with: 'median' })).toEqual(unfit('fill', 'a'));
    expect(refused({ kind: 'drop-rows', column: 'b' })).toEqual([
      'REPAIR_LEAVES_NOTHING',
      { place: 2, repair: 'drop-rows' },
    ]);
    expect(refused({ kind: 'trim', column: 'aa' })).toEqual([
      'COLUMN_UNKNOWN',
      { column: 'aa', nearest: 'a' },
    ]);
    const single = applyRepair(table, one({ kind: 'drop-column', column: 'a' })).table;
    expect(
      codeOf(() => applyRepair(single, one({ kind: 'drop-column', column: 'b' }))),
    ).toMatchObject(['REPAIR_LEAVES_NOTHING', {}]);
  });

  it('shows the first different changes, with their rows, and no more than a few', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ` v${i % 20},${i}`).join('\n');
    const { table } = await readText(`a,b\n${rows}\n`);
    const { examples } = applyRepair(table, one({ kind: 'trim', column: 'a' }));
    expect(examples).toHaveLength(MOST_EXAMPLES);
    expect(examples[1]).toEqual({ row: 2, before: ' v1', after: 'v1' });
  });
});

/** Repairs of every kind of a column, fitting or not. */
const repairOf = (names: readonly string[]) => {
  const column = fc.constantFrom(...names);
  const text = fc.constantFrom('a', 'b', ' a', '1', '0', '2024-03-05', 'x y');
  return fc.oneof(
    column.map((name): RepairInput => ({ kind: 'trim', column: name })),
    fc.tuple(column, text).map(([name, mark]): RepairInput => ({
      ...{ kind: 'mark-missing', column: name, marks: [mark] },
    })),
    fc.tuple(column, text, text).map(([name, into, from]): RepairInput => ({
      ...{ kind: 'merge', column: name, groups: [{ into, from: [from] }] },
    })),
    column.map((name): RepairInput => ({
      ...{ kind: 'parse-number', column: name, form: POINT, others: 'missing' },
    })),
    fc
      .tuple(column, fc.constantFrom('day-first' as const, 'excel-1900' as const))
      .map(([name, form]): RepairInput => ({
        kind: 'parse-date',
        column: name,
        form,
        others: 'missing',
      })),
    column.map((name): RepairInput => ({ kind: 'clip', column: name, lower: -1, upper: 1 })),
    column.map((name): RepairInput => ({ kind: 'fill', column: name, with: { constant: '1' } })),
    column.map((name): RepairInput => ({ kind: 'fill', column: name, with: 'mode' })),
  );
};

describe('repairs of a column, whatever the table', () => {
  const given: fc.Arbitrary<{ table: Table; repair: RepairInput | null }> = tables.chain((table) =>
    (table.columns.length === 0
      ? fc.constant(null)
      : repairOf(table.columns.map(({ name }) => name))
    ).map((repair) => ({ table, repair })),
  );

  it('never touch another column, tell the rows that differ, and leave the table as it was', () => {
    fc.assert(
      fc.property(given, ({ table, repair }) => {
        if (repair === null) return;
        const [made] = list(repair);
        if (made === undefined || !('column' in made)) return;
        const before = tableHash(table);
        const shown = cells(table);
        let done;
        try {
          done = applyRepair(table, made);
        } catch (error) {
          expect(error).toBeInstanceOf(ConcordError);
          return;
        }
        repairEffect.parse(done.effect);
        expect(tableHash(table)).toBe(before);
        const place = table.columns.findIndex(({ name }) => name === made.column);
        table.columns.forEach((column, at) => {
          if (at !== place) expect(done.table.columns[at]).toBe(column);
        });
        const now = cells(done.table);
        const changed = now.filter((row, at) => row[place] !== shown[at]?.[place]).length;
        if (!done.effect.later) expect(done.effect.rows).toBe(changed);
        expect(decodeTable(encodeTable(done.table))).toEqual(done.table);
      }),
      { numRuns: 300 },
    );
  });

  it('trim done twice does nothing more', () => {
    fc.assert(
      fc.property(given, ({ table, repair }) => {
        if (repair === null || !('column' in repair)) return;
        const trim = list({ kind: 'trim', column: repair.column });
        const once = applyRepairs(table, trim);
        const twice = applyRepairs(once.table, trim);
        expect(twice.effects[0]?.rows).toBe(0);
        expect(tableHash(twice.table)).toBe(tableHash(once.table));
      }),
    );
  });

  it('a list without its last gives the table from before it', () => {
    fc.assert(
      fc.property(tables, fc.array(fc.nat(3), { maxLength: 4 }), (table, places) => {
        const names = table.columns.map(({ name }) => name);
        const repairs = list(
          ...places.flatMap((place): RepairInput[] => {
            const column = names[place % Math.max(1, names.length)];
            return column === undefined ? [] : [{ kind: 'trim', column }];
          }),
          { kind: 'drop-duplicates' },
        );
        if (table.rows === 0) return;
        let current = table;
        const steps = repairs.map((repair, at) => {
          const before = current;
          current = applyRepair(current, repair, at + 1).table;
          return before;
        });
        const undone = applyRepairs(table, repairs.slice(0, -1)).table;
        expect(tableHash(undone)).toBe(tableHash(steps.at(-1) ?? table));
      }),
    );
  });
});
