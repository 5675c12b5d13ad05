import type * as TensorFlow from '@tensorflow/tfjs-node';
import { usualRates } from '../../../../main/learning/sequence/parts.ts';
import { nativeTf, type Plain } from './layer-check.ts';

type Tensor2D = TensorFlow.Tensor2D;

export const tf = nativeTf();

export const plainDense =
  (name: string): Plain =>
  (_, x, p) =>
    tf.add(tf.matMul(x, p.get(`${name}/weights`)!), p.get(`${name}/bias`)!);

export const plainNorm = (x: Tensor2D, gain: Tensor2D, bias: Tensor2D): Tensor2D => {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-6))), gain), bias);
};

/** One head after another, by slices. */
export const plainAttention = (x: Tensor2D, heads: number): Tensor2D => {
  const [tokens, three] = x.shape;
  const width = three / 3;
  const size = width / heads;
  return tf.concat(
    Array.from({ length: heads }, (_, h) => {
      const [q, k, v] = [0, 1, 2].map((part) =>
        tf.slice(x, [0, part * width + h * size], [tokens, size]),
      ) as [Tensor2D, Tensor2D, Tensor2D];
      const scores = tf.div(tf.matMul(q, tf.transpose(k)), Math.sqrt(size));
      return tf.matMul(tf.softmax(scores), v) as Tensor2D;
    }),
    1,
  );
};

/** A block with its normalisations before its parts, places seen by its attention; tensors NAME/... */
export const plainBlock =
  (name: string, heads: number): Plain =>
  (_, x, p) => {
    const norm = (part: string, v: Tensor2D): Tensor2D =>
      plainNorm(v, p.get(`${name}/${part}/norm/gain`)!, p.get(`${name}/${part}/norm/bias`)!);
    const dense = (part: string, v: Tensor2D): Tensor2D => plainDense(`${name}/${part}`)(tf, v, p);
    const placed = plainPlaces(norm('attention', x), usualRates(x.shape[1]), 1);
    const attended = plainAttention(dense('attention/qkv', placed), heads);
    const middle = tf.add<Tensor2D>(x, dense('attention/output', attended));
    const widened = tf.relu(dense('forward/widen', norm('forward', middle)));
    return tf.add(middle, dense('forward/narrow', widened));
  };

/** `scale` times each token's numbers, plus sines and cosines of its place. */
export const plainPlaces = (x: Tensor2D, rates: ArrayLike<number>, scale: number): Tensor2D => {
  const each = (wave: (angle: number) => number, t: number): number[] =>
    Array.from(rates, (rate) => wave(t * rate));
  const places = Array.from({ length: x.shape[0] }, (_, t) => [
    ...each(Math.sin, t),
    ...each(Math.cos, t),
  ]);
  return tf.add(tf.mul(x, scale), tf.tensor2d(places));
};
