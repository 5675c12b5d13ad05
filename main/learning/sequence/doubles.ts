import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';

/** TensorFlow's number of the type float64 (DataType in its types.proto). */
const DOUBLE = 2;

/** A tensor of float64 on the device. */
export interface DoubleTensor {
  readonly id: number;
  readonly shape: readonly number[];
}

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

/** The part of the library's machine code that is used here. */
interface Binding {
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): readonly { readonly id: number; readonly shape: number[]; readonly dtype: number }[];
  createTensor(shape: readonly number[], type: number, values: Int32Array): number;
  tensorDataSync(id: number): Int32Array;
  deleteTensor(id: number): void;
}

interface Backend {
  readonly binding: Binding;
  getInputTensorIds(tensors: readonly TensorFlow.Tensor[]): number[];
}

/**
 * Products in double precision on TensorFlow, whose JavaScript knows single precision only: the
 * machine code behind it does float64, which goes in and out as pairs of int32. Every tensor made
 * here is gone after `dispose`.
 */
export class Doubles {
  readonly #backend: Backend;
  readonly #made = new Set<number>();

  constructor(tf: Tf) {
    this.#backend = tf.backend() as unknown as Backend;
  }

  from(tensor: TensorFlow.Tensor): DoubleTensor {
    const { binding } = this.#backend;
    const [id] = this.#backend.getInputTensorIds([tensor]);
    const attributes = [
      this.#type('SrcT', binding.TF_FLOAT),
      this.#type('DstT', DOUBLE),
      this.#flag('Truncate', false),
    ];
    return this.#run('Cast', attributes, [id!]);
  }

  of(values: Float64Array, shape: readonly number[]): DoubleTensor {
    const { binding } = this.#backend;
    const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
    const id = binding.createTensor([...shape, 2], binding.TF_INT32, words);
    const attributes = [this.#type('T', binding.TF_INT32), this.#type('type', DOUBLE)];
    const made = this.#run('Bitcast', attributes, [id]);
    binding.deleteTensor(id);
    return made;
  }

  reshape(tensor: DoubleTensor, shape: readonly number[]): DoubleTensor {
    return this.#withNumbers('Reshape', 'Tshape', tensor, shape, []);
  }

  /** @param axes that are summed over */
  sum(tensor: DoubleTensor, axes: readonly number[]): DoubleTensor {
    return this.#withNumbers('Sum', 'Tidx', tensor, axes, [this.#flag('keep_dims', false)]);
  }

  /** a b of matrices, or of as many matrices in each. */
  product(
    a: DoubleTensor,
    b: DoubleTensor,
    turned: { readonly a?: boolean; readonly b?: boolean } = {},
  ): DoubleTensor {
    const [name, first, second] =
      a.shape.length === 2
        ? (['MatMul', 'transpose_a', 'transpose_b'] as const)
        : (['BatchMatMulV2', 'adj_x', 'adj_y'] as const);
    const flags = [this.#flag(first, turned.a ?? false), this.#flag(second, turned.b ?? false)];
    return this.#run(name, [this.#type('T', DOUBLE), ...flags], [a.id, b.id]);
  }

  add(a: DoubleTensor, b: DoubleTensor): DoubleTensor {
    return this.#run('AddV2', [this.#type('T', DOUBLE)], [a.id, b.id]);
  }

  multiply(a: DoubleTensor, b: DoubleTensor): DoubleTensor {
    return this.#run('Mul', [this.#type('T', DOUBLE)], [a.id, b.id]);
  }

  squareRoot(tensor: DoubleTensor): DoubleTensor {
    return this.#run('Sqrt', [this.#type('T', DOUBLE)], [tensor.id]);
  }

  /** [.., n, n] to [.., n] */
  diagonal(tensor: DoubleTensor): DoubleTensor {
    return this.#run('MatrixDiagPart', [this.#type('T', DOUBLE)], [tensor.id]);
  }

  read({ id, shape }: DoubleTensor): Float64Array {
    const { binding } = this.#backend;
    const size = shape.reduce((product, width) => product * width, 1);
    if (size === 0) return new Float64Array(0);
    const attributes = [this.#type('T', DOUBLE), this.#type('type', binding.TF_INT32)];
    const pairs = this.#run('Bitcast', attributes, [id]);
    const words = binding.tensorDataSync(pairs.id);
    this.free(pairs);
    const values = new Float64Array(size);
    new Int32Array(values.buffer).set(words);
    return values;
  }

  free({ id }: DoubleTensor): void {
    if (this.#made.delete(id)) this.#backend.binding.deleteTensor(id);
  }

  dispose(): void {
    for (const id of this.#made) this.#backend.binding.deleteTensor(id);
    this.#made.clear();
  }

  #withNumbers(
    name: string,
    type: string,
    tensor: DoubleTensor,
    numbers: readonly number[],
    attributes: readonly Attribute[],
  ): DoubleTensor {
    const { binding } = this.#backend;
    const id = binding.createTensor([numbers.length], binding.TF_INT32, Int32Array.from(numbers));
    const types = [this.#type('T', DOUBLE), this.#type(type, binding.TF_INT32)];
    const made = this.#run(name, [...types, ...attributes], [tensor.id, id]);
    binding.deleteTensor(id);
    return made;
  }

  #run(name: string, attributes: readonly Attribute[], inputs: readonly number[]): DoubleTensor {
    const [made] = this.#backend.binding.executeOp(name, attributes, inputs, 1);
    this.#made.add(made!.id);
    return { id: made!.id, shape: made!.shape };
  }

  #type(name: string, value: number): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_TYPE, value };
  }

  #flag(name: string, value: boolean): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_BOOL, value };
  }
}
