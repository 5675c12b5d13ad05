import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { SequenceLayer } from './layer.ts';

/**
 * First vectors are uniform and about FIRST_LENGTH long: the mean over some dozens of them is then as
 * long as the input of a bias, and the noise of a private step is small beside them.
 */
const FIRST_LENGTH = 8;

export interface EmbeddingOptions {
  readonly words: number;
  readonly width: number;
  /** Vectors that stay as they are, [words, width]; a word whose row is zeros learns its own. */
  readonly fixed?: Float64Array | undefined;
  /** What vectors begin as that are all learnt, [words, width]; those of zeros at random. */
  readonly start?: Float64Array | undefined;
}

/**
 * A vector for every token; padding is zeros. What is learnt of them is NAME/table [learnt words, width],
 * in the order of their numbers. Takes no inputs: the first layer.
 */
export function embeddingLayer(
  tf: Tf,
  name: string,
  { words, width, fixed, start }: EmbeddingOptions,
): SequenceLayer {
  const table = `${name}/table`;
  const places = placesOf(words, width, fixed);
  let rows: TensorFlow.Tensor2D | undefined;
  let mask: TensorFlow.Tensor3D | undefined;
  return {
    tensors: [
      {
        name: table,
        rows: learntWords(words, width, fixed),
        columns: width,
        first: { reach: FIRST_LENGTH * Math.sqrt(3 / width), ...(start && { known: start }) },
      },
    ],
    forward(inputs, { ids }, parameters) {
      if (places === undefined) {
        [rows, mask] = [ids, inputs];
        return tf.gather(parameters.get(table)!, ids).mul(inputs);
      }
      const numbers = ids.dataSync<'int32'>();
      const given = new Float32Array(numbers.length * width);
      const learnt = new Int32Array(numbers.length);
      const isLearnt = new Float32Array(numbers.length);
      for (const [at, id] of numbers.entries()) {
        const place = places[id]!;
        if (place < 0) given.set(fixed!.subarray(id * width, (id + 1) * width), at * width);
        else [learnt[at], isLearnt[at]] = [place, 1];
      }
      const [batch, tokens] = ids.shape;
      rows = tf.tensor2d(learnt, [batch, tokens], 'int32');
      mask = tf.tensor3d(isLearnt, [batch, tokens, 1]).mul<TensorFlow.Tensor3D>(inputs);
      const own = tf.gather(parameters.get(table)!, rows).mul(mask);
      return own.add(tf.tensor3d(given, [batch, tokens, width]).mul(inputs));
    },
    backward(deltas) {
      const masked = deltas.mul<TensorFlow.Tensor3D>(mask!);
      return {
        deltas: mask!,
        books: [{ kind: 'embedding', table, ids: rows!, deltas: masked }],
      };
    },
  };
}

/** How many words have no vector that stays as it is. */
export function learntWords(words: number, width: number, fixed?: Float64Array): number {
  return (
    placesOf(words, width, fixed)?.reduce((most, place) => Math.max(most, place + 1), 0) ?? words
  );
}

/** The row of each word in the table of what is learnt, -1 for one that is not. */
function placesOf(words: number, width: number, fixed?: Float64Array): Int32Array | undefined {
  if (fixed === undefined) return undefined;
  let next = 0;
  return Int32Array.from({ length: words }, (_, word) => {
    const isFixed = fixed.subarray(word * width, (word + 1) * width).some((value) => value !== 0);
    return isFixed ? -1 : next++;
  });
}
