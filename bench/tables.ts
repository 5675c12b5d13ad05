import { trainPlan, type TrainPlanInput } from '../main/contract/train.ts';
import { trainModel, type Trained } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import type { Table } from '../main/records/table.ts';
import { planNamed } from './adult-plans.ts';
import { median, spread } from './spread.ts';
import { readSet, TABLE_SETS, type TableSet } from './table-sets.ts';

const KINDS = ['boosting', 'logistic', 'network'] as const;
const EPSILONS = [1, 3, null] as const;

/**
 * Private against plain on four tables: each model at its defaults, on splits drawn anew for each
 * repeat (the same splits for every model and epsilon), noise anew each time. Nothing is chosen
 * here. `runs` in place of each set's own number of repeats.
 */
export async function benchTables(_rows?: number, runs?: number): Promise<object> {
  const sets: Record<string, object> = {};
  for (const set of TABLE_SETS) {
    const table = await readSet(set);
    sets[set.plan] = await measured(set, table, runs ?? set.repeats);
  }
  return { sets };
}

async function measured({ plan: name }: TableSet, table: Table, repeats: number): Promise<object> {
  const plan = planNamed(name);
  const found: Record<string, Record<string, object>> = {};
  let last: Trained | null = null;
  for (const kind of KINDS) {
    const of: Record<string, object> = {};
    for (const epsilon of EPSILONS) {
      const privacy = epsilon === null ? null : { ...plan.privacy!, epsilon };
      const trained: Trained[] = [];
      for (let repeat = 1; repeat <= repeats; repeat++) {
        const split = { test: 0.2, seed: repeat };
        const changed: TrainPlanInput = { ...plan, model: { kind }, privacy, split };
        trained.push(
          await trainModel(table, trainPlan.parse(changed), {
            ...{ random: systemRandom(), initSeed: repeat },
          }),
        );
      }
      last = trained.at(-1) ?? last;
      of[epsilon === null ? 'plain' : `epsilon ${epsilon}`] = figuresOf(trained);
    }
    found[kind] = of;
  }
  return {
    rows: table.rows,
    unit: plan.unit === undefined ? 'row' : 'person',
    delta: plan.privacy!.delta,
    repeats,
    most_common: spread(lastBase(last)).mean,
    found,
    peak_memory_mib: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

/** Always giving the more common answer is right in this share of the last test part. */
function lastBase(last: Trained | null): number[] {
  const rate = last?.result.metrics.test.base_rate ?? NaN;
  return [Math.max(rate, 1 - rate)];
}

function figuresOf(trained: readonly Trained[]): object {
  const tests = trained.map(({ result }) => result.metrics.test);
  const of = (name: 'accuracy' | 'auc' | 'loss'): object =>
    spread(tests.map((test) => test[name] ?? NaN));
  return {
    epsilon: trained[0]?.result.privacy?.epsilon ?? null,
    public_count: trained[0]?.result.privacy?.public_count ?? null,
    accuracy: of('accuracy'),
    auc: of('auc'),
    loss: of('loss'),
    base_loss: spread(tests.map(({ base_rate: rate }) => entropy(rate ?? NaN))).mean,
    seconds: Number(median(trained.map(({ result }) => result.seconds)).toFixed(3)),
  };
}

/** The mean loss of always giving a label's share in the test part. */
function entropy(rate: number): number {
  return -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
}
