import { writeFileSync } from 'node:fs';
import type { LeakTestResult } from '../../../main/contract/leak-test.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import type { Work } from '../../../main/study/context.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { importWork } from '../../../main/study/import.ts';
import { putJson } from '../../../main/study/json.ts';
import { reviewWork } from '../../../main/study/review.ts';
import { trainWork } from '../../../main/study/train.ts';
import { createVault, openVault, type Vault } from '../../../main/vault/index.ts';
import { CHEAP } from '../vault/fixture.ts';

export const STEWARD = { name: 'Ada', passphrase: 'four quiet herons wade' };
export const REVIEWER = { name: 'Bo', passphrase: 'seven brown bears dig' };

export interface Reviewed {
  readonly file: string;
  readonly study: string;
  readonly artefact: string;
}

export async function done(vault: Vault, work: Work, kind: string): Promise<string> {
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  const { signal } = new AbortController();
  await work.run({ job: id, signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  const made = vault.artefacts.ofJob(id).find((artefact) => artefact.kind === kind);
  if (made === undefined) throw new Error('nothing was made');
  return made.id;
}

export function openAs(
  file: string,
  { name, passphrase }: { readonly name: string; readonly passphrase: string },
): Promise<Vault> {
  return openVault({ file, person: name, passphrase, cost: CHEAP });
}

/** Ada has trained and reviewed a model; Bo, a reviewer, has chosen a passphrase of his own. */
export async function reviewedStudy(file: string, csv: string): Promise<Reviewed> {
  const vault = await createVault({
    ...{ file, passphrase: STEWARD.passphrase, person: STEWARD.name, cost: CHEAP },
  });
  const study = vault.studies.create('Who misses follow-up?').id;
  writeFileSync(csv, [...writeCsv(demoRecords(400))].join(''));
  const records = await done(
    vault,
    importWork(vault, { study, path: csv, name: 'sample.csv', options: {} }),
    'source-records',
  );
  const plan = trainPlan.parse({ ...demoOf('en').training, privacy: null, epochs: 2 });
  const artefact = await done(vault, trainWork(vault, { study, artefact: records, plan }), 'model');
  await done(vault, reviewWork(vault, { study, artefact, groups: ['sex'] }), 'review');
  await vault.people.add({
    name: REVIEWER.name,
    role: 'reviewer',
    passphrase: 'first words of bo',
  });
  vault.close();
  const bo = await openAs(file, { name: REVIEWER.name, passphrase: 'first words of bo' });
  await bo.people.changePassphrase('first words of bo', REVIEWER.passphrase);
  bo.close();
  return { file, study, artefact };
}

/** The result of a leak test as far as a sign-off looks at it. */
export function putLeakTest(vault: Vault, { study, artefact }: Reviewed, blocks: boolean): string {
  const made = { study, kind: 'leak-test', name: 'model', parents: [artefact] };
  const found: LeakTestResult = {
    ...{ auc: null, tpr_at_fpr_0_01: null, tpr_at_fpr_0_001: null },
    ...{ blocks, reasons: {} },
  };
  return putJson(vault, made, found).id;
}
