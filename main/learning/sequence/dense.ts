import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { Book, FirstValues, SequenceLayer, TensorShape } from './layer.ts';

type Tensor2D = TensorFlow.Tensor2D;
type Tensor3D = TensorFlow.Tensor3D;

/**
 * What of pre-trained layers is trained on: everything, the biases alone (BitFit: Ben Zaken et al. 2022,
 * arXiv:2106.10199), a product of low rank beside weights that stay as they are (LoRA: Hu et al. 2022,
 * arXiv:2106.09685), or nothing. What stays as it is stands in no book and gets no noise.
 */
export type Tuning = 'all' | 'biases' | 'none' | { readonly rank: number };

/** Tensors of a layer that was trained before; they live as long as their owner keeps them. */
export interface Pretrained {
  /** [p, q] */
  readonly weights: Tensor2D;
  /** [1, q] */
  readonly bias: Tensor2D;
}

interface DenseOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Of the weights; uniform with variance 1 / inputs if left out. */
  readonly first?: FirstValues;
  /** Of the bias; zeros if left out. */
  readonly firstBias?: FirstValues;
}

/** `x W + b` for each token, [B, T, p] to [B, T, q]. Tensors: NAME/weights [p, q], NAME/bias [1, q]. */
export function denseLayer(tf: Tf, name: string, options: DenseOptions): SequenceLayer {
  const { inputs: p, outputs: q, first = evenReach(p), firstBias } = options;
  const [weightsName, biasName] = [`${name}/weights`, `${name}/bias`];
  let inputs: Tensor3D;
  let weights: Tensor2D;
  return {
    tensors: [
      { name: weightsName, rows: p, columns: q, first },
      { name: biasName, rows: 1, columns: q, ...(firstBias && { first: firstBias }) },
    ],
    forward(given, _, parameters) {
      inputs = given;
      weights = parameters.get(weightsName)!;
      return affine(tf, inputs, weights, parameters.get(biasName)!);
    },
    backward: (deltas) => ({
      deltas: times(tf, deltas, weights, true),
      books: [{ kind: 'dense', weights: weightsName, bias: biasName, inputs, deltas }],
    }),
  };
}

/** A layer trained before: as `denseLayer`, with `tuning` saying what of it is trained on. */
export function tunedDense(
  tf: Tf,
  name: string,
  pretrained: Pretrained,
  tuning: Tuning,
): SequenceLayer {
  const [inputs, outputs] = pretrained.weights.shape;
  if (tuning === 'all') {
    return denseLayer(tf, name, {
      ...{ inputs, outputs, first: valuesOf(pretrained.weights) },
      firstBias: valuesOf(pretrained.bias),
    });
  }
  return typeof tuning === 'object'
    ? adapterDense(tf, name, pretrained, tuning.rank)
    : biasedDense(tf, name, pretrained, tuning === 'biases');
}

/** Frozen weights; the bias is trained on where `trained`: NAME/bias [1, q]. */
function biasedDense(
  tf: Tf,
  name: string,
  { weights, bias }: Pretrained,
  trained: boolean,
): SequenceLayer {
  const tensor: TensorShape = {
    ...{ name: `${name}/bias`, rows: 1, columns: weights.shape[1] },
    first: valuesOf(bias),
  };
  return {
    tensors: trained ? [tensor] : [],
    forward: (inputs, _, parameters) =>
      affine(tf, inputs, weights, trained ? parameters.get(tensor.name)! : bias),
    backward: (deltas) => ({
      deltas: times(tf, deltas, weights, true),
      books: trained ? [overTokens(tf, tensor.name, deltas)] : [],
    }),
  };
}

/**
 * Frozen weights with an adapter of low rank beside them: `x W + b + (x A) B` (Hu et al. 2022, equation
 * 3; its scale alpha / r is 1). A begins at random, B at zero, so that training starts from the layer as
 * it was. Tensors: NAME/down [p, r], NAME/up [r, q].
 */
function adapterDense(
  tf: Tf,
  name: string,
  { weights, bias }: Pretrained,
  rank: number,
): SequenceLayer {
  const [p, q] = weights.shape;
  const [downName, upName] = [`${name}/down`, `${name}/up`];
  let inputs: Tensor3D;
  let within: Tensor3D;
  let down: Tensor2D;
  let up: Tensor2D;
  return {
    tensors: [
      { name: downName, rows: p, columns: rank, first: evenReach(p) },
      { name: upName, rows: rank, columns: q },
    ],
    forward(given, _, parameters) {
      inputs = given;
      down = parameters.get(downName)!;
      up = parameters.get(upName)!;
      within = times(tf, inputs, down);
      return tf.add(affine(tf, inputs, weights, bias), times(tf, within, up));
    },
    backward(deltas) {
      const inner = times(tf, deltas, up, true);
      return {
        deltas: tf.add(times(tf, deltas, weights, true), times(tf, inner, down, true)),
        books: [
          { kind: 'dense', weights: upName, inputs: within, deltas },
          { kind: 'dense', weights: downName, inputs, deltas: inner },
        ],
      };
    },
  };
}

/** A tensor that begins as it was trained. */
export function valuesOf(tensor: Tensor2D): FirstValues {
  return { values: tensor.dataSync<'float32'>() };
}

/** The book of a tensor [1, q] whose gradient is the sum of `gradients` [B, T, q] over the tokens. */
export function overTokens(tf: Tf, tensor: string, gradients: Tensor3D): Book {
  return { kind: 'explicit', tensor, gradients: tf.sum<Tensor2D>(gradients, 1) };
}

/** Uniform values of variance 1 / inputs (LeCun et al. 1998, section 4.6). */
function evenReach(inputs: number): FirstValues {
  return { reach: Math.sqrt(3 / inputs) };
}

/** One matrix product for all tokens of all texts: [B, T, p] times [p, q], or [q, p] turned over. */
function times(tf: Tf, inputs: Tensor3D, weights: Tensor2D, turned = false): Tensor3D {
  const [texts, tokens, width] = inputs.shape;
  const flat = tf.matMul<Tensor2D>(inputs.reshape([texts * tokens, width]), weights, false, turned);
  return flat.reshape([texts, tokens, weights.shape[turned ? 0 : 1]]);
}

function affine(tf: Tf, inputs: Tensor3D, weights: Tensor2D, bias: Tensor2D): Tensor3D {
  return tf.add(times(tf, inputs, weights), bias);
}
