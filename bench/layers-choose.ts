import { trainPlan, type TrainPlan } from '../main/contract/train.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import type { Table } from '../main/records/table.ts';
import { officialAdult, planNamed, trainingFolds } from './adult-plans.ts';

const FOLDS = 5;
const PRIVACY = { epsilon: 1, delta: 1e-5 };

type Change = Partial<TrainPlan>;

/** The settings as they are, and what was tried in their place. */
const TRIED: Readonly<Record<'logistic' | 'network', Readonly<Record<string, Change>>>> = {
  logistic: {
    'as they are': {},
    'batch 2048': { batch: 2048 },
    cosine: { schedule: 'cosine' },
    exponential: { averaging: 'exponential' },
    'descent 4': { optimiser: 'sgd', learningRate: 4 },
    'Adam .05, cosine': { optimiser: 'adam', learningRate: 0.05, schedule: 'cosine' },
    automatic: { clipping: 'automatic' },
    'clip 1': { clip: 1 },
    'clip 3': { clip: 3 },
  },
  network: {
    'as they are': {},
    cosine: { schedule: 'cosine' },
    exponential: { averaging: 'exponential' },
    'batch 2048': { batch: 2048 },
    'clip 2.5': { clip: 2.5 },
    'clip 6, rate .06': { clip: 6, learningRate: 0.06 },
    'rate .1': { learningRate: 0.1 },
    'descent 1': { optimiser: 'sgd', learningRate: 1 },
    'descent .6, clip 6': { optimiser: 'sgd', learningRate: 0.6, clip: 6 },
    'one layer of 32': { model: { kind: 'network', hidden: [32] } },
    'Adam .005': { optimiser: 'adam', learningRate: 0.005 },
    'automatic, clip 2': { clipping: 'automatic', clip: 2, learningRate: 0.15 },
  },
};

interface Figures {
  readonly accuracy: number;
  readonly auc: number;
  readonly loss: number;
}

/**
 * The search by which the settings of layered models were chosen: cross-validation on Adult's
 * training rows alone, in each fold with fresh noise and the first weights of that fold. The rows
 * of the official test part are in no fold. `runs` drawings of noise in each fold, on `rows` of the
 * training rows (by default all).
 */
export async function benchLayersChoose(rows?: number, runs = 1): Promise<object> {
  const tables = trainingFolds(await officialAdult(), FOLDS, rows);
  const found: Record<string, Record<string, Figures>> = {};
  for (const kind of ['logistic', 'network'] as const) {
    const at: Record<string, Figures> = {};
    for (const [name, change] of Object.entries(TRIED[kind])) {
      const plan = trainPlan.parse({ ...planNamed(`adult-${kind}`), privacy: PRIVACY, ...change });
      at[name] = await crossValidated(tables, plan, runs);
    }
    found[kind] = at;
  }
  return { folds: FOLDS, runs, ...PRIVACY, found };
}

async function crossValidated(
  tables: readonly Table[],
  plan: TrainPlan,
  runs: number,
): Promise<Figures> {
  const sums = { accuracy: 0, auc: 0, loss: 0 };
  for (let run = 0; run < runs; run++) {
    for (const [fold, table] of tables.entries()) {
      const initSeed = run * tables.length + fold + 1;
      const { result } = await trainModel(table, plan, { random: systemRandom(), initSeed });
      const figures = result.metrics.test;
      for (const name of ['accuracy', 'auc', 'loss'] as const) sums[name] += figures[name] ?? NaN;
    }
  }
  const trials = runs * tables.length;
  const mean = (sum: number): number => Number((sum / trials).toFixed(5));
  return { accuracy: mean(sums.accuracy), auc: mean(sums.auc), loss: mean(sums.loss) };
}
