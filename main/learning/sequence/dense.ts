import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { SequenceLayer } from './layer.ts';

export interface DenseOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** ReLU after the sum; none where it is left out. */
  readonly relu?: boolean;
  /** The last layer begins with zeros. */
  readonly last?: boolean;
}

/** x W + b for each token (or the one that is left after pooling), with ReLU where wanted. */
export function denseLayer(tf: Tf, name: string, options: DenseOptions): SequenceLayer {
  const { inputs: p, outputs: q, relu = false, last = false } = options;
  const [weights, bias] = [`${name}/weights`, `${name}/bias`];
  let kept: { inputs: TensorFlow.Tensor3D; outputs: TensorFlow.Tensor3D } | undefined;
  let matrix: TensorFlow.Tensor2D | undefined;
  return {
    tensors: [
      // Uniform weights of variance 2 / inputs (He et al. 2015).
      {
        name: weights,
        rows: p,
        columns: q,
        ...(last ? {} : { first: { reach: Math.sqrt(6 / p) } }),
      },
      { name: bias, rows: 1, columns: q },
    ],
    forward(inputs, _, parameters) {
      const [batch, tokens] = inputs.shape;
      matrix = parameters.get(weights)!;
      const flat = tf.matMul(inputs.reshape([batch * tokens, p]), matrix);
      const sum = flat.add(parameters.get(bias)!).reshape<TensorFlow.Tensor3D>([batch, tokens, q]);
      const outputs = relu ? tf.relu(sum) : sum;
      kept = { inputs, outputs };
      return outputs;
    },
    backward(above) {
      const { inputs, outputs } = kept!;
      const [batch, tokens] = inputs.shape;
      const deltas = relu ? above.mul<TensorFlow.Tensor3D>(tf.step(outputs)) : above;
      const flat = deltas.reshape<TensorFlow.Tensor2D>([batch * tokens, q]);
      return {
        deltas: tf.matMul(flat, matrix!, false, true).reshape([batch, tokens, p]),
        books: [{ kind: 'dense', weights, bias, inputs, deltas }],
      };
    },
  };
}
