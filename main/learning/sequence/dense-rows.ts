import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { Doubles, DoubleTensor } from './doubles.ts';
import {
  addInto,
  lengthsOfProducts,
  type DenseBook,
  type Lengths,
  type OpenBook,
  type SpecOf,
} from './open-book.ts';

/** Rows whose gradients are summed at once in single precision: the rounding of a sum grows with them. */
export const SUMMED_ROWS = 64;
/** Numbers that the gradients of the rows of one sum may hold together. */
const MOST_NUMBERS = 2 ** 23;
/** From so many columns on, products in double precision cost more than they are worth. */
const WIDE = 256;
const SINGLE = 2 ** -24;

/**
 * A dense tensor where every unit is one row. The gradient of a row is computed by itself in single
 * precision, sum over t of a_t (outer) d_t, and those of at most SUMMED_ROWS rows are then summed with
 * their weights. Its length is that of the computed matrix or, where that is large, comes from products
 * of tokens and is then reported longer by all that rounding can have added to the matrix or taken from
 * the products: docs/text.md.
 */
export function denseOfRows(tf: Tf, doubles: Doubles, book: DenseBook, spec: SpecOf): OpenBook {
  const { inputs, deltas } = book;
  const [batch, tokens, p] = inputs.shape;
  const q = deltas.shape[2];
  const weights = spec(book.weights);
  const bias = book.bias === undefined ? undefined : spec(book.bias);
  const one = bias === undefined ? 0 : 1;
  let biases: Float32Array | undefined;
  /** Gradients of the bias, [B, q]. */
  const biasOfRows = (): Float32Array => {
    if (biases !== undefined) return biases;
    const sums = deltas.sum<TensorFlow.Tensor2D>(1);
    biases = sums.dataSync<'float32'>();
    sums.dispose();
    return biases;
  };

  const rowsOf = (tensor: TensorFlow.Tensor3D, from: number, size: number): TensorFlow.Tensor3D =>
    tensor.slice([from, 0, 0], [size, -1, -1]);

  function ofOneToken(): Float64Array {
    const [a, d] = [inputs.dataSync<'float32'>(), deltas.dataSync<'float32'>()];
    const squares = new Float64Array(batch);
    for (let row = 0; row < batch; row++) {
      let [ofInput, ofDelta] = [one as number, 0];
      for (let i = row * p; i < (row + 1) * p; i++) ofInput += a[i]! * a[i]!;
      for (let i = row * q; i < (row + 1) * q; i++) ofDelta += d[i]! * d[i]!;
      squares[row] = ofInput * ofDelta;
    }
    return squares;
  }

  function ofProducts(): Float64Array {
    const isWide = p + q >= WIDE;
    const between = (tensor: TensorFlow.Tensor3D): DoubleTensor => {
      if (!isWide) {
        const double = doubles.from(tensor);
        const products = doubles.product(double, double, { b: true });
        doubles.free(double);
        return products;
      }
      const single = tf.matMul(tensor, tensor, false, true);
      const products = doubles.from(single);
      single.dispose();
      return products;
    };
    const [ofInputs, ofDeltas] = [between(inputs), between(deltas)];
    const { squares, apart } = lengthsOfProducts(doubles, ofInputs, ofDeltas, one);
    doubles.free(ofInputs);
    doubles.free(ofDeltas);
    const lost = isWide ? 1.01 * (p + q) * SINGLE : 0;
    const added = 1.01 * tokens * SINGLE;
    return squares.map((square, row) => {
      const terms = apart[row]!;
      return (Math.sqrt(Math.max(0, square) + lost * terms ** 2) + added * terms) ** 2;
    });
  }

  function ofMatrices(): Float64Array {
    const matrices = tf.matMul(inputs, deltas, true, false);
    const exact = doubles.from(matrices);
    matrices.dispose();
    const squared = doubles.multiply(exact, exact);
    const total = doubles.sum(squared, [1, 2]);
    const squares = doubles.read(total);
    for (const used of [exact, squared, total]) doubles.free(used);
    if (bias !== undefined) {
      biasOfRows().forEach((value, at) => (squares[Math.floor(at / q)]! += value * value));
    }
    return squares;
  }

  /** Weighted sum of the gradients of some rows, [p x q]. */
  function summed(from: number, size: number, rowWeights: Float64Array): TensorFlow.Tensor {
    const [a, d] = [rowsOf(inputs, from, size), rowsOf(deltas, from, size)];
    const share = Float32Array.from(rowWeights.subarray(from, from + size));
    if (tokens === 1) {
      const scaled = d.mul(tf.tensor3d(share, [size, 1, 1]));
      return tf.matMul(a.reshape([size, p]), scaled.reshape([size, q]), true, false);
    }
    const matrices = tf.matMul(a, d, true, false).reshape<TensorFlow.Tensor2D>([size, p * q]);
    return tf.matMul(tf.tensor2d(share, [1, size]), matrices);
  }

  return {
    lengths(): Lengths {
      const ofRows = tokens === 1 ? ofOneToken : tokens * (p + q) < p * q ? ofProducts : ofMatrices;
      return { squares: ofRows(), apart: new Float64Array(batch) };
    },
    addWeighted(rowWeights, sum) {
      const most = Math.max(1, Math.min(SUMMED_ROWS, Math.floor(MOST_NUMBERS / (p * q))));
      for (let from = 0; from < batch; from += most) {
        const size = Math.min(most, batch - from);
        const product = tf.tidy(() => summed(from, size, rowWeights));
        addInto(sum, weights.offset, product.dataSync<'float32'>());
        product.dispose();
      }
      if (bias === undefined) return;
      biasOfRows().forEach((value, at) => {
        sum[bias.offset + (at % q)]! += rowWeights[Math.floor(at / q)]! * value;
      });
    },
  };
}
