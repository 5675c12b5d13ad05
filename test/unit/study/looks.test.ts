import { beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { labelPlan } from '../../../main/contract/label.ts';
import { MOST_CELLS } from '../../../main/contract/repair.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import type { Context } from '../../../main/study/context.ts';
import { saveRecords } from '../../../main/study/import.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { readText } from '../records/reading.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const ROWS = 200;
const text = [
  'sex,age,code',
  ...Array.from({ length: ROWS }, (_, row) => {
    const sex = row % 10 === 0 ? '' : row % 4 === 0 ? '男性' : '男';
    return `${sex},${20 + (row % 5)},c${row}`;
  }),
].join('\n');

let vault: Vault;
let source: { study: string; artefact: string };

const context = (): Context => ({
  vault,
  person: vault.person,
  file: () => '',
  start: () => 'job',
});
const plan = labelPlan.parse({
  column: 'old',
  rules: [{ value: 'yes', conditions: [{ column: 'age', is: 'above', value: 22 }] }],
});
const previewed = () => studyAnswers.label.preview({ ...source, plan }, context());
const cells = async (column: string) =>
  contract.import.cells.output.parse(
    await studyAnswers.import.cells({ ...source, column }, context()),
  );

beforeEach(async () => {
  vault = await newVault();
  const study = vault.studies.create('Wards').id;
  const { table, facts } = await readText(text);
  source = { study, artefact: saveRecords(vault, { study, name: 'w.csv' }, table, facts).id };
});

describe('a look at records', () => {
  it('holds nothing up: a call that comes later is answered first', async () => {
    const order: string[] = [];
    const look = previewed().then(({ effect }) => {
      order.push('looked');
      return effect;
    });
    // As the router does: another message, another turn.
    await new Promise((resolve) => setImmediate(resolve));
    expect(studyAnswers.label.open(source, context()).rows).toBe(ROWS);
    order.push('opened');
    expect((await look).values).toMatchObject([{ value: 'yes', rules: (ROWS / 5) * 2 }]);
    expect(order).toEqual(['opened', 'looked']);
  });

  it('is ended by a newer one of its kind, and by no other', async () => {
    const first = codeOf(previewed);
    const other = cells('sex');
    const second = previewed();
    expect(await first).toBe('CANCELLED');
    expect((await second).effect.unlabelled).toBe((ROWS / 5) * 3);
    expect((await other).cells).toHaveLength(2);
  });

  it('lists the values of a column with their rows, the most frequent first', async () => {
    expect(await cells('sex')).toEqual({
      cells: [
        { text: '男', rows: 140 },
        { text: '男性', rows: 40 },
      ],
      more: 0,
    });
    expect((await cells('age')).cells).toContainEqual({ text: '24', rows: 40 });
    const many = await cells('code');
    expect(many.cells).toHaveLength(MOST_CELLS);
    expect(many.more).toBe(ROWS - MOST_CELLS);
    expect(await codeOf(() => cells('sexx'))).toBe('COLUMN_UNKNOWN');
  });
});
