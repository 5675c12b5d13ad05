import type { OptimiserName } from '../contract/step-ways.ts';
import type { TrainPlan } from '../contract/train.ts';
import type { Head } from './heads.ts';
import { headSettings, squaredLength, type HeadKnobs } from './text-settings.ts';
import { adam, momentum, sgd } from './optimiser.ts';
import { rateFactor } from './schedule.ts';
import type { StepSettings } from './step-settings.ts';
import type { SequenceKind, TrainableKind } from './target.ts';
import { TEXT_LENGTH } from './text-length.ts';

/** Kinds that are layers, trained in steps on a few records each. */
export type LayeredKind = Exclude<TrainableKind, 'boosting' | SequenceKind> | TextHead;
/** Heads on texts: on vectors of an encoder, or on counts of words alone. */
type TextHead = 'encoder-head' | 'word-counts';
/** Those of tables alone. */
type TableKind = Exclude<LayeredKind, TextHead>;

/** What the settings depend on of the end of a model. */
type Loss = Pick<Head, 'curvature' | 'reach' | 'outputs'>;

const HIDDEN = [32];
const MOMENTUM = 0.9;
const BLOCKS = 20;

/** Everything a run needs to know that the plan may leave open. */
export interface Settings extends StepSettings {
  readonly kind: LayeredKind;
  readonly hidden: readonly number[];
}

/**
 * The knobs of a run: those of the plan, else defaults that depend on nothing but the (public)
 * number of units, of feature columns and what is predicted. Where they come from:
 * docs/private-training.md.
 *
 * @param knobs of a head on texts, in the place of the chosen ones
 */
export function settingsOf(
  plan: TrainPlan,
  kind: LayeredKind,
  loss: Loss,
  count: number,
  columns: number,
  knobs?: HeadKnobs,
): Settings {
  if (kind === 'encoder-head' || kind === 'word-counts') {
    return settingsOfTexts(plan, loss, count, columns, knobs);
  }
  const { model } = plan;
  const hidden = model.kind === 'network' ? (model.hidden ?? HIDDEN) : [];
  const isPrivate = plan.privacy !== null;
  const batch = Math.min(
    plan.batch ?? (isPrivate ? privateBatch(count) : plainBatch(count)),
    count,
  );
  const steps = Math.max(1, Math.round(((plan.epochs ?? 20) * count) / batch));
  const clip = plan.clip ?? loss.reach * defaultClip(kind, columns);
  return {
    kind,
    hidden,
    clip,
    clipping: plan.clipping ?? 'flat',
    averaging: plan.averaging ?? 'late',
    batch,
    steps,
    block: Math.ceil(steps / BLOCKS),
    optimiser: optimiserOf(plan, { kind, loss, columns, batch, steps, clip }),
  };
}

/**
 * The same for a head on vectors of texts or counts of their words, TEXT_LENGTH long, beside `columns`
 * of a table.
 */
export function settingsOfTexts(
  plan: TrainPlan,
  loss: Loss,
  count: number,
  columns: number,
  knobs?: HeadKnobs,
): Settings {
  const { model, clipping = 'flat', averaging = 'late' } = plan;
  if (model.kind === 'encoder-head' && model.hidden !== undefined) {
    const network = { ...plan, model: { kind: 'network' as const, hidden: model.hidden } };
    const settings = settingsOf(network, 'network', loss, count, squaredLength(columns));
    return { ...settings, kind: 'encoder-head' };
  }
  const { rate, ...head } = headSettings(plan, loss, count, columns, knobs);
  const name = plan.optimiser ?? 'momentum';
  return {
    kind: model.kind === 'bag' ? 'word-counts' : 'encoder-head',
    ...{ hidden: [], clipping, averaging, ...head },
    block: Math.ceil(head.steps / BLOCKS),
    optimiser: optimiserAt(plan, name, head, (_, noiseMultiplier) => {
      if (name === 'adam') return ADAM_RATE.logistic / TEXT_LENGTH;
      const usual = rate(noiseMultiplier);
      // Without momentum a step counts once, not ten times.
      return name === 'sgd' ? usual / (1 - MOMENTUM) : usual;
    }),
  };
}

/**
 * A 32nd of the units, as a power of two from 256 to 4096 (large batches suffer least from noise),
 * but at most a quarter of them.
 */
function privateBatch(count: number): number {
  const usual = 2 ** Math.min(12, Math.max(8, Math.round(Math.log2(count / 32))));
  return Math.max(1, Math.min(usual, Math.ceil(count / 4)));
}

function plainBatch(count: number): number {
  return 2 ** Math.min(8, Math.max(4, Math.round(Math.log2(count / 64))));
}

/**
 * A row's vector is at most sqrt(columns) long, so with the bias no gradient of logistic regression
 * is longer than sqrt(columns + 1): half of that clips only what is far off. The same holds for linear
 * regression on its scale of -1 to 1, where larger errors are clipped.
 */
function defaultClip(kind: TableKind, columns: number): number {
  return Math.sqrt(columns + 1) / (kind === 'network' ? 1 : 2);
}

/**
 * The learning rate of momentum where a step's noise is small: in proportion to 1 / curvature, which is
 * at most (columns + 1) times that of the loss without hidden layers.
 */
export function quietRate(kind: TableKind, { curvature }: Loss, columns: number): number {
  return (kind === 'network' ? 0.5 : 3.5) / (curvature * (columns + 1));
}

/** Length of a step's noise against its greatest signal from which on steps are made smaller. */
const MUCH_NOISE = { logistic: 0.04, linear: 0.04, network: 0.4 } as const;

const ADAM_RATE = { logistic: 0.02, linear: 0.02, network: 0.002 } as const;

interface Known extends Pick<Settings, 'batch' | 'steps' | 'clip'> {
  readonly kind: TableKind;
  readonly loss: Loss;
  readonly columns: number;
}

/** The plan's optimiser at its rate and schedule; all of it is known before the records are looked at. */
function optimiserOf(plan: TrainPlan, known: Known): Settings['optimiser'] {
  const name = plan.optimiser ?? (plan.privacy === null ? 'adam' : 'momentum');
  return optimiserAt(plan, name, known, (size, noiseMultiplier) =>
    usualRate(name, known, (noiseMultiplier * Math.sqrt(size)) / known.batch),
  );
}

/** The optimiser of that name at the plan's rate, or the usual one, and its schedule. */
function optimiserAt(
  plan: TrainPlan,
  name: OptimiserName,
  { batch, steps, clip }: Pick<Settings, 'batch' | 'steps' | 'clip'>,
  usual: (size: number, noiseMultiplier: number) => number,
): Settings['optimiser'] {
  const schedule = plan.schedule ?? 'constant';
  return (size, noiseMultiplier) => {
    const rate = plan.learningRate ?? usual(size, noiseMultiplier);
    const rateOf = (step: number): number => rate * rateFactor(schedule, step, steps);
    if (name === 'adam') return adam(size, rateOf, ((noiseMultiplier * clip) / batch) ** 2);
    if (name === 'sgd') return sgd(size, rateOf);
    return momentum(size, rateOf, MOMENTUM);
  };
}

/** Smaller where the noise of a step, sigma sqrt(parameters) / batch of the clipping norm, is large. */
function usualRate(name: OptimiserName, { kind, loss, columns }: Known, noise: number): number {
  if (name === 'adam') return ADAM_RATE[kind];
  const usual = quietRate(kind, loss, columns);
  // Descent without momentum is stable up to about half of what it is with it.
  return (name === 'sgd' ? usual / 2 : usual) * Math.min(1, MUCH_NOISE[kind] / noise);
}

/** A count rounded down to two figures, as it is published: 32561 -> 32000, 7 -> 7. */
export function publicCountOf(count: number): number {
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.floor(count / scale) * scale;
}
