import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { encodeTexts } from '../main/learning/encoder/encode-texts.ts';
import type { LoadedEncoder } from '../main/learning/encoder/loaded-encoder.ts';
import { openEncoder } from '../main/learning/encoder/open-encoder.ts';
import { loadRuntime } from '../main/learning/encoder/runtime.ts';
import { sentencesOf } from '../main/learning/encoder/windows.ts';
import { shuffled } from '../main/learning/seeded.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { columnOf } from '../main/records/shape.ts';
import { spread } from './spread.ts';

type Spread = ReturnType<typeof spread>;

export interface TextWindowsBench {
  readonly texts: number;
  /** Of more pieces than the encoder reads at once. */
  readonly longer_than_window: number;
  readonly draws: number;
  /** Of softmax regression on the vectors; a quarter is held out, drawn by seed. */
  readonly accuracy: Readonly<Record<string, Spread>>;
}

const CLASSES = 5;
const STEPS = 400;
const RATE = 2;
const DECAY = 1e-4;

/** How texts longer than the encoder's window should be read: medical-abstracts, plain head. */
export async function benchTextWindows(_rows = 0, draws = 10): Promise<TextWindowsBench> {
  const encoder = await openEncoder();
  const file = resolve('..', 'shared', 'data', 'text', 'medical-abstracts', 'medical_tc_test.csv');
  const { table } = await readCsv(() => createReadStream(file), {
    types: { medical_abstract: 'text', condition_label: 'category' },
  });
  const cells = cellTexts(columnOf(table, 'medical_abstract'));
  const texts = Array.from({ length: table.rows }, (_, row) => cells(row));
  const names = cellTexts(columnOf(table, 'condition_label'));
  const labels = Array.from({ length: table.rows }, (_, row) => Number(names(row)) - 1);
  const { tokenizer, window } = encoder;
  const cut: LoadedEncoder = {
    ...encoder,
    tokenizer: { tokens: (text) => tokenizer.tokens(text).slice(0, window) },
  };
  const ways: Readonly<Record<string, () => Promise<Float32Array>>> = {
    'cut at the window': () => encodeTexts(cut, texts),
    'mean of windows of 128': () => encodeTexts(encoder, texts),
    'mean of windows of 64': () => encodeTexts({ ...encoder, window: 64 }, texts),
    'mean of windows of 32': () => encodeTexts({ ...encoder, window: 32 }, texts),
    'mean of sentences': () => meanOfSentences(encoder, texts),
  };
  const accuracy: Record<string, Spread> = {};
  for (const [name, way] of Object.entries(ways)) {
    const vectors = await way();
    const found: number[] = [];
    for (let draw = 0; draw < draws; draw++) found.push(softmaxAccuracy(vectors, labels, draw + 1));
    accuracy[name] = spread(found);
  }
  const longer = texts.filter((text) => tokenizer.tokens(text).length > window).length;
  encoder.dispose();
  return { texts: texts.length, longer_than_window: longer, draws, accuracy };
}

/** Every sentence counts the same. */
async function meanOfSentences(
  encoder: LoadedEncoder,
  texts: readonly string[],
): Promise<Float32Array> {
  const parts = texts.map(sentencesOf);
  const vectors = await encodeTexts(encoder, parts.flat());
  const { dimensions } = encoder;
  const result = new Float32Array(texts.length * dimensions);
  let at = 0;
  parts.forEach(({ length }, text) => {
    for (let i = 0; i < length; i++, at++) {
      for (let d = 0; d < dimensions; d++) {
        result[text * dimensions + d]! += vectors[at * dimensions + d]!;
      }
    }
    const row = result.subarray(text * dimensions, (text + 1) * dimensions);
    const norm = Math.hypot(...row) || 1;
    row.forEach((value, d) => (row[d] = value / norm));
  });
  return result;
}

/** Softmax regression by full gradient steps with momentum. */
function softmaxAccuracy(vectors: Float32Array, labels: readonly number[], seed: number): number {
  const { tf } = loadRuntime();
  const rows = labels.length;
  const places = Int32Array.from(labels, (_, row) => row);
  const order = shuffled(places, seed);
  const held = Math.floor(rows / 4);
  return tf.tidy(() => {
    const all = tf.tensor2d(vectors, [rows, vectors.length / rows]);
    const truth = tf.oneHot(tf.tensor1d(labels as number[], 'int32'), CLASSES);
    const part = (from: number, to: number): Parameters<typeof tf.gather>[1] =>
      tf.tensor1d(order.slice(from, to), 'int32');
    const [test, train] = [part(0, held), part(held, rows)];
    const inputs = tf.gather(all, train);
    const targets = tf.gather(truth, train);
    let weights = tf.zeros([vectors.length / rows, CLASSES]);
    let speed = tf.zerosLike(weights);
    for (let step = 0; step < STEPS; step++) {
      [weights, speed] = tf.tidy(() => {
        const delta = tf
          .softmax(inputs.matMul(weights))
          .sub(targets)
          .div(rows - held);
        const gradient = inputs.matMul(delta, true).add(weights.mul(DECAY));
        const next = speed.mul(0.9).sub(gradient.mul(RATE));
        return [weights.add(next), next];
      });
    }
    const guessed = tf.gather(all, test).matMul(weights).argMax(1);
    const right = guessed.equal(tf.gather(truth, test).argMax(1));
    return right.cast('float32').mean().dataSync()[0]!;
  });
}
