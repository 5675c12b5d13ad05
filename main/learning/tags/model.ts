import { z } from 'zod';
import { encoderId } from '../../contract/text-models.ts';
import { decodeFloats } from '../floats.ts';
import type { TagLabels } from './cells.ts';
import { taggerSize } from './engine.ts';
import type { TaggerFacts } from './material.ts';
import { schemeOf } from './scheme.ts';

/** The labels of a model of tags, as its file keeps them. */
export const tagLabelsContent = z.strictObject({
  target: z.literal('tags'),
  column: z.string(),
  text: z.string(),
  values: z.array(z.string()).min(2).readonly(),
});

/** What a model of tags is made of, beside what every model has. */
export const taggerContent = {
  kind: z.literal('tagger'),
  tagger: z.strictObject({
    bits: z.int().min(8).max(20),
    vectors: z
      .strictObject({ encoder: encoderId, sha256: z.string(), width: z.int().min(1).max(8192) })
      .optional(),
  }),
  /** All parameters, flat as `taggerEngine` has them, as base64 of little-endian float32. */
  weights: z.base64(),
};
/** What scoring needs of a model of tags. */
export interface TaggerModel {
  readonly tagger: TaggerFacts;
  readonly weights: string;
  readonly labels: TagLabels;
  readonly encoder: { readonly missing: readonly string[] };
}

/** Whether the parameters are as many as the rest of the model says. */
export function isTagger({ tagger, labels, weights }: TaggerModel): boolean {
  const { classes } = schemeOf(labels.values);
  const shape = { features: 2 ** tagger.bits, vectors: tagger.vectors?.width ?? 0, classes };
  const parameters = decodeFloats(weights);
  return (
    new Set(labels.values).size === labels.values.length &&
    parameters.length === taggerSize(shape) &&
    parameters.every(Number.isFinite)
  );
}
