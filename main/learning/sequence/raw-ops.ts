import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';

type Tensor = TensorFlow.Tensor;
type Tensor2D = TensorFlow.Tensor2D;
type Tensor3D = TensorFlow.Tensor3D;

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

type Types = 'TF_FLOAT' | 'TF_INT32' | 'TF_INT64';
type Attributes = 'TF_ATTR_TYPE' | 'TF_ATTR_BOOL' | 'TF_ATTR_FLOAT' | 'TF_ATTR_INT';

/** The part of the library that reaches operations its JavaScript has no words for. */
interface RawBackend {
  readonly binding: Readonly<Record<Types | Attributes, number>> & {
    executeOp(
      name: string,
      attributes: readonly Attribute[],
      inputs: readonly number[],
      outputs: number,
    ): { readonly id: number }[];
    deleteTensor(id: number): void;
  };
  getInputTensorIds(tensors: readonly Tensor[]): number[];
  createOutputTensor(made: { readonly id: number }): Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[];
  executeSingleOutput(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Tensor[],
  ): Tensor;
}

interface RawOps {
  /** Every step of BlockLSTM, each [T, B, units]: i, cs, f, o, ci, co, h. */
  lstm(inputs: Tensor3D, weights: Tensor2D, bias: TensorFlow.Tensor1D, units: number): Tensor3D[];
  /** Of one step: the gradient of the cell before it, and of the sums before its gates. */
  lstmBack(
    first: readonly Tensor[],
    bias: TensorFlow.Tensor1D,
    states: readonly Tensor[],
  ): [Tensor2D, Tensor2D];
  unstack(steps: Tensor3D): Tensor2D[];
  reverse(rows: Tensor3D, lengths: Int32Array): Tensor3D;
}

/** What layers need of TensorFlow's machine code; all of it stands in its list of operations. */
export function rawOps(tf: Tf): RawOps {
  const backend = tf.backend() as unknown as RawBackend;
  const { binding } = backend;
  const type = (name: string, value: number): Attribute => ({
    ...{ name, type: binding.TF_ATTR_TYPE, value },
  });
  const flag = (name: string, value: boolean): Attribute => ({
    ...{ name, type: binding.TF_ATTR_BOOL, value },
  });
  const number = (name: string, value: number): Attribute => ({
    ...{ name, type: binding.TF_ATTR_FLOAT, value },
  });
  const whole = (name: string, value: number): Attribute => ({
    ...{ name, type: binding.TF_ATTR_INT, value },
  });
  const T = type('T', binding.TF_FLOAT);
  return {
    lstm(inputs, weights, bias, units) {
      const [tokens, batch] = inputs.shape;
      const cast = [type('SrcT', binding.TF_INT32), type('DstT', binding.TF_INT64)];
      // The library warns of every tensor of int64 that it wraps, so this one stays outside.
      const most = binding.executeOp(
        'Cast',
        [...cast, flag('Truncate', false)],
        backend.getInputTensorIds([tf.scalar(tokens, 'int32')]),
        1,
      )[0]!.id;
      const none = tf.zeros([batch, units]);
      const peephole = tf.zeros([units]);
      const rest = [inputs, none, none, weights, peephole, peephole, peephole, bias];
      const made = binding.executeOp(
        'BlockLSTM',
        [T, number('forget_bias', 1), number('cell_clip', 0), flag('use_peephole', false)],
        [most, ...backend.getInputTensorIds(rest)],
        7,
      );
      binding.deleteTensor(most);
      return made.map((one) => backend.createOutputTensor(one) as Tensor3D);
    },
    lstmBack(first, bias, states) {
      const peephole = tf.zeros([states[0]!.shape[1]!]);
      const made = backend.executeMultipleOutputs(
        'LSTMBlockCellGrad',
        [T, flag('use_peephole', false)],
        [...first, peephole, peephole, peephole, bias, ...states],
        5,
      );
      return [made[0] as Tensor2D, made[1] as Tensor2D];
    },
    unstack: (steps) =>
      backend.executeMultipleOutputs(
        'Unpack',
        [T, whole('num', steps.shape[0]), whole('axis', 0)],
        [steps],
        steps.shape[0],
      ) as Tensor2D[],
    reverse: (rows, lengths) =>
      backend.executeSingleOutput(
        'ReverseSequence',
        [T, type('Tlen', binding.TF_INT32), whole('seq_dim', 1), whole('batch_dim', 0)],
        [rows, tf.tensor1d(lengths, 'int32')],
      ) as Tensor3D,
  };
}
