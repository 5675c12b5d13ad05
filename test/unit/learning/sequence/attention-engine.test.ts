import type * as TensorFlow from '@tensorflow/tfjs-node';
import { describe, expect, it } from 'vitest';
import { BINARY, softmaxHead } from '../../../../main/learning/heads.ts';
import {
  layersOf,
  sequenceSize,
  type SequenceArchitecture,
} from '../../../../main/learning/sequence/architecture.ts';
import { denseLayer } from '../../../../main/learning/sequence/dense.ts';
import { sequenceEngine } from '../../../../main/learning/sequence/engine.ts';
import { firstChain, lengthLayer, tanhLayer } from '../../../../main/learning/sequence/parts.ts';
import { poolLayer } from '../../../../main/learning/sequence/pool.ts';
import { stackOf } from '../../../../main/learning/sequence/stack.ts';
import { tableLayer } from '../../../../main/learning/sequence/table.ts';
import { tunedBlock } from '../../../../main/learning/sequence/transformer.ts';
import {
  tunedDense,
  type Pretrained,
  type Tuning,
} from '../../../../main/learning/sequence/tuned.ts';
import {
  anyParameters,
  gradientOf,
  someTexts,
  tokensOf,
  WORDS,
  type Tried,
} from '../sequence-models.ts';
import { randomTensor } from './layer-check.ts';
import { plainAttention, plainBlock, plainNorm, tf } from './plain-layers.ts';

type Tensor2D = TensorFlow.Tensor2D;

const WIDTH = 4;
const matrix = (rows: number, columns: number, seed: number): Tensor2D =>
  randomTensor(tf, [rows, columns], seed) as Tensor2D;
const sum = (x: Tensor2D, weights: Tensor2D, bias: Tensor2D): Tensor2D =>
  tf.add(tf.matMul(x, weights), bias);
const tokensFrom = (table: Tensor2D, ids: readonly number[]): Tensor2D =>
  tf.gather(table, tf.tensor1d([...ids], 'int32'));

/** The model that a plan of kind attention trains, narrow. */
function attention(): Tried {
  const architecture: SequenceArchitecture = {
    ...{ kind: 'attention', width: WIDTH, heads: 2, layers: 2, state: 8 },
  };
  const head = softmaxHead(3);
  const stack = stackOf(layersOf(tf, architecture, WORDS, head), head);
  expect(stack.parameters).toBe(sequenceSize(architecture, WORDS, head));
  return {
    ...{ stack, head },
    forward(ids, p) {
      const vectors = tokensFrom(p.get('embedding/table')!, ids);
      const first = plainBlock('block1', 2)(tf, vectors, p);
      const states = plainBlock('block2', 2)(tf, first, p);
      const mean = tf.mean<Tensor2D>(states, 0, true);
      const even = tf.mul<Tensor2D>(mean, tf.div(8, tf.norm(mean)));
      return sum(even, p.get('output/weights')!, p.get('output/bias')!);
    },
  };
}

const dense = (p: number, q: number, seed: number): Pretrained => ({
  weights: matrix(p, q, seed),
  bias: matrix(1, q, seed + 1),
});
const BLOCK = {
  heads: 2,
  attentionNorm: { gain: matrix(1, WIDTH, 1), bias: matrix(1, WIDTH, 2) },
  qkv: dense(WIDTH, 3 * WIDTH, 3),
  output: dense(WIDTH, 6, 5),
  shortcut: dense(WIDTH, 6, 7),
  forwardNorm: { gain: matrix(1, 6, 9), bias: matrix(1, 6, 10) },
  widen: dense(6, 9, 11),
  narrow: dense(9, 6, 13),
};
const TABLE = matrix(WORDS, WIDTH, 15);
const OUT = dense(6, 5, 17);

/** An encoder trained before, made as the real one is, trained on by `tuning` with a head. */
function tuned(tuning: Tuning): Tried {
  const layers = [
    firstChain(
      tableLayer(tf, 'e', TABLE, tuning === 'all'),
      tunedBlock(tf, 'b', BLOCK, tuning),
      poolLayer(tf, 'mean'),
      tunedDense(tf, 'o', OUT, tuning),
      tanhLayer(tf),
      lengthLayer(tf, 2),
    ),
    denseLayer(tf, 'output', { inputs: 5, outputs: 1, last: true }),
  ];
  return {
    ...{ stack: stackOf(layers, BINARY), head: BINARY },
    forward(ids, p) {
      const through = (name: string, found: Pretrained, x: Tensor2D): Tensor2D => {
        const down = p.get(`${name}/down`);
        const weights = p.get(`${name}/weights`) ?? found.weights;
        const change = down && tf.matMul(down, p.get(`${name}/up`)!);
        const whole = change ? tf.add<Tensor2D>(weights, change) : weights;
        return sum(x, whole, p.get(`${name}/bias`) ?? found.bias);
      };
      const norm = (name: string, found: typeof BLOCK.forwardNorm, x: Tensor2D): Tensor2D =>
        plainNorm(x, p.get(`${name}/gain`) ?? found.gain, p.get(`${name}/bias`) ?? found.bias);
      const x = tokensFrom(p.get('e/table') ?? TABLE, ids);
      const asked = norm('b/attention/norm', BLOCK.attentionNorm, x);
      const heads = plainAttention(through('b/attention/qkv', BLOCK.qkv, asked), 2);
      const middle = tf.add<Tensor2D>(
        through('b/attention/output', BLOCK.output, heads),
        through('b/attention/shortcut', BLOCK.shortcut, x),
      );
      const even = norm('b/forward/norm', BLOCK.forwardNorm, middle);
      const widened = tf.relu(through('b/forward/widen', BLOCK.widen, even));
      const states = tf.add<Tensor2D>(middle, through('b/forward/narrow', BLOCK.narrow, widened));
      const out = tf.tanh(through('o', OUT, tf.mean(states, 0, true)));
      const scaled = tf.mul<Tensor2D>(tf.div(out, tf.norm(out)), 2);
      return sum(scaled, p.get('output/weights')!, p.get('output/bias')!);
    },
  };
}

const MODELS: readonly (readonly [string, () => Tried])[] = [
  ['a small transformer', attention],
  ['an encoder trained on by its biases', () => tuned('biases')],
  ['an encoder trained on by adapters of low rank', () => tuned({ rank: 2 })],
  ['an encoder trained on as a whole', () => tuned('all')],
  ['a head on an encoder that stays as it is', () => tuned('none')],
];

const texts = someTexts();
const filled = [...texts.lengths.keys()].filter((r) => texts.lengths[r]! > 0);
const everyRow = Int32Array.from({ length: texts.rows + 1 }, (_, r) => r);
const targets = Float64Array.from({ length: texts.rows }, (_, r) => r % 2);
const square = (values: Float64Array): number => values.reduce((total, v) => total + v * v, 0);

describe.each(MODELS)('%s', (_, made) => {
  const tried = made();
  const parameters = anyParameters(tried.stack, 3);
  const engine = sequenceEngine(tf, tried.stack, tried.head, {
    capacity: 8,
    length: 6,
    several: true,
  });
  engine.setParameters(parameters);
  const gradients = new Map(
    filled.map((row) => [
      row,
      gradientOf(tried, parameters, tokensOf(texts, row), [targets[row]!]),
    ]),
  );

  it('has the length of each text’s gradient over all that is trained on', () => {
    engine.backward(texts, targets);
    const norms = new Float64Array(texts.rows);
    engine.squaredNorms(everyRow, norms);
    for (const row of filled) {
      expect(Math.sqrt(norms[row]! / square(gradients.get(row)!))).toBeCloseTo(1, 5);
    }
  });

  it('adds up weighted gradients as the naive loop does, however the batch is cut', () => {
    const weights = Float64Array.from(texts.lengths, (length, r) => (length === 0 ? 0 : 0.3 + r));
    const wanted = new Float64Array(engine.parameters);
    for (const row of filled) {
      gradients.get(row)!.forEach((value, i) => (wanted[i]! += weights[row]! * value));
    }
    for (const parts of [1, 2, 7]) {
      const size = Math.ceil(texts.rows / parts);
      const found = new Float64Array(engine.parameters);
      for (let from = 0; from < texts.rows; from += size) {
        const rows = Int32Array.from(everyRow.subarray(from, Math.min(from + size, texts.rows)));
        engine.backward(engine.gather(texts, rows), targets.subarray(from, from + size));
        engine.addWeightedGradient(weights.subarray(from, from + size), found);
      }
      const apart = square(found.map((value, i) => value - wanted[i]!));
      expect(Math.sqrt(apart / square(wanted))).toBeLessThan(1e-5);
    }
  });
});
