import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { LATEST } from '../../../main/vault/migrations/index.ts';
import { keyFileOf, type Vault } from '../../../main/vault/index.ts';
import {
  bytesOf,
  codeOf,
  inTheDatabase,
  newFile,
  newVault,
  PASSPHRASE,
  reopen,
} from './fixture.ts';

const MEGABYTE = 1 << 20;

async function filledVault(): Promise<{ file: string; artefact: string }> {
  const vault = await newVault();
  const study = vault.studies.create('Damage');
  const bytes = Buffer.alloc(3 * MEGABYTE, 'some record;');
  const { id } = vault.artefacts.put({ study: study.id, kind: 'model', name: 'm', bytes });
  vault.close();
  return { file: vault.file, artefact: id };
}

describe('what went wrong is told apart', () => {
  it('a wrong passphrase, also when the database is damaged besides', async () => {
    const { file } = await filledVault();
    expect(await codeOf(() => reopen(file, 'not the right words'))).toBe('VAULT_WRONG_PASSPHRASE');
    writeFileSync(file, 'nothing');
    expect(await codeOf(() => reopen(file, 'not the right words'))).toBe('VAULT_WRONG_PASSPHRASE');
  });

  it('a database that is damaged, empty, cut off, plain or missing', async () => {
    const { file } = await filledVault();
    const whole = readFileSync(file);
    const flipped = (at: number): Buffer => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    };
    for (const at of [0, 15, 16, 20, 99, 100, 2000, 4095]) {
      writeFileSync(file, flipped(at));
      expect(await codeOf(() => reopen(file)), `byte ${at}`).toBe('VAULT_DAMAGED');
    }
    for (const bytes of [Buffer.alloc(0), Buffer.from('x'), whole.subarray(0, 4000)]) {
      writeFileSync(file, bytes);
      expect(await codeOf(() => reopen(file)), `${bytes.length} bytes`).toBe('VAULT_DAMAGED');
    }
    rmSync(file);
    expect(await codeOf(() => reopen(file))).toBe('VAULT_DAMAGED');
    const plain = new Database(file);
    plain.exec('CREATE TABLE vault (id TEXT)');
    plain.close();
    expect(await codeOf(() => reopen(file))).toBe('VAULT_DAMAGED');
  });

  it('damage deeper in the file: found when opened, when read, or by verify', async () => {
    const { file, artefact } = await filledVault();
    const whole = readFileSync(file);
    const pages = whole.length / 4096;
    for (let step = 1; step < 24; step++) {
      const bytes = Buffer.from(whole);
      const at = Math.floor((pages * step) / 24) * 4096 + 57 * step;
      bytes[at] = (bytes[at] ?? 0) ^ 16;
      writeFileSync(file, bytes);
      expect(await damageShown(file, artefact), `byte ${at}`).toBe(true);
    }
    writeFileSync(file, whole);
    expect(await damageShown(file, artefact)).toBe(false);
  });

  async function damageShown(file: string, artefact: string): Promise<boolean> {
    let vault: Vault;
    try {
      vault = await reopen(file);
    } catch (error) {
      expect(error).toMatchObject({ code: 'VAULT_DAMAGED' });
      return true;
    }
    const read = await codeOf(() => vault.artefacts.get(artefact));
    expect(['no error', 'VAULT_DAMAGED']).toContain(read);
    const check = await codeOf(() => vault.verify()).then(() => vault.verify());
    vault.close();
    if (read !== 'no error') expect(check.ok).toBe(false);
    return !check.ok;
  }

  it('a missing key file, a database from a newer program', async () => {
    const { file } = await filledVault();
    await inTheDatabase(file, (store) => store.pragma(`user_version = ${LATEST + 10}`));
    await expect(reopen(file)).rejects.toMatchObject({
      code: 'VAULT_NEWER',
      params: { found: LATEST + 10, known: LATEST },
    });
    rmSync(keyFileOf(file));
    expect(await codeOf(() => reopen(file))).toBe('VAULT_DAMAGED');
  });

  it('a second instance, in this process or another, until the first is closed', async () => {
    const file = newFile();
    const vault = await newVault(file);
    expect(await codeOf(() => reopen(file))).toBe('VAULT_IN_USE');
    expect(openElsewhere(file)).toBe('VAULT_IN_USE');
    vault.studies.create('still at work');
    expect(openElsewhere(file)).toBe('VAULT_IN_USE');
    vault.close();
    expect(openElsewhere(file)).toBe('opened');
  });
});

function openElsewhere(file: string): string {
  const entry = new URL('../../../main/vault/index.ts', import.meta.url).href;
  const script = `
    const { openVault } = await import(${JSON.stringify(entry)});
    const [file, passphrase] = process.argv.slice(1);
    const said = await openVault({ file, passphrase }).then((v) => (v.close(), 'opened'), (e) => e.code);
    process.stdout.write(String(said));`;
  const options = ['--input-type=module', '-e', script, file, PASSPHRASE];
  return execFileSync(process.execPath, options, { encoding: 'utf8' });
}

describe('the file', () => {
  it('does not begin like a plain database', async () => {
    const vault = await newVault();
    expect(bytesOf(vault.file).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  });
});
