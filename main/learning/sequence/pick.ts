import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { SequenceLayer } from './layer.ts';
import type { Picks } from './masks.ts';

export interface PickLayer extends SequenceLayer {
  /** Says of what the next pass speaks; its texts are as many as there are in `picks`. */
  take(picks: Picks): void;
}

/** States of the picked tokens: [B, T, p] to [B, places, p], sums of the tokens' by the picks' shares. */
export function pickLayer(tf: Tf): PickLayer {
  let picks: Picks | undefined;
  let shares: TensorFlow.Tensor3D;
  return {
    tensors: [],
    take(next) {
      picks = next;
    },
    forward(inputs) {
      if (picks === undefined) throw new Error('nothing is picked');
      const [batch, tokens] = inputs.shape;
      shares = tf.tensor3d(picks.shares, [batch, picks.places, tokens]);
      return tf.matMul(shares, inputs);
    },
    backward: (deltas) => ({ deltas: tf.matMul(shares, deltas, true), books: [] }),
  };
}
