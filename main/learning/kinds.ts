import type { TrainPlan, TrialSetting } from '../contract/train.ts';
import { ConcordError } from '../contract/errors.ts';
import { TEXT_KINDS } from '../contract/text-models.ts';
import { boostingKind } from './boosting/kind.ts';
import { tunedKind } from './encoder/tuned-kind.ts';
import type { Kind } from './kind.ts';
import { layeredKind } from './layered-kind.ts';
import { mitigatedKind } from './mitigation/mitigated-kind.ts';
import { searchKind } from './search.ts';
import { sequenceKind } from './sequence/kind.ts';
import { tagKind } from './tags/kind.ts';
import { isSequence, statedTarget, trainableKind } from './target.ts';
import { countsWords, fusesCounts } from './text/word-counts.ts';

/**
 * The kind of model a plan asks for, or a search among settings of it. Throws MODEL_KIND_UNAVAILABLE
 * {kind, available}, TARGET_UNAVAILABLE {kind, target, available} where it cannot predict what the plan
 * says, and PLAN_INVALID for settings that the kind does not have, or text where it reads none.
 */
export function kindOf(plan: TrainPlan): Kind {
  requireText(plan);
  requireCountable(plan);
  const kind = plan.search === undefined ? oneKind(plan, {}) : searchKind(plan, oneKind);
  return mitigatedKind(plan, kind);
}

function oneKind(plan: TrainPlan, { cycles, growth }: TrialSetting): Kind {
  const target = statedTarget(plan);
  const kind = trainableKind(plan, target);
  if (target === 'tags') return tagKind(plan);
  if (countsWords(plan)) return layeredKind(plan, 'word-counts');
  if (isSequence(kind)) return sequenceKind(plan);
  if (kind === 'encoder-head') return encoderKind(plan);
  if (kind !== 'boosting') return layeredKind(plan, kind);
  return boostingKind(plan, {
    ...(cycles === undefined ? {} : { cycles }),
    ...(growth === undefined ? {} : { growth }),
  });
}

/** An encoder with a head, of which more than the head may be trained. */
function encoderKind(plan: TrainPlan): Kind {
  const { model } = plan;
  if (model.kind === 'encoder-head' && model.tune !== 'head') return tunedKind(plan, model);
  return layeredKind(plan, 'encoder-head');
}

/** Throws PLAN_INVALID for a kind of text without text, or the reverse. */
function requireText({ text, model: { kind } }: TrainPlan): void {
  const reads = (TEXT_KINDS as readonly string[]).includes(kind);
  if (reads === (text !== undefined)) return;
  throw new ConcordError('PLAN_INVALID', {
    path: 'text',
    expected: reads
      ? 'a model of this kind reads text: name its column'
      : `a model of this kind reads no text: choose one of ${TEXT_KINDS.join(', ')}, or leave this entry out`,
  });
}

/** Throws PLAN_INVALID where counts are to stand beside what is no vector of a frozen encoder. */
function requireCountable(plan: TrainPlan): void {
  const { model } = plan;
  if (model.kind !== 'encoder-head' || model.counts !== true || fusesCounts(plan)) return;
  throw new ConcordError('PLAN_INVALID', {
    path: 'model.counts',
    expected:
      'words are counted beside an encoder of which the head alone is trained, not for tags',
  });
}
