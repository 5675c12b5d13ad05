import type { TokenFeatures } from './token-features.ts';

/** Public vectors of words: a token's are those of its neighbours and itself, times its scale. */
export interface WordVectors {
  readonly width: number;
  /** [words, width] */
  readonly vectors: Float32Array;
  /** Their squared lengths, [words]. */
  readonly squares: Float64Array;
  /** The word of each token, [tokens]. */
  readonly words: Int32Array;
  /** [tokens] */
  readonly scales: Float32Array;
}

/** Texts as the tokens of a tagger: text r has the tokens starts[r] .. starts[r + 1]. */
export interface Sentences {
  readonly starts: Int32Array;
  readonly features: TokenFeatures;
  readonly vectors?: WordVectors | undefined;
  /** Of every token, as `classReader` gives them; where they are known. */
  readonly classes?: Int32Array | undefined;
}

/** Texts of a source that take part in a pass, in this order. */
export interface SentenceRows {
  readonly source: Sentences;
  readonly chosen: Int32Array;
}
