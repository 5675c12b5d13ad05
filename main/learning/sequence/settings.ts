import type { TrainPlan } from '../../contract/train.ts';
import { adam, momentum, sgd } from '../optimiser.ts';
import { rateFactor } from '../schedule.ts';
import type { StepSettings } from '../step-settings.ts';

const MOMENTUM = 0.9;
const BLOCKS = 20;
const EPOCHS = { plain: 20, private: 60 } as const;
const CLIP = 1;
const RATES = { adam: 0.01, momentum: 1, sgd: 2 } as const;

/**
 * The knobs of a training of layers over tokens: those of the plan, else defaults that depend on
 * nothing but the (public) number of units. Where they come from: docs/text.md.
 */
export function sequenceSettings(plan: TrainPlan, count: number): StepSettings {
  const isPrivate = plan.privacy !== null;
  const batch = Math.min(
    plan.batch ?? (isPrivate ? privateBatch(count) : plainBatch(count)),
    count,
  );
  const epochs = plan.epochs ?? EPOCHS[isPrivate ? 'private' : 'plain'];
  const steps = Math.max(1, Math.round((epochs * count) / batch));
  const clip = plan.clip ?? CLIP;
  const name = plan.optimiser ?? (isPrivate ? 'momentum' : 'adam');
  const schedule = plan.schedule ?? 'constant';
  const rate = plan.learningRate ?? RATES[name];
  const rateOf = (step: number): number => rate * rateFactor(schedule, step, steps);
  return {
    clip,
    clipping: plan.clipping ?? 'flat',
    averaging: plan.averaging ?? 'late',
    ...{ batch, steps, block: Math.ceil(steps / BLOCKS) },
    optimiser: (size, noiseMultiplier) => {
      if (name === 'adam') return adam(size, rateOf, ((noiseMultiplier * clip) / batch) ** 2);
      return name === 'sgd' ? sgd(size, rateOf) : momentum(size, rateOf, MOMENTUM);
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

/** A quarter of the units, as a power of two, but at most 1024: large batches suffer least from noise. */
function privateBatch(count: number): number {
  const most = 2 ** Math.floor(Math.log2(Math.max(1, count / 4)));
  return Math.max(1, Math.min(1024, most));
}

function plainBatch(count: number): number {
  return 2 ** Math.min(6, Math.max(4, Math.round(Math.log2(count / 64))));
}
