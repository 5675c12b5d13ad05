import { writeFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { trainPlan } from '../../../main/contract/train.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import { anonymiseWork } from '../../../main/study/anonymise.ts';
import type { Work } from '../../../main/study/context.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { importWork } from '../../../main/study/import.ts';
import { reportFromVault } from '../../../main/study/report.ts';
import { reviewWork } from '../../../main/study/review.ts';
import { trainWork } from '../../../main/study/train.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP } from '../vault/fixture.ts';

const scratch = scratchFolder();
let vault: Vault;
let study: string;
let records: string;

async function run(work: Work, kind: string): Promise<string> {
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  const signal = new AbortController().signal;
  await work.run({ job: id, signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  const made = vault.artefacts.ofJob(id).find((artefact) => artefact.kind === kind);
  if (made === undefined) throw new Error('nothing was made');
  return made.id;
}

beforeAll(async () => {
  const file = scratch.path('study.vault');
  const passphrase = 'four quiet herons wade';
  vault = await createVault({ file, passphrase, person: 'Ada', cost: CHEAP });
  study = vault.studies.create('Who misses follow-up?').id;
  const csv = scratch.path('sample.csv');
  writeFileSync(csv, [...writeCsv(demoRecords(600))].join(''));
  const opened = importWork(vault, { study, path: csv, name: 'sample.csv', options: {} });
  records = await run(opened, 'source-records');
  return () => {
    vault.close();
    scratch.remove();
  };
});

async function reviewedModel(artefact: string): Promise<string> {
  // Of columns that are in the protected records as they were.
  const features = ['distance_km', 'missed_before', 'wait_days', 'clinic'];
  const plan = trainPlan.parse({
    ...demoOf('en').training,
    bounds: {},
    categories: {},
    features,
    privacy: null,
    epochs: 2,
  });
  const model = await run(trainWork(vault, { study, artefact, plan }), 'model');
  await run(reviewWork(vault, { study, artefact: model, groups: ['sex'] }), 'review');
  return model;
}

const reported = (model: string): string =>
  reportFromVault(vault, { study, model, language: 'en' }).reportHtml;

it('says whether the model learned from the protected records or beside them', async () => {
  const plain = await reviewedModel(records);
  expect(reported(plain)).toContain('Anonymisation: not done.');

  const given = {
    plan: demoOf('en').protection,
    hierarchies: demoOf('en').hierarchies,
    remove: ['patient_id', 'name', 'id_card', 'phone', 'note'],
  };
  const guarded = await run(
    anonymiseWork(vault, { study, artefact: records }, given),
    'protected-records',
  );
  expect(reported(plain)).toContain('The model itself learned from the records as they were.');

  const careful = await reviewedModel(guarded);
  expect(reported(careful)).toContain('The model learned from a protected copy of the records');
  expect(reported(careful)).not.toContain('The model itself learned from the records as they were');
  expect(reported(plain)).toContain('The model itself learned from the records as they were.');
});
