import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVault } from '../../main/vault/index.ts';
import { EngineProcess } from './engine-process.ts';

const KILLS = process.env['CONCORD_TEST_LONG'] === '1' ? 30 : 3;
const PASSPHRASE = 'five unrelated words on paper';
/** Enough for several threads, and for several megabytes in the vault, written directly. */
const ROWS = 160_000;

const folder = mkdtempSync(join(tmpdir(), 'concord-import-kill-'));
const vaultFolder = join(folder, 'vault');
const file = join(vaultFolder, 'concord.vault');
const records = join(folder, 'records.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const token = (n: number): string => createHash('sha256').update(String(n)).digest('hex');
  const row = (n: number): string =>
    `P${n},${token(n)},${n % 90},${(n % 977) / 8},${n / 7},"seen by Dr ${n % 9973}, ok",${n % 2 ? 'yes' : 'no'},上海,2024-01-11,W${n % 300}`;
  const rows = Array.from({ length: ROWS }, (_, n) => row(n)).join('\n');
  writeFileSync(records, `id,token,age,weight,score,note,flag,city,day,ward\n${rows}\n`);
});

const startImport = (engine: EngineProcess, study: string): Promise<{ job: string }> =>
  engine.call('import.start', { study, ticket: 't', name: 'records.csv' }, { t: records });

/** What an import leaves on the disk beside its artefacts, and how long it takes here. */
async function measured(): Promise<{ study: string; lasts: number }> {
  const engine = await EngineProcess.start(file);
  await engine.call('vault.create', { passphrase: PASSPHRASE, person: 'Ada' });
  const { id: study } = await engine.call<{ id: string }>('study.create', { name: 'Large' });
  const began = performance.now();
  const { job } = await startImport(engine, study);
  const ended = await engine.jobEvent(({ id, ended }) => id === job && ended !== null);
  expect(ended).toMatchObject({ state: 'done', error: null });
  const lasts = performance.now() - began;
  await engine.kill();
  return { study, lasts };
}

describe(`kill -9 of the engine in the middle of an import (${KILLS} times)`, () => {
  it('leaves no half artefact, no ledger entry and no lasting waste', async () => {
    const { study, lasts } = await measured();
    const before = await openVault({ file, passphrase: PASSPHRASE });
    const kept = before.artefacts.list(study);
    before.close();
    expect(kept.map(({ kind }) => kind)).toEqual(['source-records', 'profile']);
    const { size } = statSync(file);

    let caught = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      const engine = await EngineProcess.start(file);
      await engine.call('vault.unlock', { passphrase: PASSPHRASE });
      const { job } = await startImport(engine, study);
      await new Promise((resolve) => setTimeout(resolve, (lasts * kill) / (KILLS + 0.5)));
      await engine.kill();
      const vault = await openVault({ file, passphrase: PASSPHRASE });
      try {
        expect(vault.verify().ok).toBe(true);
        const { state } = vault.jobs.get(job);
        const now = vault.artefacts.list(study);
        if (state === 'done') {
          expect(now).toHaveLength(kept.length + 2);
          kept.push(...now.slice(kept.length));
          continue;
        }
        caught++;
        expect(state).toBe('interrupted');
        expect(now.map(({ id, hash }) => ({ id, hash }))).toEqual(
          kept.map(({ id, hash }) => ({ id, hash })),
        );
      } finally {
        vault.close();
      }
      // What a killed import had written is swept, and the next one writes into its place.
      const most = size * (kept.length / 2 + 1.05);
      expect(statSync(file).size).toBeLessThan(most);
      expect(existsSync(`${file}-wal`)).toBe(false);
      expect(readdirSync(vaultFolder).sort()).toEqual(['concord.vault', 'concord.vault.keys']);
    }
    expect(caught).toBeGreaterThan(0);
  }, 600_000);

  it('and a cancelled import leaves nothing either', async () => {
    const engine = await EngineProcess.start(file);
    await engine.call('vault.unlock', { passphrase: PASSPHRASE });
    const { id: study } = await engine.call<{ id: string }>('study.create', { name: 'Cancelled' });
    const { job } = await startImport(engine, study);
    await engine.jobEvent(({ id, progress }) => id === job && (progress?.done ?? 0) > 0);
    await engine.call('job.cancel', { job });
    const ended = await engine.jobEvent(({ id, ended }) => id === job && ended !== null);
    expect(ended).toMatchObject({ state: 'cancelled', artefacts: [] });
    await engine.kill();
    const vault = await openVault({ file, passphrase: PASSPHRASE });
    try {
      expect(vault.artefacts.list(study)).toEqual([]);
      expect(vault.verify().ok).toBe(true);
    } finally {
      vault.close();
    }
  }, 180_000);
});
