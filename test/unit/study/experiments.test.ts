import { beforeAll, describe, expect, it } from 'vitest';
import { experimentCalls, NOTE_CHARACTERS } from '../../../main/contract/experiment-calls.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { wilson } from '../../../main/fairness/intervals.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { experiments, saveNote } from '../../../main/study/experiments.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { repairWork } from '../../../main/study/repair.ts';
import { reviewWork } from '../../../main/study/review.ts';
import { trainWork } from '../../../main/study/train.ts';
import type { Work } from '../../../main/study/context.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP, codeOf } from '../vault/fixture.ts';

const scratch = scratchFolder();
const { training } = demoOf('en');
const PLAN: TrainPlanInput = {
  ...training,
  model: { kind: 'logistic' },
  privacy: { epsilon: 0.01, delta: 1e-7 },
  backend: 'javascript',
  epochs: 1,
};
let vault: Vault;
let study: string;
let source: string;
let repaired: string;
let first: string;
let second: string;

async function run(work: Work, kind: string): Promise<string> {
  const { id: job } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(job);
  await work.run({ job, signal: new AbortController().signal, progress: () => {} });
  vault.jobs.end(job, 'done');
  return vault.artefacts.ofJob(job).find((made) => made.kind === kind)?.id ?? '';
}

const train = (artefact: string, plan: TrainPlanInput): Promise<string> =>
  run(trainWork(vault, { study, artefact, plan: trainPlan.parse(plan) }), 'model');

beforeAll(async () => {
  const file = scratch.path('study.vault');
  vault = await createVault({
    ...{ file, passphrase: 'four quiet herons wade', person: 'Ada', cost: CHEAP },
  });
  study = vault.studies.create('S').id;
  const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
  source = saveRecords(vault, { study, name: 's.csv' }, demoRecords(600), facts).id;
  const repairs = [{ kind: 'trim', column: 'reminder' }] as const;
  repaired = await run(
    repairWork(vault, { study, artefact: source, repairs: [...repairs] }),
    'repaired-records',
  );
  first = await train(source, PLAN);
  second = await train(repaired, { ...PLAN, privacy: null, epochs: 2 });
  await run(reviewWork(vault, { study, artefact: second, groups: [] }), 'review');
  return () => {
    vault.close();
    scratch.remove();
  };
}, 60_000);

describe('the trainings of a study', () => {
  it('are told with what was asked, what came of it, and from which records', () => {
    const { trained, unfinished } = experiments(vault, study);
    expect(() => experimentCalls.experiments.output.parse({ trained, unfinished })).not.toThrow();
    expect(trained.map(({ artefact }) => artefact)).toEqual([second, first]);
    const [plain, limited] = trained;
    expect(limited).toMatchObject({
      person: 'Ada',
      label: training.label,
      kind: 'logistic',
      unit: 'row',
      features: training.features,
      settings: { epochs: 1 },
      note: null,
    });
    expect(limited?.privacy?.epsilon).toBeLessThanOrEqual(0.01);
    expect(plain?.privacy).toBeNull();
    expect(limited?.lineage.map(({ artefact, repairs }) => [artefact, repairs])).toEqual([
      [source, null],
    ]);
    expect(plain?.lineage.map(({ artefact, kind, repairs }) => [artefact, kind, repairs])).toEqual([
      [repaired, 'repaired-records', 1],
      [source, 'source-records', null],
    ]);
  });

  it('give the interval of accuracy from the test part, and those of the review where there is one', () => {
    const [reviewed, plain] = experiments(vault, study).trained;
    const figure = (name: string, of = plain) => of?.figures.find((one) => one.name === name);
    const { value = null, interval } = figure('accuracy') ?? {};
    const total = plain?.tested ?? 0;
    const count = Math.round((value ?? 0) * total);
    expect(interval).toEqual(wilson({ count, total }, 0.95));
    expect(figure('recall')?.interval).toBeNull();
    for (const name of ['accuracy', 'recall', 'auc']) {
      const { value: told, interval: range } = figure(name, reviewed) ?? {};
      if (told === null || told === undefined) continue;
      expect(range?.[0]).toBeLessThanOrEqual(told);
      expect(range?.[1]).toBeGreaterThanOrEqual(told);
    }
    expect(figure('auc', reviewed)?.interval).not.toBeNull();
    expect(figure('base_rate')).toBeUndefined();
  });

  it('that made no model stand apart, with what they took from the ledger', async () => {
    const abort = new AbortController();
    const work = trainWork(vault, { study, artefact: source, plan: trainPlan.parse(PLAN) });
    const { id: job } = vault.jobs.create('train', study);
    vault.jobs.start(job);
    const failed = work.run({ job, signal: abort.signal, progress: () => abort.abort() });
    expect(await codeOf(() => failed)).toBe('CANCELLED');
    vault.jobs.end(job, 'cancelled');
    const waits = vault.jobs.create('train', study).id;
    const { unfinished } = experiments(vault, study);
    expect(unfinished.map(({ job: id, state }) => [id, state])).toEqual([[job, 'cancelled']]);
    expect(unfinished[0]?.paid?.epsilon).toBeGreaterThan(0);
    expect(unfinished.some(({ job: id }) => id === waits)).toBe(false);
  });

  it('keep a note that can be changed and taken away, within its limit', async () => {
    const note = (): unknown =>
      experiments(vault, study).trained.find(({ artefact }) => artefact === first)?.note;
    saveNote(vault, { study, artefact: first, text: '  fewer columns, same result\n' });
    expect(note()).toMatchObject({ text: 'fewer columns, same result', person: 'Ada' });
    // Counted as a person counts: a letter outside the first plane is one.
    saveNote(vault, { study, artefact: first, text: '𠮷'.repeat(NOTE_CHARACTERS) });
    const over = { study, artefact: first, text: 'x'.repeat(NOTE_CHARACTERS + 1) };
    await expect(async () => saveNote(vault, over)).rejects.toMatchObject({
      code: 'NOTE_TOO_LONG',
      params: { characters: NOTE_CHARACTERS + 1, most: NOTE_CHARACTERS },
    });
    saveNote(vault, { study, artefact: first, text: ' ' });
    expect(note()).toBeNull();
    for (const artefact of [source, 'none']) {
      expect(await codeOf(() => saveNote(vault, { study, artefact, text: 'x' }))).toBe(
        'ARTEFACT_UNKNOWN',
      );
    }
    const other = vault.studies.create('Other').id;
    expect(await codeOf(() => saveNote(vault, { study: other, artefact: first, text: 'x' }))).toBe(
      'ARTEFACT_UNKNOWN',
    );
  });

  it('are told of a study that is there', async () => {
    expect(await codeOf(() => experiments(vault, 'none'))).toBe('STUDY_UNKNOWN');
  });
});
