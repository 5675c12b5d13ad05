import { ConcordError } from '../contract/errors.ts';
import type { TrainPlan, TrialSetting } from '../contract/train.ts';
import { lossOf } from './layered-kind.ts';
import { quietRate, settingsOf, settingsOfTexts } from './settings.ts';
import { isSequence, statedTarget, trainableKind } from './target.ts';
import { countsWords } from './text/word-counts.ts';

type Knob = keyof TrialSetting;

const LAYERED: readonly Knob[] = ['learningRate', 'clip', 'batch', 'epochs'];
const KNOBS: Readonly<Record<string, readonly Knob[]>> = {
  logistic: LAYERED,
  linear: LAYERED,
  network: [...LAYERED, 'hidden'],
  bag: LAYERED,
  recurrent: LAYERED,
  boosting: ['cycles', 'growth'],
};

const MOST_SETTINGS = 64;

/**
 * The settings a search draws from: every combination of the plan's choices, or of those that are
 * usual for the kind; from the plan and public figures alone. An empty one is the usual setting.
 * Throws PLAN_INVALID {path} for choices that the kind does not have, that are fixed in the plan as
 * well, or that leave fewer than two settings or more than 64.
 */
export function searchSpace(
  plan: TrainPlan,
  { publicCount, columns }: { readonly publicCount: number; readonly columns: number },
): readonly TrialSetting[] {
  requireOwnChoices(plan);
  const choices = plan.search?.choices ?? usualChoices(plan, publicCount, columns);
  let settings: TrialSetting[] = [{}];
  for (const [knob, values] of Object.entries(choices) as [Knob, readonly unknown[]][]) {
    settings = values.flatMap((value) =>
      settings.map((one) => (value === undefined ? one : { ...one, [knob]: value })),
    );
    if (settings.length > MOST_SETTINGS) {
      throw unfit('search.choices', `choices that make at most ${MOST_SETTINGS} settings together`);
    }
  }
  if (settings.length < 2) throw unfit('search.choices', 'choices that make at least two settings');
  return settings;
}

/** The plan of one trial. */
export function planOfTrial(plan: TrainPlan, setting: TrialSetting): TrainPlan {
  const { hidden } = setting;
  const { model } = plan;
  const given = LAYERED.filter((knob) => setting[knob] !== undefined);
  const knobs = Object.fromEntries(given.map((knob) => [knob, setting[knob]]));
  const layers = model.kind === 'network' && hidden !== undefined ? { ...model, hidden } : model;
  return { ...plan, ...knobs, model: layers };
}

function requireOwnChoices(plan: TrainPlan): void {
  const { kind } = plan.model;
  const asked = Object.keys(plan.search?.choices ?? {}) as Knob[];
  const known = KNOBS[kind] ?? [];
  for (const knob of asked) {
    const path = `search.choices.${knob}`;
    if (!known.includes(knob))
      throw unfit(path, `settings of this kind of model: ${known.join(', ')}`);
    if (isFixed(plan, knob)) throw unfit(path, 'a setting is fixed or chosen from, not both');
  }
}

function isFixed(plan: TrainPlan, knob: Knob): boolean {
  if (knob === 'hidden') return plan.model.kind === 'network' && plan.model.hidden !== undefined;
  return knob !== 'cycles' && knob !== 'growth' && plan[knob] !== undefined;
}

/** What is tried where the plan says nothing; undefined is the usual value (docs/private-training.md). */
function usualChoices(
  plan: TrainPlan,
  publicCount: number,
  columns: number,
): { readonly [Name in Knob]?: readonly (TrialSetting[Name] | undefined)[] } {
  const kind = trainableKind(plan, statedTarget(plan));
  if (kind === 'encoder-head' || countsWords(plan))
    return choicesOfHead(plan, publicCount, columns);
  if (isSequence(kind)) return { learningRate: [undefined, 0.001, 0.004] };
  if (kind === 'boosting') return { cycles: [undefined, 6, 18], growth: [undefined, 1] };
  const loss = lossOf(plan);
  const { clip } = settingsOf(plan, kind, loss, publicCount, columns);
  const rate = quietRate(kind, loss, columns);
  return {
    ...(isFixed(plan, 'learningRate') ? {} : { learningRate: [undefined, rate / 3, rate * 3] }),
    ...(kind === 'network' && !isFixed(plan, 'hidden') ? { hidden: [undefined, [16]] } : {}),
    ...(kind !== 'network' && !isFixed(plan, 'clip') ? { clip: [undefined, clip / 2] } : {}),
  };
}

function unfit(path: string, expected: string): ConcordError {
  return new ConcordError('PLAN_INVALID', { path, expected });
}

/** A head is clipped at more or less; one of more layers has more or fewer passes as well. */
function choicesOfHead(
  plan: TrainPlan,
  publicCount: number,
  columns: number,
): { readonly clip?: readonly (number | undefined)[]; readonly epochs?: readonly number[] } {
  const settings = settingsOfTexts(plan, lossOf(plan), publicCount, columns);
  const { clip, steps, batch } = settings;
  const passes = (steps * batch) / publicCount;
  return {
    ...(isFixed(plan, 'clip') ? {} : { clip: [undefined, clip / 2] }),
    ...(isFixed(plan, 'epochs') ? {} : { epochs: [passes, passes / 2] }),
  };
}
