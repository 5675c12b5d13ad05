import { describe, expect, it } from 'vitest';
import { keptProfile } from '../../../main/study/profile.ts';
import { codedColumn, tableOf } from '../learning/fixtures.ts';

const ROWS = 40;
const over = <T>(value: (row: number) => T): T[] =>
  Array.from({ length: ROWS }, (_, row) => value(row));

describe('the profile kept beside records', () => {
  const table = tableOf(
    // Each stands in four records: by its cells alone a category like any other.
    codedColumn(
      'patient_name',
      over((row) => ['Ida Berg', 'Jo Lund', '王小明', 'Ann Lee'][row % 4] ?? ''),
    ),
    {
      name: 'patient_nbr',
      type: 'integer',
      values: Float64Array.from(over((row) => 71_000 + (row % 10))),
    },
    codedColumn(
      'remark',
      over((row) => `call 1390000${String(1000 + (row % 9))}`),
    ),
    codedColumn(
      'ward',
      over((row) => (row % 2 === 0 ? 'north' : 'south')),
    ),
  );
  const { columns } = keptProfile(table, { encoding: 'utf-8', delimiter: ',', problems: [] });
  const of = (name: string) => columns.find((column) => column.name === name);

  it('tells of a column that seems to name people only how its values are written', () => {
    expect(of('patient_name')?.examples).toEqual(['Aaa Aaaa', 'Aa Aaaa', 'AAA']);
    expect(of('patient_nbr')).toMatchObject({ examples: ['00000'], min: null, max: null });
    expect(of('remark')?.examples).toEqual(['aaaa 00000000000']);
    expect(JSON.stringify(columns)).not.toMatch(/Berg|Lund|王|7100|1390/);
    for (const name of ['patient_name', 'patient_nbr', 'remark']) {
      expect(of(name)).not.toHaveProperty('histogram');
    }
  });

  it('tells of every other column what it told before', () => {
    expect(of('ward')).toMatchObject({ examples: ['north', 'south'], distinct: 2 });
    expect(of('ward')).toHaveProperty('histogram');
    expect(of('patient_name')).toMatchObject({ distinct: 4, missing: 0 });
  });
});
