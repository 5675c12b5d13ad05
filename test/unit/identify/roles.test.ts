import { describe, expect, it } from 'vitest';
import { identifyColumns } from '../../../main/identify/columns.ts';
import { readNames } from '../../../main/identify/names/index.ts';
import { wordsOf } from '../../../main/identify/names/words.ts';
import type { Column, Table } from '../../../main/records/table.ts';
import { clinicTable, registerTable, schoolTable } from './chinese-tables.ts';
import { CLINIC_KEY, NAME_KEYS, REGISTER_KEY, SCHOOL_KEY, type RolesKey } from './roles-key.ts';

const CHINESE: readonly [name: string, table: Table, key: RolesKey][] = [
  ['a clinic', clinicTable(), CLINIC_KEY],
  ['a household register', registerTable(), REGISTER_KEY],
  ['a school', schoolTable(), SCHOOL_KEY],
];

describe('roles in Chinese tables', () => {
  it.each(CHINESE)('%s', (_, table, key) => {
    const { columns } = identifyColumns(table);
    expect(Object.fromEntries(columns.map(({ name, role }) => [name, role]))).toEqual(key);
  });

  it('without their names still names the people and their numbers', () => {
    const table = clinicTable();
    const renamed = table.columns.map((column, at) => ({ ...column, name: `列${String(at)}` }));
    const { columns } = identifyColumns({ ...table, columns: renamed });
    const of = (name: string) => columns[table.columns.findIndex((column) => column.name === name)];
    expect(of('姓名')).toMatchObject({ role: 'direct-identifier', evidence: ['values'] });
    expect(of('身份证号')).toMatchObject({ role: 'direct-identifier', evidence: ['check'] });
    expect(of('身份证号')?.entities[0]).toMatchObject({ type: 'ID_CARD', share: 1 });
    expect(of('联系电话')?.entities[0]).toMatchObject({ type: 'PHONE', share: 1 });
    expect(of('出生日期')).toMatchObject({ role: 'quasi-identifier' });
    expect(of('民族')?.entities[0]).toMatchObject({ type: 'NRP' });
    expect(of('性别')).toMatchObject({ role: 'quasi-identifier', evidence: ['values'] });
  });
});

describe('names of columns', () => {
  it.each([
    ['dateOfBirth', 'date of birth'],
    ['Home_Phone2', 'home phone 2'],
    ['diag_1', 'diag 1'],
    ['A1Cresult', 'a1cresult'],
    ['HTTPServerURL', 'http server url'],
    ['ＩＤ号', 'id号'],
    ['  ', ''],
  ])('%s', (name, words) => expect(wordsOf(name)).toBe(words));

  it('say the role of at least 95 of 100 by themselves', () => {
    const judged = Object.entries(NAME_KEYS).flatMap(([table, key]) => {
      const names = Object.keys(key);
      return readNames(names).map(({ rule, outcome }, at) => {
        const name = names[at] ?? '';
        const role = key[name] === 'label' && outcome ? 'label' : (rule?.role ?? 'other');
        return { name: `${table}: ${name}`, right: role === key[name] };
      });
    });
    const missed = judged.filter(({ right }) => !right).map(({ name }) => name);
    expect(1 - missed.length / judged.length, missed.join()).toBeGreaterThanOrEqual(0.95);
  });

  it('mean clinical abbreviations only among columns about health', () => {
    const roleOf = (names: string[]) => readNames(names)[0]?.rule?.role;
    expect(roleOf(['slope', 'length', 'width'])).toBeUndefined();
    expect(roleOf(['slope', 'chol', 'fbs', 'trestbps'])).toBe('sensitive');
  });
});

describe('the label', () => {
  const of = (name: string, classes: number): Column => ({
    name,
    type: 'integer',
    values: Float64Array.from({ length: 100 }, (_, row) => row % classes),
  });
  const labelOf = (columns: Column[], given?: string): string[] =>
    identifyColumns({ rows: 100, columns }, given)
      .columns.filter(({ role }) => role === 'label')
      .map(({ name }) => name);

  it('is suggested once: named like an outcome, of few values', () => {
    expect(labelOf([of('is_recid', 2), of('age', 40), of('two_year_recid', 2)])).toEqual([
      'two_year_recid',
    ]);
    expect(labelOf([of('age', 40), of('num', 5)])).toEqual(['num']);
    expect(labelOf([of('num', 5), of('age', 40)])).toEqual([]);
    expect(labelOf([of('income', 90), of('age', 40)])).toEqual([]);
  });

  it('is the one that was named', () => {
    expect(labelOf([of('outcome', 2), of('score', 3)], 'score')).toEqual(['score']);
  });
});
