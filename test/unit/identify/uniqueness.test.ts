import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codedColumn, Divider, undivided } from '../../../main/identify/partition.ts';
import { uniqueSets } from '../../../main/identify/uniqueness.ts';
import { cellText } from '../../../main/records/cell-text.ts';
import type { Column, Table } from '../../../main/records/table.ts';

/** Slow and obvious: rows by the text of their cells. */
function counted(table: Table, names: readonly string[]): { unique: number; below5: number } {
  const columns = names.map((name) => table.columns.find((column) => column.name === name));
  const sizes = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    const key = columns.map((column) => column && cellText(column, row)).join('|');
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const all = [...sizes.values()];
  const rowsOf = (few: number[]): number => few.reduce((sum, size) => sum + size, 0);
  return {
    unique: all.filter((size) => size === 1).length / table.rows,
    below5: rowsOf(all.filter((size) => size < 5)) / table.rows,
  };
}

const numeric = (name: string, values: readonly number[]): Column => ({
  name,
  type: 'real',
  values: Float64Array.from(values),
});
const category = (name: string, codes: readonly number[]): Column => ({
  name,
  type: 'category',
  codes: Int32Array.from(codes),
  dictionary: ['a', 'b', 'c'],
});

const tables = fc
  .integer({ min: 1, max: 60 })
  .chain((rows) => {
    const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: rows, maxLength: rows });
    return fc.tuple(
      list(fc.integer({ min: -1, max: 2 })),
      list(fc.constantFrom(NaN, 0, 1, 2, 3)),
      list(fc.constantFrom(NaN, 0.5, 1.5, -4, 1e300)),
      list(fc.integer({ min: 0, max: 4 })),
    );
  })
  .map(([codes, whole, real, more]): Table => {
    const columns = [
      category('a', codes),
      numeric('b', whole),
      numeric('c', real),
      numeric('d', more),
    ];
    return { rows: codes.length, columns };
  });

describe('sets of columns that single rows out', () => {
  it('have the shares that counting by hand gives', () => {
    fc.assert(
      fc.property(tables, (table) => {
        for (const { columns, ...shares } of uniqueSets(table, ['a', 'b', 'c', 'd'])) {
          const slow = counted(table, columns);
          expect(shares.unique).toBeCloseTo(slow.unique, 12);
          expect(shares.below5).toBeCloseTo(slow.below5, 12);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('hold the set that singles out most, where it adds to its parts', () => {
    const rows = 400;
    const of = (value: (row: number) => number) =>
      Array.from({ length: rows }, (_, row) => value(row));
    // Any two of the three leave rows alike; all three are a number in base 10, 8 and 5.
    const table: Table = {
      rows,
      columns: [
        numeric(
          'age',
          of((row) => row % 10),
        ),
        numeric(
          'sex',
          of((row) => Math.floor(row / 10) % 8),
        ),
        numeric(
          'place',
          of((row) => Math.floor(row / 80)),
        ),
      ],
    };
    const found = uniqueSets(table, ['age', 'sex', 'place']);
    expect(found.at(-1)).toEqual({ columns: ['age', 'sex', 'place'], unique: 1, below5: 1 });
  });

  it('tell a column alone that needs no other, and of twins one', () => {
    const rows = 300;
    const counting = Array.from({ length: rows }, (_, row) => row);
    const table: Table = {
      rows,
      columns: [
        numeric('moment', counting),
        numeric(
          'level',
          counting.map((row) => row % 60),
        ),
        numeric(
          'level code',
          counting.map((row) => (row % 60) + 0.5),
        ),
        numeric(
          'part',
          counting.map((row) => row % 7),
        ),
      ],
    };
    const names = uniqueSets(table, ['moment', 'level', 'level code', 'part']).map(
      ({ columns }) => columns,
    );
    expect(names).toContainEqual(['moment']);
    expect(names.filter((set) => set.includes('moment'))).toHaveLength(1);
    expect(names.some((set) => set.includes('level') && set.includes('level code'))).toBe(false);
    expect(names).toContainEqual(['level', 'part']);
  });

  it('are none where there is nothing to combine', () => {
    expect(uniqueSets({ rows: 0, columns: [numeric('a', [])] }, ['a'])).toEqual([]);
    expect(uniqueSets({ rows: 2, columns: [numeric('a', [1, 1])] }, [])).toEqual([]);
    expect(uniqueSets({ rows: 1, columns: [numeric('a', [1])] }, ['a'])).toEqual([
      { columns: ['a'], unique: 1, below5: 1 },
    ]);
  });

  it('come to an end with fifty columns', () => {
    const rows = 20_000;
    let state = 7;
    const next = () => (state = (state * 48_271) % 2_147_483_647);
    const columns = Array.from({ length: 50 }, (_, at) =>
      numeric(
        `c${String(at)}`,
        Array.from({ length: rows }, () => next() % (at + 2)),
      ),
    );
    const found = uniqueSets(
      { rows, columns },
      columns.map(({ name }) => name),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(12);
  });
});

describe('dividing', () => {
  it('gives the same classes by place and by hash', () => {
    const rows = 3000;
    const wide = numeric(
      'wide',
      Array.from({ length: rows }, (_, row) => (row * 7919) % 2500),
    );
    const many = numeric(
      'many',
      Array.from({ length: rows }, (_, row) => (row * 31) % 900),
    );
    const divider = new Divider(rows);
    // 1,250 classes by 900 values do not fit into the places.
    const first = divider.divide(undivided(rows), codedColumn(wide));
    const both = divider.divide(first, codedColumn(many));
    const slow = counted({ rows, columns: [wide, many] }, ['wide', 'many']);
    expect(both.unique / rows).toBeCloseTo(slow.unique, 12);
    expect(both.below5 / rows).toBeCloseTo(slow.below5, 12);
  });
});
