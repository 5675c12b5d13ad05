import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import {
  trainPlan,
  trainResult,
  type BoughtStatistic,
  type TrainPlan,
  type TrainPlanInput,
} from '../../../main/contract/train.ts';
import { buyStatistics } from '../../../main/learning/buy.ts';
import { encodeRows } from '../../../main/learning/encode.ts';
import { publicEncoder } from '../../../main/learning/features.ts';
import { privateUnits } from '../../../main/learning/material.ts';
import { guaranteeOf } from '../../../main/learning/mechanism.ts';
import { loadModel, saveModel } from '../../../main/learning/model.ts';
import { BINARY } from '../../../main/learning/heads.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { Pace } from '../../../main/learning/pace.ts';
import { publicCountOf, settingsOf } from '../../../main/learning/settings.ts';
import { trainModel, type TrainOptions } from '../../../main/learning/train.ts';
import { wantedStatistics } from '../../../main/learning/wanted.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import type { Column, Table } from '../../../main/records/table.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from './fixtures.ts';

const ROWS = 6000;
const draw = seededUniform(5);
const ages = Array.from({ length: ROWS }, () => 18 + Math.floor(72 * draw() ** 2));
const work = Array.from({ length: ROWS }, () =>
  draw() < 0.5 ? 'shop' : draw() < 0.4 ? 'farm' : '',
);
const code = Array.from({ length: ROWS }, () => (draw() < 0.7 ? 2 : 5));
const person = Array.from({ length: ROWS }, () => `p${Math.floor((draw() * ROWS) / 2)}`);
const label = ages.map((age, row) => (age + (work[row] === 'farm' ? 12 : 0) > 45 ? 'yes' : 'no'));

function columns(more: { age?: string; work?: string; code?: string; label?: string } = {}): Table {
  const isMore = Object.keys(more).length > 0;
  const cells = (all: readonly (string | number)[], one: string | undefined): Column | string[] =>
    isMore ? [...all.map(String), one ?? ''] : all.map(String);
  const asRead = (name: string, all: readonly number[], one: string | undefined): Column =>
    one === undefined || !Number.isNaN(Number(one))
      ? numberColumn(name, isMore ? [...all, one === undefined ? NaN : Number(one)] : all)
      : codedColumn(name, cells(all, one) as string[]);
  return tableOf(
    asRead('age', ages, more.age),
    codedColumn('work', cells(work, more.work) as string[]),
    asRead('code', code, more.code),
    codedColumn('person', cells(person, isMore ? 'new' : undefined) as string[]),
    codedColumn('y', cells(label, more.label ?? 'no') as string[]),
  );
}

const table = columns();
const base: TrainPlanInput = {
  label: 'y',
  exclude: ['person'],
  model: { kind: 'logistic' },
  privacy: { epsilon: 1, delta: 1e-5 },
  epochs: 3,
};
const planOf = (more: Partial<TrainPlanInput> = {}): TrainPlan =>
  trainPlan.parse({ ...base, ...more });

/** What is bought of these records, all of them being the training part. */
function buy(records: Table, plan: TrainPlan): Promise<BoughtStatistic[]> {
  const rows = Int32Array.from({ length: records.rows }, (_, row) => row);
  const units = privateUnits(records, plan, rows);
  const publicCount = publicCountOf(units.count);
  const wanted = wantedStatistics(records, plan);
  const settings = settingsOf(plan, 'logistic', BINARY, publicCount, 3);
  const { privacy } = plan;
  const guarantee = guaranteeOf(plan, privacy!, settings, units.count, publicCount, wanted);
  const of = { table: records, plan, units, random: systemRandom() };
  return buyStatistics(of, guarantee, new Pace(undefined, undefined));
}

const found = (bought: readonly BoughtStatistic[], column: string, kind?: string) =>
  bought.find((one) => one.column === column && (kind ?? one.kind) === one.kind)?.found;

function codeOf(act: () => unknown): [string, ConcordError['params']] {
  try {
    act();
  } catch (error) {
    if (error instanceof ConcordError) return [error.code, error.params];
    throw error;
  }
  return ['no error', {}];
}

describe('what a private plan buys', () => {
  it('is what it leaves open, and nothing else', () => {
    const kinds = (more: Partial<TrainPlanInput>) =>
      wantedStatistics(table, planOf(more)).map(({ column, kind }) => `${column} ${kind}`);
    expect(kinds({})).toEqual(['y labels', 'age either', 'work either', 'code either']);
    const statistics = { bounds: ['age'], categories: ['code'] };
    expect(kinds({ statistics, fill: { age: 'mode' }, labels: ['no', 'yes'] })).toEqual([
      'age bounds',
      'work either',
      'code categories',
      'age mode',
    ]);
    expect(kinds({ fill: { age: 'median', work: 'mode' } })).toEqual([
      'y labels',
      'age bounds',
      'work either',
      'code either',
      'age median',
      'work mode',
    ]);
    const stated = {
      labels: ['no', 'yes'],
      bounds: { age: [18, 90] as [number, number] },
      categories: { work: ['shop', 'farm'], code: ['2', '5'] },
    };
    expect(kinds(stated)).toEqual([]);
    expect(kinds({ ...stated, fill: { age: 'median' } })).toEqual(['age median']);
  });

  it('is refused where the plan contradicts itself or buys nothing', () => {
    const refused = (more: Partial<TrainPlanInput>) =>
      codeOf(() => wantedStatistics(table, planOf(more)));
    expect(refused({ statistics: { bounds: ['age'], categories: ['age'] } })[0]).toBe(
      'PLAN_INVALID',
    );
    expect(refused({ statistics: { bounds: ['agee'] } })[0]).toBe('COLUMN_UNKNOWN');
    expect(refused({ fill: { agee: 'mode' } })[0]).toBe('COLUMN_UNKNOWN');
    expect(refused({ statistics: { categories: ['work'] }, fill: { work: 'median' } })[0]).toBe(
      'COLUMN_NOT_NUMERIC',
    );
    expect(refused({ statistics: { share: 0 }, fill: { age: 'mode' } })).toEqual([
      'PUBLIC_FACTS_MISSING',
      {
        missing: [
          'y: labels',
          'age: bounds or categories',
          'work: bounds or categories',
          'code: bounds or categories',
          'age: mode',
        ],
      },
    ]);
  });
});

describe('what is found', () => {
  it('is what the records show on the whole', async () => {
    const plan = planOf({
      fill: { age: 'median', work: 'mode' },
      statistics: { categories: ['code'] },
    });
    const bought = await buy(table, plan);
    expect(found(bought, 'y')).toEqual({ is: 'values', values: ['no', 'yes'] });
    expect(found(bought, 'work', 'either')).toEqual({ is: 'values', values: ['farm', 'shop'] });
    expect(found(bought, 'work', 'mode')).toEqual({ is: 'fill', value: 'shop' });
    expect(found(bought, 'code')).toEqual({ is: 'values', values: ['2', '5'] });
    const age = found(bought, 'age', 'bounds');
    if (age?.is !== 'bounds') throw new Error('no bounds');
    expect(age.lower).toBeGreaterThanOrEqual(16);
    expect(age.lower).toBeLessThanOrEqual(18);
    expect(age.upper).toBeGreaterThan(75);
    expect(age.upper).toBeLessThanOrEqual(128);
    const median = found(bought, 'age', 'median');
    const truth = ages.toSorted((a, b) => a - b)[ROWS / 2]!;
    if (median?.is !== 'fill') throw new Error('no median');
    expect(Math.abs(Number(median.value) - truth)).toBeLessThan(8);
    const { features } = publicEncoder(table, plan, bought);
    expect(features).toMatchObject([
      { kind: 'numeric', column: 'age', fill: median.value },
      { kind: 'category', column: 'work', fill: 'shop' },
      { kind: 'category', column: 'code', values: ['2', '5'] },
    ]);
  });

  it('shows nothing that one record alone brought', async () => {
    const plan = planOf({ statistics: { categories: ['age', 'code'] }, missing: ['?'] });
    const more = { age: '777', work: 'only here', code: 'rare', label: 'unheard' };
    for (let i = 0; i < 25; i++) {
      const text = JSON.stringify(await buy(columns(more), plan));
      for (const cell of Object.values(more)) expect(text).not.toContain(`"${cell}"`);
    }
  });

  it('does not depend on how one record made a column be read', async () => {
    // One cell of text makes the column of ages one of words.
    const words = columns({ age: 'about 40' });
    expect('codes' in words.columns[0]!).toBe(true);
    const plan = planOf({ fill: { code: 'mode' } });
    for (const records of [table, words, columns({ code: 'x' })]) {
      const bought = await buy(records, plan);
      expect(found(bought, 'age')?.is).toBe('bounds');
      expect(found(bought, 'code', 'either')?.is).toBe('bounds');
      expect(found(bought, 'code', 'mode')).toEqual({ is: 'fill', value: '2' });
      expect(publicEncoder(records, plan, bought).features[2]).toMatchObject({ fill: 2 });
    }
  });

  it('has one writing for each number and date, whichever the cells have', async () => {
    const days = (row: number): number => (row % 2 === 0 ? 19_000 : 19_400);
    const written = (row: number): string => (row % 2 === 0 ? '2022/1/8' : '2023年2月12日');
    const all = Array.from({ length: ROWS }, (_, row) => row);
    const seen: Column = { ...numberColumn('seen', all.map(days)), type: 'date' } as Column;
    const plan = planOf({ statistics: { categories: ['code', 'seen'] } });
    const rest = [table.columns[3]!, table.columns[4]!];
    const asNumbers = tableOf(table.columns[2]!, seen, ...rest);
    const asTexts = tableOf(
      codedColumn('code', [...code.map((value) => `${value}.0`).slice(1), 'x']),
      codedColumn('seen', [...all.map(written).slice(1), 'unknown']),
      ...rest,
    );
    for (const records of [asNumbers, asTexts]) {
      const bought = await buy(records, plan);
      expect(found(bought, 'code')).toEqual({ is: 'values', values: ['2', '5'] });
      expect(found(bought, 'seen')).toEqual({ is: 'values', values: ['2022-01-08', '2023-02-12'] });
      // What was bought is found again in either writing: no row is 'other' in the first ten.
      const encoder = publicEncoder(records, plan, bought);
      const rows = Int32Array.from({ length: 10 }, (_, row) => row);
      const { indices } = encodeRows(records, encoder, rows);
      expect([...indices].every((slot) => slot % 4 < 2)).toBe(true);
    }
  });

  it('is nothing where nothing stands out, and the column is left out', async () => {
    const names = codedColumn(
      'name',
      Array.from({ length: ROWS }, (_, row) => `name ${row}`),
    );
    const records: Table = { ...table, columns: [...table.columns, names] };
    const bought = await buy(records, planOf());
    expect(found(bought, 'name')).toEqual({ is: 'nothing' });
    const { features } = publicEncoder(records, planOf(), bought);
    expect(features.map(({ column }) => column)).toEqual(['age', 'work', 'code']);
  });

  it('counts people once in a value, however many rows they have', async () => {
    const owner = Array.from({ length: ROWS }, (_, row) => `p${Math.floor(row / 3)}`);
    // 900 rows of one value, but only 20 people have them.
    const value = owner.map((_, row) => (row % 3 === 0 || row < 60 ? 'mine' : `v${row % 2}`));
    const loud = owner.map((_, row) => (row < 900 ? 'one' : 'all'));
    const records = tableOf(
      codedColumn('value', value),
      codedColumn('loud', loud),
      codedColumn(
        'owner',
        owner.map((name, row) => (row < 900 ? `q${row % 20}` : name)),
      ),
      codedColumn('y', label),
    );
    const plan = planOf({
      exclude: [],
      unit: { column: 'owner', maxRows: 60 },
      statistics: { categories: ['value', 'loud'] },
      privacy: { epsilon: 8, delta: 1e-5 },
    });
    const bought = await buy(records, plan);
    expect(found(bought, 'loud')).toEqual({ is: 'values', values: ['all'] });
  });
});

describe('training on what was bought', () => {
  const train = (
    records: Table,
    more: Partial<TrainPlanInput>,
    options: Partial<TrainOptions> = {},
  ) => trainModel(records, planOf(more), { random: systemRandom(), ...options });

  it('learns, and the phases say all that it cost', async () => {
    const { result, model } = await train(table, { fill: { age: 'median' }, positive: 'yes' });
    expect(trainResult.parse(result)).toEqual(result);
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.9);
    const privacy = result.privacy!;
    expect(privacy.epsilon).toBeLessThanOrEqual(1);
    expect(privacy.epsilon).toBeGreaterThan(0.99);
    expect(epsilonOf(privacy).epsilon).toBe(privacy.epsilon);
    const { statistics } = privacy;
    expect(statistics?.share).toBe(0.3);
    expect(statistics?.epsilon).toBeLessThanOrEqual(0.3);
    expect(statistics?.wanted).toHaveLength(5);
    const alone = privacy.phases.slice(0, 5);
    expect(epsilonOf({ phases: alone, delta: privacy.delta }).epsilon).toBe(statistics?.epsilon);
    expect(result.bought).toHaveLength(5);
    const kept = loadModel(saveModel(model), 'm');
    expect(kept.labels).toEqual({ column: 'y', values: ['no', 'yes'] });
    const { scores } = await scoreTable(kept, table);
    expect(scores.some((score) => score > 0.5)).toBe(true);
  });

  it('takes rows with a label that is too rare to show out, without a word of them', async () => {
    const rare = label.map((value, row) => (row % 1500 === 7 ? 'perhaps' : value));
    const records = { ...table, columns: [...table.columns.slice(0, 4), codedColumn('y', rare)] };
    const { result, model } = await train(records, {});
    expect(model.labels).toEqual({ column: 'y', values: ['no', 'yes'] });
    expect(JSON.stringify({ result, model })).not.toContain('perhaps');
    // Stated labels refuse them: the person who knows the values wants to hear of others.
    await expect(train(records, { labels: ['no', 'yes'] })).rejects.toMatchObject({
      code: 'LABEL_UNLISTED',
    });
  });

  it('charges before it looks, in the order of the phases, and hands out what it found', async () => {
    const calls: string[] = [];
    let reserved = 0;
    const { result } = await train(
      table,
      {},
      {
        reserve: async (statement, steps) => {
          reserved = steps;
          calls.push(`reserve ${statement.phases.length}`);
        },
        charge: async (from, to) => void calls.push(`charge ${from} ${to}`),
        bought: async (all) => void calls.push(`bought ${all.length}`),
      },
    );
    const before = result.privacy!.phases.slice(0, -1).reduce((sum, { steps }) => sum + steps, 0);
    expect(before).toBe(7);
    expect(reserved).toBe(before + result.steps);
    expect(calls.slice(0, 3)).toEqual(['reserve 5', `charge 0 ${before}`, 'bought 4']);
    expect(calls[3]).toMatch(new RegExp(`^charge ${before} `));
    expect(calls.at(-1)).toMatch(new RegExp(` ${reserved}$`));
  });

  it('buys nothing when paying fails, and nothing a second time', async () => {
    const refuse = async (): Promise<void> => {
      throw new ConcordError('BUDGET_EXCEEDED');
    };
    let bought = 0;
    const count = async (): Promise<void> => void bought++;
    await expect(train(table, {}, { reserve: refuse, bought: count })).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
    });
    await expect(train(table, {}, { charge: refuse, bought: count })).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
    });
    expect(bought).toBe(0);
    const facts = await buy(table, planOf());
    const resumed = { from: 7, checkpoint: null, bought: facts };
    const { result } = await train(table, {}, { resumed, bought: count });
    expect(bought).toBe(0);
    expect(result.bought).toEqual(facts);
    expect(result.steps_run).toBe(result.steps);
    await expect(
      train(table, {}, { resumed: { from: 7, checkpoint: null } }),
    ).rejects.toMatchObject({ code: 'JOB_NOT_RESUMABLE' });
  });

  it('refuses before anything is paid where little would show', async () => {
    const calls: string[] = [];
    const few = { privacy: { epsilon: 0.05, delta: 1e-6 } };
    const reserve = async (): Promise<void> => void calls.push('reserve');
    await expect(train(table, few, { reserve })).rejects.toMatchObject({
      code: 'STATISTICS_TOO_NOISY',
      params: { units: 4800 },
    });
    const people: Partial<TrainPlanInput> = {
      backend: 'wasm',
      unit: { column: 'person', maxRows: 2 },
      privacy: { epsilon: 8, delta: 1e-6 },
    };
    await expect(train(table, people, { reserve })).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      params: { reason: 'several-rows' },
    });
    expect(calls).toEqual([]);
  });
});
