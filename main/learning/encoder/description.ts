import { z } from 'zod';
import { encoderId } from '../../contract/text-models.ts';

/** A name of a file inside the encoder's folder: no folder, nothing hidden. */
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/);
const sentence = z.string().trim().min(1).max(2_000);

/** Names of tensors in the graph. */
const tensorName = z.string().min(1).max(300);

const tokenizer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sentencepiece-unigram'),
    /** JSON: [[piece, logarithm of its probability], ...]. */
    file: fileName,
    /** So many pieces at the beginning are marks that match no text. */
    reserved: z.int().min(1).max(1_000).default(6),
  }),
  z.strictObject({
    kind: z.literal('wordpiece'),
    /** vocab.txt of BERT: one piece a line. */
    file: fileName,
    lowerCase: z.boolean().default(true),
    /** Left out: as `lowerCase`. */
    stripAccents: z.boolean().optional(),
  }),
]);

const inputs = z.discriminatedUnion('kind', [
  /** Positions [n, 2] of the pieces and the pieces [n], no padding. */
  z.strictObject({ kind: z.literal('sparse'), indices: tensorName, values: tensorName }),
  /** Pieces [texts, length] between the two marks of the vocabulary, a mask and types where asked. */
  z.strictObject({
    kind: z.literal('dense'),
    ids: tensorName,
    mask: tensorName.optional(),
    types: tensorName.optional(),
    begin: z.string().max(60).nullable().default('[CLS]'),
    end: z.string().max(60).nullable().default('[SEP]'),
    padding: z.string().max(60).default('[PAD]'),
  }),
]);

/** `encoder.json`: what an encoder is, where it comes from, and how its graph is asked. */
export const encoderDescription = z.strictObject({
  id: encoderId,
  name: sentence,
  /** BCP 47 tag of the language it was made for; `mul` for several. */
  language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  licence: sentence,
  provenance: sentence,
  dimensions: z.int().min(1).max(8_192),
  graph: fileName.default('model.json'),
  tokenizer,
  inputs,
  output: tensorName,
  /** The output is [texts, dimensions]; or [texts, length, dimensions], of which the mean or the first. */
  pooling: z.enum(['output', 'mean', 'cls']),
  /** So many pieces at once, marks included; longer texts are read in several windows. */
  longest: z.int().min(4).max(4_096),
});

export type EncoderDescription = z.output<typeof encoderDescription>;
