import type { TrainPlan } from '../../contract/train.ts';
import { adam, momentum, sgd } from '../optimiser.ts';
import { rateFactor } from '../schedule.ts';
import type { StepSettings } from '../step-settings.ts';
import { stateLength } from './architecture.ts';

const MOMENTUM = 0.9;
const BLOCKS = 20;
/** Plain training sees so many texts, each at least and at most so often. */
const PLAIN = { texts: 20_000, least: 5, most: 20 } as const;
/** Units of a private step at most, and how many steps there are. */
const MOST_AT_ONCE = 512;
const PRIVATE_STEPS = 40;
const CLIP = 1;
const RATES = { adam: 0.01, momentum: 1, sgd: 10 } as const;
/**
 * Deviation of what the noise of all private steps adds to an output, were it all in the last layer, and
 * the same for numbers, which end on a scale from -1 to 1.
 */
const NOISE_OF_OUTPUT = { label: 1.7, number: 0.2 } as const;

/**
 * The knobs of a training of layers over tokens: those of the plan, else defaults that depend on
 * nothing but the (public) number of units. Where they come from: docs/text.md.
 *
 * @param columns of the table beside the text
 */
export function sequenceSettings(plan: TrainPlan, count: number, columns = 0): StepSettings {
  const isPrivate = plan.privacy !== null;
  const batch = Math.min(plan.batch ?? (isPrivate ? MOST_AT_ONCE : plainBatch(count)), count);
  const epochs = plan.epochs ?? (isPrivate ? (PRIVATE_STEPS * batch) / count : plainEpochs(count));
  const steps = Math.max(1, Math.round((epochs * count) / batch));
  const clip = plan.clip ?? CLIP;
  const name = plan.optimiser ?? (isPrivate ? 'momentum' : 'adam');
  const schedule = plan.schedule ?? 'constant';
  const rateOf =
    (noiseMultiplier: number) =>
    (step: number): number =>
      (plan.learningRate ?? usualRate(name, noiseMultiplier)) * rateFactor(schedule, step, steps);
  /** The noise of all steps moves an output by a fixed amount, whatever epsilon is. */
  const usualRate = (by: typeof name, noiseMultiplier: number): number => {
    if (by === 'adam' || noiseMultiplier === 0) return RATES[by];
    const wanted = NOISE_OF_OUTPUT[plan.target === 'number' ? 'number' : 'label'];
    const noise =
      (noiseMultiplier * clip * Math.sqrt((stateLength(plan) ** 2 + columns) * steps)) / batch;
    return Math.min(RATES[by], (RATES[by] * (1 - MOMENTUM) * wanted) / noise);
  };
  return {
    clip,
    clipping: plan.clipping ?? 'flat',
    averaging: plan.averaging ?? 'late',
    ...{ batch, steps, block: Math.ceil(steps / BLOCKS) },
    optimiser: (size, noiseMultiplier) => {
      const rates = rateOf(noiseMultiplier);
      if (name === 'adam') return adam(size, rates, ((noiseMultiplier * clip) / batch) ** 2);
      return name === 'sgd' ? sgd(size, rates) : momentum(size, rates, MOMENTUM);
    },
  };
}

const PRETRAINING = {
  share: 0.2,
  epochs: { plain: 10, private: 30 },
  plainBatch: 64,
} as const;

/** What a plan says of a pre-training, null where there is none. */
export function pretrainOf({ model }: Pick<TrainPlan, 'model'>) {
  const pretrain = 'pretrain' in model ? model.pretrain : undefined;
  if (pretrain === undefined) return null;
  return { ...pretrain, share: pretrain.share ?? PRETRAINING.share };
}

/**
 * The knobs of a pre-training: those of the training, but for its length.
 *
 * @param count (public) number of units, or of public texts
 */
export function pretrainSettings(plan: TrainPlan, count: number): StepSettings {
  const { on, epochs } = pretrainOf(plan)!;
  const privacy = on === 'public' ? null : plan.privacy;
  const as = privacy === null ? 'plain' : 'private';
  const batch = plan.batch ?? (privacy === null ? PRETRAINING.plainBatch : undefined);
  return sequenceSettings(
    {
      ...{ ...plan, privacy, batch, epochs: epochs ?? PRETRAINING.epochs[as] },
      // Those of a plan are the classifier's.
      ...{ learningRate: undefined, optimiser: undefined, schedule: undefined },
    },
    count,
  );
}

function plainEpochs(count: number): number {
  return Math.min(PLAIN.most, Math.max(PLAIN.least, PLAIN.texts / count));
}

function plainBatch(count: number): number {
  return 2 ** Math.min(6, Math.max(4, Math.round(Math.log2(count / 64))));
}
