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
  },
  network: {
    'as they are': {},
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
