import { expect, it } from 'vitest';
import { readCsv } from '../../main/records/csv-reader.ts';
import type { Table } from '../../main/records/table.ts';
import { fileBytes } from '../../main/study/files.ts';
import { suggestHierarchies } from '../../main/study/hierarchies.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

const ADULT = 'adult-arx/adult.csv';
const DIABETES = 'tabular/diabetes-130/diabetic_data.csv';
const HEART = 'tabular/heart-cleveland/heart-cleveland.csv';
const CREDIT = 'tabular/german-credit/german-credit.csv';

const tableOf = async (file: string, missing: string[] = []): Promise<Table> =>
  (await readCsv(fileBytes(sharedPath(file)), { missing })).table;

/** What is proposed for each column, and what the preset lacks. */
function proposals(table: Table, columns: readonly string[]): Record<string, unknown> {
  const asked = columns.map((name) => ({ name, recipes: [] }));
  const wording = { language: 'en' as const, labels: { missing: 'missing', other: 'other' } };
  return Object.fromEntries(
    suggestHierarchies(table, asked, wording).map(({ name, choices }) => [
      name,
      [choices[0]?.recipe.kind, choices[0]?.unplaced],
    ]),
  );
}

const NONE = { values: 0, rows: 0 };

describeWithShared('presets on real records', [ADULT, DIABETES, HEART, CREDIT], () => {
  it('know the words of Adult, but for the country called South', async () => {
    const table = await tableOf(ADULT);
    const columns = ['age', 'education', 'occupation', 'native-country', 'marital-status'];
    expect(proposals(table, columns)).toEqual({
      age: ['ages', NONE],
      education: ['education', NONE],
      occupation: ['occupation', NONE],
      'native-country': ['countries', { values: 1, rows: 71 }],
      'marital-status': ['common', NONE],
    });
  });

  it('know the ICD-9 codes of the diabetes encounters', async () => {
    const table = await tableOf(DIABETES, ['?']);
    const found = proposals(table, ['diag_1', 'diag_2', 'diag_3', 'age']);
    expect(found).toMatchObject({
      diag_1: ['icd-9', NONE],
      diag_2: ['icd-9', NONE],
      diag_3: ['icd-9', NONE],
    });
    // '[70-80)' is a range already.
    expect(found['age']).toMatchObject(['common', NONE]);
  });

  it('know the ages of the heart records, and take no attribute code for a diagnosis', async () => {
    expect(proposals(await tableOf(HEART), ['age', 'sex', 'cp', 'chol'])).toMatchObject({
      age: ['ages', NONE],
      chol: ['intervals', NONE],
    });
    const table = await tableOf(CREDIT);
    const coded = table.columns.filter(({ type }) => type === 'category').map(({ name }) => name);
    for (const [kind] of Object.values(proposals(table, coded)) as [string][]) {
      expect(['icd-10', 'icd-9', 'occupation']).not.toContain(kind);
    }
  });
});
