import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import { valuesOf } from './dense.ts';
import type { SequenceLayer } from './layer.ts';

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
  const [rows, columns] = table.shape;
  const tensor = `${name}/table`;
  let ids: TensorFlow.Tensor2D;
  return {
    tensors: trained ? [{ name: tensor, rows, columns, first: valuesOf(table) }] : [],
    forward(_, facts, parameters) {
      ids = facts.ids;
      return tf.gather(
        trained ? parameters.get(tensor)! : table,
        ids,
      ) as unknown as TensorFlow.Tensor3D;
    },
    backward: (deltas) => ({
      deltas,
      books: trained ? [{ kind: 'embedding', table: tensor, ids, deltas }] : [],
    }),
  };
}
