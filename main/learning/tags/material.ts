import type { Sentences } from './sentences.ts';
import { featureMaker } from './token-features.ts';

/** What turns texts into numbers: all of it public, and in the saved model. */
export interface TaggerFacts {
  /** Hashed features have 2^bits places. */
  readonly bits: number;
}

/** Makes sentences of texts; with the widths of what it makes. */
export interface SentenceMaker {
  readonly widths: { readonly features: number; readonly vectors: number };
  sentences(texts: readonly (readonly string[])[]): Sentences;
}

export async function sentenceMaker({ bits }: TaggerFacts): Promise<SentenceMaker> {
  const features = featureMaker(bits, 1);
  return {
    widths: { features: 2 ** bits, vectors: 0 },
    sentences: (texts) => ({ starts: startsOf(texts), features: features(texts) }),
  };
}

function startsOf(texts: readonly (readonly string[])[]): Int32Array {
  const starts = new Int32Array(texts.length + 1);
  texts.forEach((text, r) => {
    starts[r + 1] = starts[r]! + text.length;
  });
  return starts;
}
