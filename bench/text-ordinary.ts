import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { TokenRows } from '../main/learning/sequence/layer.ts';
import type { Tf } from '../main/learning/tensorflow.ts';
import { uniform } from '../main/privacy/random.ts';
import { seededRandom } from '../main/privacy/seeded.ts';

interface Ordinary {
  readonly words: number;
  readonly width: number;
  readonly units: number;
  readonly rate: number;
}

/**
 * The same recurrent model as TensorFlow.js itself would be used for it: its `basicLSTMCell` step by
 * step, and `optimizer.minimize` by its own differentiation. Without privacy.
 */
export function ordinaryModel(tf: Tf, { words, width, units, rate }: Ordinary) {
  const random = seededRandom(1);
  const small = (rows: number, columns: number): TensorFlow.Variable<TensorFlow.Rank.R2> => {
    const values = Float32Array.from(
      { length: rows * columns },
      () => 0.1 * uniform(random) - 0.05,
    );
    return tf.variable(tf.tensor2d(values, [rows, columns]));
  };
  const table = small(words, width);
  const weights = small(width + units, 4 * units);
  const bias = tf.variable(tf.zeros<TensorFlow.Rank.R1>([4 * units]));
  const last = small(units, 1);
  const shift = tf.variable(tf.zeros<TensorFlow.Rank.R1>([1]));
  const optimizer = tf.train.momentum(rate, 0.9);
  const forget = tf.scalar(1);

  function loss({ rows, length, ids }: TokenRows, targets: Float64Array): TensorFlow.Scalar {
    const vectors = tf.gather(table, tf.tensor2d(ids, [rows, length], 'int32'));
    const steps = tf.unstack(vectors, 1) as TensorFlow.Tensor2D[];
    let [cell, state] = [
      tf.zeros<TensorFlow.Rank.R2>([rows, units]),
      tf.zeros<TensorFlow.Rank.R2>([rows, units]),
    ];
    for (const step of steps) {
      [cell, state] = tf.basicLSTMCell(forget, weights, bias, step, cell, state);
    }
    const logits = tf.matMul(state, last).add(shift);
    const wanted = tf.tensor2d(Float32Array.from(targets), [rows, 1]);
    return tf.losses.sigmoidCrossEntropy(wanted, logits);
  }

  return {
    /** One step, and its loss read back: only then it has been done. */
    step(rows: TokenRows, targets: Float64Array): number {
      const cost = optimizer.minimize(() => loss(rows, targets), true)!;
      const [value] = cost.dataSync();
      cost.dispose();
      return value!;
    },
    dispose(): void {
      [table, weights, bias, last, shift, forget].forEach((tensor) => tensor.dispose());
      optimizer.dispose();
    },
  };
}
