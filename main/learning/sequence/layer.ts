import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';

type Tensor2D = TensorFlow.Tensor2D;
type Tensor3D = TensorFlow.Tensor3D;

/**
 * Texts as numbers of tokens, padded to one length: text r has its tokens at r x `length`, the first
 * lengths[r] of them real. Token 0 is padding.
 */
export interface TokenRows {
  readonly rows: number;
  /** Tokens of the longest text that takes part; at least 1. */
  readonly length: number;
  /** [rows, length] */
  readonly ids: Int32Array;
  /** [rows] */
  readonly lengths: Int32Array;
  /** Columns of the table beside the text, [rows, width]; none where it is left out. */
  readonly beside?: Float32Array | undefined;
}

/** A trainable tensor as a layer asks for it; the stack gives it a place in the flat vector. */
export interface TensorShape {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /**
   * What training starts from, nothing of it from the records: uniform numbers from -reach to reach
   * where what is known beforehand is 0, or these values, repeated. Zeros where it is left out.
   */
  readonly first?:
    | { readonly reach: number; readonly known?: ArrayLike<number> }
    | { readonly values: ArrayLike<number> };
}

/**
 * What a backward pass leaves of one trainable tensor: enough for the length of each example's
 * gradient and for the weighted sum of gradients, without a gradient per example (book-keeping:
 * Goodfellow 2015, arXiv:1510.01799; Li et al. 2022, arXiv:2110.05679, section 4; Bu et al. 2023,
 * arXiv:2210.00038). Every tensor stands in one book of a pass, so that none has to be crossed with
 * another. Deltas of padding are zero.
 */
export type Book =
  /** Example b has the gradient sum over t of inputs[b, t] (outer) deltas[b, t], [p, q]. */
  | {
      readonly kind: 'dense';
      /** Name of a tensor [p, q]. */
      readonly weights: string;
      /** Name of a tensor [1, q], whose gradient is the sum of the deltas. */
      readonly bias?: string;
      /** [B, T, p] */
      readonly inputs: Tensor3D;
      /** [B, T, q] */
      readonly deltas: Tensor3D;
    }
  /** Example b adds deltas[b, t] to the row ids[b, t]; a token that repeats adds to one row. */
  | {
      readonly kind: 'embedding';
      /** Name of a tensor [words, q]. */
      readonly table: string;
      /** int32 [B, T]; rows of padding have zero deltas. */
      readonly ids: Tensor2D;
      readonly deltas: Tensor3D;
    }
  /** The gradient of each example itself, for small tensors: [B, p x q]. */
  | { readonly kind: 'explicit'; readonly tensor: string; readonly gradients: Tensor2D };

/** What a pass knows beside its values. */
export interface PassFacts {
  /** int32 [B, T] */
  readonly ids: Tensor2D;
  /** float32 [B, T]: 1 for a token, 0 for padding. */
  readonly mask: Tensor2D;
  /** [B] */
  readonly lengths: Int32Array;
  /** [B, 1, width]: columns of the table beside the text. */
  readonly beside?: Tensor3D | undefined;
}

/**
 * One layer of a sequence model. `forward` keeps what `backward` needs; both run inside the engine's
 * scope of tensors, which ends with the pass, so that a layer disposes of nothing. An example must
 * never show in another's outputs or gradients: what is padding for it is as if it were not there.
 */
export interface SequenceLayer {
  readonly tensors: readonly TensorShape[];
  /**
   * @param parameters of all layers by name, each [rows, columns]
   * @param inputs [B, T, p]; of the first layer the mask, [B, T, 1]
   */
  forward(inputs: Tensor3D, facts: PassFacts, parameters: ReadonlyMap<string, Tensor2D>): Tensor3D;
  /** @param deltas [B, T, q], gradients of the outputs @returns those of the inputs, and the books */
  backward(deltas: Tensor3D): { readonly deltas: Tensor3D; readonly books: readonly Book[] };
}

export type MakeLayer<Options> = (tf: Tf, name: string, options: Options) => SequenceLayer;
