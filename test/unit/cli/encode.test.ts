import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../../main/cli/arguments.ts';
import type { Command, CommandAnswer, Surroundings } from '../../../main/cli/command.ts';
import { encodeCommand } from '../../../main/cli/encode.ts';
import { encodersCommand } from '../../../main/cli/encoders.ts';
import { concord, scratchFolder } from '../../command-line.ts';
import { tinyEncoder } from '../learning/encoder/tiny-encoder.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const NOTES = scratch.write('notes.csv', 'id,note\n1,"咳嗽, the rent"\n2,\n3,咳嗽\n');

interface Encoders {
  readonly encoders: readonly { readonly id: string; readonly state?: string }[];
}

/** A command in this process. @param after it was told of so much progress, it is to end */
function run(
  { form, run: work }: Command,
  words: readonly string[],
  encoders: string,
  after = -1,
): Promise<CommandAnswer> {
  const stop = new AbortController();
  let told = 0;
  const around: Surroundings = {
    ...{ language: 'en', signal: stop.signal, say: () => undefined },
    progress: () => {
      if (++told === after) stop.abort();
    },
  };
  if (after === 0) stop.abort();
  return work(readArguments('encode', form, [...words, '--encoders', encoders]), around);
}

describe('encoders on the command line', () => {
  it('imports one, lists it, encodes with it, and tells when a file of it has changed', async () => {
    const folder = scratch.folder('tiny');
    for (const [name, bytes] of tinyEncoder()) scratch.write(`tiny/${name}`, bytes);
    const kept = ['--encoders', scratch.path('kept'), '--json'];
    const taken = await concord(['encoders', 'import', folder, ...kept]);
    expect(taken.json()).toMatchObject({
      encoder: { id: 'tiny-zh', dimensions: 4, licence: 'CC0-1.0', bundled: false },
    });
    const listed = (await concord(['encoders', 'list', ...kept])).json<Encoders>();
    expect(listed.encoders.map(({ id }) => id)).toEqual(['use-lite-en', 'tiny-zh']);

    const out = scratch.path('vectors.csv');
    const encode = ['encode', NOTES, '--text', 'note', '--encoder', 'tiny-zh', ...kept];
    const encoded = await concord([...encode, '--out', out]);
    expect(encoded.json()).toMatchObject({ rows: 3, dimensions: 4, empty: 1 });
    const lines = (await readLines(out)).map((line) => line.split(','));
    expect(lines[0]).toEqual(['v1', 'v2', 'v3', 'v4']);
    expect(lines).toHaveLength(4);
    expect(lines[2]!.map(Number)).toEqual([0, 0, 0, 0]);
    expect(Math.hypot(...lines[3]!.map(Number))).toBeCloseTo(1, 5);

    const vocabulary = scratch.path('kept/tiny-zh/vocab.txt');
    scratch.write('kept/tiny-zh/vocab.txt', `${await readFile(vocabulary, 'utf8')}\n`);
    const refused = await concord([...encode, '--out', scratch.path('more.csv')]);
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain('ENCODER_ALTERED');
    expect(refused.stderr).toContain('vocab.txt');
    const checked = (await concord(['encoders', 'check', '--encoder', 'tiny-zh', ...kept])).json<
      Encoders & { ok: boolean }
    >();
    expect(checked.ok).toBe(false);
    expect(checked.encoders[0]?.state).toBe('altered');
  });

  it('names a file that is missing, and weights that are not what they were', async () => {
    const folder = scratch.folder('own');
    for (const [name, bytes] of tinyEncoder()) scratch.write(`own/${name}`, bytes);
    const kept = scratch.path('altered');
    const importing = ['import', folder];
    await run(encodersCommand, importing, kept);
    await expect(run(encodersCommand, importing, kept)).rejects.toMatchObject({
      code: 'ENCODER_EXISTS',
    });
    await run(encodersCommand, [...importing, '--force'], kept);

    const SHARD = 'group1-shard1of1.bin';
    const weights = join(kept, 'tiny-zh', SHARD);
    const bytes = await readFile(weights);
    bytes[3]! ^= 1;
    await writeFile(weights, bytes);
    const out = scratch.path('none.csv');
    const encode = [NOTES, '--text', 'note', '--encoder', 'tiny-zh', '--out', out];
    const params = { encoder: 'tiny-zh', file: SHARD };
    await expect(run(encodeCommand, encode, kept)).rejects.toMatchObject({
      ...{ code: 'ENCODER_ALTERED', params },
    });
    await rm(weights);
    await expect(run(encodeCommand, encode, kept)).rejects.toMatchObject({
      ...{ code: 'ENCODER_MISSING', params },
    });
    expect(existsSync(out)).toBe(false);
    const check = ['check', '--encoder', 'tiny-zh'];
    const { json } = await run(encodersCommand, check, kept);
    expect(json).toMatchObject({ ok: false, encoders: [{ id: 'tiny-zh', state: 'missing' }] });

    await rm(join(folder, 'vocab.txt'));
    const half = scratch.path('half');
    await expect(run(encodersCommand, importing, half)).rejects.toMatchObject({
      ...{ code: 'ENCODER_INVALID', params: { file: 'vocab.txt', reason: 'file' } },
    });
    expect(existsSync(half)).toBe(false);
  });

  it('ends at a wish with nothing written', async () => {
    const folder = scratch.folder('wish');
    for (const [name, bytes] of tinyEncoder()) scratch.write(`wish/${name}`, bytes);
    const kept = scratch.path('wished');
    const cancelled = { code: 'CANCELLED' };
    const importing = ['import', folder];
    await expect(run(encodersCommand, importing, kept, 0)).rejects.toMatchObject(cancelled);
    expect(existsSync(kept)).toBe(false);
    await expect(run(encodersCommand, ['check'], kept, 0)).rejects.toMatchObject(cancelled);
    await run(encodersCommand, importing, kept);
    // More texts than a batch holds: the wish comes after the first.
    const many = Array.from(
      { length: 400 },
      (_, row) => `${row},咳嗽 ${'患'.repeat(row % 9)}${row}`,
    );
    const notes = scratch.write('many.csv', ['id,note', ...many, ''].join('\n'));
    const out = scratch.path('wish.csv');
    const encode = [notes, '--text', 'note', '--encoder', 'tiny-zh', '--out', out];
    await expect(run(encodeCommand, encode, kept, 1)).rejects.toMatchObject(cancelled);
    expect(existsSync(out)).toBe(false);
    await run(encodeCommand, encode, kept);
    expect(existsSync(out)).toBe(true);
  });

  it.each<[string[], string]>([
    [['encode', NOTES, '--text', 'note', '--out', 'o.csv', '--encoder', 'x'], 'ENCODER_UNKNOWN'],
    [['encoders', 'import'], 'OPTION_MISSING'],
    [['encoders', 'improt'], 'COMMAND_UNKNOWN'],
  ])('%s: %s', async (args, code) => {
    const ran = await concord([...args, '--encoders', scratch.path('none')]);
    expect(ran.status).toBe(2);
    expect(ran.stderr.startsWith(`${code}: `)).toBe(true);
  });
});

const readLines = async (file: string): Promise<string[]> =>
  (await readFile(file, 'utf8')).trim().split(/\r?\n/);
