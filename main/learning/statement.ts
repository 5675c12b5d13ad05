import type { AnyPhase } from '../contract/privacy.ts';
import type { PrivacyStatement, TrainPlan, WantedStatistic } from '../contract/train.ts';
import type { PrivacyCost } from '../privacy/accountant.ts';
import type { TrialsOf } from '../privacy/calibrate.ts';
import { shareOf } from './wanted.ts';

/** What a run releases, and the public figures it is made with. */
interface Figures {
  readonly delta: number;
  readonly phases: readonly AnyPhase[];
  readonly publicCount: number;
  readonly clip: number;
  readonly batch: number;
  readonly wanted: readonly WantedStatistic[];
  readonly statisticsEpsilon: number;
}

/** The guarantee of a run in the form that is shown and kept. */
export function statementOf(
  plan: TrainPlan,
  found: PrivacyCost,
  { delta, phases, publicCount, clip, batch, wanted, statisticsEpsilon }: Figures,
): PrivacyStatement {
  return {
    epsilon: found.epsilon,
    delta,
    accountant: found.accountant,
    unit: plan.unit === undefined ? 'row' : 'person',
    unit_column: plan.unit?.column ?? null,
    max_rows: plan.unit?.maxRows ?? null,
    neighbours: found.neighbours,
    phases: [...phases],
    public_count: publicCount,
    clip,
    expected_batch: batch,
    ...(wanted.length === 0
      ? {}
      : { statistics: { share: shareOf(plan), epsilon: statisticsEpsilon, wanted: [...wanted] } }),
  };
}

/** How many trials the plan's search makes, as it is accounted; undefined without one. */
export function trialsOf({ search }: Pick<TrainPlan, 'search'>): TrialsOf | undefined {
  if (search === undefined) return undefined;
  return { distribution: search.distribution, expected_trials: search.trials };
}
