import { ConcordError } from '../../contract/errors.ts';
import type { TrainPlan } from '../../contract/train.ts';
import { encodeFloats } from '../floats.ts';
import { headOf } from '../heads.ts';
import type { Kind } from '../kind.ts';
import { guaranteeOf } from '../mechanism.ts';
import { trainInSteps } from '../steps.ts';
import { loadTensorFlow, type Tf } from '../tensorflow.ts';
import { wordsOf } from '../text/words.ts';
import { tokenRows } from '../text/token-rows.ts';
import { withColumns } from './columns.ts';
import { architectureOfPlan, layersOf, wordsIn } from './architecture.ts';
import { sequenceEngine, type PassLimits } from './engine.ts';
import { pretrained, requireOnePretraining } from './pretrain.ts';
import { withPublicVectors } from './public-start.ts';
import { pretrainOf, pretrainSettings, sequenceSettings } from './settings.ts';
import { firstParametersOf, stackOf } from './stack.ts';

/** Models over the tokens of texts, trained here: by DP-SGD or plain mini-batches. */
export function sequenceKind(plan: TrainPlan): Kind {
  const settingsFor = (count: number, columns: number) => sequenceSettings(plan, count, columns);
  return {
    guarantee(target, { columns, count, publicCount }, wanted) {
      const settings = settingsFor(publicCount, columns);
      const first = pretrainOf(plan);
      if (first?.on !== 'records') {
        const statement = guaranteeOf(plan, target, settings, count, publicCount, wanted);
        return { statement, steps: settings.steps };
      }
      const pretraining = { ...pretrainSettings(plan, publicCount), share: first.share };
      const released = { ...settings, pretraining };
      const statement = guaranteeOf(plan, target, released, count, publicCount, wanted);
      return { statement, steps: pretraining.steps + settings.steps };
    },
    check() {
      requireTensorFlow(plan);
      requireOnePretraining(plan);
      architectureOfPlan(plan);
    },
    async fit(task, { encoder, labels, targets, units }, given) {
      const {
        table,
        split: { train },
      } = task;
      const { privacy, columns, bought, pace } = given;
      const tf = requireTensorFlow(plan);
      const text = await wordsOf({ table, plan, train, bought, pace });
      const tokens = await tokenRows(table, text, plan.missing, train, pace);
      const { rows: vectors } = withColumns(tokens, table, encoder, train);
      const head = headOf(labels);
      const { architecture, start: known } = await withPublicVectors(plan, text, encoder);
      const layers = layersOf(tf, architecture, wordsIn(text), head, known);
      const stack = stackOf(layers, head);
      const limits = passLimits(text.length, plan.unit?.maxRows ?? 1);
      const engine = sequenceEngine(tf, stack, head, limits);
      const settings =
        privacy === null
          ? settingsFor(units.rows.length, encoder.features.length)
          : settingsFor(privacy.public_count, columns);
      const { steps } = settings;
      const first = firstParametersOf(stack, given.seed, head);
      const started = performance.now();
      try {
        const untrained = { tf, architecture, text, stack, limits, initial: first, steps };
        const start = await pretrained({ ...untrained, vectors, units }, task, given);
        const { initial, before, pretraining } = start;
        const examples = { vectors, targets, units };
        const parameters = await trainInSteps(engine, examples, initial, settings, start.given);
        return {
          content: {
            kind: architecture.kind,
            architecture,
            text,
            weights: encodeFloats(parameters),
          },
          backend: engine.backend,
          note: null,
          steps: before + steps,
          seconds: (performance.now() - started) / 1000,
          ...(pretraining && { pretraining }),
        };
      } finally {
        engine.dispose();
      }
    },
  };
}

/** Tokens of a pass at most: what a pass holds in memory grows with them. */
const PASS_TOKENS = 8192;

/** @param length tokens of a text at most @param largestUnit rows of the largest unit */
export function passLimits(length: number, largestUnit = 1): PassLimits {
  const capacity = Math.max(8, Math.floor(PASS_TOKENS / length), largestUnit);
  return { length, capacity, several: largestUnit > 1 };
}

/** Throws BACKEND_UNAVAILABLE {backend, reason}: there are no other operations for these layers. */
export function requireTensorFlow(
  { backend }: Pick<TrainPlan, 'backend'>,
  loaded = loadTensorFlow(),
): Tf {
  if (backend === 'wasm' || backend === 'javascript') {
    throw new ConcordError('BACKEND_UNAVAILABLE', { backend, reason: 'text' });
  }
  if ('tf' in loaded) return loaded.tf;
  throw new ConcordError('BACKEND_UNAVAILABLE', { backend: 'tensorflow', reason: loaded.reason });
}
