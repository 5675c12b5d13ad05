import { ConcordError } from '../../contract/errors.ts';
import { BUNDLED_ENCODER } from '../../contract/text-models.ts';
import type { TrainPlan } from '../../contract/train.ts';
import { textColumns } from '../features.ts';
import { encodeFloats } from '../floats.ts';
import { headOf } from '../heads.ts';
import type { Kind } from '../kind.ts';
import { guaranteeOf } from '../mechanism.ts';
import { sequenceEngine, type PassLimits } from '../sequence/engine.ts';
import { requireTensorFlow } from '../sequence/kind.ts';
import { sequenceSettings } from '../sequence/settings.ts';
import { firstParametersOf } from '../sequence/stack.ts';
import type { StepSettings } from '../step-settings.ts';
import { trainInSteps } from '../steps.ts';
import { openTrainable, pieceRows } from './trainable.ts';
import { tunedStack, type TunedArchitecture } from './tuned-architecture.ts';

type TunedPlan = Extract<TrainPlan['model'], { kind: 'encoder-head' }>;

const USUAL_RANK = 2;

/** A pre-trained encoder trained on together with a head: by DP-SGD or plain mini-batches. */
export function tunedKind(plan: TrainPlan, model: TunedPlan): Kind {
  return {
    guarantee(target, { count, publicCount }, wanted) {
      const settings = tunedSettings(plan, publicCount);
      const statement = guaranteeOf(plan, target, settings, count, publicCount, wanted);
      return { statement, steps: settings.steps };
    },
    check() {
      requireTensorFlow(plan);
      requireTunable(plan, model);
    },
    async fit({ table, split: { train } }, { labels, targets, units }, given) {
      requireTunable(plan, model);
      const tf = requireTensorFlow(plan);
      const encoder = await openTrainable(tf);
      try {
        const reading = { columns: [...textColumns(plan)], length: encoder.longest };
        const { tokenizer, id, sha256 } = encoder;
        const { missing } = plan;
        const vectors = await pieceRows(table, reading, missing, train, tokenizer, given.pace);
        const head = headOf(labels);
        const architecture: TunedArchitecture = { encoder: id, sha256, ...tunedWay(model) };
        const stack = tunedStack(tf, encoder, architecture, head);
        const limits = tunedLimits(reading.length, plan.unit?.maxRows ?? 1);
        const engine = sequenceEngine(tf, stack, head, limits);
        const settings = tunedSettings(plan, given.privacy?.public_count ?? units.rows.length);
        const initial = firstParametersOf(stack, given.seed, head);
        const started = performance.now();
        try {
          const examples = { vectors, targets, units };
          const parameters = await trainInSteps(engine, examples, initial, settings, given);
          const weights = encodeFloats(parameters);
          return {
            content: { kind: 'tuned-encoder', architecture, reading, weights },
            backend: engine.backend,
            note: null,
            steps: settings.steps,
            seconds: (performance.now() - started) / 1000,
          };
        } finally {
          engine.dispose();
        }
      } finally {
        encoder.dispose();
      }
    },
  };
}

/** Pieces of a pass at most: what a pass holds in memory grows with them. */
const PASS_PIECES = 1024;

/** @param length pieces of a text at most @param largestUnit rows of the largest unit */
export function tunedLimits(length: number, largestUnit = 1): PassLimits {
  const capacity = Math.max(1, Math.floor(PASS_PIECES / length), largestUnit);
  return { length, capacity, several: largestUnit > 1 };
}

/** Units of a private step at most: few steps on many suffer least from noise. */
const MOST_AT_ONCE = 2048;

/** The knobs that the plan leaves open; docs/text.md says where they come from. */
function tunedSettings(plan: TrainPlan, count: number): StepSettings {
  const isPrivate = plan.privacy !== null;
  const usual = isPrivate
    ? { epochs: 10, rate: 0.005, batch: Math.min(MOST_AT_ONCE, Math.ceil(count / 2)) }
    : { epochs: 6, rate: 0.001, batch: 32 };
  const { epochs = usual.epochs, batch = usual.batch, clip = 1, optimiser = 'adam' } = plan;
  const learningRate = plan.learningRate ?? (optimiser === 'adam' ? usual.rate : undefined);
  return sequenceSettings({ ...plan, epochs, batch, clip, optimiser, learningRate }, count);
}

function tunedWay({
  tune,
  rank = USUAL_RANK,
  hidden = [],
}: TunedPlan): Pick<TunedArchitecture, 'tune' | 'rank' | 'hidden'> {
  if (tune === 'head') throw new RangeError('nothing of the encoder is trained on');
  return { tune, ...(tune === 'low-rank' ? { rank } : {}), hidden: [...hidden] };
}

/** Throws PLAN_INVALID for another encoder, columns beside the text, or a rank that means nothing. */
function requireTunable({ features }: TrainPlan, { encoder, tune, rank }: TunedPlan): void {
  const invalid = (path: string, expected: string): ConcordError =>
    new ConcordError('PLAN_INVALID', { path, expected });
  if (encoder !== BUNDLED_ENCODER) {
    throw invalid('model.tune', `head; only ${BUNDLED_ENCODER} can be trained on further`);
  }
  if (features !== undefined) {
    throw invalid('features', 'text alone where the encoder is trained on; columns go with head');
  }
  if (rank !== undefined && tune !== 'low-rank') {
    throw invalid('model.rank', 'a rank goes with tune low-rank; leave this entry out');
  }
}
