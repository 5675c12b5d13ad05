import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { JobView } from '../../main/contract/job.ts';
import type { TrainPlanInput, TrainResult } from '../../main/contract/train.ts';
import type { LedgerEntry, LedgerView } from '../../main/contract/vault.ts';
import { openVault } from '../../main/vault/index.ts';
import { writeCsv } from '../../main/records/csv-writer.ts';
import { demoOf, demoRecords } from '../../main/study/demo.ts';
import { EngineProcess } from './engine-process.ts';

const KILLS = process.env['CONCORD_TEST_LONG'] === '1' ? 40 : 3;
const PASSPHRASE = 'five unrelated words on paper';
const EPSILON = 0.05;

const folder = mkdtempSync(join(tmpdir(), 'concord-kill-'));
const file = join(folder, 'vault', 'concord.vault');
const records = join(folder, 'records.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Long enough to be hit in the middle, on the back-end that needs no native code. */
const PLAN: TrainPlanInput = {
  ...demoOf('en').training,
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

/** The first job is killed once more after it was resumed; then it and the last one go on to their end. */
async function resumeAfterKills(study: string, jobs: readonly string[]): Promise<void> {
  const [first = '', last = ''] = [jobs[0], jobs.at(-1)];
  const again = await EngineProcess.start(file);
  await again.call('vault.unlock', { passphrase: PASSPHRASE });
  const before = await again.call<LedgerView>('study.ledger', { study });
  const chargedBefore = entryOf(before, first).steps_charged;
  await again.call('job.resume', { job: first });
  await again.jobEvent(
    ({ id, ended, progress }) =>
      id === first && (ended !== null || (progress?.done ?? 0) > chargedBefore),
  );
  await again.kill();

  const engine = await EngineProcess.start(file);
  await engine.call('vault.unlock', { passphrase: PASSPHRASE });
  for (const job of [first, last]) {
    await engine.call('job.resume', { job });
    const ended = await engine.jobEvent(({ id, ended }) => id === job && ended !== null);
    expect(ended).toMatchObject({ state: 'done', error: null });
    const [artefact] = ended.artefacts;
    const result = await engine.call<TrainResult>('train.result', { study, artefact });
    const ledger = await engine.call<LedgerView>('study.ledger', { study });
    const { steps_charged, steps_reserved, epsilon } = entryOf(ledger, job);
    expect(steps_charged).toBe(steps_reserved);
    expect(result.privacy).toMatchObject({ epsilon, phases: [{ steps: steps_reserved }] });
    expect(result.steps_run).toBeGreaterThan(0);
    expect(result.steps_run).toBeLessThan(steps_reserved);
    expect(ledger.available).toEqual(before.available);
    expect(ledger.entries).toHaveLength(before.entries.length);
    await expect(engine.call('job.resume', { job })).rejects.toThrow('JOB_NOT_RESUMABLE');
  }
  await engine.kill();
  const vault = await openVault({ file, passphrase: PASSPHRASE });
  try {
    expect(vault.verify().ok).toBe(true);
  } finally {
    vault.close();
  }
}

function entryOf({ entries }: LedgerView, job: string): LedgerEntry {
  const entry = entries.find((one) => one.job === job);
  if (entry === undefined) throw new Error('the ledger has lost a job');
  return entry;
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

    const jobs: string[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      const job = await killWhileTraining(study, artefact);
      expect(job.state).toBe('running');
      jobs.push(job.id);
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
    await resumeAfterKills(study, jobs);
  }, 600_000);
});
