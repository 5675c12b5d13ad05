import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { PassFacts, SequenceLayer } from './layer.ts';

/**
 * First vectors are uniform and about FIRST_LENGTH long: the mean over some dozens of them is then as
 * long as the input of a bias, and the noise of a private step is small beside them.
 */
const FIRST_LENGTH = 8;

export interface EmbeddingOptions {
  readonly words: number;
  readonly width: number;
}

/** A vector for every token, [words, width]; padding is zeros. Takes no inputs: the first layer. */
export function embeddingLayer(
  tf: Tf,
  name: string,
  { words, width }: EmbeddingOptions,
): SequenceLayer {
  const table = `${name}/table`;
  let pass: PassFacts | undefined;
  let mask: TensorFlow.Tensor3D | undefined;
  return {
    tensors: [
      {
        name: table,
        rows: words,
        columns: width,
        first: { reach: FIRST_LENGTH * Math.sqrt(3 / width) },
      },
    ],
    forward(inputs, facts, parameters) {
      [pass, mask] = [facts, inputs];
      return tf.gather(parameters.get(table)!, facts.ids).mul(inputs);
    },
    backward(deltas) {
      const masked = deltas.mul<TensorFlow.Tensor3D>(mask!);
      return {
        deltas: mask!,
        books: [{ kind: 'embedding', table, ids: pass!.ids, deltas: masked }],
      };
    },
  };
}
