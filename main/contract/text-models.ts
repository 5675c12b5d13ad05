import { z } from 'zod';
import { BUNDLED_ENCODER, TUNES } from './text-kinds.ts';

export { BUNDLED_ENCODER, TEXT_KINDS, TUNES, type TextKind, type Tune } from './text-kinds.ts';

/** What a token of a model trained here is: a word, a character, or by the script of each run of text. */
export const TOKENS = ['words', 'characters', 'mixed'] as const;

/** Of an encoder: small letters, figures and hyphens. */
export const encoderId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);

/** Columns of text that one model reads as one text. */
export const MOST_TEXTS = 8;
const MOST_WORDS = 50_000;

/**
 * How a model trained here reads text. Left out: tokens `mixed`; public words, to which plain training
 * adds those of its training rows; 128 tokens of a row
 * (512 for `bag`).
 */
const reading = {
  tokens: z.enum(TOKENS).optional(),
  /** Words that the model knows: a public list, the same and words bought with noise, or stated. */
  vocabulary: z
    .union([
      z.enum(['public', 'bought']),
      z.array(z.string().min(1).max(100)).min(1).max(MOST_WORDS),
    ])
    .optional(),
  /** Tokens of a text that are read, at most. */
  length: z.int().min(1).max(1024).optional(),
  /**
   * Before the label is learnt: masked tokens of public text (which the caller gives), or of the
   * training records themselves for a share of epsilon.
   */
  pretrain: z
    .strictObject({
      on: z.enum(['public', 'records']),
      share: z.number().gt(0).max(0.9).optional(),
      epochs: z.number().positive().max(10_000).optional(),
    })
    .optional(),
};

const width = z.int().min(1).max(1024);

export const textModelPlans = [
  z.strictObject({
    kind: z.literal('encoder-head'),
    encoder: encoderId.default(BUNDLED_ENCODER),
    /**
     * Whether counts of words stand beside the vectors of a frozen encoder. Left out: where no layers
     * lie between them and the answer.
     */
    counts: z.boolean().optional(),
    /** Layers between the encoder and the answer; none is softmax or logistic regression. */
    hidden: z.array(width).min(1).max(4).optional(),
    tune: z.enum(TUNES).default('head'),
    /** Of low-rank additions. */
    rank: z.int().min(1).max(64).optional(),
  }),
  /** Words counted; with `embedding` or `pretrain` the mean of vectors that are trained, one for each. */
  z.strictObject({ kind: z.literal('bag'), ...reading, embedding: width.optional() }),
  z.strictObject({
    kind: z.literal('recurrent'),
    ...reading,
    embedding: width.optional(),
    units: width.optional(),
  }),
  z.strictObject({
    kind: z.literal('attention'),
    ...reading,
    width: width.optional(),
    heads: z.int().min(1).max(32).optional(),
    layers: z.int().min(1).max(12).optional(),
  }),
] as const;

/** How exactly the spans of a kind of entity were found: the same tokens and the same kind. */
export const spanMetrics = z.strictObject({
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  f1: z.number().nullable(),
});
