import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { SequenceLayer } from './layer.ts';

type Tensor2D = TensorFlow.Tensor2D;
type Tensor3D = TensorFlow.Tensor3D;

/** Layers one after another, as one. */
export function chain(...layers: readonly SequenceLayer[]): SequenceLayer {
  return {
    tensors: layers.flatMap(({ tensors }) => tensors),
    forward: (inputs, facts, parameters) =>
      layers.reduce((values, layer) => layer.forward(values, facts, parameters), inputs),
    backward(deltas) {
      const passed = layers.toReversed().map((layer) => {
        const { deltas: below, books } = layer.backward(deltas);
        deltas = below;
        return books;
      });
      return { deltas, books: passed.flat() };
    },
  };
}

/**
 * The first layers of a stack, as one. What lies below the lowest tensor that is trained on is not gone
 * through backwards, so the deltas it gives back are not those of the inputs.
 */
export function firstChain(...layers: readonly SequenceLayer[]): SequenceLayer {
  const lowest = layers.findIndex(({ tensors }) => tensors.length > 0);
  const trained = chain(...(lowest === -1 ? [] : layers.slice(lowest)));
  const fixed = chain(...(lowest === -1 ? layers : layers.slice(0, lowest)));
  return {
    tensors: trained.tensors,
    forward: (inputs, ...rest) => trained.forward(fixed.forward(inputs, ...rest), ...rest),
    backward: (deltas) => trained.backward(deltas),
  };
}

/** `inner(x) + shortcut(x)`; the shortcut is x itself where it is left out (He et al. 2016, equation 1). */
export function residual(tf: Tf, inner: SequenceLayer, shortcut?: SequenceLayer): SequenceLayer {
  return {
    tensors: [...inner.tensors, ...(shortcut?.tensors ?? [])],
    forward: (inputs, ...rest) =>
      tf.add(
        inner.forward(inputs, ...rest),
        shortcut === undefined ? inputs : shortcut.forward(inputs, ...rest),
      ),
    backward(deltas) {
      const within = inner.backward(deltas);
      const beside = shortcut?.backward(deltas) ?? { deltas, books: [] };
      return {
        deltas: tf.add(within.deltas, beside.deltas),
        books: [...within.books, ...beside.books],
      };
    },
  };
}

/** max(x, 0) for each number. */
export function reluLayer(tf: Tf): SequenceLayer {
  let outputs: Tensor3D;
  return {
    tensors: [],
    forward: (inputs) => (outputs = tf.relu(inputs)),
    backward: (deltas) => ({ deltas: tf.mul(deltas, tf.step(outputs)), books: [] }),
  };
}

/** The hyperbolic tangent of each number. */
export function tanhLayer(tf: Tf): SequenceLayer {
  let outputs: Tensor3D;
  return {
    tensors: [],
    forward: (inputs) => (outputs = tf.tanh(inputs)),
    backward: (deltas) => ({
      deltas: tf.mul(deltas, tf.sub(1, tf.square(outputs))),
      books: [],
    }),
  };
}

/** The columns of the table behind each text's state, [B, 1, p] to [B, 1, p + width]. */
export function besideLayer(tf: Tf): SequenceLayer {
  let width = 0;
  return {
    tensors: [],
    forward(inputs, { beside }) {
      if (beside === undefined) throw new RangeError('columns stand beside these texts');
      width = inputs.shape[2];
      return tf.concat([inputs, beside], 2);
    },
    backward: (deltas) => ({ deltas: tf.slice(deltas, [0, 0, 0], [-1, -1, width]), books: [] }),
  };
}

/** Squares that add up to less are taken for this. */
const LEAST = 1e-12;

/** Each token's numbers as a vector of length `length`. */
export function lengthLayer(tf: Tf, length = 1): SequenceLayer {
  let outputs: Tensor3D;
  let inverse: Tensor3D;
  return {
    tensors: [],
    forward(inputs) {
      inverse = tf.mul(tf.rsqrt(tf.maximum(tf.sum(tf.square(inputs), -1, true), LEAST)), length);
      outputs = tf.mul(inputs, inverse);
      return outputs;
    },
    backward(deltas) {
      // Below the least length the outputs are in proportion to the inputs.
      const isScaled = tf.less(inverse, length * LEAST ** -0.5);
      const along = tf.sum(tf.mul(deltas, outputs), -1, true);
      const fixed = tf.mul(tf.mul(outputs, along), tf.cast(isScaled, 'float32'));
      const across = tf.sub<Tensor3D>(deltas, tf.div(fixed, length ** 2));
      return { deltas: tf.mul(across, inverse), books: [] };
    },
  };
}

/**
 * Of the place of each token, [T, 2 x rates], the sines of place x rate, then the cosines (Vaswani et al.
 * 2017, arXiv:1706.03762, section 3.5).
 */
function timingSignal(tf: Tf, tokens: number, rates: ArrayLike<number>): Tensor2D {
  const half = rates.length;
  const values = new Float32Array(tokens * 2 * half);
  for (let t = 0; t < tokens; t++) {
    for (let i = 0; i < half; i++) {
      // As single precision multiplies them.
      const angle = Math.fround(t * rates[i]!);
      values[t * 2 * half + i] = Math.sin(angle);
      values[t * 2 * half + half + i] = Math.cos(angle);
    }
  }
  return tf.tensor2d(values, [tokens, 2 * half]);
}

/** `scale` times x plus the timing signal; without parameters. */
export function placesLayer(tf: Tf, rates: ArrayLike<number>, scale = 1): SequenceLayer {
  return {
    tensors: [],
    forward: (inputs) => tf.add(tf.mul(inputs, scale), timingSignal(tf, inputs.shape[1], rates)),
    backward: (deltas) => ({ deltas: tf.mul(deltas, scale), books: [] }),
  };
}

/** Rates for tokens of an even width: wave lengths from 2 pi to 20,000 pi in even ratios. */
export function usualRates(width: number): Float64Array {
  const half = width / 2;
  return Float64Array.from({ length: half }, (_, i) => 10_000 ** (-i / Math.max(1, half - 1)));
}
