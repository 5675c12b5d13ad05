import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { SequenceLayer } from './layer.ts';
import { tensorOf } from './tuned.ts';

/**
 * The rows of a table trained before that the tokens of the pass stand for, [B, T, q]; what goes into the
 * layer is not read. The table is trained on where `trained`: NAME/table [words, q].
 */
export function tableLayer(
  tf: Tf,
  name: string,
  table: TensorFlow.Tensor2D,
  trained: boolean,
): SequenceLayer {
  const tensor = tensorOf(`${name}/table`, table);
  let ids: TensorFlow.Tensor2D;
  return {
    tensors: trained ? [tensor] : [],
    forward(_, facts, parameters) {
      ids = facts.ids;
      return tf.gather(
        trained ? parameters.get(tensor.name)! : table,
        ids,
      ) as unknown as TensorFlow.Tensor3D;
    },
    backward: (deltas) => ({
      deltas,
      books: trained ? [{ kind: 'embedding', table: tensor.name, ids, deltas }] : [],
    }),
  };
}
