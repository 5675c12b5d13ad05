import { beforeEach, describe, expect, it } from 'vitest';
import { labelPlan } from '../../../main/contract/label.ts';
import { LANGUAGES } from '../../../main/contract/language.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { buildReport } from '../../../main/report/build.ts';
import type { Work } from '../../../main/study/context.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { labelWork } from '../../../main/study/label.ts';
import { beginLabelling, markLabel } from '../../../main/study/labelling.ts';
import { reportFromVault } from '../../../main/study/report.ts';
import { reviewWork } from '../../../main/study/review.ts';
import { trainWork } from '../../../main/study/train.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { words } from '../../../main/words/index.ts';
import { readText } from '../records/reading.ts';
import { fullInput } from '../report/sample.ts';
import { newVault } from '../vault/fixture.ts';

const text = [
  'visits,age,outcome,sex',
  ...Array.from({ length: 400 }, (_, row) => {
    const age = row % 40 === 7 ? '' : String(20 + ((row * 17) % 60));
    return `${row % 9},${age},${row % 3 === 0 ? 'yes' : 'no'},${row % 2 === 0 ? 'f' : 'm'}`;
  }),
].join('\n');

let vault: Vault;
let study: string;
let source: string;

async function run(work: Work, kind: string): Promise<string> {
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  await work.run({ job: id, signal: new AbortController().signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  const made = vault.artefacts.ofJob(id).find((one) => one.kind === kind);
  if (made === undefined) throw new Error('nothing was made');
  return made.id;
}

/** A model of one label of the labelled records, reviewed. */
async function reviewed(artefact: string, label: string): Promise<string> {
  const plan = trainPlan.parse({
    ...{ label, features: ['visits'], model: { kind: 'logistic' }, privacy: null, epochs: 2 },
    backend: 'javascript',
  });
  const model = await run(trainWork(vault, { study, artefact, plan }), 'model');
  await run(reviewWork(vault, { study, artefact: model, groups: ['sex'] }), 'review');
  return model;
}

beforeEach(async () => {
  vault = await newVault();
  study = vault.studies.create('Older people').id;
  const { table, facts } = await readText(text);
  source = saveRecords(vault, { study, name: 'v.csv' }, table, facts).id;
});

it('a report tells who or what labelled the records its model learned from', async () => {
  const reference = { study, artefact: source };
  beginLabelling(vault, {
    ...reference,
    ...{ column: 'older', values: ['no', 'yes'], order: 'file' },
  });
  markLabel(vault, { ...reference, at: 0, value: 1 });
  const plan = labelPlan.parse({
    ...{ column: 'older', hand: true, otherwise: 'no' },
    rules: [{ value: 'yes', conditions: [{ column: 'age', is: 'above', value: 60 }] }],
  });
  const labelled = await run(labelWork(vault, { ...reference, plan }), 'labelled-records');
  const { labels } = words('en');
  const model = await reviewed(labelled, 'older');
  const report = reportFromVault(vault, { study, model, language: 'en' });
  for (const html of [report.reportHtml, report.modelCardHtml]) {
    expect(html).toContain(labels.report.how);
    expect(html).toMatch(
      /Records labelled by hand: 1 to 10; by rule: withheld; as all others: \d{3};/,
    );
    expect(html).toContain('Ada; ');
    expect(html).toContain('yes: age is above “60”');
  }
  // A label that came with the file says nothing of those made here.
  const other = await reviewed(labelled, 'outcome');
  const beside = reportFromVault(vault, { study, model: other, language: 'en' });
  expect(beside.reportHtml).not.toContain(labels.report.how);
});

describe.each(LANGUAGES)('a report on labels, in %s', (language) => {
  const { labels, report: w } = words(language);
  const given = {
    ...{ hand: 1234, rules: 20, otherwise: 0, unlabelled: 7, leftOut: true, people: ['Ada'] },
    days: { from: '2026-01-05', to: '2026-01-09' },
    plan: {
      rules: [
        {
          ...{ value: 'yes', when: 'any' as const },
          conditions: [{ column: 'age', is: 'missing' as const }],
        },
      ],
      otherwise: null,
    },
  };
  const written = (change: object): string =>
    buildReport({ ...fullInput(), language, label: given, ...change }).reportHtml;

  it('says how many records each way has labelled', () => {
    // Of 1 to 10 records nothing is said, nor of the way whose number would tell it.
    const [few, untold] = [w.few, w.withheld];
    const counts = { hand: '1,234', rules: untold, otherwise: '0', unlabelled: few, leftOut: true };
    expect(written({ privacy: null })).toContain(labels.report.counts(counts));
  });

  it('keeps the number of records to itself where the model is private', () => {
    const { privacy } = fullInput();
    expect(privacy).toBeTruthy();
    const html = written({ privacy });
    expect(html).toContain(labels.report.private({ hand: true, rules: true }));
    expect(html).not.toContain('1,234');
  });
});
