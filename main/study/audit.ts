import type { LeakTestResult } from '../contract/leak-test.ts';
import { ConcordError } from '../contract/errors.ts';
import type { PrivacyStatement, TrainPlan } from '../contract/train.ts';
import { runWithCanaries } from '../learning/canaries.ts';
import { featureColumns } from '../learning/features.ts';
import { wordsIn } from '../learning/sequence/architecture.ts';
import { runWithPhrases } from '../learning/sequence/phrases.ts';
import type { TrainedModel } from '../learning/model.ts';
import { Pace } from '../learning/pace.ts';
import { epsilonLowerBound, guessExtremes } from '../privacy/attack/one-run.ts';
import { systemRandom } from '../privacy/random.ts';
import type { Table } from '../records/table.ts';
import type { Control } from './context.ts';

/** Fixed beforehand, as the bound needs: docs/audit.md says why so many. */
const CANARIES = 1000;
const GUESSED_SHARE = 0.5;
const CONFIDENCE = 0.95;

const UNMEASURED = { auc: null, tpr_at_fpr_0_01: null, tpr_at_fpr_0_001: null } as const;

/**
 * Audits the training of a model: with its plan, a lower bound on epsilon from one run with canaries
 * (docs/audit.md). The records are asked for the names of their columns and nothing else. Throws
 * PLAN_INVALID where the plan is not that of the model, the errors of its columns, CANCELLED.
 */
export async function auditModel(
  table: Table,
  model: TrainedModel,
  plan: TrainPlan | null,
  control: Control,
): Promise<LeakTestResult> {
  const reasons: LeakTestResult['reasons'] = {
    auc: 'no-plan',
    tpr_at_fpr_0_01: 'no-plan',
    tpr_at_fpr_0_001: 'no-plan',
  };
  if (plan === null) return { ...UNMEASURED, blocks: false, reasons };
  const columns = featureColumns(table, plan).length;
  const promise = promiseOf(model, plan);
  const exposed = await exposureOfPhrases(model, plan, promise, control);
  if (promise === null) {
    return {
      ...UNMEASURED,
      ...exposed,
      epsilon_lower_bound: null,
      blocks: false,
      reasons: { ...reasons, epsilon_lower_bound: 'not-private' },
    };
  }
  const bound = await canaryBound(plan, promise, columns, control);
  const blocks = (bound.epsilon_lower_bound ?? 0) > promise.epsilon;
  return { ...UNMEASURED, ...bound, ...exposed, blocks, reasons };
}

/** Of a model over tokens; nothing of others. */
async function exposureOfPhrases(
  model: TrainedModel,
  plan: TrainPlan,
  promise: PrivacyStatement | null,
  control: Control,
): Promise<Pick<LeakTestResult, 'exposure'>> {
  if (!('text' in model)) return {};
  const { labels, text } = model;
  const exposure = await runWithPhrases({
    ...{ plan, labels, promise, words: wordsIn(text), random: systemRandom() },
    pace: paceOf(control),
  });
  return { exposure };
}

function paceOf({ signal, progress }: Control): Pace {
  return new Pace(signal, ({ step, steps }) =>
    progress({ done: step, total: steps, unit: 'steps' }),
  );
}

async function canaryBound(
  plan: TrainPlan,
  promise: PrivacyStatement,
  columns: number,
  control: Control,
): Promise<Required<Pick<LeakTestResult, 'epsilon_lower_bound' | 'canaries'>>> {
  const count = Math.min(CANARIES, promise.public_count);
  const { epsilon, delta } = promise;
  const { scores, wasIn } = await runWithCanaries({
    ...{ plan, promise, columns, canaries: count, random: systemRandom() },
    pace: paceOf(control),
  });
  const guesses = guessExtremes(scores, wasIn, Math.floor((GUESSED_SHARE * count) / 2));
  const { guessed, correct } = guesses;
  const boundOf = (right: number): number =>
    epsilonLowerBound({ ...guesses, correct: right }, delta, 1 - CONFIDENCE);
  return {
    epsilon_lower_bound: boundOf(correct),
    canaries: {
      ...{ epsilon, delta, confidence: CONFIDENCE, count, guessed, correct },
      largest_bound: boundOf(guessed),
    },
  };
}

/** What the model says it keeps; null where it was trained plainly. */
function promiseOf({ privacy, kind, labels }: TrainedModel, plan: TrainPlan): typeof privacy {
  const unlike = (path: string): ConcordError =>
    new ConcordError('PLAN_INVALID', { path, expected: 'the plan this model was trained with' });
  if (plan.model.kind !== kind) throw unlike('model.kind');
  if (plan.label !== labels.column) throw unlike('label');
  if ((plan.unit?.column ?? null) !== (privacy?.unit_column ?? null)) throw unlike('unit');
  const asked = plan.privacy;
  if (asked === null || privacy === null) {
    if (asked !== privacy) throw unlike('privacy');
    return null;
  }
  const isKept = privacy.delta === asked.delta && privacy.epsilon <= asked.epsilon;
  if (!isKept) throw unlike('privacy');
  return privacy;
}
