import { trainPlan, type TrainPlanInput } from '../main/contract/train.ts';
import { shuffled } from '../main/learning/seeded.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { takeRows } from '../main/records/shape.ts';
import type { CodedColumn } from '../main/records/table.ts';
import { spread } from './spread.ts';
import { readTextSet, type SplitTexts, type TextSetName } from './text-sets.ts';

const FOLDS = 4;
const DELTA = 1e-5;

/** What is tried in the place of what a plan leaves open. */
const TRIED: Readonly<Record<string, Partial<TrainPlanInput>>> = {
  'as it is': {},
  'all units in a step': { batch: 4096, epochs: 40 },
  'twice the steps': { epochs: 80 },
  'rate 0.3': { learningRate: 0.3 },
  'clipped at 3': { clip: 3 },
};
const MODELS: Readonly<Record<string, TrainPlanInput['model']>> = {
  'bag of vectors': { kind: 'bag', embedding: 100 },
  recurrent: { kind: 'recurrent' },
  'recurrent, 128 units': { kind: 'recurrent', units: 128 },
  attention: { kind: 'attention' },
  'attention, two layers': { kind: 'attention', layers: 2 },
};

/**
 * The choice of settings for models over tokens: on the training rows of the first draw of a set, whose test
 * part is in no fold, each of four folds held back in turn; accuracy, mean and deviation over the folds.
 *
 * @param runs folds that are held back, at most four
 * @param only `SET:MODEL:CHANGE:EPSILON`, parts left out from the right: symptom2disease, all, epsilon 8
 */
export async function benchTextLayersChoose(
  _rows?: number,
  runs = FOLDS,
  only = '',
): Promise<object> {
  const [set = '', model = '', change = '', epsilon = ''] = only.split(':');
  const name = (set || 'symptom2disease') as TextSetName;
  const budget = epsilon === '' ? 8 : Number(epsilon);
  const folds = foldsOf(await readTextSet(name, 1)).slice(0, runs);
  const found: Record<string, Record<string, ReturnType<typeof spread>>> = {};
  for (const [kind, plan] of Object.entries(MODELS)) {
    if (model !== '' && model !== kind) continue;
    found[kind] = {};
    for (const [what, more] of Object.entries(TRIED)) {
      if (change !== '' && change !== what) continue;
      found[kind][what] = spread(await accuraciesOf(folds, { model: plan, ...more }, budget));
    }
  }
  return { set: name, folds: folds.length, epsilon: budget, delta: DELTA, found };
}

async function accuraciesOf(
  folds: readonly SplitTexts[],
  more: Partial<TrainPlanInput>,
  epsilon: number,
): Promise<number[]> {
  const accuracies = [];
  for (const [place, { table, text, label }] of folds.entries()) {
    const cell = cellTexts(table.columns.find(({ name }) => name === label)!);
    const values = Array.from({ length: table.rows }, (_, row) => cell(row));
    const plan = trainPlan.parse({
      ...{ label, labels: [...new Set(values)].sort(), text, split: { column: 'part' } },
      ...{ privacy: { epsilon, delta: DELTA }, ...more },
    });
    const { result } = await trainModel(table, plan, {
      ...{ random: systemRandom(), initSeed: place + 1 },
    });
    accuracies.push(result.metrics.test.accuracy ?? NaN);
  }
  return accuracies;
}

/** The training rows alone, once for each fold, which stands in for the test part. */
function foldsOf(set: SplitTexts): SplitTexts[] {
  const isTest = new Set(set.test);
  const every = Int32Array.from({ length: set.table.rows }, (_, row) => row);
  const rows = shuffled(
    every.filter((row) => !isTest.has(row)),
    1,
  );
  const own = takeRows(set.table, rows);
  return Array.from({ length: FOLDS }, (_, fold) => {
    const test = Int32Array.from(rows.keys()).filter((place) => place % FOLDS === fold);
    const part: CodedColumn = {
      ...{ name: 'part', type: 'category', dictionary: ['train', 'test'] },
      codes: new Int32Array(rows.length),
    };
    for (const row of test) part.codes[row] = 1;
    const columns = [...own.columns.filter(({ name }) => name !== 'part'), part];
    return { ...set, table: { ...own, columns }, test };
  });
}
