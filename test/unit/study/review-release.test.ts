import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { OTHER_GROUP } from '../../../main/contract/review-privacy.ts';
import { reviewResult } from '../../../main/contract/review.ts';
import { splitStatement } from '../../../main/contract/split.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { importWork } from '../../../main/study/import.ts';
import { jsonBeside } from '../../../main/study/json.ts';
import { reportAnswers } from '../../../main/study/report-answers.ts';
import { PRIVATE_REVIEW, privateChoices, releaseWork } from '../../../main/study/review-release.ts';
import { reviewWork } from '../../../main/study/review.ts';
import { trainWork } from '../../../main/study/train.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { words } from '../../../main/words/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP } from '../vault/fixture.ts';

const kept = z.object({ result: z.object({ split: splitStatement }) });

const scratch = scratchFolder();
let vault: Vault;
let reference: { readonly study: string; readonly artefact: string };

async function run(work: Work, kind: string): Promise<string> {
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  try {
    await work.run({ job: id, signal: new AbortController().signal, progress: () => undefined });
  } catch (error) {
    vault.jobs.end(id, 'failed');
    throw error;
  }
  vault.jobs.end(id, 'done');
  return vault.artefacts.ofJob(id).find((artefact) => artefact.kind === kind)?.id ?? '';
}

beforeAll(async () => {
  const file = scratch.path('study.vault');
  vault = await createVault({
    file,
    passphrase: 'four quiet herons wade',
    person: 'Ada',
    cost: CHEAP,
  });
  const study = vault.studies.create('Who misses follow-up?').id;
  const csv = scratch.path('sample.csv');
  writeFileSync(csv, [...writeCsv(demoRecords(1500))].join(''));
  const records = await run(
    importWork(vault, { study, path: csv, name: 'sample.csv', options: {} }),
    'source-records',
  );
  const plan = trainPlan.parse({ ...demoOf('en').training, privacy: null, epochs: 3 });
  const artefact = await run(trainWork(vault, { study, artefact: records, plan }), 'model');
  reference = { study, artefact };
  await run(reviewWork(vault, { ...reference, groups: ['sex'] }), 'review');
  return () => {
    vault.close();
    scratch.remove();
  };
});

const context = (): Context => ({
  ...{ vault, person: vault.person, file: () => '', start: () => 'job' },
});
const entries = () => vault.ledger.ofStudy(reference.study).entries;

describe('a review released with noise', () => {
  it('is refused by what was asked alone, before anything is paid', async () => {
    const before = entries().length;
    const release = (values: Record<string, string[]>) =>
      run(releaseWork(vault, { ...reference, epsilon: 0.5, values }), PRIVATE_REVIEW);
    await expect(release({})).rejects.toThrow(
      new ConcordError('GROUP_VALUES_MISSING', { column: 'sex' }),
    );
    expect(entries()).toHaveLength(before);
    const all = { ...reference, epsilon: 99, values: { sex: ['female', 'male'] } };
    await expect(run(releaseWork(vault, all), PRIVATE_REVIEW)).rejects.toThrow('BUDGET_EXCEEDED');
    expect(entries()).toHaveLength(before);
  });

  it('proposes no values that a plain model has read off the records', () => {
    expect(privateChoices(vault, reference)).toEqual({
      ...{ groups: [{ column: 'sex', values: [] }], unit: 'row', available: 4, made: null },
    });
  });

  it('stands in the ledger for what it cost, and its report says nothing exact', async () => {
    const values = { sex: ['female', 'male'] };
    await run(releaseWork(vault, { ...reference, epsilon: 0.5, values }), PRIVATE_REVIEW);
    expect(entries().at(-1)).toMatchObject({
      ...{ kind: 'review-private', epsilon: 0.5, delta: 0, state: 'done' },
    });
    const made = jsonBeside(vault, reference, PRIVATE_REVIEW, reviewResult);
    expect(Object.keys(made.groups['sex']!)).toEqual(['female', 'male', OTHER_GROUP]);
    expect(made.privacy).toMatchObject({ epsilon: 0.5, unit: 'row' });
    expect(privateChoices(vault, reference)).toMatchObject({ available: 3.5, made: 0.5 });

    const said = (figures: 'withheld' | 'private') => {
      const { report } = reportAnswers.preview(
        { ...reference, language: 'en', figures },
        context(),
      );
      return JSON.stringify(report);
    };
    const { noise } = words('en').report;
    expect(said('withheld')).not.toContain(noise.title);
    const noisy = said('private');
    for (const part of [noise.leftOut, noise.intervals, noise.plain, noise.otherGroup])
      expect(noisy).toContain(part);
    const { rows } = jsonBeside(vault, reference, 'training', kept).result.split;
    const trained = new Intl.NumberFormat('en').format(rows.train ?? 0);
    expect(said('withheld')).toContain(trained);
    expect(noisy).not.toContain(trained);
    const exact = jsonBeside(vault, reference, 'review', reviewResult);
    expect(exact.overall.n).not.toBe(made.overall.n);
    expect(noisy).not.toContain(`"${exact.overall.n}"`);
  });
});
