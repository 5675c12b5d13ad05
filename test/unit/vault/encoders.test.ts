import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openVault } from '../../../main/vault/index.ts';
import {
  bytesOf,
  CHEAP,
  codeOf,
  inTheDatabase,
  keep,
  newVault,
  PASSPHRASE,
  reopen,
} from './fixture.ts';

describe('encoders in a vault', () => {
  it('are kept whole, found again, and removed', async () => {
    const vault = await newVault();
    const weights = randomBytes(2_500_000);
    const files = new Map([
      ['vocab.txt', Buffer.from('词')],
      ['weights.bin', weights],
    ]);
    vault.encoders.keep('tiny-zh', '{"of":"tiny"}', files);
    expect(await codeOf(() => vault.encoders.keep('tiny-zh', '{}', files))).toBe('ENCODER_EXISTS');
    const { file } = vault;
    vault.close();
    expect(bytesOf(file).includes(weights.subarray(0, 64))).toBe(false);
    const again = await reopen(file);
    expect(again.encoders.list()).toMatchObject([
      { id: 'tiny-zh', manifest: '{"of":"tiny"}', state: 'ready' },
    ]);
    expect(again.encoders.read('tiny-zh', 'weights.bin')?.equals(weights)).toBe(true);
    expect(again.encoders.read('tiny-zh', 'nothing.bin')).toBeNull();
    again.encoders.mark('tiny-zh', 'altered');
    expect(again.encoders.list()[0]?.state).toBe('altered');
    again.encoders.remove('tiny-zh');
    expect(again.encoders.list()).toEqual([]);
    expect(again.encoders.read('tiny-zh', 'weights.bin')).toBeNull();
    expect(await codeOf(() => again.encoders.remove('tiny-zh'))).toBe('ENCODER_UNKNOWN');
    const told = again.journal.list().map(({ action }) => action);
    expect(told).toEqual(expect.arrayContaining(['encoder.imported', 'encoder.removed']));
    expect(again.verify().ok).toBe(true);
  });

  it('are taken and removed by a steward only', async () => {
    const vault = await newVault();
    const other = `${PASSPHRASE} too`;
    await vault.people.add({ name: 'Ben', role: 'analyst', passphrase: other });
    const { file } = vault;
    vault.encoders.keep('tiny-zh', '{}', new Map([['a', Buffer.from('a')]]));
    vault.close();
    const ben = keep(await openVault({ file, passphrase: other, person: 'Ben', cost: CHEAP }));
    expect(await codeOf(() => ben.encoders.keep('other', '{}', new Map()))).toBe('ROLE_REFUSED');
    expect(await codeOf(() => ben.encoders.remove('tiny-zh'))).toBe('ROLE_REFUSED');
    expect(ben.encoders.list()).toHaveLength(1);
  });
});

describe('vectors of texts in a vault', () => {
  it('stand under their key, sealed, the newest four of a study', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const other = vault.studies.create('T').id;
    const bytes = Buffer.from('vectors of some texts');
    for (const key of ['a', 'b', 'c', 'd', 'e']) vault.textVectors.put(study, key, bytes);
    vault.textVectors.put(study, 'e', Buffer.from('newer'));
    expect(vault.textVectors.get(study, 'a')).toBeNull();
    expect(vault.textVectors.get(study, 'b')?.equals(bytes)).toBe(true);
    expect(vault.textVectors.get(study, 'e')?.toString()).toBe('newer');
    expect(vault.textVectors.get(other, 'e')).toBeNull();
    const { file } = vault;
    vault.close();
    await inTheDatabase(file, (store) => {
      const held = store.all<{ sealed: Buffer }>('SELECT sealed FROM text_vector_chunks');
      expect(held).toHaveLength(4);
      expect(held.some(({ sealed }) => sealed.includes('vectors'))).toBe(false);
      // Those of one key under another: they do not open there.
      store.run(`UPDATE text_vector_chunks SET sealed = ?`, held[0]!.sealed);
    });
    const again = await reopen(file);
    const opened = ['b', 'c', 'd', 'e'].filter((key) => again.textVectors.get(study, key) !== null);
    expect(opened.length).toBeLessThanOrEqual(1);
    again.close();
  });

  it('go with their study', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    vault.textVectors.put(study, 'a', Buffer.alloc(100_000, 'vectors'));
    vault.studies.remove(study);
    vault.studies.erase([study]);
    const { file } = vault;
    vault.close();
    await inTheDatabase(file, (store) => {
      expect(store.all('SELECT * FROM text_vectors')).toEqual([]);
      expect(store.all('SELECT * FROM text_vector_chunks')).toEqual([]);
    });
  });
});
