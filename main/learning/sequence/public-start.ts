import type { TrainPlan } from '../../contract/train.ts';
import { publicVectors } from '../encoder/word-vectors.ts';
import { encodedWidth } from '../encode.ts';
import type { Encoder } from '../features.ts';
import { encodeFloats } from '../floats.ts';
import { emphasisOf } from '../text/emphasis.ts';
import type { TextContent } from '../text/text-content.ts';
import { architectureOfPlan, embeddingWidth, type SequenceArchitecture } from './architecture.ts';

/** Length of the vector of a word of which there are a thousand more frequent ones. */
const LENGTH = 8;
const RANK = 1000;

interface PublicStart {
  readonly architecture: SequenceArchitecture;
  /** What learnt vectors begin as. */
  readonly start?: Float64Array;
}

/**
 * What a model is before its training: with a guarantee the words that have a public vector keep it, so
 * that no noise falls on it; plainly they begin with it. A vector is the longer the rarer its word is in
 * English at large, so that the mean over a text is of what it is about (after Arora et al. 2017, A simple
 * but tough-to-beat baseline for sentence embeddings, by ranks in place of probabilities).
 * @param encoder of the columns beside the text
 * @throws ENCODER_MISSING, ENCODER_ALTERED {encoder, file}
 */
export async function withPublicVectors(
  plan: TrainPlan,
  { words, tokens }: Pick<TextContent, 'words' | 'tokens'>,
  encoder: Encoder,
): Promise<PublicStart> {
  const beside = encodedWidth(encoder);
  const architecture = { ...architectureOfPlan(plan), ...(beside > 0 && { beside }) };
  if (tokens === 'characters') return { architecture };
  const width = embeddingWidth(architecture);
  const vectors = await publicVectors(words, width);
  const weights = emphasisOf(words);
  const usual = RANK ** 0.4 * Math.sqrt(width);
  const scaled = vectors.map((value, i) =>
    Math.fround((value * LENGTH * weights[Math.floor(i / width)]!) / usual),
  );
  if (plan.privacy === null) return { architecture, start: scaled };
  return { architecture: { ...architecture, vectors: encodeFloats(scaled) } };
}
