import { ConcordError } from '../../contract/errors.ts';
import type { Table } from '../../records/table.ts';
import { headOf } from '../heads.ts';
import type { TunedModel } from '../model.ts';
import { weightsOf } from '../model.ts';
import type { Pace } from '../pace.ts';
import { sequenceEngine, type SequenceEngine } from '../sequence/engine.ts';
import { requireTensorFlow } from '../sequence/kind.ts';
import { answerTexts } from '../sequence/scorer.ts';
import { openTrainable, pieceRows, type TrainableEncoder } from './trainable.ts';
import { tunedStack } from './tuned-architecture.ts';
import { tunedLimits } from './tuned-kind.ts';

interface Open {
  readonly encoder: TrainableEncoder;
  readonly engine: SequenceEngine;
}

/**
 * Opens a model with an encoder that was trained on: the encoder as it came, with what was trained on
 * laid over it. Scoring throws BACKEND_UNAVAILABLE {backend, reason}, ENCODER_MISSING, and
 * ENCODER_ALTERED {encoder, file} where the encoder is not the one that was trained on.
 */
export function tunedScorer(
  model: TunedModel,
  table: Table,
  pace: Pace,
): {
  score(rows: Int32Array, scores: Float64Array): Promise<number>;
  dispose(): void;
} {
  const { architecture, reading, encoder: given, labels } = model;
  const head = headOf(labels);
  const limits = tunedLimits(reading.length);
  let opened: Open | undefined;

  async function open(): Promise<Open> {
    const tf = requireTensorFlow({ backend: 'auto' });
    const encoder = await openTrainable(tf);
    if (encoder.sha256 !== architecture.sha256) {
      encoder.dispose();
      throw new ConcordError('ENCODER_ALTERED', {
        encoder: architecture.encoder,
        file: 'model.json',
      });
    }
    const stack = tunedStack(tf, encoder, architecture, head);
    const engine = sequenceEngine(tf, stack, head, limits);
    engine.setParameters(weightsOf(model));
    return { encoder, engine };
  }

  return {
    async score(rows, scores) {
      opened ??= await open();
      const { encoder, engine } = opened;
      const pieces = await pieceRows(
        ...([table, reading, given.missing, rows, encoder.tokenizer, pace] as const),
      );
      return answerTexts(engine, head, pieces, scores);
    },
    dispose() {
      opened?.engine.dispose();
      opened?.encoder.dispose();
    },
  };
}
