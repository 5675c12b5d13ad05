/**
 * Writes encoder-tokens.json: pieces as the published tokenizer of the Universal Sentence Encoder
 * cuts them. To be run by hand:
 *
 *   npm pack @tensorflow-models/universal-sentence-encoder@1.3.3 && tar xzf *.tgz
 *   NODE_PATH=<this checkout>/node_modules node test/vectors/encoder-tokens.mjs package
 *
 * Texts here hold no white space but single blanks: the published tokenizer leaves the other kinds
 * as unknown pieces, where SentencePiece has blanks.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.resolve(process.argv[2], 'dist', 'index.js'));
const { Tokenizer } = require('./tokenizer/index.js');
const here = import.meta.dirname;
const vocabulary = path.join(
  ...[here, '..', '..', 'node_modules', '@energetic-ai', 'model-embeddings-en', 'dist'],
  'vocab.json',
);
const tokenizer = new Tokenizer(JSON.parse(readFileSync(vocabulary, 'utf8')));

const TEXTS = [
  '',
  'a',
  'Hello, world!',
  'The patient was seen with a cough of three weeks; blood pressure 135/85 mmHg.',
  'unbelievably antidisestablishmentarianism',
  "It's the GP's view that he'll improve, isn't it?",
  'Seen at 10:30: (a) no fever, (3): none :)',
  ': begins with a colon',
  'http://example.org/a?b=c&d=100%',
  'café naïve résumé – “quoted” … ½ ﬁne Ａｂｃ１２３',
  '患者因反复咳嗽三周入院',
  'mixed 中文 and English 混合 text',
  'שלום עולם',
  'مرحبا بالعالم and back',
  '🙂 fine 👨‍👩‍👧 family 🙂🙂',
  'αβγ ≠ ∑ Ω',
  '____----====',
  '<s> </s> extra_token_id_1',
  'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'Привет, мир! 12.5 mg/kg',
];

const cases = TEXTS.map((text) => ({ text, ids: tokenizer.encode(text) }));
writeFileSync(
  path.join(here, 'encoder-tokens.json'),
  `[\n${cases.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`,
);
