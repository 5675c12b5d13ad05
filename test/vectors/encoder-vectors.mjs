/**
 * Writes encoder-vectors.json: the first numbers of the vectors that the encoder's own graph gives
 * for the pieces of encoder-tokens.json, one text at a time, through TensorFlow.js's loader of files
 * and nothing of the program. To be run by hand: node test/vectors/encoder-vectors.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const util = require('node:util');
util.isNullOrUndefined = (value) => value === null || value === undefined;
util.isArray = Array.isArray;
const tf = require('@tensorflow/tfjs-node');

const here = import.meta.dirname;
const dist = path.join(
  ...[here, '..', '..', 'node_modules', '@energetic-ai', 'model-embeddings-en', 'dist'],
);
const model = await tf.loadGraphModel(`file://${path.join(dist, 'model.json')}`);
const cases = JSON.parse(readFileSync(path.join(here, 'encoder-tokens.json'), 'utf8'));

const lines = [];
for (const { text, ids } of cases) {
  if (ids.length === 0) continue;
  const output = await model.executeAsync({
    indices: tf.tensor2d(
      ids.map((_, place) => [0, place]),
      [ids.length, 2],
      'int32',
    ),
    values: tf.tensor1d(ids, 'int32'),
  });
  const first = [...output.dataSync().slice(0, 4)].map((value) => Number(value.toFixed(7)));
  lines.push(`  ${JSON.stringify({ text, first })}`);
}
writeFileSync(path.join(here, 'encoder-vectors.json'), `[\n${lines.join(',\n')}\n]\n`);
