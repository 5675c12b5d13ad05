import { ConcordError } from '../../contract/errors.ts';
import type { LoadedEncoder } from './loaded-encoder.ts';
import { windowsOf } from './windows.ts';

export interface EncodeOptions {
  readonly signal?: AbortSignal;
  /** Told after every batch; `done` counts texts read, or windows of them, out of `total`. */
  readonly progress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Pieces of one batch, padding counted: attention over more gains nothing and costs memory. */
const BATCH_PIECES = 4_096;
const BATCH_WINDOWS = 128;
/** Texts cut into pieces between two looks at the signal. */
const TOKENISED_AT_ONCE = 256;

interface Window {
  readonly text: number;
  readonly ids: readonly number[];
}

/**
 * Vectors of texts by a frozen encoder: Float32Array [texts, dimensions], each of Euclidean length
 * 1; zeros for a text without pieces. A text's vector does not depend on the others: batches are
 * made of windows of like length, and what pads the shorter ones is masked in the graph. A text
 * longer than the encoder reads at once has the mean of its windows' vectors, weighted by their
 * pieces (`windowsOf`). Equal texts are computed once.
 * @throws CANCELLED (or the reason of the signal, where that is an error of ours)
 */
export async function encodeTexts(
  encoder: LoadedEncoder,
  texts: readonly string[],
  { signal, progress }: EncodeOptions = {},
): Promise<Float32Array> {
  const { dimensions } = encoder;
  const places = new Map<string, number[]>();
  texts.forEach((text, place) => {
    const same = places.get(text);
    if (same === undefined) places.set(text, [place]);
    else same.push(place);
  });
  const different = [...places.keys()];
  const windows = await cut(encoder, different, signal);
  const sums = new Float64Array(different.length * dimensions);
  let done = 0;
  for (const batch of batchesOf(windows)) {
    await rest(signal);
    const vectors = await encoder.run(batch.map(({ ids }) => ids));
    batch.forEach(({ text, ids }, row) => {
      const length = norm(vectors, row * dimensions, dimensions);
      if (length === 0) return;
      for (let d = 0; d < dimensions; d++) {
        sums[text * dimensions + d]! += (ids.length * vectors[row * dimensions + d]!) / length;
      }
    });
    done += batch.length;
    progress?.({ done, total: windows.length });
  }
  const result = new Float32Array(texts.length * dimensions);
  different.forEach((text, number) => {
    const from = number * dimensions;
    const length = norm(sums, from, dimensions);
    if (length === 0) return;
    const vector = Float32Array.from(sums.subarray(from, from + dimensions), (v) => v / length);
    for (const place of places.get(text)!) result.set(vector, place * dimensions);
  });
  return result;
}

async function cut(
  encoder: LoadedEncoder,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Window[]> {
  const windows: Window[] = [];
  for (const [text, words] of texts.entries()) {
    if (text % TOKENISED_AT_ONCE === 0) await rest(signal);
    for (const ids of windowsOf(encoder.tokenizer, words, encoder.window)) {
      windows.push({ text, ids });
    }
  }
  return windows;
}

/** Windows of like length together, longest first: memory shows at once whether it suffices. */
function* batchesOf(windows: readonly Window[]): Generator<readonly Window[]> {
  const byLength = windows.toSorted((a, b) => b.ids.length - a.ids.length);
  for (let from = 0; from < byLength.length;) {
    const longest = byLength[from]!.ids.length;
    const size = Math.min(BATCH_WINDOWS, Math.max(1, Math.floor(BATCH_PIECES / longest)));
    yield byLength.slice(from, from + size);
    from += size;
  }
}

async function rest(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted !== true) return;
  const { reason } = signal as { reason: unknown };
  throw reason instanceof ConcordError ? reason : new ConcordError('CANCELLED');
}

/** Euclidean length, or 0 where a number is not finite. */
function norm(values: Float32Array | Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += values[i]! ** 2;
  return Number.isFinite(sum) ? Math.sqrt(sum) : 0;
}
