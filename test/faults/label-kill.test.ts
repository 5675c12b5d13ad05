import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { HandProgress, HandRecord } from '../../main/contract/label-calls.ts';
import { EngineProcess } from './engine-process.ts';

const PASSPHRASE = 'five unrelated words on paper';
const ROWS = 40;
const KILLS = process.env['CONCORD_TEST_LONG'] === '1' ? 5 : 1;

const folder = mkdtempSync(join(tmpdir(), 'concord-label-kill-'));
const vault = join(folder, 'vault', 'concord.vault');
const records = join(folder, 'records.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Page {
  readonly progress: HandProgress;
  readonly record: HandRecord | null;
}

it('every label that was answered is there after kill -9, and labelling goes on from it', async () => {
  const rows = Array.from({ length: ROWS }, (_, row) => `${row},Note ${row}`).join('\n');
  writeFileSync(records, `id,note\n${rows}\n`);
  let engine = await EngineProcess.start(vault);
  await engine.call('vault.create', { passphrase: PASSPHRASE, person: 'Ada' });
  const { id: study } = await engine.call<{ id: string }>('study.create', { name: 'S' });
  const input = { study, ticket: 't', name: 'r.csv' };
  await engine.call('import.start', input, { t: records });
  const done = await engine.jobEvent(({ state }) => state === 'done');
  const { artefacts } = await engine.call<{ artefacts: { id: string; kind: string }[] }>(
    'study.artefacts',
    { study },
  );
  const source = artefacts.find(
    ({ id, kind }) => kind === 'source-records' && done.artefacts.includes(id),
  );
  const reference = { study, artefact: source?.id ?? '' };
  const settings = { column: 'kind', values: ['a', 'b'], order: 'random' };
  await engine.call('label.begin', { ...reference, ...settings });

  const given = new Map<number, number | null>();
  for (let kill = 0; kill < KILLS; kill++) {
    let page = await engine.call<Page>('label.record', { ...reference, at: 0, find: 'open' });
    expect(page.progress.undoable).toBe(given.size);
    for (let press = 0; press < 7 && page.record !== null; press++) {
      const { at } = page.record;
      const value = press % 3 === 2 ? null : press % 2;
      page = await engine.call<Page>('label.mark', { ...reference, at, value });
      given.set(at, value);
    }
    // One more is on its way while the engine dies: it may count or not, but nothing else changes.
    const last = page.record?.at ?? 0;
    engine.call('label.mark', { ...reference, at: last, value: 0 }).catch(() => undefined);
    await engine.kill();
    engine = await EngineProcess.start(vault);
    await engine.call('vault.unlock', { passphrase: PASSPHRASE });
    const { progress, record } = await engine.call<Page>('label.record', {
      ...{ ...reference, at: last, find: 'here' },
    });
    if (progress.undoable === given.size + 1) {
      expect(record?.value).toBe(0);
      await engine.call('label.undo', reference);
    } else expect(progress.undoable).toBe(given.size);
  }
  for (const [at, value] of given) {
    const { record } = await engine.call<Page>('label.record', { ...reference, at, find: 'here' });
    expect([record?.value, record?.skipped]).toEqual([value, value === null]);
  }
  await engine.kill();
}, 60_000);
