import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import vectors from '../../../vectors/encoder-vectors.json' with { type: 'json' };
import { ConcordError } from '../../../../main/contract/errors.ts';
import { builtInEncoder } from '../../../../main/learning/encoder/built-in.ts';
import { encodeTexts } from '../../../../main/learning/encoder/encode-texts.ts';
import {
  loadEncoder,
  type LoadedEncoder,
} from '../../../../main/learning/encoder/loaded-encoder.ts';
import type { EncoderSource } from '../../../../main/learning/encoder/manifest.ts';
import { openEncoder } from '../../../../main/learning/encoder/open-encoder.ts';
import { loadRuntime } from '../../../../main/learning/encoder/runtime.ts';
import { readEncoderWeights } from '../../../../main/learning/encoder/weights.ts';
import { WINDOWS_AT_MOST, windowsOf } from '../../../../main/learning/encoder/windows.ts';

let encoder: LoadedEncoder;
beforeAll(async () => {
  encoder = await openEncoder();
});
afterAll(() => encoder.dispose());

const vectorOf = (all: Float32Array, place: number): number[] => [
  ...all.subarray(place * 512, (place + 1) * 512),
];
const farthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

const LONG = 'The cough began three weeks ago and is worse at night. '.repeat(40);

/** The code and parameters of what is thrown. */
async function thrown(work: Promise<unknown>): Promise<[string, ConcordError['params']]> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ConcordError ? [error.code, error.params] : [String(error), {}];
}

describe('vectors of texts', () => {
  it('are those of the published graph', async () => {
    const found = await encodeTexts(
      encoder,
      vectors.map(({ text }) => text),
    );
    vectors.forEach(({ first }, place) => {
      expect(farthest(first, vectorOf(found, place).slice(0, 4))).toBeLessThan(1e-5);
    });
  });

  it('do not depend on the texts beside, whatever their lengths', async () => {
    const texts = [
      'Short.',
      LONG,
      'A sentence of some eleven pieces or so.',
      '患者',
      LONG.slice(0, 300),
    ];
    const together = await encodeTexts(encoder, texts);
    for (const [place, text] of texts.entries()) {
      const alone = await encodeTexts(encoder, [text]);
      expect(farthest(vectorOf(alone, 0), vectorOf(together, place))).toBeLessThan(1e-5);
    }
    const other = await encodeTexts(encoder, [LONG, 'Something else entirely', texts[0]!]);
    expect(farthest(vectorOf(other, 2), vectorOf(together, 0))).toBeLessThan(1e-5);
  });

  it('have length 1, and are zeros where there is no text', async () => {
    const found = await encodeTexts(encoder, ['', 'Rent is due.', ' \n\t', LONG, 'Rent is due.']);
    const lengths = [0, 1, 2, 3, 4].map((place) => Math.hypot(...vectorOf(found, place)));
    expect(lengths[0]).toBe(0);
    expect(lengths[2]).toBe(0);
    for (const place of [1, 3, 4]) expect(lengths[place]).toBeCloseTo(1, 5);
    expect(vectorOf(found, 4)).toEqual(vectorOf(found, 1));
    expect(await encodeTexts(encoder, [])).toHaveLength(0);
  });

  it('of a long text are the mean of its windows, weighted by their pieces', async () => {
    const windows = windowsOf(encoder.tokenizer, LONG, encoder.window);
    expect(windows.length).toBeGreaterThan(1);
    const parts = await encoder.run(windows);
    const mean = Array.from({ length: 512 }, (_, d) =>
      windows.reduce((sum, ids, w) => sum + ids.length * parts[w * 512 + d]!, 0),
    );
    const scale = Math.hypot(...mean);
    const found = vectorOf(await encodeTexts(encoder, [LONG]), 0);
    expect(
      farthest(
        mean.map((value) => value / scale),
        found,
      ),
    ).toBeLessThan(1e-5);
  });

  it('stand a megabyte of anything', async () => {
    const odd = ['🙂'.repeat(250_000), 'x'.repeat(1_000_000), 'שלום '.repeat(9)];
    const found = await encodeTexts(encoder, odd);
    for (const place of odd.keys()) {
      expect(Math.hypot(...vectorOf(found, place))).toBeCloseTo(1, 5);
    }
  });

  it('stop when told to, and tell how far they are', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const texts = Array.from({ length: 300 }, (_, i) => `Text number ${i} of many.`);
    const work = encodeTexts(encoder, texts, {
      signal: stop.signal,
      progress: ({ done }) => {
        told.push(done);
        stop.abort();
      },
    });
    expect(await thrown(work)).toEqual(['CANCELLED', {}]);
    expect(told).toHaveLength(1);
  });
});

describe('windows', () => {
  const words = { tokens: (text: string) => (text.match(/\S+/g) ?? []).map((word) => word.length) };

  it('hold whole sentences where these fit, and lose nothing', () => {
    const text = 'One two three. Four five. Six seven eight nine. Ten.';
    expect(windowsOf(words, text, 20)).toEqual([[3, 3, 6, 4, 5, 3, 5, 5, 5, 4]]);
    expect(windowsOf(words, text, 5)).toEqual([
      [3, 3, 6, 4, 5],
      [3, 5, 5, 5, 4],
    ]);
    const endless = Array.from({ length: 23 }, (_, i) => 'x'.repeat(i + 1)).join(' ');
    expect(windowsOf(words, endless, 5).flat()).toEqual(words.tokens(endless));
    expect(windowsOf(words, '', 5)).toEqual([]);
  });

  it('are not more than stated', () => {
    const windows = windowsOf(words, 'one two. '.repeat(10_000), 4);
    expect(windows).toHaveLength(WINDOWS_AT_MOST);
    expect(windows.every(({ length }) => length === 4)).toBe(true);
  });
});

describe('the files of the encoder', () => {
  const own = builtInEncoder();
  const but = (path: string, bytes: Uint8Array | null): EncoderSource => ({
    manifest: own.manifest,
    read: (asked) => (asked === path ? Promise.resolve(bytes) : own.read(asked)),
  });

  it('are refused when one is missing or altered', async () => {
    const shard = 'group1-shard3of7';
    const facts = { encoder: 'use-lite-en', file: shard };
    expect(await thrown(loadEncoder(but(shard, null)))).toEqual(['ENCODER_MISSING', facts]);
    const bytes = Uint8Array.from((await own.read(shard))!);
    bytes[1_000_000]! ^= 1;
    expect(await thrown(loadEncoder(but(shard, bytes)))).toEqual(['ENCODER_ALTERED', facts]);
    const nowhere = builtInEncoder('/nowhere/at/all');
    expect((await thrown(loadEncoder(nowhere)))[0]).toBe('ENCODER_MISSING');
    expect((await thrown(openEncoder('no-such')))[1]).toEqual({
      encoder: 'no-such',
      known: ['use-lite-en'],
    });
  });

  it('give the weights by name', async () => {
    const weights = await readEncoderWeights();
    expect(weights.size).toBe(61);
    const numbers = [...weights.values()].reduce((sum, { values }) => sum + values.length, 0);
    expect(numbers).toBe(6_975_914);
    expect(weights.get('module/Embeddings_en')?.shape).toEqual([8002, 256]);
    const scale = [...weights.keys()].find((name) =>
      name.endsWith('Layer_0/TransformerLayer/MultiheadAttention/mul/y'),
    );
    expect([...weights.get(scale!)!.values]).toEqual([0.125]);
  });
});

describe('without native TensorFlow', () => {
  it('the vectors are the same, and it is said', async () => {
    const slow = await loadEncoder(builtInEncoder(), () =>
      loadRuntime(() => ({ reason: 'no-avx' })),
    );
    expect(slow.note).toBe('no-avx');
    const texts = ['Rent is due.', 'No fever'];
    const found = await encodeTexts(slow, texts);
    slow.dispose();
    expect(farthest([...found], [...(await encodeTexts(encoder, texts))])).toBeLessThan(1e-5);
  });
});
