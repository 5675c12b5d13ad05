import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JobView } from '../../../main/contract/job.ts';
import { trainPlan, trainResult, type TrainPlanInput } from '../../../main/contract/train.ts';
import { Jobs } from '../../../main/engine/jobs.ts';
import { loadModel } from '../../../main/learning/model.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { importWork } from '../../../main/study/import.ts';
import { jsonBeside } from '../../../main/study/json.ts';
import { resumedTraining, trainWork } from '../../../main/study/train.ts';
import { createVault, openVault, type Vault } from '../../../main/vault/index.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP } from '../vault/fixture.ts';
import { writeFileSync } from 'node:fs';
import { z } from 'zod';

const PASSPHRASE = 'four quiet herons wade';
const EPSILON = 0.01;
const PLAN: TrainPlanInput = {
  ...demoOf('en').training,
  model: { kind: 'logistic' },
  privacy: { epsilon: EPSILON, delta: 1e-7 },
  backend: 'javascript',
  epochs: 20,
};

const scratch = scratchFolder();
const file = scratch.path('study.vault');
const csv = scratch.path('sample.csv');
let vault: Vault;
let study: string;
let artefact: string;

beforeAll(async () => {
  vault = await createVault({ file, passphrase: PASSPHRASE, person: 'Ada', cost: CHEAP });
  study = vault.studies.create('Resume').id;
  writeFileSync(csv, Buffer.concat([...writeCsv(demoRecords(600))]));
  const jobs = queue();
  const job = jobs.start(importWork(vault, { study, path: csv, name: 's.csv', options: {} }));
  await jobs.idle();
  artefact = jobs.get(job).artefacts[0] ?? '';
});
afterAll(() => vault.close());

function queue(tell: (job: JobView) => void = () => {}): Jobs {
  return new Jobs({ vault, tell, log: () => {} });
}

function start(jobs: Jobs, plan: TrainPlanInput = PLAN): string {
  return jobs.start(trainWork(vault, { study, artefact, plan: trainPlan.parse(plan) }));
}

function resultOf(jobs: Jobs, job: string): z.output<typeof trainResult> {
  const [model = ''] = jobs.get(job).artefacts;
  const shape = z.object({ result: trainResult });
  return jsonBeside(vault, { study, artefact: model }, 'training', shape).result;
}

/** What the engine would keep of the way up to a charge. */
const TRACE = '[{"seconds":2,"done":1,"epsilon":0.001}]';

/** Nothing more is written after the nth charge: as after `kill -9`, and the vault opened again. */
async function killAfterCharge(nth: number, plan = PLAN): Promise<string> {
  let charges = 0;
  const { progress } = vault.jobs;
  vault.jobs.progress = function (...given) {
    progress.apply(this, given);
    if (++charges === nth) queueMicrotask(() => vault.close());
  };
  const work = trainWork(vault, { study, artefact, plan: trainPlan.parse(plan) });
  const { id } = vault.jobs.create('train', study);
  vault.checkpoints.open(id, Buffer.from(JSON.stringify(work.request)));
  vault.jobs.start(id);
  const { signal } = new AbortController();
  const keepTrace = (): void => vault.checkpoints.putTrace(id, Buffer.from(TRACE));
  const control = { job: id, signal, progress: () => {}, keepTrace };
  await expect(work.run(control)).rejects.toThrow('VAULT_LOCKED');
  vault = await openVault({ file, passphrase: PASSPHRASE });
  return id;
}

function ledgerOf(job: string): { charged: number; steps: number; spent: number; state: string } {
  const view = vault.ledger.ofStudy(study);
  const entry = view.entries.find((one) => one.job === job)!;
  const { steps_charged: charged, steps_reserved: steps, state } = entry;
  return { charged, steps, spent: view.budget.epsilon - view.available.epsilon, state };
}

describe('a training that was killed', () => {
  it('after any charge goes on within what it had reserved, and says how much it ran', async () => {
    for (const nth of [1, 2, 7, 19, 20]) {
      const id = await killAfterCharge(nth);
      const before = ledgerOf(id);
      expect(before.state).toBe('interrupted');
      expect(vault.jobs.get(id).state).toBe('interrupted');
      const jobs = queue();
      const had = vault.checkpoints.state(id) !== null;
      expect(had).toBe(nth > 1);
      expect(jobs.trace(id)).toEqual(JSON.parse(TRACE));
      jobs.resume(id, resumedTraining(vault, id));
      await jobs.idle();
      expect(jobs.get(id)).toMatchObject({ state: 'done', error: null });
      const after = ledgerOf(id);
      expect(after).toEqual({ ...before, charged: before.steps, state: 'done' });
      const result = resultOf(jobs, id);
      expect(result.privacy?.phases[0]?.steps).toBe(before.steps);
      expect(result.privacy?.epsilon).toBeLessThanOrEqual(EPSILON);
      expect(result.steps).toBe(before.steps);
      const block = Math.ceil(before.steps / 20);
      expect(result.steps_run).toBe(before.steps - Math.min(block, before.charged));
      expect(vault.checkpoints.request(id)).toBeNull();
      expect(vault.verify().ok).toBe(true);
    }
  }, 240_000);
});

const BOOSTING: TrainPlanInput = { ...PLAN, model: { kind: 'boosting' }, epochs: undefined };

describe('boosting that was killed', () => {
  it('goes on after any cycle, running none of them twice', async () => {
    for (const nth of [2, 4, 9]) {
      const id = await killAfterCharge(nth, BOOSTING);
      const before = ledgerOf(id);
      const jobs = queue();
      jobs.resume(id, resumedTraining(vault, id));
      await jobs.idle();
      expect(jobs.get(id)).toMatchObject({ state: 'done', error: null });
      expect(ledgerOf(id)).toEqual({ ...before, charged: before.steps, state: 'done' });
      const result = resultOf(jobs, id);
      expect(result.privacy!.phases.reduce((sum, { steps }) => sum + steps, 0)).toBe(before.steps);
      expect(result.steps_run).toBe(before.steps - result.privacy!.phases.at(-1)!.steps);
    }
  });

  it('with a pair goes on after its choice was lost, and after a cycle of it, paying each once', async () => {
    const plan: TrainPlanInput = { ...BOOSTING, model: { kind: 'boosting', pairs: 1 } };
    for (const nth of [10, 12]) {
      const id = await killAfterCharge(nth, plan);
      const before = ledgerOf(id);
      expect(before.charged).toBeLessThan(before.steps);
      const jobs = queue();
      jobs.resume(id, resumedTraining(vault, id));
      await jobs.idle();
      expect(jobs.get(id)).toMatchObject({ state: 'done', error: null });
      expect(ledgerOf(id)).toEqual({ ...before, charged: before.steps, state: 'done' });
      // The coarse level has eight cycles, so the tenth charge is for the choice and the counts.
      const [artefact = ''] = jobs.get(id).artefacts;
      const model = loadModel(vault.artefacts.get(artefact).toString('utf8'), 'm');
      if (model.kind !== 'boosting') throw new Error(model.kind);
      expect(model.pairs?.length ?? 0).toBe(nth === 10 ? 0 : 1);
    }
  });

  it('does not go on where it has lost the counts it had paid for', async () => {
    const id = await killAfterCharge(1, BOOSTING);
    expect(ledgerOf(id)).toMatchObject({ charged: 1, state: 'interrupted' });
    expect(() => resumedTraining(vault, id)).toThrow('JOB_NOT_RESUMABLE');
  });
});

describe('a training that is paused', () => {
  async function pausedJob(plan: TrainPlanInput): Promise<string> {
    const jobs: Jobs = queue(({ id, state, progress }) => {
      if (state === 'running' && progress?.unit === 'steps') jobs.pause(id);
    });
    const id = start(jobs, plan);
    await jobs.idle();
    expect(jobs.get(id)).toMatchObject({ state: 'paused', error: null, artefacts: [] });
    return id;
  }

  it('keeps every step, also over closing, and takes nothing further', async () => {
    const id = await pausedJob(PLAN);
    const before = ledgerOf(id);
    const artefacts = vault.artefacts.list(study).length;
    vault.close();
    vault = await openVault({ file, passphrase: PASSPHRASE });
    const jobs = queue();
    jobs.resume(id, resumedTraining(vault, id));
    await jobs.idle();
    expect(jobs.get(id).state).toBe('done');
    expect(vault.artefacts.list(study)).toHaveLength(artefacts + 2);
    const result = resultOf(jobs, id);
    expect(result.steps_run).toBe(result.steps);
    expect(ledgerOf(id)).toEqual({ ...before, charged: before.steps, state: 'done' });
  });

  it('by closing everything stops at once, loses the block in flight at most, and goes on', async () => {
    const jobs: Jobs = queue(({ state, progress }) => {
      if (state === 'running' && progress?.unit === 'steps' && progress.done > 0) stop();
    });
    let stopped = Promise.resolve();
    const stop = (): void => void (stopped = jobs.stop());
    const id = start(jobs, { ...PLAN, epochs: 4000 });
    const waiting = start(jobs);
    await jobs.idle();
    await stopped;
    expect([jobs.get(id).state, jobs.get(waiting).state]).toEqual(['paused', 'paused']);
    const before = ledgerOf(id);
    const later = queue();
    for (const job of [id, waiting]) later.resume(job, resumedTraining(vault, job));
    await later.idle();
    expect([jobs.get(id).state, jobs.get(waiting).state]).toEqual(['done', 'done']);
    const result = resultOf(jobs, id);
    expect(result.steps_run).toBeGreaterThanOrEqual(result.steps - Math.ceil(result.steps / 20));
    expect(result.steps_run).toBeLessThanOrEqual(result.steps);
    expect(ledgerOf(id)).toMatchObject({ charged: before.steps, state: 'done' });
    expect(resultOf(jobs, waiting).steps_run).toBe(resultOf(jobs, waiting).steps);
  }, 240_000);

  it('boosting goes on likewise, with privacy and without', async () => {
    for (const plan of [BOOSTING, { ...BOOSTING, privacy: null }]) {
      const id = await pausedJob(plan);
      const jobs = queue();
      jobs.resume(id, resumedTraining(vault, id));
      await jobs.idle();
      expect(resultOf(jobs, id).steps_run).toBe(resultOf(jobs, id).steps);
    }
  });

  it('without privacy goes on likewise', async () => {
    const id = await pausedJob({ ...PLAN, privacy: null, epochs: 200 });
    const jobs = queue();
    jobs.resume(id, resumedTraining(vault, id));
    await jobs.idle();
    expect(resultOf(jobs, id).steps_run).toBe(resultOf(jobs, id).steps);
  });

  it('and given up keeps what it has spent and nothing else', async () => {
    const id = await pausedJob(PLAN);
    const before = ledgerOf(id);
    expect(queue().cancel(id).state).toBe('cancelled');
    expect(ledgerOf(id)).toEqual(before);
    expect(vault.checkpoints.state(id)).toBeNull();
    expect(() => resumedTraining(vault, id)).toThrow('JOB_NOT_RESUMABLE');
  });

  it('does not go on as another run than the one it reserved', async () => {
    const id = await pausedJob(PLAN);
    const request = JSON.parse(vault.checkpoints.request(id)?.toString('utf8') ?? '') as object;
    const plan = trainPlan.parse({ ...PLAN, epochs: 21 });
    const before = ledgerOf(id);
    const jobs = queue();
    jobs.resume(id, trainWork(vault, { study, artefact, ...request, plan }));
    await jobs.idle();
    expect(jobs.get(id)).toMatchObject({ state: 'failed', error: { code: 'JOB_NOT_RESUMABLE' } });
    expect(ledgerOf(id)).toEqual(before);
  });
});
