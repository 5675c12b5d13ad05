import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { trainEstimate } from '../../../main/contract/train-calls.ts';
import { trainPlan, trainResult, type TrainPlanInput } from '../../../main/contract/train.ts';
import { Jobs } from '../../../main/engine/jobs.ts';
import { composedRdp } from '../../../main/privacy/rdp.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { estimateTraining } from '../../../main/study/estimate.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { jsonBeside } from '../../../main/study/json.ts';
import { resumedTraining, trainWork } from '../../../main/study/train.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { phasesOf } from '../../../main/vault/filter.ts';
import { codeOf, newFile, newVault, reopen } from '../vault/fixture.ts';

const PLAN: TrainPlanInput = {
  ...demoOf('en').training,
  model: { kind: 'logistic' },
  privacy: { epsilon: 0.5, delta: 1e-6 },
  split: { test: 0.2, validation: 0.2, seed: 1 },
  backend: 'javascript',
  epochs: 2,
  search: { trials: 3 },
};

let vault: Vault;
let study: string;
let artefact: string;
let file: string;

beforeEach(async () => {
  file = newFile();
  vault = await newVault(file);
  study = vault.studies.create('Search').id;
  const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
  const given = { ...facts, problems: [] };
  artefact = saveRecords(vault, { study, name: 'r.csv' }, demoRecords(900), given).id;
});

const queue = (): Jobs => new Jobs({ vault, tell: () => {}, log: () => {} });
const workOf = (plan: TrainPlanInput = PLAN) =>
  trainWork(vault, { study, artefact, plan: trainPlan.parse(plan) });

/** What the vault keeps of a job beside its model, without what the noise decides. */
function traceOf(job: string): unknown {
  const { progress } = vault.jobs.get(job);
  const entry = vault.ledger.ofStudy(study).entries.find((one) => one.job === job);
  const charged = { ...entry, at: '', job: '' };
  const kinds = vault.artefacts.ofJob(job).map(({ kind }) => kind);
  return { progress, charged, kinds, trace: vault.checkpoints.trace(job) };
}

describe('a search on a vault', () => {
  it('is charged as estimated, in one entry that tells nothing of how many trials there were', async () => {
    const plan = trainPlan.parse(PLAN);
    const estimate = await estimateTraining(vault, { artefact, plan });
    expect(trainEstimate.parse(estimate)).toEqual(estimate);
    const jobs = queue();
    const ids = [jobs.start(workOf()), jobs.start(workOf())];
    await jobs.idle();
    const before = vault.ledger.ofStudy(study);
    for (const id of ids) {
      const [model = ''] = jobs.get(id).artefacts;
      const shape = z.object({ result: trainResult });
      const { result } = jsonBeside(vault, { study, artefact: model }, 'training', shape);
      const privacy = result.privacy!;
      expect(privacy.search).toEqual(estimate!.search);
      expect(privacy.epsilon).toBe(estimate!.epsilon);
      expect(vault.ledger.reservation(id)).toMatchObject({
        epsilon: privacy.epsilon,
        delta: privacy.delta,
        stepsCharged: 1,
        stepsReserved: 1,
        state: 'done',
      });
      // The filter counts the divergence of the whole search.
      const phases = phasesOf(JSON.stringify(vault.ledger.reservation(id).phases));
      expect(phases).toEqual(privacy.phases);
      const { order } = before.filter!;
      expect(composedRdp(phases!, order)).toBeGreaterThan(
        composedRdp(
          phases!.flatMap((one) => (one.mechanism === 'selection' ? one.of[0]! : [one])),
          order,
        ),
      );
    }
    const [first, ...others] = ids.map(traceOf);
    for (const other of others) expect(other).toEqual(first);
    const spent = ids.map((id) => vault.ledger.reservation(id).epsilon);
    expect(before.plain.epsilon).toBeCloseTo(
      spent.reduce((a, b) => a + b, 0),
      9,
    );
  });

  it('neither pauses nor goes on: what was charged is spent', async () => {
    const jobs = queue();
    const running = jobs.start(workOf({ ...PLAN, epochs: 400 }));
    await expect.poll(() => vault.ledger.find(running)?.stepsCharged, { timeout: 30_000 }).toBe(1);
    expect(await codeOf(() => jobs.pause(running))).toBe('JOB_NOT_RESUMABLE');
    await jobs.stop();
    expect(jobs.get(running)).toMatchObject({ state: 'cancelled', artefacts: [] });
    expect(vault.ledger.reservation(running)).toMatchObject({
      state: 'cancelled',
      stepsCharged: 1,
    });
    expect(vault.checkpoints.state(running)).toBeNull();
    expect(await codeOf(() => resumedTraining(vault, running))).toBe('JOB_NOT_RESUMABLE');
  });

  it('that died counts in full and is not taken up again', async () => {
    const { progress } = vault.jobs;
    vault.jobs.progress = function (...given) {
      progress.apply(this, given);
      queueMicrotask(() => vault.close());
    };
    const work = workOf();
    expect(work.request).toBeUndefined();
    const { id } = vault.jobs.create('train', study);
    vault.jobs.start(id);
    const control = { job: id, signal: new AbortController().signal, progress: () => {} };
    await expect(work.run(control)).rejects.toThrow('VAULT_LOCKED');
    vault = await reopen(file);
    expect(vault.jobs.get(id).state).toBe('interrupted');
    const { epsilon, state, stepsCharged } = vault.ledger.reservation(id);
    expect({ state, stepsCharged }).toEqual({ state: 'interrupted', stepsCharged: 1 });
    expect(epsilon).toBeGreaterThan(0.45);
    expect(await codeOf(() => resumedTraining(vault, id))).toBe('JOB_NOT_RESUMABLE');
  });

  it('without validation records is refused before it costs anything', async () => {
    const plan = { ...PLAN, split: { test: 0.2, seed: 1 } };
    const parsed = trainPlan.parse(plan);
    const asked = (): unknown => estimateTraining(vault, { artefact, plan: parsed });
    expect(await codeOf(asked)).toBe('SEARCH_NEEDS_VALIDATION');
    const jobs = queue();
    const job = jobs.start(workOf(plan));
    await jobs.idle();
    expect(jobs.get(job).error?.code).toBe('SEARCH_NEEDS_VALIDATION');
    expect(vault.ledger.find(job)).toBeNull();
  });
});
