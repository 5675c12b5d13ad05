import type { LeakTestResult } from '../contract/leak-test.ts';
import { ConcordError } from '../contract/errors.ts';
import type { PrivacyStatement, TrainPlan } from '../contract/train.ts';
import { runWithCanaries } from '../learning/canaries.ts';
import { featureColumns } from '../learning/features.ts';
import { wordsIn } from '../learning/sequence/architecture.ts';
import { runWithPhrases } from '../learning/sequence/phrases.ts';
import type { TrainedModel } from '../learning/model.ts';
import { Pace } from '../learning/pace.ts';
import { countsWords } from '../learning/text/word-counts.ts';
import { epsilonLowerBound, guessExtremes } from '../privacy/attack/one-run.ts';
import { systemRandom } from '../privacy/random.ts';
import type { Table } from '../records/table.ts';
import type { Control } from './context.ts';

/** Fixed beforehand, as the bound needs: docs/audit.md says why so many. */
const CANARIES = 1000;
const GUESSED_SHARE = 0.5;
const CONFIDENCE = 0.95;

/** What a run with canaries and phrases says of a training. */
export type Audited = Pick<
  LeakTestResult,
  'epsilon_lower_bound' | 'canaries' | 'exposure' | 'blocks' | 'reasons'
>;

/**
 * Audits the training of a model: a lower bound on epsilon from one run with canaries, which blocks
 * where it is above the promise (docs/audit.md). The records are asked for the names of their columns
 * and nothing else. Throws PLAN_INVALID where the plan is not that of the model, the errors of its
 * columns, CANCELLED.
 *
 * @param run the training that is put to the test
 */
export async function auditModel(
  table: Table,
  model: TrainedModel,
  plan: TrainPlan,
  control: Control,
  run: typeof runWithCanaries = runWithCanaries,
): Promise<Audited> {
  const columns = featureColumns(table, plan).length;
  const promise = promiseOf(model, plan);
  const exposed = await exposureOfPhrases(model, plan, promise, control);
  if (promise === null) {
    const reasons = { epsilon_lower_bound: 'not-private' } as const;
    return { epsilon_lower_bound: null, ...exposed, blocks: false, reasons };
  }
  const bound = await canaryBound(plan, promise, columns, control, run);
  const blocks = bound.epsilon_lower_bound > promise.epsilon;
  return { ...bound, ...exposed, blocks, reasons: {} };
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
  run: typeof runWithCanaries,
): Promise<{
  readonly epsilon_lower_bound: number;
  readonly canaries: NonNullable<LeakTestResult['canaries']>;
}> {
  const count = Math.min(CANARIES, promise.public_count);
  const { epsilon, delta } = promise;
  const { scores, wasIn } = await run({
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

/** What a model of the plan calls itself: some kinds become another for what they are to do. */
function kindMadeBy(plan: TrainPlan): TrainedModel['kind'] {
  const { model, target } = plan;
  if (target === 'tags') return 'tagger';
  if (countsWords(plan)) return 'word-counts';
  return model.kind === 'encoder-head' && model.tune !== 'head' ? 'tuned-encoder' : model.kind;
}

/** Throws PLAN_INVALID where the plan is not that of the model. */
export function requirePlanOf(model: TrainedModel, plan: TrainPlan): void {
  promiseOf(model, plan);
}

/** What the model says it keeps; null where it was trained plainly. */
function promiseOf({ privacy, kind, labels }: TrainedModel, plan: TrainPlan): typeof privacy {
  const unlike = (path: string): ConcordError =>
    new ConcordError('PLAN_INVALID', { path, expected: 'the plan this model was trained with' });
  if (kindMadeBy(plan) !== kind) throw unlike('model.kind');
  if (plan.label !== labels.column) throw unlike('label');
  const asked = plan.privacy;
  if (asked === null || privacy === null) {
    if (asked !== privacy) throw unlike('privacy');
    // A plain model says nothing of whose rows belong together.
    return null;
  }
  if ((plan.unit?.column ?? null) !== privacy.unit_column) throw unlike('unit');
  const isKept = privacy.delta === asked.delta && privacy.epsilon <= asked.epsilon;
  if (!isKept) throw unlike('privacy');
  return privacy;
}
