import type { OptimiserName } from '../../contract/step-ways.ts';
import type { TrainPlan } from '../../contract/train.ts';
import { adam, momentum, sgd } from '../optimiser.ts';
import { rateFactor } from '../schedule.ts';
import type { StepSettings } from '../step-settings.ts';

/** Places of hashed features, as a power of two. */
export const FEATURE_BITS = 14;
/** Tokens of a text that are trained on, at most. */
const LENGTH = 256;
/** Texts of a private step at most; as a rule all of them take part in every step. */
const PRIVATE_BATCH = 8192;
const PRIVATE_STEPS = 40;
const PLAIN_BATCH = 32;
const PLAIN_EPOCHS = 20;
const MOMENTUM = 0.9;
const BLOCKS = 20;
/** Half the length of a gradient of one wrong token: nearly every text is clipped at first. */
const CLIP = 0.5;
/** Of momentum, times the clipping norm, where a step's noise is small; without momentum ten times it. */
const REACH = 8;
/** Noise of a step against a text's share in it from which on steps are made smaller. */
const MUCH_NOISE = 0.003;
const ADAM_RATE = 0.02;

/** Everything a run of a tagger needs to know that the plan may leave open. */
export interface TagSettings extends StepSettings {
  /** Tokens of a text that are trained on, at most. */
  readonly length: number;
}

/**
 * The knobs of a run: those of the plan, else defaults that depend on nothing but the (public) number
 * of units. Where they come from: docs/text.md.
 */
export function tagSettings(plan: TrainPlan, count: number): TagSettings {
  const { model, privacy } = plan;
  const usual = privacy === null ? PLAIN_BATCH : PRIVATE_BATCH;
  const batch = Math.max(1, Math.min(plan.batch ?? usual, count));
  const epochs =
    plan.epochs ?? (privacy === null ? PLAIN_EPOCHS : (PRIVATE_STEPS * batch) / Math.max(1, count));
  const steps = Math.max(1, Math.round((epochs * count) / batch));
  const clip = plan.clip ?? CLIP;
  const name = plan.optimiser ?? (privacy === null ? 'adam' : 'momentum');
  const schedule = plan.schedule ?? 'constant';
  return {
    length: model.kind === 'bag' ? (model.length ?? LENGTH) : LENGTH,
    clip,
    clipping: plan.clipping ?? 'flat',
    averaging: plan.averaging ?? 'late',
    batch,
    steps,
    block: Math.ceil(steps / BLOCKS),
    optimiser: (size, noiseMultiplier) => {
      const rate = plan.learningRate ?? usualRate(name, clip, noiseMultiplier / batch);
      const rateOf = (step: number): number => rate * rateFactor(schedule, step, steps);
      if (name === 'adam') return adam(size, rateOf, ((noiseMultiplier * clip) / batch) ** 2);
      return name === 'sgd' ? sgd(size, rateOf) : momentum(size, rateOf, MOMENTUM);
    },
  };
}

/** @param noise of a step, as a share of the clipping norm */
function usualRate(name: OptimiserName, clip: number, noise: number): number {
  if (name === 'adam') return ADAM_RATE;
  const rate = (REACH / clip) * Math.min(1, MUCH_NOISE / noise) ** 0.75;
  return name === 'sgd' ? rate / (1 - MOMENTUM) / 2 : rate;
}
