import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { SequenceLayer } from './layer.ts';

/**
 * One vector for a text: [B, T, p] to [B, 1, p], the mean over its tokens or its last one. A text
 * without tokens is zeros.
 */
export function poolLayer(tf: Tf, how: 'mean' | 'last'): SequenceLayer {
  let shares: TensorFlow.Tensor3D | undefined;
  return {
    tensors: [],
    forward(inputs, { mask, lengths }) {
      shares = how === 'mean' ? meanShares(tf, mask, lengths) : lastShares(tf, mask, lengths);
      return inputs.mul(shares).sum<TensorFlow.Tensor3D>(1, true);
    },
    backward: (deltas) => ({ deltas: deltas.mul(shares!), books: [] }),
  };
}

function meanShares(tf: Tf, mask: TensorFlow.Tensor2D, lengths: Int32Array): TensorFlow.Tensor3D {
  const perToken = tf.tensor2d(
    Float32Array.from(lengths, (length) => 1 / Math.max(1, length)),
    [lengths.length, 1],
  );
  return mask.mul(perToken).expandDims(2);
}

function lastShares(tf: Tf, mask: TensorFlow.Tensor2D, lengths: Int32Array): TensorFlow.Tensor3D {
  const length = mask.shape[1];
  const marks = new Float32Array(lengths.length * length);
  lengths.forEach((one, r) => {
    if (one > 0) marks[r * length + one - 1] = 1;
  });
  return tf.tensor3d(marks, [lengths.length, length, 1]);
}
