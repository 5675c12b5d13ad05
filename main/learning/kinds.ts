import type { TrainPlan } from '../contract/train.ts';
import { boostingKind } from './boosting/kind.ts';
import type { Kind } from './kind.ts';
import { layeredKind } from './layered-kind.ts';
import { statedTarget, trainableKind } from './target.ts';

/**
 * The kind of model a plan asks for. Throws MODEL_KIND_UNAVAILABLE {kind, available},
 * TARGET_UNAVAILABLE {kind, target, available} where it cannot predict what the plan says, and
 * PLAN_INVALID for settings that the kind does not have.
 */
export function kindOf(plan: TrainPlan): Kind {
  const kind = trainableKind(plan, statedTarget(plan));
  return kind === 'boosting' ? boostingKind(plan) : layeredKind(plan, kind);
}
