import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { JobView } from '../../main/contract/job.ts';
import type { TrainPlanInput } from '../../main/contract/train.ts';
import { openVault } from '../../main/vault/index.ts';
import { writeCsv } from '../../main/records/csv-writer.ts';
import { DEMO_TRAINING, demoRecords } from '../../main/study/demo.ts';
import { EngineProcess } from './engine-process.ts';

const KILLS = process.env['CONCORD_TEST_LONG'] === '1' ? 40 : 5;
const PASSPHRASE = 'five unrelated words on paper';
const EPSILON = 0.05;

const folder = mkdtempSync(join(tmpdir(), 'concord-kill-'));
const file = join(folder, 'vault', 'concord.vault');
const records = join(folder, 'records.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Long enough to be hit in the middle, on the back-end that needs no native code. */
const PLAN: TrainPlanInput = {
  ...DEMO_TRAINING,
  model: { kind: 'network' },
  privacy: { epsilon: EPSILON, delta: 1e-7 },
  backend: 'javascript',
  epochs: 200,
};

async function importedStudy(): Promise<{ study: string; artefact: string }> {
  writeFileSync(records, Buffer.concat([...writeCsv(demoRecords(2000))]));
  const engine = await EngineProcess.start(file);
  await engine.call('vault.create', { passphrase: PASSPHRASE, person: 'Ada' });
  const { id: study } = await engine.call<{ id: string }>('study.create', { name: 'Follow-up' });
  const { job } = await engine.call<{ job: string }>(
    'import.start',
    { study, ticket: 't', name: 'records.csv' },
    { t: records },
  );
  const ended = await engine.jobEvent(({ id, state }) => id === job && state === 'done');
  await engine.kill();
  return { study, artefact: ended.artefacts[0] ?? '' };
}

async function killWhileTraining(study: string, artefact: string): Promise<JobView> {
  const engine = await EngineProcess.start(file);
  await engine.call('vault.unlock', { passphrase: PASSPHRASE });
  const { job } = await engine.call<{ job: string }>('train.start', {
    study,
    artefact,
    plan: PLAN,
  });
  const running = await engine.jobEvent(
    ({ id, ended, progress }) => id === job && (ended !== null || (progress?.done ?? 0) > 0),
  );
  await new Promise((resolve) => setTimeout(resolve, Math.floor(900 * uniformNow())));
  await engine.kill();
  return running;
}

/** The moment need not be repeatable, only scattered. */
function uniformNow(): number {
  return Number(process.hrtime.bigint() % 1000n) / 1000;
}

describe(`kill -9 of the engine in the middle of training (${KILLS} times)`, () => {
  it('loses no artefact and no ledger entry, and gives no budget back', async () => {
    const { study, artefact } = await importedStudy();
    const before = await openVault({ file, passphrase: PASSPHRASE });
    const kept = before.artefacts.list(study).map(({ id, hash }) => ({ id, hash }));
    before.close();
    expect(kept.length).toBeGreaterThanOrEqual(2);

    for (let kill = 1; kill <= KILLS; kill++) {
      const job = await killWhileTraining(study, artefact);
      expect(job.state).toBe('running');
      const vault = await openVault({ file, passphrase: PASSPHRASE });
      try {
        expect(vault.verify().ok).toBe(true);
        const artefacts = vault.artefacts.list(study);
        expect(artefacts.map(({ id, hash }) => ({ id, hash }))).toEqual(kept);
        const ledger = vault.ledger.ofStudy(study);
        expect(ledger.entries).toHaveLength(kill);
        expect(ledger.entries.every(({ state }) => state === 'interrupted')).toBe(true);
        expect(ledger.entries.at(-1)?.steps_charged).toBeGreaterThan(0);
        expect(ledger.spent.epsilon).toBeGreaterThan(0.99 * EPSILON * kill);
        expect(ledger.reserved.epsilon).toBe(0);
        expect(vault.jobs.get(job.id).state).toBe('interrupted');
      } finally {
        vault.close();
      }
    }
  }, 600_000);
});
