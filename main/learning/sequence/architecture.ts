import { z } from 'zod';
import type { ModelPlan } from '../../contract/train.ts';
import type { Head } from '../heads.ts';
import type { Tf } from '../tensorflow.ts';
import type { TextContent } from '../text/text-content.ts';
import { FIRST_WORD } from '../text/vocabulary.ts';
import { denseLayer } from './dense.ts';
import { embeddingLayer } from './embedding.ts';
import type { SequenceLayer } from './layer.ts';
import { lstmLayer } from './lstm.ts';
import { poolLayer } from './pool.ts';

const width = z.int().min(1).max(1024);

/** The widths of a model over tokens; what stands at its end follows from the labels. */
export const sequenceArchitecture = z.discriminatedUnion('kind', [
  /** The mean of the tokens' vectors, then a dense layer. */
  z.strictObject({ kind: z.literal('bag'), embedding: width }),
  /** The tokens' vectors, a long short-term memory, then a dense layer on its last state. */
  z.strictObject({ kind: z.literal('recurrent'), embedding: width, units: width }),
]);
export type SequenceArchitecture = z.output<typeof sequenceArchitecture>;

type Outputs = Pick<Head, 'outputs' | 'constants'>;

/** Widths as the plan says, else as usual. */
export function architectureOfPlan(model: ModelPlan): SequenceArchitecture {
  switch (model.kind) {
    case 'bag':
      return { kind: 'bag', embedding: model.embedding ?? 100 };
    case 'recurrent':
      return { kind: 'recurrent', embedding: model.embedding ?? 100, units: model.units ?? 128 };
    default:
      throw new RangeError('a model over tokens has such a kind');
  }
}

/** Numbers of tokens there are, padding and the like included. */
export function wordsIn({ words }: Pick<TextContent, 'words'>): number {
  return FIRST_WORD + words.length;
}

/** The layers from tokens to outputs. @param words numbers of tokens, padding included */
export function layersOf(
  tf: Tf,
  architecture: SequenceArchitecture,
  words: number,
  { outputs }: Pick<Head, 'outputs'>,
): readonly SequenceLayer[] {
  const { kind, embedding } = architecture;
  const vectors = embeddingLayer(tf, 'embedding', { words, width: embedding });
  const end = denseLayer(tf, 'output', { inputs: stateWidth(architecture), outputs, last: true });
  switch (kind) {
    case 'bag':
      return [vectors, poolLayer(tf, 'mean'), end];
    case 'recurrent': {
      const { units } = architecture;
      const states = lstmLayer(tf, 'lstm', { inputs: embedding, units });
      return [vectors, states, poolLayer(tf, 'last'), end];
    }
  }
}

/** How many parameters such layers have, the head's constants included. */
export function sequenceSize(
  architecture: SequenceArchitecture,
  words: number,
  { outputs, constants }: Outputs,
): number {
  const table = words * architecture.embedding;
  const last = (stateWidth(architecture) + 1) * outputs + constants;
  switch (architecture.kind) {
    case 'bag':
      return table + last;
    case 'recurrent': {
      const { embedding, units } = architecture;
      return table + 4 * units * (embedding + units + 1) + last;
    }
  }
}

/** Numbers that the last layer takes of a text. */
export function stateWidth(architecture: SequenceArchitecture): number {
  return architecture.kind === 'bag' ? architecture.embedding : architecture.units;
}
