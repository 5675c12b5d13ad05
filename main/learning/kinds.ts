import type { TrainPlan } from '../contract/train.ts';
import { boostingKind } from './boosting/kind.ts';
import type { Kind } from './kind.ts';
import { layeredKind } from './layered-kind.ts';

/**
 * The kind of model a plan asks for. Throws MODEL_KIND_UNAVAILABLE {kind, available}, and
 * PLAN_INVALID for settings that the kind does not have.
 */
export function kindOf(plan: TrainPlan): Kind {
  return plan.model.kind === 'boosting' ? boostingKind(plan) : layeredKind(plan);
}
