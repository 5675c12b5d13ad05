import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { SequenceLayer, TensorShape } from './layer.ts';
import { overTokens, tensorOf, type Tuning } from './tuned.ts';

type Tensor2D = TensorFlow.Tensor2D;
type Tensor3D = TensorFlow.Tensor3D;

/** Added to the variance, as in the encoder that is rebuilt with these layers. */
const TINY = 1e-6;

interface NormOptions {
  readonly width: number;
  /** Gain and bias of a layer trained before, each [1, q], and what of them is trained on. */
  readonly pretrained?: {
    readonly gain: Tensor2D;
    readonly bias: Tensor2D;
    readonly tuning: Tuning;
  };
}

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016, arXiv:1607.06450, equation 4): each token's numbers
 * with mean 0 and variance 1, times a gain, plus a bias. Nothing of it goes from one token or one text to
 * another. The gradients of the gain and the bias are small, so each example's stand in the books
 * themselves. Tensors: NAME/gain [1, q], NAME/bias [1, q].
 */
export function normLayer(tf: Tf, name: string, { width, pretrained }: NormOptions): SequenceLayer {
  const tuning = pretrained?.tuning ?? 'all';
  const gainName = `${name}/gain`;
  const biasName = `${name}/bias`;
  const hasGain = tuning === 'all';
  const hasBias = hasGain || tuning === 'biases';
  const tensor = (part: string, value: number, before?: Tensor2D): TensorShape =>
    before === undefined
      ? { name: part, rows: 1, columns: width, first: { values: [value] } }
      : tensorOf(part, before);
  let standard: Tensor3D;
  let inverse: Tensor3D;
  let gain: Tensor2D;
  return {
    tensors: [
      ...(hasGain ? [tensor(gainName, 1, pretrained?.gain)] : []),
      ...(hasBias ? [tensor(biasName, 0, pretrained?.bias)] : []),
    ],
    forward(inputs, _, parameters) {
      gain = hasGain ? parameters.get(gainName)! : pretrained!.gain;
      const bias = hasBias ? parameters.get(biasName)! : pretrained!.bias;
      const centred = tf.sub<Tensor3D>(inputs, tf.mean(inputs, -1, true));
      inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), TINY));
      standard = tf.mul(centred, inverse);
      return tf.add(tf.mul(standard, gain), bias);
    },
    backward(deltas) {
      const scaled = tf.mul<Tensor3D>(deltas, gain);
      const mean = tf.mean(scaled, -1, true);
      const along = tf.mean(tf.mul(scaled, standard), -1, true);
      const across = tf.sub(tf.sub(scaled, mean), tf.mul(standard, along));
      return {
        deltas: tf.mul<Tensor3D>(across, inverse),
        books: [
          ...(hasGain ? [overTokens(tf, gainName, tf.mul(deltas, standard))] : []),
          ...(hasBias ? [overTokens(tf, biasName, deltas)] : []),
        ],
      };
    },
  };
}
