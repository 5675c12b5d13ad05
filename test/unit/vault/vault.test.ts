import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vaultStatus } from '../../../main/contract/vault.ts';
import { createVault, keyFileOf, openVault } from '../../../main/vault/index.ts';
import { CHEAP, codeOf, newFile, newVault, PASSPHRASE, reopen } from './fixture.ts';

describe('a vault', () => {
  it('is created, closed and opened again', async () => {
    const vault = await newVault();
    const file = vault.file;
    const study = vault.studies.create('Follow-up');
    const kept = vault.artefacts.put({
      study: study.id,
      kind: 'source-records',
      name: 'visits.csv',
      bytes: Buffer.from('a,b\n1,2\n'),
    });
    vault.close();
    const again = await reopen(file);
    expect(again.person).toMatchObject({ name: 'Ada', role: 'steward' });
    expect(again.studies.list()).toEqual([study]);
    expect(again.artefacts.get(kept.id).toString()).toBe('a,b\n1,2\n');
    expect(again.artefacts.list(study.id)).toEqual([kept]);
    expect(vaultStatus.parse(again.status())).toMatchObject({ studies: 1, artefacts: 1 });
    expect(again.verify()).toMatchObject({ ok: true });
  });

  it('is readable by its owner only', async () => {
    const file = newFile();
    const vault = await newVault(file);
    vault.studies.create('x');
    for (const name of [file, keyFileOf(file), `${file}-wal`]) {
      expect(statSync(name).mode & 0o777).toBe(0o600);
    }
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    expect(existsSync(`${file}-shm`)).toBe(false);
  });

  it('says that it is locked once closed', async () => {
    const vault = await newVault();
    vault.close();
    expect(await codeOf(() => vault.studies.list())).toBe('VAULT_LOCKED');
    vault.close();
  });

  it('keeps all of a transaction or nothing', async () => {
    const vault = await newVault();
    const before = vault.journal.head();
    expect(() =>
      vault.transaction(() => {
        vault.studies.create('lost');
        throw new Error('half way');
      }),
    ).toThrow('half way');
    expect(vault.studies.list()).toEqual([]);
    expect(vault.journal.head()).toBe(before);
  });

  it('is never created over another, nor over a lone part of one', async () => {
    const file = newFile();
    (await newVault(file)).close();
    expect(await codeOf(() => newVault(file))).toBe('VAULT_EXISTS');
    const lone = newFile();
    await newVault(lone).then((vault) => vault.close());
    const keys = readFileSync(keyFileOf(lone));
    const other = newFile();
    await newVault(other).then((vault) => vault.close());
    writeFileSync(keyFileOf(other), keys);
    expect(await codeOf(() => reopen(other))).toBe('VAULT_DAMAGED');
  });

  it('is created once when several try at the same moment', async () => {
    const file = newFile();
    const tries = await Promise.allSettled([newVault(file), newVault(file), newVault(file)]);
    const made = tries.filter(({ status }) => status === 'fulfilled');
    expect(made).toHaveLength(1);
    for (const each of tries) if (each.status === 'fulfilled') each.value.close();
    expect((await reopen(file)).verify().ok).toBe(true);
    expect(readdirSync(dirname(file)).filter((name) => name.includes('making'))).toEqual([]);
  });

  it('refuses weak passphrases and empty names', async () => {
    const make = (passphrase: string, person = 'Ada') =>
      codeOf(() => createVault({ file: newFile(), passphrase, person, cost: CHEAP }));
    expect(await make('short')).toBe('PASSPHRASE_WEAK');
    expect(await make('aaaaaaaaaaaaaaaa')).toBe('PASSPHRASE_WEAK');
    expect(await make(PASSPHRASE, '  ')).toBe('REQUEST_MALFORMED');
  });

  it('says when it cannot be written where it was asked for', async () => {
    const file = newFile();
    (await newVault(file)).close();
    expect(await codeOf(() => newVault(`${file}/inside/a/file`))).toBe('OUTPUT_UNWRITABLE');
    const vault = await reopen(file);
    expect(await codeOf(() => vault.backup(`${file}/inside/a/file`))).toBe('OUTPUT_UNWRITABLE');
  });

  it('takes away what others may do with its files', async () => {
    const file = newFile();
    (await newVault(file)).close();
    for (const name of [file, keyFileOf(file)]) chmodSync(name, 0o644);
    await reopen(file);
    for (const name of [file, keyFileOf(file)]) expect(statSync(name).mode & 0o777).toBe(0o600);
  });

  it('is found missing by name', async () => {
    const file = newFile();
    const code = await codeOf(() => openVault({ file, passphrase: PASSPHRASE }));
    expect(code).toBe('VAULT_NOT_FOUND');
  });
});
