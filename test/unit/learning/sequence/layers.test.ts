import type * as TensorFlow from '@tensorflow/tfjs-node';
import { describe, expect, it } from 'vitest';
import { attentionLayer } from '../../../../main/learning/sequence/attention.ts';
import { denseLayer } from '../../../../main/learning/sequence/dense.ts';
import type { SequenceLayer } from '../../../../main/learning/sequence/layer.ts';
import { normLayer } from '../../../../main/learning/sequence/norm.ts';
import {
  chain,
  lengthLayer,
  placesLayer,
  reluLayer,
  residual,
  tanhLayer,
  usualRates,
} from '../../../../main/learning/sequence/parts.ts';
import { poolLayer } from '../../../../main/learning/sequence/pool.ts';
import { blockLayer, tunedBlock } from '../../../../main/learning/sequence/transformer.ts';
import {
  tunedDense,
  type Pretrained,
  type Tuning,
} from '../../../../main/learning/sequence/tuned.ts';
import {
  plainAttention,
  plainBlock,
  plainDense,
  plainNorm,
  plainPlaces,
  tf,
} from './plain-layers.ts';
import {
  checkLayer,
  distance,
  factsOf,
  randomParametersOf,
  randomTensor,
  valuesAtFirst,
  type Plain,
} from './layer-check.ts';

type Tensor2D = TensorFlow.Tensor2D;
type Tensor3D = TensorFlow.Tensor3D;

const LENGTHS = [5, 1, 7, 0, 3];
const WIDTH = 6;

function pretrained(p: number, q: number, seed: number): Pretrained {
  return {
    weights: randomTensor(tf, [p, q], seed) as Tensor2D,
    bias: randomTensor(tf, [1, q], seed + 1) as Tensor2D,
  };
}

describe('layers of texts: outputs, input gradients and each example’s gradients', () => {
  const check = (layer: SequenceLayer, plain: Plain, width = WIDTH, pooled = false): void =>
    checkLayer(tf, { layer, plain, width, lengths: LENGTHS, pooled });

  it('are right for a dense layer', () => {
    check(denseLayer(tf, 'd', { inputs: WIDTH, outputs: 4 }), plainDense('d'));
  });

  it('are right for normalisation with gain and bias', () => {
    check(normLayer(tf, 'n', { width: WIDTH }), (_, x, p) =>
      plainNorm(x, p.get('n/gain')!, p.get('n/bias')!),
    );
  });

  it('are right for attention of one head and of several', () => {
    check(attentionLayer(tf, 1), (_, x) => plainAttention(x, 1), 12);
    check(attentionLayer(tf, 2), (_, x) => plainAttention(x, 2), 12);
  });

  it('are right for what has no parameters', () => {
    check(reluLayer(tf), (_, x) => tf.relu(x));
    check(tanhLayer(tf), (_, x) => tf.tanh(x));
    check(poolLayer(tf, 'mean'), (_, x) => tf.mean(x, 0, true), WIDTH, true);
    check(lengthLayer(tf, 3), (_, x) =>
      tf.mul(tf.div(x, tf.sqrt(tf.sum(tf.square(x), -1, true))), 3),
    );
    const rates = usualRates(WIDTH);
    check(placesLayer(tf, rates, 2), (_, x) => plainPlaces(x, rates, 2));
  });

  const given = pretrained(WIDTH, 4, 30);
  const tunings: readonly [string, Tuning, Plain][] = [
    ['all', 'all', plainDense('d')],
    ['biases alone', 'biases', (_, x, p) => tf.add(tf.matMul(x, given.weights), p.get('d/bias')!)],
    ['nothing', 'none', (_, x) => tf.add(tf.matMul(x, given.weights), given.bias)],
    [
      'an adapter of low rank',
      { rank: 2 },
      (_, x, p) =>
        tf.add(
          tf.matMul(x, tf.add(given.weights, tf.matMul(p.get('d/down')!, p.get('d/up')!))),
          given.bias,
        ),
    ],
  ];
  it.each(tunings)('are right for a trained dense layer, trained on by %s', (_, tuning, plain) => {
    check(tunedDense(tf, 'd', given, tuning), plain);
  });

  it('are right for a whole block of a transformer', () => {
    check(blockLayer(tf, 'b', { width: WIDTH, heads: 2, within: 9 }), plainBlock('b', 2));
  });

  it('are right where layers share an input', () => {
    const shortcut = denseLayer(tf, 's', { inputs: WIDTH, outputs: 4 });
    const inner = chain(denseLayer(tf, 'd', { inputs: WIDTH, outputs: 4 }), reluLayer(tf));
    check(residual(tf, inner, shortcut), (_, x, p) =>
      tf.add(tf.relu(plainDense('d')(tf, x, p)), plainDense('s')(tf, x, p)),
    );
  });
});

describe('what is trained on of a block trained before', () => {
  const norm = (seed: number): { gain: Tensor2D; bias: Tensor2D } => ({
    gain: randomTensor(tf, [1, WIDTH], seed) as Tensor2D,
    bias: randomTensor(tf, [1, WIDTH], seed + 1) as Tensor2D,
  });
  const block = {
    heads: 2,
    attentionNorm: norm(1),
    qkv: pretrained(WIDTH, 3 * WIDTH, 3),
    output: pretrained(WIDTH, WIDTH, 5),
    forwardNorm: norm(7),
    widen: pretrained(WIDTH, 9, 9),
    narrow: pretrained(9, WIDTH, 11),
  };
  const parts = ['attention/qkv', 'attention/output', 'forward/widen', 'forward/narrow'];
  const norms = ['attention/norm', 'forward/norm'];
  const named = (tuning: Tuning): string[] =>
    tunedBlock(tf, 'b', block, tuning).tensors.map(({ name }) => name.slice(2));

  it('is the tensors that it says and no others', () => {
    expect(named('none')).toEqual([]);
    expect(named('biases').sort()).toEqual([...norms, ...parts].map((n) => `${n}/bias`).sort());
    expect(named({ rank: 2 }).sort()).toEqual(
      parts.flatMap((part) => [`${part}/down`, `${part}/up`]).sort(),
    );
    expect(named('all').sort()).toEqual(
      [
        ...norms.flatMap((one) => [`${one}/gain`, `${one}/bias`]),
        ...parts.flatMap((part) => [`${part}/weights`, `${part}/bias`]),
      ].sort(),
    );
  });

  it('starts from the block as it was', () => {
    const facts = factsOf(tf, [4, 2], 5);
    const inputs = randomTensor(tf, [2, 5, WIDTH], 20) as Tensor3D;
    const outputs = (tuning: Tuning): Float32Array => {
      const layer = tunedBlock(tf, 'b', block, tuning);
      const first = valuesAtFirst(tf, layer.tensors);
      return layer.forward(inputs, facts, first).dataSync<'float32'>();
    };
    const before = outputs('none');
    for (const tuning of ['all', 'biases', { rank: 2 }] as const) {
      expect(distance(outputs(tuning), before)).toBeLessThan(1e-6);
    }
  });
});

describe('padding and neighbours', () => {
  it('show in no output of a text', () => {
    const layer = chain(
      blockLayer(tf, 'b', { width: WIDTH, heads: 2, within: 9 }),
      poolLayer(tf, 'mean'),
    );
    const parameters = randomParametersOf(tf, layer.tensors);
    const outputsOf = (texts: Tensor3D, lengths: number[]): Float32Array =>
      layer.forward(texts, factsOf(tf, lengths, texts.shape[1]), parameters).dataSync<'float32'>();
    const texts = randomTensor(tf, [3, 8, WIDTH], 4) as Tensor3D;
    const together = outputsOf(texts, [3, 8, 0]);
    const alone = outputsOf(tf.slice(texts, [0, 0, 0], [1, 3, WIDTH]), [3]);
    expect(distance(together.subarray(0, WIDTH), alone)).toBeLessThan(1e-6);
    expect([...together.subarray(2 * WIDTH)]).toEqual(new Array(WIDTH).fill(0));
    const wild = tf.concat([tf.slice(texts, 0, 1), tf.mul(tf.slice(texts, 1), 1e4)]) as Tensor3D;
    expect(outputsOf(wild, [3, 8, 0]).subarray(0, WIDTH)).toEqual(together.subarray(0, WIDTH));
  });
});
