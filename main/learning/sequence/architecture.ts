import { z } from 'zod';
import { ConcordError } from '../../contract/errors.ts';
import type { ModelPlan } from '../../contract/train.ts';
import type { Head } from '../heads.ts';
import type { Tf } from '../tensorflow.ts';
import type { TextContent } from '../text/text-content.ts';
import { FIRST_WORD } from '../text/vocabulary.ts';
import { denseLayer } from './dense.ts';
import { embeddingLayer } from './embedding.ts';
import type { SequenceLayer } from './layer.ts';
import { lstmLayer } from './lstm.ts';
import { normLayer } from './norm.ts';
import { placesLayer, usualRates } from './parts.ts';
import { poolLayer } from './pool.ts';
import { blockLayer, blockSize } from './transformer.ts';

const width = z.int().min(1).max(1024);

/** The widths of a model over tokens; what stands at its end follows from the labels. */
export const sequenceArchitecture = z.discriminatedUnion('kind', [
  /** The mean of the tokens' vectors, then a dense layer. */
  z.strictObject({ kind: z.literal('bag'), embedding: width }),
  /** The tokens' vectors, a long short-term memory, then a dense layer on its last state. */
  z.strictObject({ kind: z.literal('recurrent'), embedding: width, units: width }),
  /** The tokens' vectors with their places, transformer blocks, the mean, then a dense layer. */
  z
    .strictObject({
      kind: z.literal('attention'),
      width,
      heads: z.int().min(1).max(32),
      layers: z.int().min(1).max(12),
    })
    .refine(isDivisible),
]);
export type SequenceArchitecture = z.output<typeof sequenceArchitecture>;

/** Each head has an even share of the width, and places take two numbers each. */
function isDivisible({ width: whole, heads }: { width: number; heads: number }): boolean {
  return whole % heads === 0 && whole % 2 === 0;
}

type Outputs = Pick<Head, 'outputs' | 'constants'>;

/** Widths as the plan says, else as usual. Throws PLAN_INVALID for heads that do not divide the width. */
export function architectureOfPlan(model: ModelPlan): SequenceArchitecture {
  switch (model.kind) {
    case 'bag':
      return { kind: 'bag', embedding: model.embedding ?? 100 };
    case 'recurrent':
      return { kind: 'recurrent', embedding: model.embedding ?? 100, units: model.units ?? 128 };
    case 'attention': {
      const { width: whole = 64, heads = 4, layers = 2 } = model;
      if (!isDivisible({ width: whole, heads })) {
        throw new ConcordError('PLAN_INVALID', {
          path: 'model.heads',
          expected: 'a width that is even and can be divided by the number of heads',
        });
      }
      return { kind: 'attention', width: whole, heads, layers };
    }
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
  const end = denseLayer(tf, 'output', { inputs: stateWidth(architecture), outputs, last: true });
  const pool = poolLayer(tf, architecture.kind === 'recurrent' ? 'last' : 'mean');
  return [...bodyOf(tf, architecture, words), pool, end];
}

/** The layers of these that have a state for every token. */
export function bodyOf(
  tf: Tf,
  architecture: SequenceArchitecture,
  words: number,
): readonly SequenceLayer[] {
  const embedding = embeddingWidth(architecture);
  const vectors = embeddingLayer(tf, 'embedding', { words, width: embedding });
  switch (architecture.kind) {
    case 'bag':
      return [vectors];
    case 'recurrent':
      return [vectors, lstmLayer(tf, 'lstm', { inputs: embedding, units: architecture.units })];
    case 'attention': {
      const { heads, layers } = architecture;
      const block = { width: embedding, heads, within: WITHIN * embedding };
      return [
        vectors,
        placesLayer(tf, usualRates(embedding)),
        ...Array.from({ length: layers }, (_, i) => blockLayer(tf, `block${i + 1}`, block)),
        normLayer(tf, 'norm', { width: embedding }),
      ];
    }
  }
}

/** Width between the products after the attention, in widths of the model. */
const WITHIN = 2;

function embeddingWidth(architecture: SequenceArchitecture): number {
  return architecture.kind === 'attention' ? architecture.width : architecture.embedding;
}

/** How many parameters such layers have, the head's constants included. */
export function sequenceSize(
  architecture: SequenceArchitecture,
  words: number,
  { outputs, constants }: Outputs,
): number {
  const table = words * embeddingWidth(architecture);
  const last = (stateWidth(architecture) + 1) * outputs + constants;
  switch (architecture.kind) {
    case 'bag':
      return table + last;
    case 'recurrent': {
      const { embedding, units } = architecture;
      return table + 4 * units * (embedding + units + 1) + last;
    }
    case 'attention': {
      const { width: whole, layers } = architecture;
      return table + layers * blockSize(whole, WITHIN * whole) + 2 * whole + last;
    }
  }
}

/** Numbers that the last layer takes of a text. */
export function stateWidth(architecture: SequenceArchitecture): number {
  return architecture.kind === 'recurrent' ? architecture.units : embeddingWidth(architecture);
}
