import type { Sentences, WordVectors } from './sentences.ts';

/** The neighbours whose vectors a token sees, itself in the middle. */
export const WINDOW = 3;
/** Words whose inner products cost less than their gradient. */
const FEW = 48;

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

  /**
   * The squared length of what `addGradient` would add, of few words by their inner products, and
   * forgets them: sum over words v, w of (v . w)(D_v . D_w). Null where there are too many for that.
   */
  takeSquare(): number | null {
    const words = [...this.#touched];
    if (words.length > FEW) return null;
    const { width, vectors } = this.#vectors;
    const size = WINDOW * this.#classes;
    let square = 0;
    for (let j = 0; j < words.length; j++) {
      for (let k = 0; k <= j; k++) {
        const both = inner(vectors, words[j]! * width, words[k]! * width, width);
        const deltas = inner(this.#products, words[j]! * size, words[k]! * size, size);
        square += (j === k ? 1 : 2) * both * deltas;
      }
    }
    for (const word of words) this.#products.fill(0, word * size, (word + 1) * size);
    this.#touched.clear();
    return square;
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

function inner(of: Float32Array | Float64Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += of[a + i]! * of[b + i]!;
  return sum;
}

/** The token at a place of a token's window; -1 where the text has none there. */
export function seenBy(starts: Int32Array, row: number, token: number, place: number): number {
  const seen = token + place - 1;
  return seen >= starts[row]! && seen < starts[row + 1]! ? seen : -1;
}
