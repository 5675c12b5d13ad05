import { afterAll, describe, expect, it } from 'vitest';
import { identifyResult } from '../../../main/contract/identify.ts';
import { concord, scratchFolder } from '../../command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const HEADER = '姓名,手机,age,postcode,sex,outcome';
const NAMES = ['王芳', '李强', '张敏', '刘洋'];
const LINES = Array.from({ length: 40 }, (_, row) =>
  [
    `${NAMES[row % 4] ?? ''}${'一二三四五六七八九十'[row % 10] ?? ''}`,
    String(13_800_000_000 + row * 7_654_321),
    String(30 + (row % 10)),
    `SW1A ${String(Math.floor(row / 10))}AA`,
    row % 2 === 0 ? 'male' : 'female',
    row % 3 === 0 ? 'yes' : 'no',
  ].join(','),
);
const file = scratch.write('records.csv', `${[HEADER, ...LINES].join('\n')}\n`);

describe('identify FILE', () => {
  it('tells roles, kinds with share and confidence, and what singles rows out', async () => {
    const ran = await concord(['identify', file, '--json']);
    expect(ran.status, ran.stderr).toBe(0);
    const { columns, uniqueness } = identifyResult.parse(ran.json());
    expect(Object.fromEntries(columns.map(({ name, role }) => [name, role]))).toEqual({
      姓名: 'direct-identifier',
      手机: 'direct-identifier',
      age: 'quasi-identifier',
      postcode: 'quasi-identifier',
      sex: 'quasi-identifier',
      outcome: 'label',
    });
    expect(columns.find(({ name }) => name === '手机')?.entities[0]).toMatchObject({
      type: 'PHONE',
      share: 1,
    });
    // Age and postcode are a number in base 10.
    expect(uniqueness.find(({ columns: set }) => set.join() === 'age,postcode')).toEqual({
      columns: ['age', 'postcode'],
      unique: 1,
      below5: 1,
    });
    // No value of the records is told.
    expect(ran.stdout).not.toMatch(/王芳|13800000000|SW1A/);
  });

  it('takes the label that is named, and knows no other columns', async () => {
    const ran = await concord(['identify', file, '--label', 'sex', '--json']);
    const { columns } = identifyResult.parse(ran.json());
    expect(columns.filter(({ role }) => role === 'label').map(({ name }) => name)).toEqual(['sex']);
    const wrong = await concord(['identify', file, '--label', 'seks', '--json']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('COLUMN_UNKNOWN');
    expect(wrong.stderr).toContain('sex');
  });
});
