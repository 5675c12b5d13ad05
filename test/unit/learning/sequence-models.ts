import type * as TensorFlow from '@tensorflow/tfjs-node';
import { BINARY, cumulativeHead, softmaxHead, type Head } from '../../../main/learning/heads.ts';
import { denseLayer } from '../../../main/learning/sequence/dense.ts';
import { embeddingLayer } from '../../../main/learning/sequence/embedding.ts';
import type { SequenceLayer, TokenRows } from '../../../main/learning/sequence/layer.ts';
import { lstmLayer } from '../../../main/learning/sequence/lstm.ts';
import { besideLayer, lengthLayer } from '../../../main/learning/sequence/parts.ts';
import { poolLayer } from '../../../main/learning/sequence/pool.ts';
import { stackOf, type Stack } from '../../../main/learning/sequence/stack.ts';
import { loadTensorFlow, type Tf } from '../../../main/learning/tensorflow.ts';
import { seededUniform } from './fixtures.ts';

type Tensor = TensorFlow.Tensor;
type Tensor2D = TensorFlow.Tensor2D;

const loaded = loadTensorFlow();
export const tf = (loaded as { tf: Tf }).tf;
export const hasTensorFlow = 'tf' in loaded;

/** A model beside its forward pass for one text in ordinary operations, from the text's tokens alone. */
export interface Tried {
  readonly stack: Stack;
  readonly head: Head;
  /** Outputs [1 or tokens, outputs] of a text with at least one token. */
  forward(ids: readonly number[], parameters: ReadonlyMap<string, Tensor2D>): Tensor2D;
}

export const WORDS = 9;

/** Texts of all lengths, one of them empty, in which words repeat. */
export function someTexts(length = 6): TokenRows {
  const texts = [[1, 2, 1, 1, 5], [3], [], [4, 4, 4, 4, 4, 4], [8, 7, 6, 7], [2, 3], [5, 1, 5]];
  const ids = new Int32Array(texts.length * length);
  texts.forEach((text, r) => ids.set(text, r * length));
  const lengths = Int32Array.from(texts, (text) => text.length);
  const beside = Float32Array.from(texts.flatMap(besideOf));
  return { rows: texts.length, length, ids, lengths, beside };
}

/** What stands in the columns beside a text: two numbers that differ from text to text. */
function besideOf(ids: readonly number[]): number[] {
  return [ids.length / 4, (ids[0] ?? 0) / 8];
}

export function tokensOf({ ids, length, lengths }: TokenRows, row: number): readonly number[] {
  return [...ids.subarray(row * length, row * length + lengths[row]!)];
}

/** Parameters drawn anew: none is zero, as some are at the beginning. */
export function anyParameters({ parameters }: Stack, seed: number): Float64Array {
  const draw = seededUniform(seed);
  return Float64Array.from({ length: parameters }, () => Math.fround(draw() - 0.5));
}

const sum = (x: Tensor, weights: Tensor2D, bias: Tensor2D): Tensor2D =>
  tf.add<Tensor2D>(tf.matMul(x as Tensor2D, weights), bias);

function plainLstm(
  inputs: Tensor2D,
  weights: Tensor2D,
  bias: Tensor2D,
  units: number,
  backwards = false,
): Tensor2D {
  const rows = backwards ? tf.reverse(inputs, 0) : inputs;
  let [cell, state] = [tf.zeros([1, units]), tf.zeros([1, units])];
  const states: Tensor[] = [];
  for (let t = 0; t < inputs.shape[0]; t++) {
    const gates = sum(tf.concat([tf.slice(rows, [t, 0], [1, -1]), state], 1), weights, bias);
    const [i, c, f, o] = [0, 1, 2, 3].map((g) => tf.slice(gates, [0, g * units], [1, units]));
    cell = tf
      .sigmoid(tf.add(f!, 1))
      .mul(cell)
      .add(tf.sigmoid(i!).mul(tf.tanh(c!)));
    state = tf.sigmoid(o!).mul(tf.tanh(cell));
    states.push(state);
  }
  const all = tf.concat(states) as Tensor2D;
  return backwards ? tf.reverse(all, 0) : all;
}

const part = (layers: readonly SequenceLayer[], head: Head, perToken = false): Stack =>
  stackOf(layers, head, perToken);

/** Embedding, mean, a hidden layer, two values. */
export function bag(): Tried {
  const layers = [
    embeddingLayer(tf, 'embedding', { words: WORDS, width: 4 }),
    poolLayer(tf, 'mean'),
    denseLayer(tf, 'hidden', { inputs: 4, outputs: 5, relu: true }),
    denseLayer(tf, 'output', { inputs: 5, outputs: 1, last: true }),
  ];
  return {
    ...{ stack: part(layers, BINARY), head: BINARY },
    forward(ids, p) {
      const vectors = tf.gather(p.get('embedding/table')!, tf.tensor1d([...ids], 'int32'));
      const mean = tf.mean(vectors, 0, true);
      const hidden = tf.relu(sum(mean, p.get('hidden/weights')!, p.get('hidden/bias')!));
      return sum(hidden, p.get('output/weights')!, p.get('output/bias')!);
    },
  };
}

/** Embedding, LSTM, its last state or the mean of its states, three values. */
export function recurrent(how: 'last' | 'mean', units: number, backwards = false): Tried {
  const layers = [
    embeddingLayer(tf, 'embedding', { words: WORDS, width: 4 }),
    lstmLayer(tf, 'lstm', { inputs: 4, units, backwards }),
    poolLayer(tf, how),
    denseLayer(tf, 'output', { inputs: units, outputs: 3, last: true }),
  ];
  const head = softmaxHead(3);
  return {
    ...{ stack: part(layers, head), head },
    forward(ids, p) {
      const vectors = tf.gather(p.get('embedding/table')!, tf.tensor1d([...ids], 'int32'));
      const [weights, bias] = [p.get('lstm/weights')!, p.get('lstm/bias')!];
      const states = plainLstm(vectors, weights, bias, units, backwards);
      const one = how === 'mean' ? tf.mean(states, 0, true) : tf.slice(states, [ids.length - 1, 0]);
      return sum(one, p.get('output/weights')!, p.get('output/bias')!);
    },
  };
}

/** As a plan with columns beside the text and words whose vectors stay as they are has it. */
export function fused(): Tried {
  const width = 4;
  const learnt = [0, 1, 2, 3, 6, 8];
  const fixed = Float64Array.from({ length: WORDS * width }, (_, i) =>
    learnt.includes(Math.floor(i / width)) ? 0 : Math.fround(Math.sin(i + 1)),
  );
  const units = 3;
  const layers = [
    embeddingLayer(tf, 'embedding', { words: WORDS, width, fixed }),
    lstmLayer(tf, 'lstm', { inputs: width, units }),
    poolLayer(tf, 'mean'),
    lengthLayer(tf, 8),
    besideLayer(tf),
    denseLayer(tf, 'output', { inputs: units + 2, outputs: 3, last: true }),
  ];
  const head = softmaxHead(3);
  const places = Array.from({ length: WORDS }, (_, word) =>
    learnt.map((one) => Number(one === word)),
  );
  return {
    ...{ stack: part(layers, head), head },
    forward(ids, p) {
      const own = tf.matMul(tf.tensor2d(places), p.get('embedding/table')!);
      const table = tf.add(own, tf.tensor2d([...fixed], [WORDS, width]));
      const vectors = tf.gather(table, tf.tensor1d([...ids], 'int32')) as Tensor2D;
      const [weights, bias] = [p.get('lstm/weights')!, p.get('lstm/bias')!];
      const mean = tf.mean(plainLstm(vectors, weights, bias, units), 0, true);
      const state = tf.mul(mean, tf.div(8, tf.norm(mean)));
      const whole = tf.concat([state, tf.tensor2d([besideOf(ids)])], 1);
      return sum(whole, p.get('output/weights')!, p.get('output/bias')!);
    },
  };
}

/** One of two values, as `bag`, of three in order: with parameters that are outputs by themselves. */
export function orderedBag(): Tried {
  const head = cumulativeHead(3);
  const layers = [
    embeddingLayer(tf, 'embedding', { words: WORDS, width: 4 }),
    poolLayer(tf, 'mean'),
    denseLayer(tf, 'output', { inputs: 4, outputs: 1, last: true }),
  ];
  return {
    ...{ stack: part(layers, head), head },
    forward(ids, p) {
      const vectors = tf.gather(p.get('embedding/table')!, tf.tensor1d([...ids], 'int32'));
      const output = sum(
        tf.mean(vectors, 0, true),
        p.get('output/weights')!,
        p.get('output/bias')!,
      );
      // Logits of the three values from what the head says of them, for the loss below.
      const above = tf.sigmoid(output);
      const high = tf.sigmoid(tf.sub(output, tf.softplus(p.get('constants')!)));
      return tf.log(tf.concat([tf.sub(1, above), tf.sub(above, high), high], 1)) as Tensor2D;
    },
  };
}

/** Every token of a text gets one of three values. */
export function tagger(): Tried {
  const head = softmaxHead(3);
  const units = 3;
  const layers = [
    embeddingLayer(tf, 'embedding', { words: WORDS, width: 4 }),
    lstmLayer(tf, 'lstm', { inputs: 4, units, backwards: true }),
    denseLayer(tf, 'output', { inputs: units, outputs: 3, last: true }),
  ];
  return {
    ...{ stack: part(layers, head, true), head },
    forward(ids, p) {
      const vectors = tf.gather(p.get('embedding/table')!, tf.tensor1d([...ids], 'int32'));
      const [weights, bias] = [p.get('lstm/weights')!, p.get('lstm/bias')!];
      const states = plainLstm(vectors, weights, bias, units, true);
      return sum(states, p.get('output/weights')!, p.get('output/bias')!);
    },
  };
}

/** The loss of a text in ordinary operations: the mean over its outputs. */
function plainLoss(outputs: Tensor2D, targets: readonly number[]): Tensor {
  if (outputs.shape[1] === 1) return tf.losses.sigmoidCrossEntropy([targets], outputs);
  const wanted = tf.oneHot(tf.tensor1d([...targets], 'int32'), outputs.shape[1]);
  return tf.losses.softmaxCrossEntropy(wanted, outputs);
}

/** Gradient of a text, flat, by the library's own differentiation. */
export function gradientOf(
  tried: Tried,
  parameters: Float64Array,
  ids: readonly number[],
  targets: readonly number[],
): Float64Array {
  const specs = [...tried.stack.specs.values()];
  const flat = new Float64Array(parameters.length);
  tf.tidy(() => {
    const tensors = specs.map(({ offset, rows, columns }) =>
      tf.tensor2d(Float32Array.from(parameters.subarray(offset, offset + rows * columns)), [
        rows,
        columns,
      ]),
    );
    const gradients = tf.grads((...given: Tensor[]) => {
      const byName = new Map(specs.map(({ name }, i) => [name, given[i] as Tensor2D]));
      return plainLoss(tried.forward(ids, byName), targets);
    })(tensors);
    gradients.forEach((gradient, i) => flat.set(gradient.dataSync(), specs[i]!.offset));
  });
  return flat;
}
