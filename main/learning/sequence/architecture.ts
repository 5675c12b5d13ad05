import { z } from 'zod';
import { ConcordError } from '../../contract/errors.ts';
import type { TrainPlan } from '../../contract/train.ts';
import type { Head } from '../heads.ts';
import type { Tf } from '../tensorflow.ts';
import type { TextContent } from '../text/text-content.ts';
import { FIRST_WORD } from '../text/vocabulary.ts';
import { decodeFloats } from '../floats.ts';
import { denseLayer } from './dense.ts';
import { embeddingLayer, learntWords } from './embedding.ts';
import type { SequenceLayer } from './layer.ts';
import { lstmLayer } from './lstm.ts';
import { besideLayer, lengthLayer } from './parts.ts';
import { poolLayer } from './pool.ts';
import { blockLayer, blockSize } from './transformer.ts';

const width = z.int().min(1).max(1024);
/**
 * Vectors of words that stay as they are, [words, embedding], as base64 of little-endian float32; zeros
 * for a word that learns its own.
 */
const vectors = z.base64().optional();
/** Slots of columns of the table that stand behind the state of a text. */
const beside = z.int().min(1).optional();
/** What the state of a text is scaled to. */
const state = z.number().min(1).max(1000);
const common = { state, vectors, beside };

/** The widths of a model over tokens; what stands at its end follows from the labels. */
export const sequenceArchitecture = z.discriminatedUnion('kind', [
  /** The mean of the tokens' vectors, then a dense layer. */
  z.strictObject({ kind: z.literal('bag'), embedding: width, ...common }),
  /** The tokens' vectors, a long short-term memory, then a dense layer on the mean of its states. */
  z.strictObject({ kind: z.literal('recurrent'), embedding: width, units: width, ...common }),
  /** The tokens' vectors, transformer blocks that see their places, the mean, then a dense layer. */
  z
    .strictObject({
      kind: z.literal('attention'),
      width,
      heads: z.int().min(1).max(32),
      layers: z.int().min(1).max(12),
      ...common,
    })
    .refine(isDivisible),
]);
export type SequenceArchitecture = z.output<typeof sequenceArchitecture>;

/** Each head has an even share of the width, and places take two numbers each. */
function isDivisible({ width: whole, heads }: { width: number; heads: number }): boolean {
  return whole % heads === 0 && whole % 2 === 0;
}

type Outputs = Pick<Head, 'outputs' | 'constants'>;

/**
 * A text's state is scaled to this: the bias of the last layer counts as length 1 in every gradient, and
 * most of what is clipped is to be the text's. The longer it is the less noise the layers below get for the
 * same of the last one, of which a transformer suffers most.
 */
export function stateLength({ model, privacy }: Pick<TrainPlan, 'model' | 'privacy'>): number {
  return model.kind === 'attention' && privacy !== null ? 32 : 8;
}

/** With a guarantee every number that is trained gets noise. */
const USUAL = { plain: { units: 128, layers: 2 }, private: { units: 64, layers: 1 } } as const;

/** Widths as the plan says, else as usual. Throws PLAN_INVALID for heads that do not divide the width. */
export function architectureOfPlan({
  model,
  privacy,
}: Pick<TrainPlan, 'model' | 'privacy'>): SequenceArchitecture {
  const state = stateLength({ model, privacy });
  const usual = USUAL[privacy === null ? 'plain' : 'private'];
  switch (model.kind) {
    case 'bag':
      return { kind: 'bag', embedding: model.embedding ?? 100, state };
    case 'recurrent':
      return {
        ...{ kind: 'recurrent', embedding: model.embedding ?? 100 },
        ...{ units: model.units ?? usual.units, state },
      };
    case 'attention': {
      const { width: whole = 64, heads = 4, layers = usual.layers } = model;
      if (!isDivisible({ width: whole, heads })) {
        throw new ConcordError('PLAN_INVALID', {
          path: 'model.heads',
          expected: 'a width that is even and can be divided by the number of heads',
        });
      }
      return { kind: 'attention', width: whole, heads, layers, state };
    }
    default:
      throw new RangeError('a model over tokens has such a kind');
  }
}

/** Numbers of tokens there are, padding and the like included. */
export function wordsIn({ words }: Pick<TextContent, 'words'>): number {
  return FIRST_WORD + words.length;
}

/**
 * The layers from tokens to outputs.
 *
 * @param words numbers of tokens, padding included
 * @param start what vectors that are learnt begin as, [words, embedding]
 */
export function layersOf(
  tf: Tf,
  architecture: SequenceArchitecture,
  words: number,
  { outputs }: Pick<Head, 'outputs'>,
  start?: Float64Array,
): readonly SequenceLayer[] {
  const end = denseLayer(tf, 'output', { inputs: endWidth(architecture), outputs, last: true });
  const pool = poolLayer(tf, 'mean');
  const state = [pool, lengthLayer(tf, architecture.state)];
  const beside = architecture.beside === undefined ? [] : [besideLayer(tf)];
  return [...bodyOf(tf, architecture, words, start), ...state, ...beside, end];
}

/** The layers of these that have a state for every token. */
export function bodyOf(
  tf: Tf,
  architecture: SequenceArchitecture,
  words: number,
  start?: Float64Array,
): readonly SequenceLayer[] {
  const embedding = embeddingWidth(architecture);
  const vectors = embeddingLayer(tf, 'embedding', {
    ...{ words, width: embedding, start },
    fixed: fixedVectors(architecture),
  });
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
        ...Array.from({ length: layers }, (_, i) => blockLayer(tf, `block${i + 1}`, block)),
      ];
    }
  }
}

function fixedVectors({ vectors }: SequenceArchitecture): Float64Array | undefined {
  return vectors === undefined ? undefined : decodeFloats(vectors);
}

/** Width between the products after the attention, in widths of the model. */
const WITHIN = 2;

export function embeddingWidth(architecture: SequenceArchitecture): number {
  return architecture.kind === 'attention' ? architecture.width : architecture.embedding;
}

/** How many parameters such layers have, the head's constants included. */
export function sequenceSize(
  architecture: SequenceArchitecture,
  words: number,
  { outputs, constants }: Outputs,
): number {
  const embedding = embeddingWidth(architecture);
  const table = learntWords(words, embedding, fixedVectors(architecture)) * embedding;
  const last = (endWidth(architecture) + 1) * outputs + constants;
  switch (architecture.kind) {
    case 'bag':
      return table + last;
    case 'recurrent': {
      const { units } = architecture;
      return table + 4 * units * (embedding + units + 1) + last;
    }
    case 'attention': {
      const { width: whole, layers } = architecture;
      return table + layers * blockSize(whole, WITHIN * whole) + last;
    }
  }
}

/** Numbers that the last layer takes of a row. */
export function endWidth(architecture: SequenceArchitecture): number {
  return stateWidth(architecture) + (architecture.beside ?? 0);
}

interface SequenceParts {
  /** Slots of the columns beside the text. */
  readonly beside: number;
  readonly weights: Float64Array;
}

/** Whether the widths of a model over tokens are those of its words, columns and parameters. */
export function isSequenceWhole(
  { kind, architecture, text }: SequenceContent,
  head: Outputs,
  { beside, weights }: SequenceParts,
): boolean {
  const words = wordsIn(text);
  const fixed = fixedVectors(architecture);
  if (kind !== architecture.kind || (architecture.beside ?? 0) !== beside) return false;
  if (fixed !== undefined) {
    const size = words * embeddingWidth(architecture);
    if (fixed.length !== size || !fixed.every(Number.isFinite)) return false;
  }
  return weights.length === sequenceSize(architecture, words, head);
}

interface SequenceContent {
  readonly kind: string;
  readonly architecture: SequenceArchitecture;
  readonly text: Pick<TextContent, 'words'>;
}

/** Numbers of the state of a text, or of a token. */
export function stateWidth(architecture: SequenceArchitecture): number {
  return architecture.kind === 'recurrent' ? architecture.units : embeddingWidth(architecture);
}
