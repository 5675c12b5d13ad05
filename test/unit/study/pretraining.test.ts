import { afterAll, beforeAll, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { estimateTraining } from '../../../main/study/estimate.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { publicTextOf } from '../../../main/study/public-text.ts';
import { resumedTraining, trainWork } from '../../../main/study/train.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { codedColumn, tableOf } from '../learning/fixtures.ts';
import { CHEAP, codeOf } from '../vault/fixture.ts';

const ROWS = 120;
const isYes = (row: number): boolean => row % 2 === 0;
const table = tableOf(
  codedColumn(
    'note',
    Array.from({ length: ROWS }, (_, r) => `${isYes(r) ? 'chest pain' : 'new pills'} ${r}`),
  ),
  codedColumn(
    'urgent',
    Array.from({ length: ROWS }, (_, r) => (isYes(r) ? 'yes' : 'no')),
  ),
);
const leaflets = tableOf(
  codedColumn(
    'said',
    Array.from({ length: 40 }, (_, r) => (r === 5 ? '' : `pain in the chest ${r}`)),
  ),
);
const plan = (on: 'public' | 'records', more: Partial<TrainPlanInput> = {}) =>
  trainPlan.parse({
    ...{ label: 'urgent', labels: ['no', 'yes'], text: 'note', epochs: 2 },
    privacy: { epsilon: 3, delta: 1e-3 },
    model: {
      ...{ kind: 'bag', embedding: 4, length: 8, vocabulary: ['pain', 'chest', 'pills', 'new'] },
      pretrain: { on, epochs: 2 },
    },
    ...more,
  });

const scratch = scratchFolder();
let vault: Vault;
let reference: { study: string; artefact: string };
let other: string;
let started: Work | null = null;
const context = (): Context =>
  ({
    vault,
    start: (work: Work) => {
      started = work;
      return 'job';
    },
  }) as unknown as Context;

beforeAll(async () => {
  const passphrase = 'four quiet herons wade';
  const file = scratch.path('p.vault');
  vault = await createVault({ file, passphrase, person: 'Ada', cost: CHEAP });
  const study = vault.studies.create('S').id;
  const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
  const save = (name: string, of: typeof table): string =>
    saveRecords(vault, { study, name }, of, facts).id;
  reference = { study, artefact: save('notes.csv', table) };
  other = save('leaflets.csv', leaflets);
});
afterAll(() => {
  vault.close();
  scratch.remove();
});

async function run(work: Work): Promise<{ job: string; made: string[] }> {
  const { id: job } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(job);
  await work.run({ job, signal: new AbortController().signal, progress: () => undefined });
  vault.jobs.end(job, 'done');
  return { job, made: vault.artefacts.ofJob(job).map(({ kind }) => kind) };
}

it('a cost before the training says what each phase of it would cost by itself', async () => {
  const found = await estimateTraining(vault, { ...reference, plan: plan('records') });
  const { share, epsilon, training_epsilon: training } = found!.pretraining!;
  expect(share).toBe(0.2);
  expect(epsilon).toBeLessThanOrEqual(0.6);
  expect(epsilon).toBeGreaterThan(0.55);
  // Together they cost more than each and less than both added up.
  expect(training).toBeGreaterThan(epsilon);
  expect(training).toBeLessThan(found!.epsilon);
  expect(epsilon + training!).toBeGreaterThan(found!.epsilon);
});

it('public text is a column of other records of the study, kept with the job that reads it', async () => {
  const publicText = { artefact: other, column: 'said' };
  const texts = publicTextOf(vault, { ...reference, publicText });
  expect(texts).toHaveLength(39);
  const { start } = contract.train;
  const input = start.input.parse({
    ...reference,
    plan: plan('public', { privacy: null }),
    publicText,
  });
  studyAnswers.train.start(input, context());
  const { made } = await run(started!);
  expect(made).toContain('model');
  const { id: job } = vault.jobs.create('train', reference.study);
  vault.checkpoints.open(job, Buffer.from(JSON.stringify(started!.request)));
  vault.jobs.start(job);
  vault.jobs.pause(job);
  expect(resumedTraining(vault, job).request).toEqual(started!.request);
  expect(started!.request).toMatchObject({ publicText });
});

it('public text is never that of the records themselves, however they were brought in', async () => {
  const refused = (artefact: string, column = 'note') =>
    codeOf(() => {
      const input = { ...reference, plan: plan('public'), publicText: { artefact, column } };
      return studyAnswers.train.start(input, context());
    });
  expect(await refused(reference.artefact)).toBe('PLAN_INVALID');
  const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
  const again = saveRecords(vault, { study: reference.study, name: 'copy.csv' }, table, facts);
  expect(await refused(again.id)).toBe('PLAN_INVALID');
  expect(await refused(other, 'gone')).toBe('COLUMN_UNKNOWN');
  expect(await refused('nothing')).toBe('ARTEFACT_UNKNOWN');
  const elsewhere = vault.studies.create('T').id;
  const foreign = saveRecords(vault, { study: elsewhere, name: 'f.csv' }, leaflets, facts).id;
  expect(await refused(foreign, 'said')).toBe('ARTEFACT_UNKNOWN');
  await expect(run(trainWork(vault, { ...reference, plan: plan('public') }))).rejects.toMatchObject(
    { code: 'PLAN_INVALID' },
  );
});
