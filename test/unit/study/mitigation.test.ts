import { beforeEach, describe, expect, it } from 'vitest';
import {
  MITIGATIONS,
  mitigationResult,
  type MitigationResult,
} from '../../../main/contract/mitigation.ts';
import { mitigation as contract } from '../../../main/contract/mitigation.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { Jobs } from '../../../main/engine/jobs.ts';
import type { Context } from '../../../main/study/context.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { experiments } from '../../../main/study/experiments.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { mitigationAnswers } from '../../../main/study/mitigation-answers.ts';
import { trainedModels } from '../../../main/study/models.ts';
import { reportFromVault } from '../../../main/study/report.ts';
import { reviewWork } from '../../../main/study/review.ts';
import { trainWork } from '../../../main/study/train.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const { training } = demoOf('en');
const PLAN: TrainPlanInput = {
  ...training,
  unit: undefined,
  accountant: 'rdp',
  model: { kind: 'boosting' },
  privacy: { epsilon: 0.8, delta: 1e-6 },
  split: { test: 0.3, validation: 0.3, seed: 1 },
};

let vault: Vault;
let study: string;
let records: string;
let jobs: Jobs;

beforeEach(async () => {
  vault = await newVault();
  study = vault.studies.create('Gaps').id;
  const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
  const given = { ...facts, problems: [] };
  records = saveRecords(vault, { study, name: 'r.csv' }, demoRecords(2600), given).id;
  jobs = new Jobs({ vault, tell: () => {}, log: () => {} });
});

async function trained(plan: TrainPlanInput): Promise<string> {
  const work = trainWork(vault, { study, artefact: records, plan: trainPlan.parse(plan) });
  const id = jobs.start(work);
  await jobs.idle();
  const [model] = jobs.get(id).artefacts;
  if (model === undefined) throw new Error(JSON.stringify(jobs.get(id)));
  return model;
}

const context = (): Context =>
  ({ vault, start: (work) => jobs.start(work) }) as Partial<Context> as Context;

async function tried(
  model: string,
  change: object = {},
): Promise<{ job: string; found: MitigationResult }> {
  const reference = { study, artefact: model };
  const input = contract.start.input.parse({
    ...reference,
    ...{ groups: 'sex', methods: [...MITIGATIONS], criterion: 'demographic-parity', bound: 0.1 },
    ...change,
  });
  const { job } = mitigationAnswers.start(input, context());
  await jobs.idle();
  expect(jobs.get(job)).toMatchObject({ state: 'done', error: null });
  return { job, found: mitigationResult.parse(mitigationAnswers.result(reference, context())) };
}

describe('what is tried with a model of the vault', () => {
  it('pays for each training apart, keeps every model, and compares all on the test part', async () => {
    const model = await trained(PLAN);
    const reference = { study, artefact: model };
    const choices = contract.choices.output.parse(mitigationAnswers.choices(reference, context()));
    expect(choices.methods.every(({ refused }) => refused === null)).toBe(true);
    expect(choices.price).toEqual(PLAN.privacy);
    const before = vault.ledger.ofStudy(study).entries.length;
    const { job, found } = await tried(model);
    expect(found.tries.map(({ method }) => method)).toEqual(['none', ...MITIGATIONS]);
    for (const one of found.tries) {
      expect(one.refused).toBeNull();
      expect(one.accuracy.interval).not.toBeNull();
      expect(Object.keys(one.gaps)).toHaveLength(3);
      expect(one.gaps['equalised-odds'].interval).not.toBeNull();
      expect(one.groups.reduce((sum, { n }) => sum + n, 0)).toBe(found.tested);
    }
    const { entries } = vault.ledger.ofStudy(study);
    const paid = entries.slice(before).map((entry) => ({ job: entry.job, epsilon: entry.epsilon }));
    expect(paid).toEqual(
      (['reweighing', 'constrained'] as const).map((method) => ({
        job: `${job}/${method}`,
        epsilon: found.tries.find((one) => one.method === method)!.paid!.epsilon,
      })),
    );
    expect(entries.slice(before).every(({ state }) => state === 'done')).toBe(true);
    // None of them is a model of the study until one is chosen.
    expect(trainedModels(vault, study).map(({ artefact }) => artefact)).toEqual([model]);
    expect(vault.artefacts.list(study, 'tried-model')).toHaveLength(4);

    const { artefact } = mitigationAnswers.use({ ...reference, method: 'thresholds' }, context());
    expect(trainedModels(vault, study).map((one) => one.artefact)).toEqual([artefact, model]);
    expect(experiments(vault, study).trained).toHaveLength(2);
    jobs.start(reviewWork(vault, { study, artefact, groups: ['sex'] }));
    await jobs.idle();
    for (const language of ['en', 'zh-CN'] as const) {
      const { report, reportHtml } = reportFromVault(vault, { study, model: artefact, language });
      const section = report.sections.find(({ id }) => id === 'mitigation');
      expect(JSON.stringify(section)).not.toMatch(/undefined|NaN|null%/);
      expect(reportHtml).toContain(section!.title);
    }
  });

  it('says what cannot be done, and does the rest', async () => {
    const model = await trained({ ...PLAN, split: { test: 0.3, seed: 1 } });
    const { methods } = mitigationAnswers.choices({ study, artefact: model }, context());
    expect(methods.map(({ refused }) => refused)).toEqual([
      ...[null, null],
      ...['MITIGATION_NEEDS_VALIDATION', 'MITIGATION_NEEDS_VALIDATION'],
    ]);
    vault.ledger.setBudget(vault.ledger.ofStudy(study).source, { epsilon: 1, delta: 1e-5 });
    const { found } = await tried(model, { methods: ['reweighing', 'calibration'] });
    expect(found.tries.map(({ refused }) => refused)).toEqual([
      ...[null, 'BUDGET_EXCEEDED', 'MITIGATION_NEEDS_VALIDATION'],
    ]);
    const use = () =>
      mitigationAnswers.use({ study, artefact: model, method: 'reweighing' }, context());
    expect(await codeOf(use)).toBe('ARTEFACT_UNKNOWN');
  });
});
