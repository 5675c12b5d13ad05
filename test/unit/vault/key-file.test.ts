import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeKeyFile, keyFileOf, readKeyFile } from '../../../main/vault/key-file.ts';
import { codeOf, newFile, newVault, PASSPHRASE, reopen } from './fixture.ts';

async function closedVault(): Promise<{ file: string; keys: string; text: string }> {
  const file = newFile();
  (await newVault(file)).close();
  const keys = keyFileOf(file);
  return { file, keys, text: readFileSync(keys, 'utf8') };
}

/** Writes both copies with a sound checksum, as somebody would who edits the file by hand. */
function forge(keys: string, edit: (body: Record<string, unknown>) => void): void {
  const json = readFileSync(keys, 'utf8').split('\n')[0]?.slice(65) ?? '';
  const body = JSON.parse(json) as Record<string, unknown>;
  edit(body);
  const forged = JSON.stringify(body);
  const line = `${createHash('sha256').update(forged).digest('hex')} ${forged}\n`;
  writeFileSync(keys, line + line);
}

const firstSlot = (body: Record<string, unknown>): Record<string, unknown> =>
  (body['slots'] as Record<string, unknown>[])[0] ?? {};

describe('the key file', () => {
  it('survives being cut off anywhere in its second copy, or damaged anywhere in one', async () => {
    const { file, keys, text } = await closedVault();
    const half = text.length / 2;
    for (let at = 0; at < text.length; at++) {
      const bytes = Buffer.from(text);
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      writeFileSync(keys, bytes);
      expect(readKeyFile(file)).toMatchObject({ whole: false, body: { generation: 1 } });
    }
    for (let length = half; length < text.length - 1; length += 7) {
      writeFileSync(keys, text.slice(0, length));
      expect(readKeyFile(file).whole).toBe(false);
    }
  });

  it('is mended by the next opening', async () => {
    const { file, keys, text } = await closedVault();
    writeFileSync(keys, text.slice(0, text.length * 0.7));
    (await reopen(file)).close();
    expect(readKeyFile(file)).toMatchObject({ whole: true, body: { generation: 2 } });
    expect(statSync(keys).mode & 0o777).toBe(0o600);
  });

  it('takes the newer of two different copies', async () => {
    const { file, keys } = await closedVault();
    const { body } = readKeyFile(file);
    const lineOf = (generation: number): string =>
      encodeKeyFile({ ...body, generation }).split('\n')[0] ?? '';
    writeFileSync(keys, `${lineOf(4)}\n${lineOf(5)}\n`);
    expect(readKeyFile(file)).toMatchObject({ whole: false, body: { generation: 5 } });
  });

  it('says damaged when both copies are, when it is missing, and when it is another vault’s', async () => {
    const { file, keys, text } = await closedVault();
    writeFileSync(keys, text.replaceAll('"slots"', '"slotz"'));
    expect(await codeOf(() => reopen(file))).toBe('VAULT_DAMAGED');
    writeFileSync(keys, '');
    expect(await codeOf(() => reopen(file))).toBe('VAULT_DAMAGED');
    writeFileSync(keys, (await closedVault()).text);
    expect(await codeOf(() => reopen(file))).toBe('VAULT_DAMAGED');
  });

  it('does not open with an edited role, name, id, cost, salt, key or vault', async () => {
    const edits: ((body: Record<string, unknown>) => void)[] = [
      (body) => (firstSlot(body)['role'] = 'auditor'),
      (body) => (firstSlot(body)['name'] = 'Eve'),
      (body) => (firstSlot(body)['id'] = '00000000-0000-4000-8000-000000000000'),
      (body) => (body['vault'] = '00000000-0000-4000-8000-000000000000'),
      (body) => (firstSlot(body)['salt'] = Buffer.alloc(16).toString('base64')),
      (body) => (firstSlot(body)['wrapped'] = Buffer.alloc(60).toString('base64')),
      (body) => (firstSlot(body)['wrapped'] = Buffer.alloc(5).toString('base64')),
      (body) =>
        (firstSlot(body)['cost'] = { algorithm: 'argon2id', memoryKiB: 1024, passes: 2, lanes: 1 }),
    ];
    for (const edit of edits) {
      const { file, keys } = await closedVault();
      forge(keys, edit);
      expect(await codeOf(() => reopen(file))).toBe('VAULT_WRONG_PASSPHRASE');
    }
  });

  it('from a newer program says so, with both versions', async () => {
    const { file, keys } = await closedVault();
    forge(keys, (body) => {
      body['version'] = 3;
      body['slots'] = 'in some new form';
    });
    await expect(reopen(file)).rejects.toMatchObject({
      code: 'VAULT_NEWER',
      params: { found: 3, known: 2 },
    });
  });

  it('holds no passphrase and no key in the clear', async () => {
    const { text } = await closedVault();
    expect(text).not.toContain(PASSPHRASE);
    expect(text.split('\n')[0]).toBe(text.split('\n')[2]);
  });
});
