import type { Sentences, WordVectors } from './sentences.ts';

/** The neighbours whose vectors a token sees, itself in the middle. */
export const WINDOW = 3;

/**
 * What one word's vector gives to a token before it, to itself and to a token behind it, made once for
 * every word of a pass: its product with the weights, or the deltas that come back to it.
 */
export class WordWindow {
  readonly #vectors: WordVectors;
  readonly #classes: number;
  /** Where the weights begin in the flat vector: [WINDOW x width, classes]. */
  readonly #offset: number;
  /** [words, WINDOW, classes] */
  readonly #products: Float64Array;
  readonly #touched = new Set<number>();

  constructor(vectors: WordVectors, classes: number, offset: number) {
    this.#vectors = vectors;
    this.#classes = classes;
    this.#offset = offset;
    this.#products = new Float64Array(vectors.squares.length * WINDOW * classes);
  }

  /** Adds what a token sees of its window to its outputs at `at`. */
  addOutputs(
    { starts }: Pick<Sentences, 'starts'>,
    row: number,
    token: number,
    parameters: Float64Array,
    outputs: Float64Array,
    at: number,
  ): void {
    const { words, scales } = this.#vectors;
    for (let place = 0; place < WINDOW; place++) {
      const seen = seenBy(starts, row, token, place);
      if (seen < 0) continue;
      const word = words[seen]!;
      if (!this.#touched.has(word)) this.#multiply(word, parameters);
      const from = (word * WINDOW + place) * this.#classes;
      for (let c = 0; c < this.#classes; c++) {
        outputs[at + c]! += scales[token]! * this.#products[from + c]!;
      }
    }
  }

  /** Takes a token's deltas at `at`, to be given to `addGradient` with those of others. */
  takeDeltas(
    { starts }: Pick<Sentences, 'starts'>,
    row: number,
    token: number,
    weight: number,
    deltas: Float64Array,
    at: number,
  ): void {
    const { words, scales } = this.#vectors;
    for (let place = 0; place < WINDOW; place++) {
      const seen = seenBy(starts, row, token, place);
      if (seen < 0) continue;
      const word = words[seen]!;
      this.#touched.add(word);
      const into = (word * WINDOW + place) * this.#classes;
      for (let c = 0; c < this.#classes; c++) {
        this.#products[into + c]! += weight * scales[token]! * deltas[at + c]!;
      }
    }
  }

  /** Adds vector (outer) deltas of every word taken so far to a flat sum, and forgets them. */
  addGradient(sum: Float64Array): void {
    const { width, vectors } = this.#vectors;
    const classes = this.#classes;
    for (const word of this.#touched) {
      for (let place = 0; place < WINDOW; place++) {
        const from = (word * WINDOW + place) * classes;
        for (let i = 0; i < width; i++) {
          const value = vectors[word * width + i]!;
          const into = this.#offset + (place * width + i) * classes;
          for (let c = 0; c < classes; c++) sum[into + c]! += value * this.#products[from + c]!;
        }
        this.#products.fill(0, from, from + classes);
      }
    }
    this.#touched.clear();
  }

  #multiply(word: number, parameters: Float64Array): void {
    this.#touched.add(word);
    const { width, vectors } = this.#vectors;
    const classes = this.#classes;
    for (let place = 0; place < WINDOW; place++) {
      const to = (word * WINDOW + place) * classes;
      for (let i = 0; i < width; i++) {
        const value = vectors[word * width + i]!;
        const weights = this.#offset + (place * width + i) * classes;
        for (let c = 0; c < classes; c++) {
          this.#products[to + c]! += value * parameters[weights + c]!;
        }
      }
    }
  }
}

/** The token at a place of a token's window; -1 where the text has none there. */
export function seenBy(starts: Int32Array, row: number, token: number, place: number): number {
  const seen = token + place - 1;
  return seen >= starts[row]! && seen < starts[row + 1]! ? seen : -1;
}
