import { createReadStream, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { trainPlan, type TrainPlan, type TrainPlanInput } from '../main/contract/train.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { columnOf, takeRows } from '../main/records/shape.ts';
import type { CodedColumn, Table } from '../main/records/table.ts';

/** The reference data stands beside the checkout, from which benches are started. */
const TABULAR = resolve('..', 'shared', 'data', 'tabular');
const ADULT_PLAN = resolve('test', 'plans', 'adult-boosting.json');
const KINDS = ['logistic', 'boosting', 'network'] as const;
/** Records learned from, and the stops of the slider. */
const COUNTS = [300, 1000, 3000, 10_000, 30_000] as const;
const EPSILONS = [0.1, 0.25, 0.5, 1, 2, 4, 8] as const;
const TESTED = 10_000;
const DELTA = 1e-5;
const PART = 'part of the bench';

interface PublicSet {
  readonly table: Table;
  readonly plan: Omit<TrainPlanInput, 'split' | 'model' | 'privacy'>;
}

/**
 * What privacy costs in accuracy on two public record sets: the share of right answers that a model
 * loses against one of the same kind trained on the same records without privacy, by kind, number of
 * records and epsilon (delta 1e-5, unit: the record, settings as they are). Tested on 10,000 other
 * records; records are drawn anew in each run. `main/learning/rule-of-thumb.ts` holds the outcome.
 */
export async function benchPrivacyLoss(tested = TESTED, runs = 8): Promise<object> {
  const sets = { adult: await adult(), 'diabetes-130': await diabetes() };
  const found: Record<string, object> = {};
  for (const kind of KINDS) {
    for (const count of COUNTS) {
      const losses = new Map(EPSILONS.map((epsilon) => [epsilon, [] as number[]]));
      const plain: Record<string, number> = {};
      for (const [name, set] of Object.entries(sets)) {
        const reached: number[] = [];
        for (let run = 0; run < runs; run++) {
          const parted = drawn(set.table, count, tested, 1 + run);
          const without = await accuracyOf(parted, planOf(set, kind, null));
          reached.push(without);
          for (const epsilon of EPSILONS) {
            const within = await accuracyOf(parted, planOf(set, kind, epsilon));
            losses.get(epsilon)?.push(without - within);
          }
        }
        plain[name] = rounded(reached.reduce((sum, one) => sum + one, 0) / runs);
      }
      const loss = Object.fromEntries(
        EPSILONS.map((e) => [`epsilon ${e}`, spread(losses.get(e)!)]),
      );
      found[`${kind}, ${count} records`] = { plain, loss };
    }
  }
  return { tested, runs_of_each_set: runs, delta: DELTA, found };
}

function planOf(
  { plan }: PublicSet,
  kind: (typeof KINDS)[number],
  epsilon: number | null,
): TrainPlan {
  return trainPlan.parse({
    ...plan,
    split: { column: PART },
    model: { kind },
    privacy: epsilon === null ? null : { epsilon, delta: DELTA },
  });
}

async function accuracyOf(table: Table, plan: TrainPlan): Promise<number> {
  const { result } = await trainModel(table, plan, { random: systemRandom() });
  return result.metrics.test.accuracy ?? NaN;
}

/** Rows to learn from and rows to test on, drawn without repeats, each told by a column. */
function drawn(table: Table, count: number, tested: number, seed: number): Table {
  const order = Int32Array.from({ length: table.rows }, (_, row) => row);
  let state = 20_251 + seed;
  for (let at = 0; at < count + tested; at++) {
    state = (state * 48_271) % 2_147_483_647;
    const other = at + (state % (table.rows - at));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  const taken = takeRows(table, order.subarray(0, count + tested));
  const part: CodedColumn = {
    name: PART,
    type: 'category',
    codes: Int32Array.from({ length: taken.rows }, (_, row) => (row < count ? 0 : 1)),
    dictionary: ['train', 'test'],
  };
  return { rows: taken.rows, columns: [...taken.columns, part] };
}

async function adult(): Promise<PublicSet> {
  const { table } = await readCsv(() => createReadStream(resolve(TABULAR, 'adult', 'adult.csv')));
  const whole = trainPlan.parse(JSON.parse(readFileSync(ADULT_PLAN, 'utf8')));
  const { label, labels, positive, missing, bounds, categories } = whole;
  const exclude = ['fnlwgt', 'split'];
  return { table, plan: { label, labels, positive, missing, bounds, categories, exclude } };
}

/** Whether a patient was admitted again; ranges and lists as Strack et al. 2014 describe them. */
async function diabetes(): Promise<PublicSet> {
  const file = resolve(TABULAR, 'diabetes-130', 'diabetic_data.csv');
  const { table } = await readCsv(() => createReadStream(file));
  const readmitted = columnOf(table, 'readmitted');
  if (!('codes' in readmitted)) throw new TypeError(readmitted.name);
  const none = readmitted.dictionary.indexOf('NO');
  const again: CodedColumn = {
    ...{ name: 'again', type: 'category', dictionary: ['no', 'yes'] },
    codes: readmitted.codes.map((code) => (code === none ? 0 : 1)),
  };
  const bounds: Record<string, [number, number]> = {
    time_in_hospital: [1, 14],
    num_lab_procedures: [1, 132],
    num_procedures: [0, 6],
    num_medications: [1, 81],
    number_outpatient: [0, 42],
    number_emergency: [0, 76],
    number_inpatient: [0, 21],
    number_diagnoses: [1, 16],
  };
  const decades = Array.from({ length: 10 }, (_, ten) => `[${ten * 10}-${ten * 10 + 10})`);
  const categories = {
    race: ['AfricanAmerican', 'Asian', 'Caucasian', 'Hispanic', 'Other'],
    gender: ['Female', 'Male'],
    age: decades,
    max_glu_serum: ['None', 'Norm', '>200', '>300'],
    A1Cresult: ['None', 'Norm', '>7', '>8'],
    insulin: ['No', 'Steady', 'Up', 'Down'],
    change: ['No', 'Ch'],
    diabetesMed: ['No', 'Yes'],
  };
  return {
    table: { rows: table.rows, columns: [...table.columns, again] },
    plan: {
      label: 'again',
      labels: ['no', 'yes'],
      positive: 'yes',
      missing: ['?'],
      features: [...Object.keys(bounds), ...Object.keys(categories)],
      bounds,
      categories,
    },
  };
}

function spread(values: readonly number[]): { mean: number; least: number; most: number } {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return {
    mean: rounded(mean),
    least: rounded(Math.min(...values)),
    most: rounded(Math.max(...values)),
  };
}

const rounded = (value: number): number => Number(value.toFixed(4));
