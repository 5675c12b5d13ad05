import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { Book, SequenceLayer, TensorShape } from './layer.ts';

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

/**
 * A dense layer trained before, `x W + b` for each token, [B, T, p] to [B, T, q]; `tuning` says what of it
 * is trained on. Tensors that begin as they were: NAME/weights [p, q], NAME/bias [1, q]; of an adapter:
 * NAME/down [p, r], NAME/up [r, q].
 */
export function tunedDense(
  tf: Tf,
  name: string,
  pretrained: Pretrained,
  tuning: Tuning,
): SequenceLayer {
  if (typeof tuning === 'object') return adapterDense(tf, name, pretrained, tuning.rank);
  if (tuning === 'all') return wholeDense(tf, name, pretrained);
  return biasedDense(tf, name, pretrained, tuning === 'biases');
}

function wholeDense(tf: Tf, name: string, pretrained: Pretrained): SequenceLayer {
  const weights = tensorOf(`${name}/weights`, pretrained.weights);
  const bias = tensorOf(`${name}/bias`, pretrained.bias);
  let inputs: Tensor3D;
  let matrix: Tensor2D;
  return {
    tensors: [weights, bias],
    forward(given, _, parameters) {
      inputs = given;
      matrix = parameters.get(weights.name)!;
      return affine(tf, inputs, matrix, parameters.get(bias.name)!);
    },
    backward: (deltas) => ({
      deltas: times(tf, deltas, matrix, true),
      books: [{ kind: 'dense', weights: weights.name, bias: bias.name, inputs, deltas }],
    }),
  };
}

/** Frozen weights; the bias is trained on where `trained`. */
function biasedDense(
  tf: Tf,
  name: string,
  { weights, bias }: Pretrained,
  trained: boolean,
): SequenceLayer {
  const tensor = tensorOf(`${name}/bias`, bias);
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
 * it was.
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
      // Uniform values of variance 1 / inputs (LeCun et al. 1998, section 4.6).
      { name: downName, rows: p, columns: rank, first: { reach: Math.sqrt(3 / p) } },
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

/** A tensor to train on that begins as it was. */
export function tensorOf(name: string, tensor: Tensor2D): TensorShape {
  const [rows, columns] = tensor.shape;
  return { name, rows, columns, first: { values: tensor.dataSync<'float32'>() } };
}

/** The book of a tensor [1, q] whose gradient is the sum of `gradients` [B, T, q] over the tokens. */
export function overTokens(tf: Tf, tensor: string, gradients: Tensor3D): Book {
  return { kind: 'explicit', tensor, gradients: tf.sum<Tensor2D>(gradients, 1) };
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
