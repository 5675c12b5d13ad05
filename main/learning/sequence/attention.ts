import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { SequenceLayer } from './layer.ts';

type Tensor3D = TensorFlow.Tensor3D;
type Tensor4D = TensorFlow.Tensor4D;

/** Added to the score of padding: its share is exactly 0 in single precision wherever a token is there. */
const NEVER = -1e9;

/**
 * Scaled dot-product attention of several heads (Vaswani et al. 2017, arXiv:1706.03762, section 3.2):
 * [B, T, 3w], which are queries, keys and values side by side, to [B, T, w]. It has no parameters: the
 * products around it are dense layers. Padding gets no attention, so that a text's outputs are as if it
 * were not there.
 */
export function attentionLayer(tf: Tf, heads: number): SequenceLayer {
  let queries: Tensor4D;
  let keys: Tensor4D;
  let values: Tensor4D;
  let shares: Tensor4D;
  let scale: number;
  const apart = (inputs: Tensor3D): Tensor4D => {
    const [texts, tokens, width] = inputs.shape;
    return tf.transpose(inputs.reshape([texts, tokens, heads, width / heads]), [0, 2, 1, 3]);
  };
  const together = (inputs: Tensor4D): Tensor3D => {
    const [texts, , tokens, width] = inputs.shape;
    return tf.transpose(inputs, [0, 2, 1, 3]).reshape([texts, tokens, heads * width]);
  };
  return {
    tensors: [],
    forward(inputs, { mask }) {
      const [texts, tokens, width] = inputs.shape;
      scale = (width / 3 / heads) ** -0.5;
      const [q, k, v] = tf.split(inputs, 3, -1) as [Tensor3D, Tensor3D, Tensor3D];
      queries = apart(tf.mul(q, scale));
      keys = apart(k);
      values = apart(v);
      const hidden = tf.mul(tf.sub(1, mask), NEVER).reshape([texts, 1, 1, tokens]);
      shares = tf.softmax(tf.add<Tensor4D>(tf.matMul(queries, keys, false, true), hidden));
      return together(tf.matMul(shares, values));
    },
    backward(deltas) {
      const outer = apart(deltas);
      const toValues = tf.matMul<Tensor4D>(shares, outer, true);
      const toShares = tf.matMul<Tensor4D>(outer, values, false, true);
      const mean = tf.sum(tf.mul(toShares, shares), -1, true);
      const toScores = tf.mul<Tensor4D>(shares, tf.sub(toShares, mean));
      const toQueries = tf.mul<Tensor4D>(tf.matMul(toScores, keys), scale);
      const toKeys = tf.matMul<Tensor4D>(toScores, queries, true);
      return { deltas: tf.concat([toQueries, toKeys, toValues].map(together), -1), books: [] };
    },
  };
}
