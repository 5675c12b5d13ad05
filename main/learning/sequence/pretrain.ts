import { ConcordError } from '../../contract/errors.ts';
import type { TrainPlan, TrainResult } from '../../contract/train.ts';
import { seededRandom } from '../../privacy/seeded.ts';
import type { CodedColumn, Table } from '../../records/table.ts';
import { stepsRunOf, type Resumed } from '../checkpoint.ts';
import type { Given, Task } from '../kind.ts';
import type { Prepared } from '../material.ts';
import { guaranteeOfPretraining } from '../mechanism.ts';
import type { StepSettings } from '../step-settings.ts';
import { trainInSteps } from '../steps.ts';
import type { Tf } from '../tensorflow.ts';
import type { TextContent } from '../text/text-content.ts';
import { tokenRows } from '../text/token-rows.ts';
import { rowUnits } from '../units.ts';
import { wordsIn, type SequenceArchitecture } from './architecture.ts';
import type { PassLimits } from './engine.ts';
import type { TokenRows } from './layer.ts';
import { maskedEngine, type MaskedEngine } from './masked-engine.ts';
import { pretrainOf, pretrainSettings } from './settings.ts';
import { firstParametersOf, type Stack } from './stack.ts';

/** A model before its training, and what it is trained on. */
interface Untrained {
  readonly tf: Tf;
  readonly architecture: SequenceArchitecture;
  readonly text: TextContent;
  readonly stack: Stack;
  readonly limits: PassLimits;
  /** First parameters of the whole stack, flat. */
  readonly initial: Float64Array;
  readonly vectors: TokenRows;
  readonly units: Prepared['units'];
  /** Steps of the training itself. */
  readonly steps: number;
}

/** Where the training of the labels begins. */
interface Start {
  readonly initial: Float64Array;
  /** With the steps of a pre-training on the records counted before its own. */
  readonly given: Given;
  /** Those steps. */
  readonly before: number;
  readonly pretraining?: TrainResult['pretraining'];
}

/** Throws PLAN_INVALID where a plan pre-trains on public text and there is none, nor a later state. */
export function requirePublicText(
  plan: TrainPlan,
  publicText: readonly string[] | undefined,
  resumed: Resumed | undefined,
): void {
  if (pretrainOf(plan)?.on !== 'public' || (resumed?.checkpoint ?? null) !== null) return;
  if (publicText !== undefined && publicText.length > 0) return;
  throw new ConcordError('PLAN_INVALID', {
    path: 'model.pretrain.on',
    expected:
      'public text beside the records: other records in the window, or concord train --public-text FILE --public-text-column COLUMN',
  });
}

/** Throws PLAN_INVALID for a search whose every trial would have to pay for a pre-training. */
export function requireOnePretraining(plan: TrainPlan): void {
  if (plan.search === undefined || pretrainOf(plan)?.on !== 'records') return;
  throw new ConcordError('PLAN_INVALID', {
    path: 'search',
    expected: 'pre-training on the records goes with one setting: leave the search out',
  });
}

/**
 * Pre-trains as the plan says: the layers below the pooling learn to tell words of texts from the words
 * around them, then the training of the labels begins with them, and with fresh layers behind. On the
 * records with the noise of the statement's last phase but one; on public text plainly, which costs
 * nothing and is done again where a run goes on that has no state yet.
 */
export async function pretrained(
  untrained: Untrained,
  { plan, publicText }: Task,
  given: Given,
): Promise<Start> {
  const pretrain = pretrainOf(plan);
  const { initial } = untrained;
  if (pretrain === null) return { initial, given, before: 0 };
  if (pretrain.on === 'records') return onRecords(untrained, plan, given);
  if (publicText === undefined || (given.resumed?.checkpoint ?? null) !== null) {
    return { initial, given, before: 0 };
  }
  return onPublicText(untrained, plan, given, publicText);
}

async function onPublicText(
  untrained: Untrained,
  plan: TrainPlan,
  given: Given,
  publicText: readonly string[],
): Promise<Start> {
  const { seed, pace } = given;
  const settings = pretrainSettings(plan, publicText.length);
  const content = { ...untrained.text, columns: [TEXT] };
  const places = Int32Array.from(publicText.keys());
  const vectors = await tokenRows(tableOf(publicText), content, plan.missing, places, pace);
  const initial = await run(untrained, settings, {
    examples: { vectors, targets: new Float64Array(0), units: rowUnits(places) },
    given: {
      ...given,
      ...{ privacy: null, charge: undefined, checkpoint: undefined, resumed: undefined },
    },
    engine: openEngine(untrained, seededRandom(`words picked ${seed}`)),
  });
  return { initial, given, before: 0, pretraining: { on: 'public', steps: settings.steps } };
}

const TEXT = 'text';

function tableOf(texts: readonly string[]): Table {
  const column: CodedColumn = {
    ...{ name: TEXT, type: 'text', dictionary: [...texts] },
    codes: Int32Array.from(texts.keys()),
  };
  return { rows: texts.length, columns: [column] };
}

/**
 * Steps of both phases are counted through: the first `before` are those of the pre-training. A state of
 * the training itself has more of them charged.
 */
async function onRecords(untrained: Untrained, plan: TrainPlan, given: Given): Promise<Start> {
  const { vectors, units } = untrained;
  const { privacy, resumed, seed, random, pace } = given;
  const settings = pretrainSettings(plan, privacy?.public_count ?? units.rows.length);
  const { steps: before } = settings;
  const all = before + untrained.steps;
  const afterwards = (ran: number, from: Resumed | undefined): Given => ({
    ...given,
    resumed: from,
    pace: pace.within(before, all),
    charge: async (first, next) => given.charge?.(before + first, before + next),
    checkpoint:
      given.checkpoint &&
      (async (state) =>
        given.checkpoint?.({
          ...state,
          stepsCharged: before + state.stepsCharged,
          stepsRun: ran + state.stepsRun,
        })),
  });
  const pretraining = { on: 'records', steps: before } as const;
  const state = resumed?.checkpoint ?? null;
  if (resumed !== undefined && state !== null && state.stepsCharged > before) {
    const from = { ...resumed, from: resumed.from - before };
    return { initial: untrained.initial, given: afterwards(0, from), before, pretraining };
  }
  const first = resumed && { ...resumed, from: Math.min(resumed.from, before) };
  const initial = await run(untrained, settings, {
    examples: { vectors, targets: new Float64Array(0), units },
    given: {
      ...given,
      privacy: privacy && guaranteeOfPretraining(privacy),
      resumed: first,
      pace: pace.within(0, all),
    },
    engine: openEngine(untrained, privacy === null ? seededRandom(`words picked ${seed}`) : random),
  });
  const from =
    resumed !== undefined && resumed.from > before
      ? { ...resumed, from: resumed.from - before, checkpoint: null }
      : undefined;
  return { initial, given: afterwards(stepsRunOf(before, first), from), before, pretraining };
}

function openEngine(
  { tf, architecture, text, limits }: Untrained,
  random: Parameters<typeof maskedEngine>[4],
): MaskedEngine {
  return maskedEngine(tf, architecture, wordsIn(text), limits, random);
}

interface Run {
  readonly engine: MaskedEngine;
  readonly examples: Parameters<typeof trainInSteps<TokenRows>>[1];
  readonly given: Given;
}

/** The first parameters of the whole model, those of the layers in common as pre-training left them. */
async function run(
  { stack, initial }: Untrained,
  settings: StepSettings,
  { engine, examples, given }: Run,
): Promise<Float64Array> {
  try {
    const first = firstParametersOf(engine.stack, given.seed);
    const parameters = await trainInSteps(engine, examples, first, settings, given);
    return carriedOver(parameters, engine.stack, { stack, initial });
  } finally {
    engine.dispose();
  }
}

/** First parameters with those that stand in both stacks as a pre-training left them. */
export function carriedOver(
  parameters: Float64Array,
  { specs }: Stack,
  { stack, initial }: Pick<Untrained, 'stack' | 'initial'>,
): Float64Array {
  const begun = initial.slice();
  for (const [name, { offset, rows, columns }] of stack.specs) {
    const found = specs.get(name);
    if (found === undefined) continue;
    begun.set(parameters.subarray(found.offset, found.offset + rows * columns), offset);
  }
  return begun;
}
