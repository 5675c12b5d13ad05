import { describe, expect, it } from 'vitest';
import { valueOfText } from '../../../main/records/cell-text.ts';
import {
  columnOf,
  distinctCount,
  dropColumns,
  filterRows,
  missingCount,
  selectColumns,
  takeRows,
} from '../../../main/records/shape.ts';
import { cells, readText } from './reading.ts';

const { table } = await readText(
  'age,sex,born,weight,smokes\n30,M,1990-01-02,70.0,Yes\n41,F,1980/2/3,,No\n,M,2001年3月4日,64.25,No\n30,,1990-01-02,70.0,\n',
);

describe('shape', () => {
  it('prints cells canonically', () => {
    expect(cells(table)).toEqual([
      ['30', 'M', '1990-01-02', '70', 'Yes'],
      ['41', 'F', '1980-02-03', '', 'No'],
      ['', 'M', '2001-03-04', '64.25', 'No'],
      ['30', '', '1990-01-02', '70', ''],
    ]);
  });

  it('selects, drops, filters and takes', () => {
    expect(cells(selectColumns(table, ['sex', 'age']))[1]).toEqual(['F', '41']);
    expect(dropColumns(table, ['age', 'born', 'weight', 'smokes']).columns).toHaveLength(1);
    const kept = filterRows(table, Uint8Array.of(0, 1, 0, 1));
    expect(cells(kept)).toEqual([cells(table)[1], cells(table)[3]]);
    expect(cells(takeRows(table, [2, 2, 0])).map((row) => row[4])).toEqual(['No', 'No', 'Yes']);
    expect(takeRows(table, []).rows).toBe(0);
  });

  it('counts', () => {
    expect(table.columns.map(missingCount)).toEqual([1, 1, 0, 1, 1]);
    expect(table.columns.map(distinctCount)).toEqual([2, 2, 3, 2, 2]);
    expect(distinctCount(columnOf(filterRows(table, [1, 0, 0, 0]), 'sex'))).toBe(1);
  });

  it('refuses an unknown column and names the nearest', () => {
    expect(() => selectColumns(table, ['wieght'])).toThrowError(
      expect.objectContaining({
        code: 'COLUMN_UNKNOWN',
        params: { column: 'wieght', nearest: 'weight' },
      }),
    );
  });

  it('understands what a person writes for a value', () => {
    const value = (name: string, text: string): number | undefined =>
      valueOfText(columnOf(table, name), text);
    expect(value('weight', '70')).toBe(70);
    expect(value('weight', '70.00')).toBe(70);
    expect(value('sex', 'F')).toBe(1);
    expect(value('sex', 'X')).toBeUndefined();
    expect(value('smokes', 'yes')).toBe(1);
    expect(value('smokes', 'Yes')).toBe(1);
    expect(value('born', '1980年2月3日')).toBe(value('born', '1980-02-03'));
    expect(value('age', 'x')).toBeUndefined();
  });
});
