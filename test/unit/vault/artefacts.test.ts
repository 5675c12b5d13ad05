import fc from 'fast-check';
import { createHash, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Vault } from '../../../main/vault/index.ts';
import { CHUNK_BYTES, sealInChunks, unsealChunks } from '../../../main/vault/sealed-chunks.ts';
import { codeOf, inTheDatabase, newVault, reopen } from './fixture.ts';

let vault: Vault;
let study: string;

beforeEach(async () => {
  vault = await newVault();
  study = vault.studies.create('Artefacts').id;
});

const put = (bytes: Uint8Array, parents: string[] = [], where = study): string =>
  vault.artefacts.put({ study: where, kind: 'model', name: 'a model', bytes, parents }).id;

describe('artefacts', () => {
  it.each([0, 1, 4096, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7])(
    'of %i bytes come back as they were',
    (length) => {
      const bytes = randomBytes(length);
      const id = put(bytes);
      expect(vault.artefacts.get(id).equals(bytes)).toBe(true);
      expect(vault.artefacts.info(id)).toMatchObject({
        hash: createHash('sha256').update(bytes).digest('hex'),
        bytes: length,
        madeBy: vault.person.id,
        job: null,
      });
    },
  );

  it('know what they were made from and what was made from them', () => {
    const records = put(Buffer.from('records'));
    const plan = put(Buffer.from('plan'));
    const model = put(Buffer.from('model'), [records, plan]);
    const review = put(Buffer.from('review'), [model, records]);
    const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
    expect(vault.artefacts.info(review).parents).toEqual([model, records]);
    expect(ids(vault.artefacts.lineage(review).ancestors)).toEqual([records, plan, model]);
    expect(ids(vault.artefacts.lineage(records).descendants)).toEqual([model, review]);
    expect(vault.artefacts.lineage(records).ancestors).toEqual([]);
    expect(ids(vault.artefacts.list(study))).toEqual([records, plan, model, review]);
    expect(vault.artefacts.list(study, 'review')).toEqual([]);
  });

  it('are refused without study, with a parent elsewhere, or of an odd kind', async () => {
    const other = vault.studies.create('Other').id;
    const stranger = put(Buffer.from('x'), [], other);
    expect(await codeOf(() => put(Buffer.from('y'), [stranger]))).toBe('ARTEFACT_UNKNOWN');
    expect(await codeOf(() => put(Buffer.from('y'), ['nobody']))).toBe('ARTEFACT_UNKNOWN');
    expect(await codeOf(() => put(Buffer.from('y'), [], 'nowhere'))).toBe('STUDY_UNKNOWN');
    expect(await codeOf(() => vault.artefacts.get('nothing'))).toBe('ARTEFACT_UNKNOWN');
    const odd = { study, kind: 'A Model', name: 'm', bytes: Buffer.alloc(1) };
    expect(await codeOf(() => vault.artefacts.put(odd))).toBe('REQUEST_MALFORMED');
    expect(vault.artefacts.list(study)).toEqual([]);
    expect(vault.verify().ok).toBe(true);
  });

  it('cannot be changed, and a change behind the vault’s back is found', async () => {
    const first = put(randomBytes(3 * CHUNK_BYTES));
    const second = put(randomBytes(3 * CHUNK_BYTES));
    const { file } = vault;
    vault.close();
    const flip = `UPDATE artefact_chunks SET sealed = CAST(substr(sealed, 1, 9) || x'00' ||
      substr(sealed, 11) AS BLOB) WHERE artefact = '${first}' AND number = 1`;
    const edits = [
      flip,
      `DELETE FROM artefact_chunks WHERE artefact = '${first}' AND number = 2`,
      `UPDATE artefact_chunks SET number = 9 WHERE artefact = '${first}' AND number = 0`,
      `INSERT INTO artefact_chunks SELECT '${first}', 3, sealed FROM artefact_chunks
         WHERE artefact = '${first}' AND number = 2`,
      `UPDATE artefact_chunks SET sealed = (SELECT sealed FROM artefact_chunks
         WHERE artefact = '${second}' AND number = 0) WHERE artefact = '${first}' AND number = 0`,
      `UPDATE artefacts SET hash = '${'0'.repeat(64)}' WHERE id = '${first}'`,
      `UPDATE artefacts SET bytes = bytes - 1 WHERE id = '${first}'`,
    ];
    await inTheDatabase(file, (store) => {
      expect(() => store.execute(flip)).toThrow('immutable');
    });
    for (const edit of edits) {
      await inTheDatabase(file, (store) => {
        store.execute('DROP TRIGGER IF EXISTS artefacts_stay');
        store.execute('DROP TRIGGER IF EXISTS artefact_chunks_stay');
        store.execute('CREATE TABLE whole AS SELECT * FROM artefact_chunks');
        store.execute('CREATE TABLE rows AS SELECT * FROM artefacts');
        store.execute(edit);
      });
      vault = await reopen(file);
      expect(await codeOf(() => vault.artefacts.get(first)), edit).toBe('ARTEFACT_DAMAGED');
      expect(vault.artefacts.get(second)).toHaveLength(3 * CHUNK_BYTES);
      expect(vault.verify()).toMatchObject({ ok: false, artefacts: { damaged: [first] } });
      vault.close();
      await inTheDatabase(file, (store) => {
        store.execute('DELETE FROM artefact_chunks');
        store.execute('INSERT INTO artefact_chunks SELECT * FROM whole');
        store.execute(`UPDATE artefacts SET hash = rows.hash, bytes = rows.bytes FROM rows
          WHERE rows.id = artefacts.id`);
        store.execute('DROP TABLE whole; DROP TABLE rows');
      });
    }
    vault = await reopen(file);
    expect(vault.artefacts.get(first)).toHaveLength(3 * CHUNK_BYTES);
  });
});

describe('sealing in pieces', () => {
  it('gives back only what was sealed, for its own artefact and key', () => {
    const key = randomBytes(32);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (bytes, where) => {
        const [sealed = Buffer.alloc(0)] = sealInChunks(key, 'a', bytes);
        expect(unsealChunks(key, 'a', bytes.length, [sealed])?.equals(bytes)).toBe(true);
        expect(unsealChunks(key, 'b', bytes.length, [sealed])).toBeNull();
        expect(unsealChunks(randomBytes(32), 'a', bytes.length, [sealed])).toBeNull();
        expect(unsealChunks(key, 'a', bytes.length + 1, [sealed])).toBeNull();
        expect(unsealChunks(key, 'a', bytes.length, [])).toBeNull();
        const changed = Buffer.from(sealed);
        const at = where % changed.length;
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(unsealChunks(key, 'a', bytes.length, [changed])).toBeNull();
      }),
    );
  });
});
