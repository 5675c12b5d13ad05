import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { SequenceLayer } from '../sequence/layer.ts';
import { firstChain, lengthLayer, placesLayer, tanhLayer } from '../sequence/parts.ts';
import { poolLayer } from '../sequence/pool.ts';
import { tableLayer } from '../sequence/table.ts';
import { tunedBlock, type PretrainedBlock } from '../sequence/transformer.ts';
import { tunedDense, type Pretrained, type Tuning } from '../sequence/tuned.ts';
import type { Tf } from '../tensorflow.ts';

type Tensor2D = TensorFlow.Tensor2D;

/** A weight tensor of the encoder, row-major. */
interface Weight {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/**
 * The encoder that comes with the program in layers that can be trained on. Its own tensors live until
 * `dispose`, and so must what is made of them.
 */
export interface RebuiltEncoder {
  /** Numbers of the vector of a text. */
  readonly dimensions: number;
  /** Pieces of a text that its graph reads; later ones are left out. */
  readonly longest: number;
  /** Layers from the pieces of texts (PassFacts.ids) to vectors, [B, 1, dimensions]. */
  layers(tuning: Tuning): SequenceLayer;
  dispose(): void;
}

const STACK = 'Encoder_en/KonaTransformer/Encode';
const FOLDED = `module_apply_default/${STACK}`;
const KERNELS = `module/${STACK}`;
const HEADS = 4;
const LONGEST = 128;

/**
 * Universal Sentence Encoder lite (Cer et al. 2018, arXiv:1803.11175) as its graph computes it: twice the
 * row of each piece in a table [8002, 256] plus a timing signal; two transformer blocks with their
 * normalisations before their parts, of 256 and of 512 numbers (the first widens by a product in the place
 * of its first residual path); the mean over the pieces; a product with tanh; length 1. No layer
 * normalisation follows the last block.
 *
 * @param weights of its graph by name, as `readEncoderWeights` gives them
 */
export function rebuildEncoder(tf: Tf, weights: ReadonlyMap<string, Weight>): RebuiltEncoder {
  const made: Tensor2D[] = [];
  const found = (name: string): Weight => {
    const weight = weights.get(name);
    if (weight === undefined) throw new RangeError(`the encoder has no weights ${name}`);
    return weight;
  };
  const matrix = (name: string): Tensor2D => {
    const { shape, values } = found(name);
    const columns = shape.at(-1)!;
    // Each lives beyond the pass or the tidy scope in which it may have been made.
    const tensor = tf.keep(
      tf.tensor2d(Float32Array.from(values), [values.length / columns, columns]),
    );
    made.push(tensor);
    return tensor;
  };
  const folded = (name: string): Tensor2D => matrix(`${FOLDED}/${name}/ConcatPartitions/concat`);
  const norm = (place: string): PretrainedBlock['forwardNorm'] => {
    const path = `${place}/layer_prepostprocess/layer_norm/layer_norm`;
    return { gain: folded(`${path}_scale`), bias: folded(`${path}_bias`) };
  };

  function block(layer: number): PretrainedBlock {
    const place = `Layer_${layer}/TransformerLayer`;
    const attention = (part: string): Pretrained => ({
      weights: matrix(`${KERNELS}/${place}/MultiheadAttention/${part}/kernel/part_0`),
      bias: folded(`${place}/MultiheadAttention/${part}/bias`),
    });
    const forward = (part: string): Pretrained => ({
      weights: matrix(`${FOLDED}/TransformerStack/${place}/FFN/${part}/Tensordot/Reshape_1`),
      bias: folded(`${place}/FFN/${part}/bias`),
    });
    return {
      heads: HEADS,
      attentionNorm: norm(place),
      qkv: attention('qkv_transform_single'),
      output: attention('output_transform_single'),
      ...(layer === 0 && {
        shortcut: { weights: folded(`${place}/dense/kernel`), bias: folded(`${place}/dense/bias`) },
      }),
      forwardNorm: norm(`${place}/FFN`),
      widen: forward('conv1'),
      narrow: forward('conv2'),
    };
  }

  const table = matrix('module/Embeddings_en');
  const timing = 'TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1';
  const rates = found(`${FOLDED}/${timing}`).values;
  const blocks = [block(0), block(1)] as const;
  const last = 'module/Encoder_en/hidden_layers/tanh_layer_0';
  const out: Pretrained = { weights: matrix(`${last}/weights`), bias: matrix(`${last}/bias`) };
  return {
    dimensions: out.weights.shape[1],
    longest: LONGEST,
    layers: (tuning) =>
      firstChain(
        tableLayer(tf, 'encoder', table, tuning === 'all'),
        placesLayer(tf, rates, 2),
        ...blocks.map((one, i) => tunedBlock(tf, `encoder/block${i + 1}`, one, tuning)),
        poolLayer(tf, 'mean'),
        tunedDense(tf, 'encoder/out', out, tuning),
        tanhLayer(tf),
        lengthLayer(tf),
      ),
    dispose: () => tf.dispose(made),
  };
}
