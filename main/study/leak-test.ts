import { ConcordError } from '../contract/errors.ts';
import type { LeakReason, LeakTestResult, MembershipAttack } from '../contract/leak-test.ts';
import type { TrainPlan } from '../contract/train.ts';
import type { runWithCanaries } from '../learning/canaries.ts';
import { vectorsForPlan, type TextVectors } from '../learning/encoder/text-vectors.ts';
import type { EncoderStore } from '../learning/encoder/open-encoder.ts';
import { readsVectors } from '../learning/features.ts';
import type { TrainedModel } from '../learning/model.ts';
import { isSequence } from '../learning/target.ts';
import { likelihoodOfOthers } from '../privacy/attack/membership.ts';
import { systemRandom, type RandomSource } from '../privacy/random.ts';
import type { Table } from '../records/table.ts';
import { attackedRecords, type Attacked } from './attacked.ts';
import { auditModel, requirePlanOf } from './audit.ts';
import type { Control } from './context.ts';
import { ATTRIBUTE_PARTS, attributeAttack } from './leak-attribute.ts';
import { membershipFigures } from './leak-figures.ts';
import { referenceFit, unitLikelihoods, type LeakTools } from './reference-models.ts';

/** Models of comparison, and those of kinds that train for minutes. */
const REFERENCES = 8;
const FEW_REFERENCES = 4;

export interface LeakAsked {
  /** Columns by whose values the attack is told apart. */
  readonly groups: readonly string[];
  /** A column whose values are guessed. */
  readonly sensitive?: string | undefined;
}

interface Given {
  readonly splitKey?: string | undefined;
  /** Of the plan's texts in all rows, where they are known already. */
  readonly vectors?: TextVectors | undefined;
  readonly encoders?: readonly EncoderStore[] | undefined;
  /** Of the models of comparison: the system's outside tests. */
  readonly random?: RandomSource;
  /** The training that the canaries put to the test. */
  readonly canaryRun?: typeof runWithCanaries;
}

/**
 * Attacks a model of one's own (docs/audit.md): who was a member, what a hidden column holds, and the
 * canaries. Without the plan nobody knows which records are members, and nothing is measured. Throws
 * PLAN_INVALID where the plan is not that of the model, COLUMN_TWO_USES {column} for a hidden column
 * that the model predicts, the errors of the parts, CANCELLED.
 */
export async function leakTest(
  table: Table,
  model: TrainedModel,
  plan: TrainPlan | null,
  { groups, sensitive }: LeakAsked,
  control: Control,
  given: Given = {},
): Promise<LeakTestResult> {
  const summary = { auc: null, tpr_at_fpr_0_01: null, tpr_at_fpr_0_001: null };
  if (plan === null) {
    const reasons = Object.keys(summary).map((figure): [string, LeakReason] => [figure, 'no-plan']);
    return { ...summary, blocks: false, reasons: Object.fromEntries(reasons) };
  }
  requirePlanOf(model, plan);
  if (sensitive === model.labels.column) {
    throw new ConcordError('COLUMN_TWO_USES', { column: sensitive });
  }
  const { signal } = control;
  const random = given.random ?? systemRandom();
  const vectors =
    given.vectors ??
    (readsVectors(plan)
      ? await vectorsForPlan(table, plan, { signal }, { stores: given.encoders })
      : undefined);
  const tools: LeakTools = { random, vectors, encoders: given.encoders, signal };
  const attacked = attackedRecords(table, plan, given.splitKey, random);
  const references = referencesFor(plan);
  const beat = parts(references + 2 + (sensitive === undefined ? 0 : ATTRIBUTE_PARTS), control);
  const audited = await auditModel(
    ...([table, model, plan, { signal, progress: () => undefined }, given.canaryRun] as const),
  );
  beat();
  const target = { table, plan, model, attacked };
  const { membership, reasons } = await membershipAttack(target, references, groups, tools, beat);
  const attribute =
    sensitive === undefined
      ? {}
      : { attribute: await attributeAttack({ ...target, column: sensitive }, tools, beat) };
  const best = membership.ratio ?? membership.loss;
  const { auc, tpr_at_fpr_0_01, tpr_at_fpr_0_001 } = best;
  const path = membership.ratio === null ? 'membership.loss' : 'membership.ratio';
  const ofSummary = Object.keys(summary).flatMap((figure): [string, LeakReason][] => {
    const reason = reasons[`${path}.${figure}`];
    return reason === undefined ? [] : [[figure, reason]];
  });
  return {
    ...{ auc, tpr_at_fpr_0_01, tpr_at_fpr_0_001, membership },
    ...{ ...attribute, ...audited },
    reasons: { ...reasons, ...Object.fromEntries(ofSummary), ...audited.reasons },
  };
}

/** Tells how many pieces of work are done; the first call begins the second. */
function parts(total: number, { progress }: Control): () => void {
  let done = 0;
  progress({ done, total, unit: 'parts' });
  return () => progress({ done: ++done, total, unit: 'parts' });
}

/** None where the training cannot be repeated: texts that anyone may know are not kept with a plan. */
function referencesFor({ model }: TrainPlan): number {
  if ('pretrain' in model && model.pretrain?.on === 'public') return 0;
  const isSlow = isSequence(model.kind) || model.kind === 'encoder-head';
  return isSlow ? FEW_REFERENCES : REFERENCES;
}

interface Target {
  readonly table: Table;
  readonly plan: TrainPlan;
  readonly model: TrainedModel;
  readonly attacked: Attacked;
}

async function membershipAttack(
  { table, plan, model, attacked }: Target,
  references: number,
  groups: readonly string[],
  tools: LeakTools,
  beat: () => void,
): Promise<{ readonly membership: MembershipAttack; readonly reasons: LeakTestResult['reasons'] }> {
  const own = await unitLikelihoods(model, table, attacked, tools);
  beat();
  const fit = referenceFit(table, plan, model, attacked, tools);
  const others =
    references === 0
      ? null
      : await likelihoodOfOthers({
          ...{ units: attacked.count, references, random: tools.random },
          fit: async (inside, reference) => {
            const likelihoods = await fit(inside, reference);
            beat();
            return likelihoods;
          },
        });
  const ratio = others === null ? null : own.map((one, unit) => one - others[unit]!);
  const signals = { loss: own, ratio, control: others };
  const { membership, reasons } = membershipFigures(table, attacked, signals, groups);
  return {
    membership: { ...membership, references },
    reasons: others === null ? { ...reasons, 'membership.ratio': 'not-repeatable' } : reasons,
  };
}
