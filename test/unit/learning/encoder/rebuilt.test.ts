import { afterAll, describe, expect, it } from 'vitest';
import { openEncoder } from '../../../../main/learning/encoder/open-encoder.ts';
import { rebuildEncoder } from '../../../../main/learning/encoder/rebuilt.ts';
import { readEncoderWeights } from '../../../../main/learning/encoder/weights.ts';
import type { Tuning } from '../../../../main/learning/sequence/tuned.ts';
import { seededUniform } from '../fixtures.ts';
import { nativeTf, rowsOf, valuesAtFirst } from '../sequence/layer-check.ts';

const tf = nativeTf();
const encoder = await openEncoder();
const weights = await readEncoderWeights();
const rebuilt = rebuildEncoder(tf, weights);
afterAll(() => {
  rebuilt.dispose();
  encoder.dispose();
});

const WORDS =
  'the patient a of skin rash fever came back after two weeks and 38.5 °C ünïcödé 心脏 🙂 ' +
  'hypertension immunosuppressed pain; (left) "knee" ibuprofen no not worse since yesterday';

/** Sentences of one word to far more than the encoder reads at once, cut where it stops. */
function sentences(): number[][] {
  const words = WORDS.split(' ');
  const draw = seededUniform(5);
  return Array.from({ length: 32 }, (_, i) => {
    const count = 1 + Math.floor(i ** 1.45);
    const text = Array.from({ length: count }, () => words[Math.floor(draw() * words.length)]!);
    return encoder.tokenizer.tokens(text.join(' ')).slice(0, rebuilt.longest);
  });
}

function byLayers(texts: readonly number[][], tuning: Tuning): Float32Array {
  const layer = rebuilt.layers(tuning);
  return tf.tidy(() => {
    const facts = rowsOf(tf, texts);
    return layer
      .forward(tf.zeros([1, 1, 1]), facts, valuesAtFirst(tf, layer.tensors))
      .dataSync<'float32'>();
  });
}

function farthest(found: Float32Array, expected: Float32Array): number {
  expect(found.length).toBe(expected.length);
  return found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
}

describe('the encoder in layers of our own', () => {
  it('gives the vectors of its graph for texts of all lengths in one batch', async () => {
    const texts = sentences();
    expect(Math.min(...texts.map(({ length }) => length))).toBe(1);
    expect(Math.max(...texts.map(({ length }) => length))).toBe(rebuilt.longest);
    const graph = Float32Array.from(await encoder.run(texts));
    expect(farthest(byLayers(texts, 'none'), graph)).toBeLessThan(2e-6);
  });

  it('starts from the same vectors, whatever of it is trained on', async () => {
    const texts = sentences().slice(10, 16);
    const graph = Float32Array.from(await encoder.run(texts));
    for (const tuning of ['biases', { rank: 2 }, 'all'] as const) {
      expect(farthest(byLayers(texts, tuning), graph)).toBeLessThan(2e-6);
    }
  });

  it('has as many numbers to train on as each way of tuning says', () => {
    const count = (tuning: Tuning): number =>
      rebuilt.layers(tuning).tensors.reduce((sum, t) => sum + t.rows * t.columns, 0);
    expect(count('none')).toBe(0);
    expect(count('biases')).toBe(10_240);
    expect(count({ rank: 1 })).toBe(14_848);
    // All tensors but the rates of the timing signal and the constants of the graph.
    const sizes = [...weights.values()].map(({ values }) => values.length);
    const trained = sizes.filter((size) => size > 128).reduce((sum, size) => sum + size, 0);
    expect(count('all')).toBe(trained);
  });
});
