import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { encodeTexts } from '../main/learning/encoder/encode-texts.ts';
import type { LoadedEncoder } from '../main/learning/encoder/loaded-encoder.ts';
import { openEncoder } from '../main/learning/encoder/open-encoder.ts';
import { sentencesOf } from '../main/learning/encoder/windows.ts';
import { shuffled } from '../main/learning/seeded.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { columnOf } from '../main/records/shape.ts';
import { spread } from './spread.ts';
import { median, rounded, timed } from './timing.ts';

export interface TextEncoderBench {
  readonly sentences: number;
  /** From nothing to a checked and loaded encoder. */
  readonly open_ms: number;
  /** Different sentences of about a dozen words, in batches by length; medians. */
  readonly sentences_per_second: number;
  readonly singly_per_second: number;
  readonly batches_over_singly: number;
  /** Of texts that fill their window of 128 pieces. */
  readonly windows_per_second: number;
  readonly tokenizer_megabytes_per_second: number;
  readonly peak_rss_mib: number;
  /** medical-abstracts, softmax regression, a quarter held out: what to do with a long text. */
  readonly long_texts: {
    readonly texts: number;
    /** Of more pieces than the encoder reads at once. */
    readonly longer_than_window: number;
    readonly accuracy: Readonly<Record<string, Spread>>;
  };
}

const SUBJECTS = ['The patient', 'A woman of forty', 'Her neighbour', 'The applicant', 'His son'];
const VERBS = ['was seen with', 'complains of', 'was sent home after', 'asked about', 'has had'];
const OBJECTS = ['a cough', 'an unpaid bill', 'pain in the left knee', 'a broken window', 'fever'];

/** Different sentences of ten to sixteen words. */
function sentence(number: number): string {
  const pick = (from: readonly string[], by: number): string =>
    from[Math.floor(number / by) % from.length]!;
  const tail = number % 3 === 0 ? ', and will write again next month' : '';
  return `${pick(SUBJECTS, 1)} ${pick(VERBS, 5)} ${pick(OBJECTS, 25)} for ${number} days in the spring${tail}.`;
}

/** Speed of the frozen encoder, and how it should read texts longer than its window. */
export async function benchTextEncoder(rows = 2_000, runs = 5): Promise<TextEncoderBench> {
  let encoder: LoadedEncoder | undefined;
  const open = await timed(async () => (encoder = await openEncoder()));
  const loaded = encoder!;
  const sentences = Array.from({ length: rows }, (_, number) => sentence(number));
  const long = Array.from({ length: 256 }, (_, number) =>
    Array.from({ length: 20 }, (_each, i) => sentence(20 * number + i)).join(' '),
  ).map((text) => firstWindow(loaded, text));
  await encodeTexts(loaded, sentences.slice(0, 200));
  const per = async (count: number, work: () => Promise<unknown>): Promise<number> => {
    const seconds: number[] = [];
    for (let run = 0; run < runs; run++) seconds.push((await timed(work)).wall / 1000);
    return count / median(seconds);
  };
  const together = await per(rows, () => encodeTexts(loaded, sentences));
  const some = sentences.slice(0, 100);
  const singly = await per(some.length, async () => {
    for (const text of some) await encodeTexts(loaded, [text]);
  });
  const windows = await per(long.length, () => loaded.run(long));
  const megabyte = sentences.join(' ').repeat(20);
  const tokenizer = await per(megabyte.length / 1e6, () =>
    Promise.resolve(loaded.tokenizer.tokens(megabyte)),
  );
  const result = {
    sentences: rows,
    open_ms: rounded(open.wall),
    sentences_per_second: rounded(together),
    singly_per_second: rounded(singly),
    batches_over_singly: rounded(together / singly),
    windows_per_second: rounded(windows),
    tokenizer_megabytes_per_second: rounded(tokenizer),
    peak_rss_mib: rounded(process.resourceUsage().maxRSS / 1024),
    long_texts: await longTexts(loaded),
  };
  loaded.dispose();
  return result;
}

const firstWindow = ({ tokenizer, window }: LoadedEncoder, text: string): number[] =>
  tokenizer.tokens(text).slice(0, window);

async function longTexts(encoder: LoadedEncoder): Promise<TextEncoderBench['long_texts']> {
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
    accuracy[name] = spread(
      Array.from({ length: DRAWS }, (_, draw) => softmaxAccuracy(vectors, labels, draw)),
    );
  }
  return {
    texts: texts.length,
    longer_than_window: texts.filter((text) => tokenizer.tokens(text).length > window).length,
    accuracy,
  };
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

type Spread = ReturnType<typeof spread>;

const DRAWS = 5;
const CLASSES = 5;
const STEPS = 400;
const RATE = 20;
const DECAY = 1e-4;

/** Softmax regression by full gradient steps with momentum; accuracy on a quarter drawn by seed. */
function softmaxAccuracy(vectors: Float32Array, labels: readonly number[], seed: number): number {
  const rows = labels.length;
  const width = vectors.length / rows;
  const order = shuffled(
    Int32Array.from(labels, (_, row) => row),
    seed + 1,
  );
  const train = order.slice(Math.floor(rows / 4));
  const weights = new Float64Array(CLASSES * width);
  const speed = new Float64Array(CLASSES * width);
  const scores = new Float64Array(CLASSES);
  const score = (row: number): void => {
    for (let c = 0; c < CLASSES; c++) {
      let sum = 0;
      for (let d = 0; d < width; d++) sum += weights[c * width + d]! * vectors[row * width + d]!;
      scores[c] = sum;
    }
  };
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(CLASSES * width);
    for (const row of train) {
      score(row);
      const top = Math.max(...scores);
      const total = scores.reduce((sum, value) => sum + Math.exp(value - top), 0);
      for (let c = 0; c < CLASSES; c++) {
        const delta = Math.exp(scores[c]! - top) / total - Number(labels[row] === c);
        for (let d = 0; d < width; d++) {
          gradient[c * width + d]! += delta * vectors[row * width + d]!;
        }
      }
    }
    for (let i = 0; i < weights.length; i++) {
      speed[i] =
        0.9 * speed[i]! - (RATE / 10) * (gradient[i]! / train.length + DECAY * weights[i]!);
      weights[i]! += speed[i]!;
    }
  }
  const test = order.slice(0, Math.floor(rows / 4));
  let right = 0;
  for (const row of test) {
    score(row);
    right += Number(scores.indexOf(Math.max(...scores)) === labels[row]);
  }
  return right / test.length;
}
