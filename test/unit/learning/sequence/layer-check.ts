import type * as TensorFlow from '@tensorflow/tfjs-node';
import { expect } from 'vitest';
import type {
  Book,
  PassFacts,
  SequenceLayer,
  TensorShape,
} from '../../../../main/learning/sequence/layer.ts';
import { loadTensorFlow, type Tf } from '../../../../main/learning/tensorflow.ts';
import { seededUniform } from '../fixtures.ts';

type Tensor = TensorFlow.Tensor;
type Tensor2D = TensorFlow.Tensor2D;
type Tensor3D = TensorFlow.Tensor3D;
export type Parameters = ReadonlyMap<string, Tensor2D>;
/** One text alone, [T, p] to [T, q], without batches and masks. */
export type Plain = (tf: Tf, text: Tensor2D, parameters: Parameters) => Tensor2D;

export function nativeTf(): Tf {
  const loaded = loadTensorFlow();
  if (!('tf' in loaded)) throw new Error(`no native TensorFlow: ${loaded.reason}`);
  return loaded.tf;
}

export function randomTensor(tf: Tf, shape: number[], seed: number, reach = 1): Tensor {
  const draw = seededUniform(seed);
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => reach * (2 * draw() - 1)),
    shape,
  );
}

/** Parameters away from where training starts, so that nothing is zero by chance. */
export function randomParametersOf(tf: Tf, tensors: readonly TensorShape[]): Parameters {
  return new Map(
    tensors.map(({ name, rows, columns }, i) => [
      name,
      randomTensor(tf, [rows, columns], 100 + i, 0.7) as Tensor2D,
    ]),
  );
}

/** Facts of a pass over texts of these lengths, padded to `longest`. */
export function factsOf(tf: Tf, lengths: readonly number[], longest: number): PassFacts {
  const at = lengths.flatMap((length) =>
    Array.from({ length: longest }, (_, t) => (t < length ? 1 : 0)),
  );
  return {
    ids: tf.tensor2d(at, [lengths.length, longest], 'int32'),
    mask: tf.tensor2d(at, [lengths.length, longest], 'float32'),
    lengths: Int32Array.from(lengths),
  };
}

/** Facts of a pass over these pieces. */
export function rowsOf(tf: Tf, texts: readonly (readonly number[])[]): PassFacts {
  const lengths = texts.map(({ length }) => length);
  const longest = Math.max(1, ...lengths);
  const ids = texts.flatMap((text) => Array.from({ length: longest }, (_, t) => text[t] ?? 0));
  return {
    ...factsOf(tf, lengths, longest),
    ids: tf.tensor2d(ids, [texts.length, longest], 'int32'),
  };
}

/** Parameters as training starts from them. */
export function valuesAtFirst(tf: Tf, tensors: readonly TensorShape[]): Parameters {
  return new Map(
    tensors.map(({ name, rows, columns, first = { values: [0] } }) => {
      if ('reach' in first) {
        return [name, randomTensor(tf, [rows, columns], 3, first.reach) as Tensor2D];
      }
      const { values } = first;
      const all = Float32Array.from(
        { length: rows * columns },
        (_, i) => values[i % values.length]!,
      );
      return [name, tf.tensor2d(all, [rows, columns])];
    }),
  );
}

/** The gradient of each tensor by example from the books, summed naively in double precision. */
export function gradientsByExample(books: readonly Book[], example: number): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const book of books) {
    if (book.kind === 'explicit') {
      found.set(book.tensor, (book.gradients.arraySync() as number[][])[example]!);
    } else if (book.kind === 'dense') {
      const inputs = (book.inputs.arraySync() as number[][][])[example]!;
      const deltas = (book.deltas.arraySync() as number[][][])[example]!;
      const columns = deltas[0]!.length;
      const weights = new Array<number>(inputs[0]!.length * columns).fill(0);
      const bias = new Array<number>(columns).fill(0);
      inputs.forEach((input, t) => {
        deltas[t]!.forEach((delta, j) => {
          bias[j]! += delta;
          input.forEach((value, i) => (weights[i * columns + j]! += value * delta));
        });
      });
      found.set(book.weights, weights);
      if (book.bias !== undefined) found.set(book.bias, bias);
    }
  }
  return found;
}

/** Largest difference relative to the largest number. */
export function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let largest = 1e-30;
  let apart = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    apart = Math.max(apart, Math.abs(found[i]! - expected[i]!));
  }
  return apart / largest;
}

interface Check {
  readonly layer: SequenceLayer;
  readonly plain: Plain;
  readonly width: number;
  /** Of the texts; padded to the longest and two more. */
  readonly lengths: readonly number[];
  /** Whether the layer makes one vector of a text. */
  readonly pooled?: boolean;
}

/**
 * Outputs, input gradients and each example's gradient of each tensor, against TensorFlow's own
 * derivatives of the plain layer on each text alone and unpadded.
 */
export function checkLayer(tf: Tf, { layer, plain, width, lengths, pooled = false }: Check): void {
  tf.tidy(() => {
    const longest = Math.max(...lengths) + 2;
    const facts = factsOf(tf, lengths, longest);
    const parameters = randomParametersOf(tf, layer.tensors);
    const inputs = randomTensor(tf, [lengths.length, longest, width], 1) as Tensor3D;
    const outputs = layer.forward(inputs, facts, parameters);
    const free = randomTensor(tf, outputs.shape, 2) as Tensor3D;
    const deltas = pooled ? free : tf.mul<Tensor3D>(free, tf.expandDims(facts.mask, 2));
    const backward = layer.backward(deltas);
    expect(layer.tensors.map(({ name }) => name).sort()).toEqual(
      [...gradientsByExample(backward.books, 0).keys()].sort(),
    );
    const names = [...parameters.keys()];
    lengths.forEach((length, example) => {
      if (length === 0) return;
      const cut = (tensor: Tensor3D, tokens: number): Tensor2D =>
        tf.slice(tensor, [example, 0, 0], [1, tokens, -1]).reshape([tokens, -1]);
      const delta = cut(deltas, pooled ? 1 : length);
      const text = cut(inputs, length);
      const expected = plain(tf, text, parameters);
      const kept = cut(outputs, pooled ? 1 : length);
      expect(distance(kept.dataSync(), expected.dataSync())).toBeLessThan(1e-6 * 4);
      const derivatives = tf.grads((...given: Tensor[]) => {
        const [first, ...rest] = given as Tensor2D[];
        const values = new Map(names.map((name, i) => [name, rest[i]!]));
        return tf.sum(tf.mul(plain(tf, first!, values), delta));
      })([text, ...parameters.values()]);
      const below = cut(backward.deltas, length);
      expect(distance(below.dataSync(), derivatives[0]!.dataSync())).toBeLessThan(1e-5);
      const found = gradientsByExample(backward.books, example);
      names.forEach((name, i) => {
        const gradient = derivatives[i + 1]!.dataSync();
        expect(distance(found.get(name)!, gradient), name).toBeLessThan(1e-5);
      });
    });
    const padding = tf.mul(backward.deltas, tf.expandDims(tf.sub(1, facts.mask), 2));
    expect(tf.max(tf.abs(padding)).dataSync()[0]).toBe(0);
  });
}
