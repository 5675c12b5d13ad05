import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { Store } from '../../../main/vault/store.ts';
import { bytesOf, inTheDatabase, newFile, newVault, reopen } from './fixture.ts';

const MIB = 1 << 20;
/** More than SQLite keeps in memory: part of a transaction lies in the file before its end. */
const PIECES = 24;
const CANARY = 'Wilhelmina-Canary';

function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) writeFileSync(join(to, name), bytesOf(join(from, name)));
}

/** Changes a page that was there and adds many, and looks at the files before that is whole. */
function writeAndLook(store: Store, look: () => void): void {
  store.transaction(() => {
    store.run('UPDATE canary SET text = upper(text)');
    for (let number = 0; number < PIECES; number++)
      store.run('INSERT INTO early_chunks VALUES (?, ?, ?)', 'one', number, randomBytes(MIB));
    look();
  });
}

it('a crash while pages are written directly leaves what was before, and nothing in clear', async () => {
  const vault = await newVault();
  const { file } = vault;
  const study = vault.studies.create('Direct').id;
  vault.close();
  const folder = dirname(file);
  const crashed = newFile();
  await inTheDatabase(file, (store) => {
    store.execute(`CREATE TABLE canary AS SELECT '${CANARY}' AS text`);
    void store.directly(() => {
      writeAndLook(store, () => copyFolder(folder, dirname(crashed)));
      return Promise.resolve();
    });
  });
  expect(readdirSync(folder).sort()).toEqual(['study.vault', 'study.vault.keys']);

  const names = readdirSync(dirname(crashed)).sort();
  expect(names).toEqual(['study.vault', 'study.vault-journal', 'study.vault.keys']);
  for (const name of names) {
    const bytes = bytesOf(join(dirname(crashed), name));
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.toString('latin1')).not.toMatch(new RegExp(CANARY, 'i'));
  }
  expect(bytesOf(crashed).length).toBeGreaterThan(4 * MIB);

  const rolledBack = await inTheDatabase(crashed, (store) => [
    store.pragma('journal_mode'),
    store.get('SELECT text FROM canary'),
    store.get('SELECT COUNT(*) AS n FROM early_chunks'),
  ]);
  expect(rolledBack).toEqual(['wal', { text: CANARY }, { n: 0 }]);
  expect(readdirSync(dirname(crashed)).sort()).toEqual(['study.vault', 'study.vault.keys']);
  const again = await reopen(crashed);
  expect(again.verify().ok).toBe(true);
  expect(again.studies.list().map(({ id }) => id)).toEqual([study]);
});

it('other work is kept meanwhile; the log comes back, and no journal stays', async () => {
  const vault = await newVault();
  const { id: study } = vault.studies.create('Direct');
  const bytes = randomBytes(6 * MIB);
  const writing = vault.artefacts.early.write(study, bytes, new AbortController().signal);
  await new Promise((resolve) => setImmediate(resolve));
  const names = readdirSync(dirname(vault.file));
  expect(names).toContain('study.vault-journal');
  expect(names).not.toContain('study.vault-wal');
  const meanwhile = vault.studies.create('Meanwhile').id;
  const early = await writing;
  vault.artefacts.put({ study, kind: 'source-records', name: 'large', bytes: early });
  const after = readdirSync(dirname(vault.file)).sort();
  expect(after).toEqual(['study.vault', 'study.vault-wal', 'study.vault.keys']);
  vault.close();
  const again = await reopen(vault.file);
  expect(again.artefacts.get(early.artefact).equals(bytes)).toBe(true);
  expect(again.studies.list().map(({ id }) => id)).toEqual([study, meanwhile]);
  expect(again.verify().ok).toBe(true);
});

it('a vault that is closed in the middle is a closed vault', async () => {
  const vault = await newVault();
  const { id: study } = vault.studies.create('Direct');
  const signal = new AbortController().signal;
  const writing = vault.artefacts.early.write(study, randomBytes(6 * MIB), signal);
  await new Promise((resolve) => setImmediate(resolve));
  vault.close();
  await expect(writing).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  expect(readdirSync(dirname(vault.file)).sort()).toEqual(['study.vault', 'study.vault.keys']);
  expect((await reopen(vault.file)).verify().ok).toBe(true);
});
