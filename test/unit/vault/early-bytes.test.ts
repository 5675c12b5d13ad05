import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EarlyBytes, Vault } from '../../../main/vault/index.ts';
import { CHUNK_BYTES } from '../../../main/vault/sealed-chunks.ts';
import { codeOf, inTheDatabase, newVault, reopen } from './fixture.ts';

const PIECES = 5;

let vault: Vault;
let study: string;

beforeEach(async () => {
  vault = await newVault();
  study = vault.studies.create('Early').id;
});

const never = (): AbortSignal => new AbortController().signal;
const write = (bytes: Uint8Array, signal = never()): Promise<EarlyBytes> =>
  vault.artefacts.early.write(study, bytes, signal);
const put = (bytes: EarlyBytes | Uint8Array, where = study): string =>
  vault.artefacts.put({ study: where, kind: 'source-records', name: 'large', bytes }).id;

async function piecesLeft(): Promise<number> {
  const { file } = vault;
  vault.close();
  const left = await inTheDatabase(
    file,
    (store) => store.get<{ n: number }>('SELECT COUNT(*) AS n FROM early_chunks')?.n,
  );
  vault = await reopen(file);
  return left ?? -1;
}

describe('bytes written before their artefact', () => {
  it.each([0, 1, CHUNK_BYTES, PIECES * CHUNK_BYTES + 7])(
    '%i of them become one',
    async (length) => {
      const bytes = randomBytes(length);
      const early = await write(bytes);
      const id = put(early);
      expect(id).toBe(early.artefact);
      const plain = put(bytes);
      expect(vault.artefacts.get(id).equals(bytes)).toBe(true);
      const { hash, bytes: size } = vault.artefacts.info(plain);
      expect(vault.artefacts.info(id)).toMatchObject({ hash, bytes: size });
      const { file } = vault;
      vault.close();
      vault = await reopen(file);
      expect(vault.artefacts.get(id).equals(bytes)).toBe(true);
      expect(vault.verify().ok).toBe(true);
    },
  );

  it('are nothing until then, and other work goes on between the pieces', async () => {
    let turns = 0;
    let ended = false;
    const count = (): void => {
      turns++;
      if (!ended) setImmediate(count);
    };
    const writing = write(randomBytes(PIECES * CHUNK_BYTES)).finally(() => (ended = true));
    setImmediate(count);
    const other = vault.studies.create('Meanwhile').id;
    const early = await writing;
    expect(turns).toBeGreaterThanOrEqual(PIECES - 1);
    expect(vault.artefacts.list(study)).toEqual([]);
    expect(await codeOf(() => vault.artefacts.get(early.artefact))).toBe('ARTEFACT_UNKNOWN');
    expect(await codeOf(() => put(early, other))).toBe('REQUEST_MALFORMED');
    expect(vault.artefacts.list(other)).toEqual([]);
  });

  it('are gone when the work was cancelled or given up', async () => {
    const abort = new AbortController();
    const writing = write(randomBytes(PIECES * CHUNK_BYTES), abort.signal);
    setImmediate(() => abort.abort());
    expect(await codeOf(() => writing)).toBe('CANCELLED');
    await vault.artefacts.early.discard(await write(randomBytes(2 * CHUNK_BYTES)));
    expect(await piecesLeft()).toBe(0);
  });

  it('stay when they have become an artefact, whoever gives them up', async () => {
    const bytes = randomBytes(2 * CHUNK_BYTES);
    const early = await write(bytes);
    const id = put(early);
    await vault.artefacts.early.discard(early);
    expect(vault.artefacts.get(id).equals(bytes)).toBe(true);
  });

  it('are swept at the next opening when the work died, and only they', async () => {
    const kept = put(await write(randomBytes(CHUNK_BYTES + 1)));
    await write(randomBytes(3 * CHUNK_BYTES));
    // The first look opens the database without the sweep; the vault is then opened as ever.
    expect(await piecesLeft()).toBe(2 + 3);
    expect(await piecesLeft()).toBe(2);
    expect(vault.artefacts.get(kept)).toHaveLength(CHUNK_BYTES + 1);
    expect(vault.verify().ok).toBe(true);
  });

  it('cannot be changed behind the vault’s back without being found', async () => {
    const id = put(await write(randomBytes(2 * CHUNK_BYTES)));
    const { file } = vault;
    vault.close();
    const flip = `UPDATE early_chunks SET sealed = zeroblob(length(sealed)) WHERE number = 1`;
    await inTheDatabase(file, (store) => {
      expect(() => store.execute(flip)).toThrow('immutable');
      store.execute(`DROP TRIGGER early_chunks_stay; ${flip}`);
    });
    vault = await reopen(file);
    expect(await codeOf(() => vault.artefacts.get(id))).toBe('ARTEFACT_DAMAGED');
    expect(vault.verify()).toMatchObject({ ok: false, artefacts: { damaged: [id] } });
  });
});
