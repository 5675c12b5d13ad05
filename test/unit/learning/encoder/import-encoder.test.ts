import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../../main/contract/errors.ts';
import { encodeTexts } from '../../../../main/learning/encoder/encode-texts.ts';
import {
  importEncoder,
  type ReadImport,
} from '../../../../main/learning/encoder/import-encoder.ts';
import { loadEncoder } from '../../../../main/learning/encoder/loaded-encoder.ts';
import { tinyEncoder, type TinyChange } from './tiny-encoder.ts';

const reader =
  (files: ReadonlyMap<string, Uint8Array>): ReadImport =>
  (path, limit) => {
    const bytes = files.get(path) ?? null;
    return Promise.resolve(bytes !== null && bytes.length > limit ? 'too-large' : bytes);
  };

async function faultOf(change: TinyChange): Promise<ConcordError['params'] | string> {
  try {
    await importEncoder(reader(tinyEncoder(change)));
    return 'taken';
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'ENCODER_INVALID') return error.params;
    throw error;
  }
}

describe("an institution's own encoder", () => {
  it('is taken with its licence and provenance, and encodes', async () => {
    const { manifest, files } = await importEncoder(reader(tinyEncoder()));
    expect(manifest.description).toMatchObject({
      id: 'tiny-zh',
      licence: 'CC0-1.0',
      provenance: 'made in a test',
    });
    expect(manifest.files.map(({ path }) => path)).toEqual([
      'model.json',
      'vocab.txt',
      'group1-shard1of1.bin',
    ]);
    const encoder = await loadEncoder({
      manifest,
      read: (path) => Promise.resolve(files.get(path) ?? null),
    });
    const [cough, coughs, rent] = ['咳嗽', '咳嗽咳嗽', 'rent'];
    const found = await encodeTexts(encoder, [cough!, coughs!, rent!, '']);
    const vector = (row: number): Float32Array => found.subarray(4 * row, 4 * row + 4);
    expect(Math.hypot(...vector(0))).toBeCloseTo(1, 5);
    // The mean of [CLS] 咳 嗽 [SEP] by hand, from the rows of the table.
    const rows = [2, 7, 8, 3].map((id) => [0, 1, 2, 3].map((d) => Math.sin(id + 10 * d)));
    const sum = [0, 1, 2, 3].map((d) => rows.reduce((all, row) => all + row[d]!, 0));
    const scale = Math.hypot(...sum);
    sum.forEach((value, d) => expect(vector(0)[d]).toBeCloseTo(value / scale, 5));
    expect([...vector(2)]).not.toEqual([...vector(0)]);
    expect([...vector(3)]).toEqual([0, 0, 0, 0]);
    encoder.dispose();
  });

  it('may have the vector of its first piece, unless that is the same for every text', async () => {
    const ids = 'input_ids';
    const first = { pooling: 'cls', inputs: { kind: 'dense', ids, begin: null } };
    expect(await faultOf({ describe: first })).toBe('taken');
    expect(await faultOf({ describe: { pooling: 'cls' } })).toEqual({
      file: 'model.json',
      reason: 'self-check',
    });
  });

  it.each<[string, TinyChange, string, string]>([
    ['no description', { drop: 'encoder.json' }, 'encoder.json', 'file'],
    ['a description with more in it', { describe: { more: 1 } }, 'encoder.json', 'description'],
    [
      'a path out of its folder',
      { describe: { graph: '../m.json' } },
      'encoder.json',
      'description',
    ],
    ['no licence', { describe: { licence: ' ' } }, 'encoder.json', 'description'],
    ['a shard out of its folder', { shard: '../../etc/passwd' }, 'model.json', 'graph'],
    ['a missing shard', { drop: 'group1-shard1of1.bin' }, 'group1-shard1of1.bin', 'file'],
    ['too few weights', { cut: 4 }, 'model.json', 'weights'],
    ['a loop', { op: 'While' }, 'model.json', 'operation'],
    ['an operation nobody knows', { op: 'ReadFile' }, 'model.json', 'operation'],
    ['a tensor that is not there', { describe: { output: 'elsewhere' } }, 'model.json', 'tensor'],
    ['a vocabulary without its marks', { words: ['[UNK]', 'a'] }, 'vocab.txt', 'vocabulary'],
    ['no vocabulary at all', { words: ['a'] }, 'vocab.txt', 'vocabulary'],
    ['other dimensions', { describe: { dimensions: 5 } }, 'model.json', 'dimensions'],
    ['texts that leak into each other', { mixing: true }, 'model.json', 'self-check'],
    ['weights that are no numbers', { weight: NaN }, 'model.json', 'self-check'],
    ['a graph that is no JSON', { graph: '{"modelTopology":' }, 'model.json', 'graph'],
  ])('is refused: %s', async (_, change, file, reason) => {
    expect(await faultOf(change)).toEqual({ file, reason });
  });

  it("may not call itself by the name of the program's own", async () => {
    const work = importEncoder(reader(tinyEncoder({ describe: { id: 'use-lite-en' } })));
    await expect(work).rejects.toMatchObject({ code: 'ENCODER_EXISTS' });
  });
});
