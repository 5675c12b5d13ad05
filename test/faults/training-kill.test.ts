import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { JobView } from '../../main/contract/job.ts';
import type { TrainPlanInput, TrainResult } from '../../main/contract/train.ts';
import type { LedgerEntry, LedgerView } from '../../main/contract/vault.ts';
import { loadModel } from '../../main/learning/model.ts';
import { writeCsv } from '../../main/records/csv-writer.ts';
import { demoOf, demoRecords } from '../../main/study/demo.ts';
import { openVault, type Vault } from '../../main/vault/index.ts';
import { EngineProcess } from './engine-process.ts';

const LONG = process.env['CONCORD_TEST_LONG'] === '1';
const KILLS = LONG ? 100 : 3;
const PASSPHRASE = 'five unrelated words on paper';
/** So much that no run is refused for what others took. */
const BUDGET = { epsilon: 10_000, delta: 4e-4 };

const folder = mkdtempSync(join(tmpdir(), 'concord-kill-'));
const file = join(folder, 'vault', 'concord.vault');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const demo = demoOf('en').training;
/** Without the first two ranges: they are bought. */
const stated = Object.fromEntries(Object.entries(demo.bounds ?? {}).slice(2));
const base: TrainPlanInput = { ...demo, backend: 'javascript' };
/** One of every way to train; two of them buy bounds first. In the short run each is short. */
const PLANS: Readonly<Record<string, TrainPlanInput>> = {
  logistic: { ...base, privacy: { epsilon: 0.05, delta: 1e-8 }, epochs: LONG ? 200 : 40 },
  network: {
    ...base,
    ...{
      model: { kind: 'network' },
      privacy: { epsilon: 0.05, delta: 1e-8 },
      epochs: LONG ? 60 : 10,
    },
  },
  'logistic that buys': { ...base, privacy: { epsilon: 8, delta: 1e-7 }, bounds: stated },
  'boosting that buys': {
    ...base,
    ...{ model: { kind: 'boosting' }, privacy: { epsilon: 8, delta: 1e-7 }, bounds: stated },
  },
};
const NAMES = Object.keys(PLANS);

/** A job that was begun, and what is known of it. */
interface Begun {
  readonly job: string;
  readonly plan: string;
  entry: LedgerEntry | undefined;
}

interface Room {
  readonly study: string;
  readonly artefact: string;
  /** Milliseconds that each plan takes from its start to its end. */
  readonly lasts: Map<string, number>;
}

async function withEngine<T>(use: (engine: EngineProcess) => Promise<T>): Promise<T> {
  const engine = await EngineProcess.start(file);
  try {
    await engine.call('vault.unlock', { passphrase: PASSPHRASE });
    return await use(engine);
  } finally {
    await engine.kill();
  }
}

async function withVault<T>(use: (vault: Vault) => T): Promise<T> {
  const vault = await openVault({ file, passphrase: PASSPHRASE });
  try {
    return use(vault);
  } finally {
    vault.close();
  }
}

const endOf = (engine: EngineProcess, job: string): Promise<JobView> =>
  engine.jobEvent(({ id, ended }) => id === job && ended !== null);

async function begin(engine: EngineProcess, { study, artefact }: Room, plan: string) {
  const given = { study, artefact, plan: PLANS[plan] };
  return (await engine.call<{ job: string }>('train.start', given)).job;
}

/** Records with a ledger, and each plan run once to its end. */
async function prepare(): Promise<Room> {
  const records = join(folder, 'records.csv');
  writeFileSync(records, Buffer.concat([...writeCsv(demoRecords(2000))]));
  const created = await EngineProcess.start(file);
  await created.call('vault.create', { passphrase: PASSPHRASE, person: 'Ada' });
  const { id: study } = await created.call<{ id: string }>('study.create', { name: 'Follow-up' });
  const given = { study, ticket: 't', name: 'records.csv' };
  const { job } = await created.call<{ job: string }>('import.start', given, { t: records });
  const { artefacts } = await endOf(created, job);
  await created.kill();
  await withVault((vault) =>
    vault.ledger.setBudget(vault.ledger.ofStudy(study).source, { ...BUDGET }),
  );
  const room = { study, artefact: artefacts[0] ?? '', lasts: new Map<string, number>() };
  await withEngine(async (engine) => {
    for (const plan of NAMES) {
      const began = performance.now();
      const ended = await endOf(engine, await begin(engine, room, plan));
      expect(ended).toMatchObject({ state: 'done', error: null });
      room.lasts.set(plan, performance.now() - began);
    }
  });
  return room;
}

/**
 * Kills the engine at a random moment: somewhere in the job, right after something was charged (facts
 * are bought, boosting counts), or where its steps end (the model is kept). Says how many steps of it
 * had been told of.
 */
async function killDuring(
  engine: EngineProcess,
  { job, plan }: Begun,
  { study, lasts }: Room,
): Promise<number> {
  const hasEnded = ({ id, ended }: JobView): boolean => id === job && ended !== null;
  const spot = randomInt(3);
  if (spot === 0) await rest(randomInt(Math.ceil(1.1 * (lasts.get(plan) ?? 0))));
  if (spot === 1) {
    const charged = async (): Promise<number> => {
      const { entries } = await engine.call<LedgerView>('study.ledger', { study });
      return entries.find((entry) => entry.job === job)?.steps_charged ?? 0;
    };
    const before = await charged();
    while ((await charged()) === before && !engine.jobs.some(hasEnded)) await rest(1);
    await rest(randomInt(40));
  }
  if (spot === 2) {
    await engine.jobEvent(
      (view) =>
        hasEnded(view) ||
        (view.id === job && view.progress !== null && view.progress.done >= view.progress.total),
    );
    await rest(randomInt(60));
  }
  await engine.kill();
  const told = engine.jobs.filter(({ id }) => id === job).map(({ progress }) => progress?.done);
  return Math.max(0, ...told.map((done) => done ?? 0));
}

const rest = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What stands in the vault after a kill, against what stood there before. Says where it hit. */
function check(vault: Vault, study: string, begun: Begun, before: Before, told: number): string {
  expect(vault.verify().ok).toBe(true);
  const artefacts = artefactsOf(vault, study);
  expect(artefacts).toEqual(expect.arrayContaining(before.artefacts));
  const made = vault.artefacts.ofJob(begun.job);
  expect(artefacts).toHaveLength(before.artefacts.length + made.length);
  const ledger = vault.ledger.ofStudy(study);
  const entry = ledger.entries.find(({ job }) => job === begun.job);
  const others = ledger.entries.filter(({ job }) => job !== begun.job);
  expect(others).toEqual(before.ledger.entries.filter(({ job }) => job !== begun.job));
  const reserved = ledger.entries.reduce((sum, { epsilon }) => sum + epsilon, 0);
  expect(ledger.reserved.epsilon).toBe(0);
  expect(ledger.spent.epsilon).toBeCloseTo(reserved, 9);
  expect(ledger.spent.epsilon).toBeGreaterThanOrEqual(before.ledger.spent.epsilon);
  // No step was told of that is not charged, and what was charged stays so.
  expect(entry?.steps_charged ?? 0).toBeGreaterThanOrEqual(told);
  expect(entry?.steps_charged ?? 0).toBeGreaterThanOrEqual(begun.entry?.steps_charged ?? 0);
  if (begun.entry !== undefined) {
    const { epsilon, delta, steps_reserved } = begun.entry;
    expect(entry).toMatchObject({ epsilon, delta, steps_reserved });
  }
  begun.entry = entry;
  if (made.length > 0) {
    expect(made.map(({ kind }) => kind).toSorted()).toEqual(['model', 'training']);
    expect(entry).toMatchObject({ state: 'done', steps_charged: entry?.steps_reserved });
    const model = made.find(({ kind }) => kind === 'model');
    const text = Buffer.from(vault.artefacts.get(model?.id ?? '')).toString('utf8');
    expect(loadModel(text, 'm').privacy?.epsilon).toBe(entry?.epsilon);
    return 'model kept';
  }
  if (entry === undefined) return 'before it was reserved';
  expect(entry.state).toBe('interrupted');
  if (entry.steps_charged === 0) return 'reserved';
  if (vault.checkpoints.state(begun.job) === null) return 'first charge or buying';
  return entry.steps_charged < entry.steps_reserved ? 'in its steps' : 'in its last steps';
}

interface Before {
  readonly artefacts: { id: string; hash: string }[];
  readonly ledger: LedgerView;
}

const artefactsOf = (vault: Vault, study: string): { id: string; hash: string }[] =>
  vault.artefacts.list(study).map(({ id, hash }) => ({ id, hash }));

const stateOf = (vault: Vault, study: string): Before => ({
  artefacts: artefactsOf(vault, study),
  ledger: vault.ledger.ofStudy(study),
});

/** Lets every job that was killed go on to its end. Says how many did. */
async function resumeAll(room: Room, jobs: readonly Begun[]): Promise<Record<string, number>> {
  const { study } = room;
  const outcomes = { 'went on to the end': 0, 'had its model': 0, 'had nothing to go on from': 0 };
  await withEngine(async (engine) => {
    for (const { job, entry } of jobs) {
      const { state, artefacts } = await engine.call<JobView>('job.get', { job });
      if (state === 'done') {
        expect(artefacts).toHaveLength(2);
        outcomes['had its model']++;
        continue;
      }
      expect(state).toBe('interrupted');
      try {
        await engine.call('job.resume', { job });
      } catch (error) {
        // What was paid for and lost in the crash stays spent: only its first releases can be.
        expect(error).toMatchObject({ message: 'JOB_NOT_RESUMABLE' });
        expect(entry?.steps_charged ?? 0).toBeGreaterThan(0);
        outcomes['had nothing to go on from']++;
        continue;
      }
      const ended = await endOf(engine, job);
      expect(ended).toMatchObject({ state: 'done', error: null });
      const given = { study, artefact: ended.artefacts[0] };
      const { privacy, steps, steps_run } = await engine.call<TrainResult>('train.result', given);
      const ledger = await engine.call<LedgerView>('study.ledger', { study });
      const after = ledger.entries.find((one) => one.job === job);
      expect(after).toMatchObject({ state: 'done', steps_charged: after?.steps_reserved });
      expect(privacy?.epsilon).toBe(after?.epsilon);
      expect(steps_run).toBeLessThanOrEqual(steps);
      if (entry !== undefined) expect(after?.epsilon).toBe(entry.epsilon);
      outcomes['went on to the end']++;
    }
  });
  return outcomes;
}

describe(`kill -9 at ${KILLS} random moments of any private training`, () => {
  it('takes back nothing that was spent, loses nothing that was kept, and lets the rest go on', async () => {
    const room = await prepare();
    const jobs: Begun[] = [];
    const hits = new Map<string, number>();
    let before = await withVault((vault) => stateOf(vault, room.study));
    for (let kill = 0; kill < KILLS; kill++) {
      const again = jobs.filter(({ entry }) => entry?.state === 'interrupted');
      let begun: Begun | undefined;
      let told = 0;
      await withEngine(async (engine) => {
        // Two kills in five hit a job that was killed before.
        if (again.length > 0 && randomInt(5) < 2) {
          begun = again[randomInt(again.length)]!;
          const resumed = engine.call('job.resume', { job: begun.job });
          if (await resumed.then(() => false).catch(() => true)) begun = undefined;
        }
        if (begun === undefined) {
          const plan = NAMES[kill % NAMES.length]!;
          begun = { job: await begin(engine, room, plan), plan, entry: undefined };
          jobs.push(begun);
        }
        told = await killDuring(engine, begun, room);
      });
      const hit = await withVault((vault) => {
        const found = check(vault, room.study, begun!, before, told);
        before = stateOf(vault, room.study);
        return found;
      });
      const name = `${begun!.plan}: ${hit}`;
      hits.set(name, (hits.get(name) ?? 0) + 1);
    }
    const outcomes = await resumeAll(room, jobs);
    await withVault((vault) => {
      expect(vault.verify().ok).toBe(true);
      const { spent, entries } = vault.ledger.ofStudy(room.study);
      const taken = entries.reduce((sum, { epsilon }) => sum + epsilon, 0);
      expect(spent.epsilon).toBeCloseTo(taken, 9);
    });
    if (LONG) process.stderr.write(`${JSON.stringify([...hits, outcomes, ...room.lasts])}\n`);
  }, 5_400_000);
});
