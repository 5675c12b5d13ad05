import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { concord, scratchFolder } from '../../command-line.ts';
import { tinyEncoder } from '../learning/encoder/tiny-encoder.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const NOTES = scratch.write('notes.csv', 'id,note\n1,"咳嗽, the rent"\n2,\n3,咳嗽\n');

interface Encoders {
  readonly encoders: readonly { readonly id: string; readonly state?: string }[];
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
