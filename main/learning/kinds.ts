import type { TrainPlan, TrialSetting } from '../contract/train.ts';
import { boostingKind } from './boosting/kind.ts';
import type { Kind } from './kind.ts';
import { layeredKind } from './layered-kind.ts';
import { searchKind } from './search.ts';
import { statedTarget, trainableKind } from './target.ts';

/**
 * The kind of model a plan asks for, or a search among settings of it. Throws MODEL_KIND_UNAVAILABLE
 * {kind, available}, TARGET_UNAVAILABLE {kind, target, available} where it cannot predict what the plan
 * says, and PLAN_INVALID for settings that the kind does not have.
 */
export function kindOf(plan: TrainPlan): Kind {
  return plan.search === undefined ? oneKind(plan, {}) : searchKind(plan, oneKind);
}

function oneKind(plan: TrainPlan, { cycles, growth }: TrialSetting): Kind {
  const kind = trainableKind(plan, statedTarget(plan));
  if (kind !== 'boosting') return layeredKind(plan, kind);
  return boostingKind(plan, {
    ...(cycles === undefined ? {} : { cycles }),
    ...(growth === undefined ? {} : { growth }),
  });
}
