import { trainPlan, type TestMetrics, type TrainPlanInput } from '../main/contract/train.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { planNamed } from './adult-plans.ts';
import { spread } from './spread.ts';
import { readSet, TABLE_SETS } from './table-sets.ts';

const EPSILONS = [3, null] as const;

interface TargetSet {
  readonly name: string;
  /** Of the table and the plan from which features, bounds and lists are taken. */
  readonly from: string;
  readonly change: Partial<TrainPlanInput>;
  readonly kinds: readonly ('boosting' | 'logistic' | 'linear' | 'network')[];
  readonly figures: readonly ('accuracy' | 'macro_f1' | 'rank_error' | 'rmse' | 'r2')[];
}

const SETS: readonly TargetSet[] = [
  {
    name: 'heart-cleveland, num 0 to 4',
    from: 'heart-cleveland',
    change: {
      ...{
        positive: undefined,
        label: 'num',
        target: 'ordered',
        labels: ['0', '1', '2', '3', '4'],
      },
      exclude: ['disease'],
    },
    kinds: ['boosting', 'logistic', 'network'],
    figures: ['accuracy', 'macro_f1', 'rank_error'],
  },
  {
    name: 'german-credit, credit_amount',
    from: 'german-credit',
    change: {
      ...{ label: 'credit_amount', target: 'number', exclude: ['class'] },
      ...{ labels: undefined, positive: undefined },
    },
    kinds: ['boosting', 'linear', 'network'],
    figures: ['rmse', 'r2'],
  },
];

/**
 * Values in order and a number as targets, on splits drawn anew for each of `runs` repeats (the same
 * for every model and epsilon). Each model at its defaults; nothing is chosen here.
 */
export async function benchTargets(_rows?: number, runs = 10): Promise<object> {
  const sets: Record<string, object> = {};
  for (const { name, from, change, kinds, figures } of SETS) {
    const table = await readSet(TABLE_SETS.find(({ plan }) => plan === from)!);
    const plan = planNamed(from);
    const found: Record<string, Record<string, object>> = {};
    for (const kind of kinds) {
      const of: Record<string, object> = {};
      for (const epsilon of EPSILONS) {
        const trained: TestMetrics[] = [];
        for (let seed = 1; seed <= runs; seed++) {
          const privacy = epsilon === null ? null : { ...plan.privacy!, epsilon };
          const split = { test: 0.2, seed };
          const changed = trainPlan.parse({ ...plan, model: { kind }, ...change, privacy, split });
          const given = { random: systemRandom(), initSeed: seed };
          trained.push((await trainModel(table, changed, given)).result.metrics.test);
        }
        of[epsilon === null ? 'plain' : `epsilon ${epsilon}`] = Object.fromEntries(
          figures.map((figure) => [figure, spread(trained.map((test) => test[figure] ?? NaN))]),
        );
      }
      found[kind] = of;
    }
    sets[name] = { rows: table.rows, delta: plan.privacy!.delta, repeats: runs, found };
  }
  return { sets };
}
