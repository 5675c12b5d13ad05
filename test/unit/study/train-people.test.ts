import { describe, expect, it } from 'vitest';
import { MISSING_MARKS } from '../../../main/contract/missing-marks.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import type { TrainColumn } from '../../../main/contract/train-calls.ts';
import { trainModel } from '../../../main/learning/train.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { estimateTraining } from '../../../main/study/estimate.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { checkedParts } from '../../../main/study/parts.ts';
import { marksFound, trainColumns } from '../../../main/study/train-columns.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from '../learning/fixtures.ts';
import type { Column } from '../../../main/records/table.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const ROWS = 1200;
const PEOPLE = 300;
const uniform = seededUniform(11);
const over = <T>(value: (row: number) => T): T[] =>
  Array.from({ length: ROWS }, (_, r) => value(r));
const whole = (name: string, values: number[]): Column => ({
  name,
  type: 'integer',
  values: Float64Array.from(values),
});
/** Visits of 300 patients, four of each. */
const table = tableOf(
  whole(
    'visit_key',
    over((row) => 500_000 + row),
  ),
  whole(
    'patient_nbr',
    over((row) => 70_000 + (row % PEOPLE)),
  ),
  numberColumn(
    'days',
    over((row) => (row % 9 === 0 ? 999 : Math.floor(uniform() * 14))),
  ),
  codedColumn(
    'ward',
    over((row) => (row % 7 === 0 ? '?' : row % 2 === 0 ? 'north' : 'south')),
  ),
  codedColumn(
    'part',
    over((row) => (row % PEOPLE < 60 ? 'test' : 'train')),
  ),
  codedColumn(
    'by_visit',
    over((row) => (row < 240 ? 'Test' : row < 250 ? 'later' : 'train')),
  ),
  codedColumn(
    'back',
    over(() => (uniform() < 0.4 ? 'yes' : 'no')),
  ),
);

function planOf(change: Partial<TrainPlanInput> = {}) {
  return trainPlan.parse({
    label: 'back',
    labels: ['no', 'yes'],
    positive: 'yes',
    features: ['days', 'ward'],
    bounds: { days: [0, 14] },
    categories: { ward: ['north', 'south'] },
    missing: ['?', '999'],
    unit: { column: 'patient_nbr', maxRows: 2 },
    model: { kind: 'logistic' },
    privacy: { epsilon: 1, delta: 1e-6 },
    epochs: 2,
    ...change,
  });
}

async function studied(): Promise<{ vault: Vault; artefact: string; study: string }> {
  const vault = await newVault();
  const study = vault.studies.create('Visits').id;
  const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
  const { id } = saveRecords(vault, { study, name: 'v.csv' }, table, { ...facts, problems: [] });
  return { vault, study, artefact: id };
}

describe('a plan whose unit is a person', () => {
  it('counts people in the estimate as in the run, and delta against people', async () => {
    const { vault, artefact } = await studied();
    const plan = planOf({ split: { column: 'part' } });
    const found = await estimateTraining(vault, { artefact, plan });
    expect(found?.public_count).toBe(240);
    const { result } = await trainModel(table, plan, { random: systemRandom() });
    expect(result.privacy).toMatchObject({ unit: 'person', max_rows: 2, public_count: 240 });
    expect(found?.epsilon).toBe(result.privacy?.epsilon);
    expect(result.rows.test).toBe(240);
    const at = (delta: number) =>
      codeOf(() =>
        estimateTraining(vault, { artefact, plan: { ...plan, privacy: { epsilon: 1, delta } } }),
      );
    // Between one in 960 training records and one in 240 people.
    expect(await at(1 / 500)).toBe('no error');
    expect(await at(1 / 240)).toBe('DELTA_TOO_LARGE');
  });

  it('holds whole people back, whatever the share', () => {
    for (const test of [0.05, 0.2, 0.5]) {
      const { train, test: tested } = checkedParts(table, planOf({ split: { test, seed: 1 } }));
      const people = (rows: Int32Array): Set<number> =>
        new Set(Array.from(rows, (row) => row % PEOPLE));
      expect(train.length + tested.length).toBe(ROWS);
      expect([...people(train)].filter((person) => people(tested).has(person))).toEqual([]);
    }
  });

  it('takes as many records of one person as a plan may ask for', async () => {
    const plan = planOf({ unit: { column: 'patient_nbr', maxRows: 10_000 } });
    const { result } = await trainModel(table, plan, { random: systemRandom() });
    expect(result.privacy?.max_rows).toBe(10_000);
    expect(result.privacy?.epsilon).toBeLessThanOrEqual(1);
  });

  const refused: readonly (readonly [string, Partial<TrainPlanInput>, string])[] = [
    ['a person in both parts', { split: { column: 'by_visit' } }, 'PERSON_IN_BOTH_PARTS'],
    [
      'a split column without the words',
      { features: ['days'], split: { column: 'ward' } },
      'SPLIT_EMPTY',
    ],
    ['the person as a feature', { features: ['days', 'patient_nbr'] }, 'COLUMN_TWO_USES'],
    ['the person as the split', { split: { column: 'patient_nbr' } }, 'COLUMN_TWO_USES'],
    ['a column that is not there', { unit: { column: 'patient' } }, 'COLUMN_UNKNOWN'],
  ];
  it.each(refused)('is refused before anything is spent: %s', async (_, change, code) => {
    const { vault, study, artefact } = await studied();
    const facts = {
      bounds: { days: [0, 14] as [number, number], patient_nbr: [0, 1] as [number, number] },
    };
    const plan = planOf({ ...facts, ...change });
    expect(await codeOf(() => estimateTraining(vault, { artefact, plan }))).toBe(code);
    const plain = { ...plan, privacy: null };
    expect(await codeOf(() => estimateTraining(vault, { artefact, plan: plain }))).toBe(code);
    expect(await codeOf(() => trainModel(table, plan, { random: systemRandom() }))).toBe(code);
    const { spent, reserved } = vault.ledger.ofStudy(study);
    expect([spent.epsilon, reserved.epsilon]).toEqual([0, 0]);
  });
});

describe('what the pages are told of the columns', () => {
  it('is which tell people apart and which part the records, and no value', async () => {
    const { vault, artefact } = await studied();
    const told = trainColumns(vault, artefact);
    const of = (key: 'people' | 'parts'): Record<string, TrainColumn['people' | 'parts']> =>
      Object.fromEntries(told.map((column) => [column.name, column[key]]));
    expect(of('people')).toEqual({
      visit_key: 'once',
      patient_nbr: 'repeats',
      days: 'no',
      ward: 'no',
      part: 'no',
      by_visit: 'no',
      back: 'no',
    });
    expect(of('parts')).toMatchObject({ part: 'all', by_visit: 'some', ward: 'no', days: 'no' });
    expect(JSON.stringify(told)).not.toMatch(/north|7\d{4}|later/);
  });

  it('is, of the entries, only which well-known marks there are', async () => {
    const { vault, artefact } = await studied();
    expect(marksFound(vault, artefact)).toEqual(['?', '999']);
    expect(new Set(MISSING_MARKS).size).toBe(MISSING_MARKS.length);
  });

  it('does not take marks of missing values for people who come back', async () => {
    const vault = await newVault();
    const study = vault.studies.create('Visits').id;
    const once = tableOf(
      codedColumn(
        'patient_nbr',
        over((row) => (row % 10 === 0 ? '?' : `p${row}`)),
      ),
    );
    const { id } = saveRecords(vault, { study, name: 'o.csv' }, once, {
      encoding: 'utf-8',
      delimiter: ',',
      problems: [],
    });
    expect(trainColumns(vault, id)[0]?.people).toBe('once');
  });
});
