import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnProfile } from '../../../main/contract/import.ts';
import { histogramData } from '../../../main/contract/charts.ts';
import { histogramOf } from '../../../main/records/histogram.ts';
import { profile } from '../../../main/records/profile.ts';
import type { NumericType } from '../../../main/records/table.ts';
import { readText } from './reading.ts';

const numbers = (type: NumericType, values: readonly number[]) => {
  const found = histogramOf({ name: 'x', type, values: Float64Array.from(values) });
  return found && histogramData.parse(found);
};

const coded = (type: 'category' | 'text' | 'identifier', cells: readonly string[]) => {
  const dictionary = [...new Set(cells)];
  const codes = Int32Array.from(cells, (cell) => (cell === '' ? -1 : dictionary.indexOf(cell)));
  return histogramOf({ name: 'x', type, codes, dictionary });
};

describe('bins of numbers', () => {
  it('hold every present value once, in at most 20 bins between the smallest and the largest', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -50, max: 50 }),
      fc.constant(NaN),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 80 }), (values) => {
        const present = values.filter((one) => !Number.isNaN(one));
        const found = numbers('real', values);
        if (present.length === 0) {
          expect(found).toBeUndefined();
          return;
        }
        if (found?.kind !== 'bins') throw new Error('bins');
        const { bins } = found;
        const [min, max] = [Math.min(...present), Math.max(...present)];
        expect(bins).toHaveLength(min === max ? 1 : 20);
        expect(bins[0]?.from === min).toBe(true);
        expect(bins.at(-1)?.to === max).toBe(true);
        for (const [at, { from, to, count }] of bins.entries()) {
          const last = at === bins.length - 1;
          const inside = present.filter((one) => one >= Number(from) && (last || one < Number(to)));
          expect(count).toBe(inside.length);
        }
      }),
    );
  });

  it('of whole numbers are whole, closed, and of one width', () => {
    const whole = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 1e9 }), (raw, scale) => {
        const values = raw.map((one) => (one % scale) + 0);
        const found = numbers('integer', values);
        if (found?.kind !== 'bins') throw new Error('bins');
        const { bins } = found;
        expect(found.whole).toBe(true);
        expect(bins.length).toBeLessThanOrEqual(20);
        expect(bins[0]?.from).toBe(Math.min(...values));
        expect(bins.at(-1)?.to).toBe(Math.max(...values));
        const widths = bins.map(({ from, to }) => Number(to) - Number(from) + 1);
        expect(new Set(widths.slice(0, -1)).size).toBeLessThanOrEqual(1);
        expect(widths.at(-1)).toBeLessThanOrEqual(widths[0] ?? 0);
        for (const [at, { from, to, count }] of bins.entries()) {
          expect(count).toBe(
            values.filter((one) => one >= Number(from) && one <= Number(to)).length,
          );
          const next = bins[at + 1];
          if (next) expect(Number(next.from)).toBe(Number(to) + 1);
        }
      }),
    );
    expect(numbers('integer', [1, 2, 2, 4])).toEqual({
      kind: 'bins',
      whole: true,
      bins: [1, 2, 3, 4].map((at) => ({ from: at, to: at, count: [0, 1, 2, 0, 1][at] })),
    });
  });

  it('stand at both ends of what a number can be', () => {
    const huge = numbers('real', [-Number.MAX_VALUE, 0, Number.MAX_VALUE]);
    expect(huge?.kind === 'bins' && huge.bins.map(({ count }) => count)).toEqual(
      Array.from({ length: 20 }, (_, at) => (at === 0 || at === 10 || at === 19 ? 1 : 0)),
    );
    expect(numbers('integer', [-1e300, 1e300])).toMatchObject({ whole: false });
  });

  it('of days are whole days', () => {
    expect(numbers('date', [0, 1, 31])).toMatchObject({
      whole: true,
      bins: [
        { from: '1970-01-01', to: '1970-01-02', count: 2 },
        ...Array.from({ length: 14 }, () => ({ count: 0 })),
        { from: '1970-01-31', to: '1970-02-01', count: 1 },
      ],
    });
  });
});

describe('values', () => {
  it('are the 12 most frequent, with how many others there are', () => {
    const cells = Array.from({ length: 20 }, (_, i) =>
      Array.from({ length: i + 1 }, () => `v${i}`),
    );
    expect(coded('category', ['', ...cells.flat()])).toEqual({
      kind: 'values',
      values: Array.from({ length: 12 }, (_, i) => ({ value: `v${19 - i}`, count: 20 - i })),
      others: { values: 8, count: 36 },
    });
  });

  it('of an identifier and of nothing are not told', () => {
    expect(coded('identifier', ['a', 'a'])).toBeUndefined();
    expect(coded('category', ['', ''])).toBeUndefined();
  });

  it('of yes and no are in the words of the file', async () => {
    const { table, facts } = await readText('b,c\nyes,x\nno,y\nyes,y\nyes,y\n');
    expect(profile(table, facts).columns.map(({ histogram }) => histogram)).toEqual([
      {
        kind: 'values',
        values: [
          { value: 'yes', count: 3 },
          { value: 'no', count: 1 },
        ],
        others: { values: 0, count: 0 },
      },
      {
        kind: 'values',
        values: [
          { value: 'y', count: 3 },
          { value: 'x', count: 1 },
        ],
        others: { values: 0, count: 0 },
      },
    ]);
  });
});

it('is not told of columns in which everyone differs', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${100 + i}-${10 + i},${5000 + i},name ${i},x`);
  const { table, facts } = await readText(`ssn,number,text,c\n${rows.join('\n')}\n`);
  const { columns } = profile(table, facts);
  expect(columns.map(({ histogram }) => histogram !== undefined)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

it('may be missing in a profile that is kept already', () => {
  const old = { name: 'a', type: 'text', missing: 0, distinct: 1, min: null, max: null };
  expect(columnProfile.safeParse({ ...old, examples: ['x'] }).success).toBe(true);
});
