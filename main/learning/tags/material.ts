import type { Sentences, WordVectors } from './sentences.ts';
import { featureMaker } from './token-features.ts';
import { openPieceVectors, requireSame, type PieceVectors } from './vectors.ts';

/** What turns texts into numbers: all of it public, and in the saved model. */
export interface TaggerFacts {
  /** Hashed features have 2^bits places. */
  readonly bits: number;
  /** Whose piece vectors stand beside them. */
  readonly vectors?:
    { readonly encoder: string; readonly sha256: string; readonly width: number } | undefined;
}

/** Makes sentences of texts; with the widths of what it makes. */
export interface SentenceMaker {
  readonly widths: { readonly features: number; readonly vectors: number };
  sentences(texts: readonly (readonly string[])[]): Sentences;
}

/** The facts of a new model. Throws what `openPieceVectors` throws. */
export async function taggerFacts(bits: number, hasVectors: boolean): Promise<TaggerFacts> {
  if (!hasVectors) return { bits };
  const { encoder, sha256, width } = await openPieceVectors();
  return { bits, vectors: { encoder, sha256, width } };
}

/** A token's vector is 1 long at most; with vectors of words, both parts are as long. */
export async function sentenceMaker({ bits, vectors }: TaggerFacts): Promise<SentenceMaker> {
  const pieces = vectors === undefined ? null : await openPieceVectors();
  if (pieces !== null && vectors !== undefined) requireSame(pieces, vectors);
  const share = pieces === null ? 1 : Math.SQRT1_2;
  const features = featureMaker(bits, share);
  return {
    widths: { features: 2 ** bits, vectors: pieces?.width ?? 0 },
    sentences(texts) {
      const starts = startsOf(texts);
      return {
        starts,
        features: features(texts),
        vectors: pieces === null ? undefined : wordVectors(texts, starts, pieces, share),
      };
    },
  };
}

function startsOf(texts: readonly (readonly string[])[]): Int32Array {
  const starts = new Int32Array(texts.length + 1);
  texts.forEach((text, r) => {
    starts[r + 1] = starts[r]! + text.length;
  });
  return starts;
}

function wordVectors(
  texts: readonly (readonly string[])[],
  starts: Int32Array,
  { width, write }: PieceVectors,
  length: number,
): WordVectors {
  const places = new Map<string, number>();
  const words = new Int32Array(starts.at(-1)!);
  let token = 0;
  for (const text of texts) {
    for (const word of text) {
      const place = places.get(word) ?? places.size;
      places.set(word, place);
      words[token++] = place;
    }
  }
  const vectors = new Float32Array(places.size * width);
  const squares = new Float64Array(places.size);
  for (const [word, place] of places) {
    const vector = vectors.subarray(place * width, (place + 1) * width);
    write(word, vector);
    squares[place] = vector.reduce((sum, one) => sum + one * one, 0);
  }
  const scales = new Float32Array(words.length);
  for (let r = 0; r + 1 < starts.length; r++) {
    for (let t = starts[r]!; t < starts[r + 1]!; t++) {
      let whole = squares[words[t]!]!;
      if (t > starts[r]!) whole += squares[words[t - 1]!]!;
      if (t + 1 < starts[r + 1]!) whole += squares[words[t + 1]!]!;
      scales[t] = whole === 0 ? 0 : length / Math.sqrt(whole);
    }
  }
  return { width, vectors, squares, words, scales };
}
