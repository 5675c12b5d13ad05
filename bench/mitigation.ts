import type { MitigationPlan } from '../main/contract/mitigation.ts';
import type { TrainPlan } from '../main/contract/train.ts';
import { reviewTable } from '../main/fairness/review.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import type { Table } from '../main/records/table.ts';
import { withScores } from '../main/study/predictions.ts';
import { officialAdult, planNamed } from './adult-plans.ts';

const GROUPS = 'sex';
const BOUND = 0.05;
const PRIVACY = { epsilon: 3, delta: 1e-5 };
const TRIES: Readonly<Record<string, MitigationPlan | undefined>> = {
  none: undefined,
  reweighing: { method: 'reweighing', groups: GROUPS },
  'demographic parity': {
    ...{ method: 'constrained', groups: GROUPS },
    ...{ criterion: 'demographic-parity', bound: BOUND },
  },
  'equalised odds': {
    ...{ method: 'constrained', groups: GROUPS },
    ...{ criterion: 'equalised-odds', bound: BOUND },
  },
};

interface Found {
  readonly accuracy: number;
  readonly demographic_parity: number;
  readonly equalised_odds: number;
  readonly epsilon: number | null;
  readonly seconds: number;
}

/**
 * Adult's official split, gaps between women and men on its test part (nothing is chosen here): each way
 * as it is and with privacy, where the sizes of groups and every round are paid for within one epsilon.
 */
export async function benchMitigation(runs = 5, only?: string): Promise<object> {
  const table = await officialAdult();
  const found: Record<string, object> = {};
  for (const kind of ['boosting', 'logistic'] as const) {
    const statistics = { share: 0.1, bounds: [], categories: [] };
    const plan = { ...planNamed('adult-boosting'), model: { kind }, statistics };
    for (const [name, mitigation] of Object.entries(TRIES)) {
      if (only !== undefined && !`${kind} ${name}`.includes(only)) continue;
      const of = { ...plan, mitigation };
      const plain = await tried(table, { ...of, privacy: null });
      const made: Found[] = [];
      for (let run = 0; run < runs; run++)
        made.push(await tried(table, { ...of, privacy: PRIVACY }));
      const accuracy = spread(made.map((one) => one.accuracy));
      const parity = spread(made.map((one) => one.demographic_parity));
      const odds = spread(made.map((one) => one.equalised_odds));
      found[`${kind}, ${name}`] = {
        plain,
        private: {
          ...{ runs, epsilon: made[0]?.epsilon ?? null, accuracy },
          ...{ demographic_parity: parity, equalised_odds: odds },
          seconds: spread(made.map(({ seconds }) => seconds)).mean,
        },
        private_less_plain: {
          accuracy: rounded(accuracy.mean - plain.accuracy),
          demographic_parity: rounded(parity.mean - plain.demographic_parity),
          equalised_odds: rounded(odds.mean - plain.equalised_odds),
        },
      };
    }
  }
  return { groups: GROUPS, bound: BOUND, found };
}

async function tried(table: Table, plan: TrainPlan): Promise<Found> {
  const started = performance.now();
  const { model, test, result } = await trainModel(table, plan, { random: systemRandom() });
  const seconds = (performance.now() - started) / 1000;
  const { overall, gaps } = reviewTable(withScores(table, test.rows, test.scores, model), {
    ...{ label: plan.label, positive: plan.positive, prediction: 'prediction', groups: [GROUPS] },
  });
  const of = gaps[GROUPS];
  return {
    accuracy: rounded(overall.accuracy ?? NaN),
    demographic_parity: rounded(of?.demographic_parity_difference ?? NaN),
    equalised_odds: rounded(of?.equalized_odds_difference ?? NaN),
    epsilon: result.privacy?.epsilon ?? null,
    seconds: rounded(seconds),
  };
}

function spread(values: readonly number[]) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean: rounded(mean),
    deviation: rounded(Math.sqrt(squares / Math.max(1, values.length - 1))),
    least: rounded(Math.min(...values)),
    most: rounded(Math.max(...values)),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
