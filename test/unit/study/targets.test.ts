import { beforeEach, describe, expect, it } from 'vitest';
import type { LabelChoice } from '../../../main/contract/arrangement.ts';
import { contract } from '../../../main/contract/index.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { reportFromVault } from '../../../main/study/report.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { readText } from '../records/reading.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const WARDS = ['north', 'south', 'west'];
/** Three wards told by the hour and the team; the stay grows with the hour. */
const text = [
  'hour,team,sex,ward,stay',
  ...Array.from({ length: 600 }, (_, row) => {
    const hour = (row * 7) % 24;
    const ward = hour < 8 ? 0 : row % 3 === 0 ? 1 : 2;
    const team = ['a', 'b', 'c'][(ward + (row % 10 === 0 ? 1 : 0)) % 3];
    return [hour, team, row % 2 === 0 ? 'f' : 'm', WARDS[ward], 2 * hour + (row % 5)].join(',');
  }),
].join('\n');

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

let vault: Vault;
let source: Reference;
let started: Work | null = null;

const context = (): Context => ({
  vault,
  person: vault.person,
  file: () => '',
  start: (work) => {
    started = work;
    return 'job';
  },
});

async function made(kind: string): Promise<Reference> {
  const work = started!;
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  await work.run({ job: id, signal: new AbortController().signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  const { id: artefact } = vault.artefacts.ofJob(id).find((one) => one.kind === kind)!;
  return { study: work.study, artefact };
}

function train(more: object): Promise<Reference> {
  const plan = trainPlan.parse({
    ...{ label: 'ward', features: ['hour', 'team'], model: { kind: 'logistic' }, privacy: null },
    ...{ labels: WARDS, epochs: 60, ...more },
  });
  studyAnswers.train.start({ ...source, plan }, context());
  return made('model');
}

beforeEach(async () => {
  vault = await newVault();
  const study = vault.studies.create('Wards').id;
  const { table, facts } = await readText(text);
  source = { study, artefact: saveRecords(vault, { study, name: 'w.csv' }, table, facts).id };
});

describe('a model of several values', () => {
  it('is reviewed as the value that is harmful to miss against all others', async () => {
    const model = await train({ positive: 'south' });
    studyAnswers.review.start({ ...model, groups: ['sex'] }, context());
    await made('review');
    const review = studyAnswers.review.result(model, context());
    const { metrics } = studyAnswers.train.result(model, context());
    const south = metrics.test.by_value![1]!;
    expect(south.value).toBe('south');
    expect(review.asked).toMatchObject({ label: 'ward', positive: 'south' });
    expect(review.overall.auc).toBeCloseTo(metrics.test.auc!, 12);
    expect(review.overall.tpr).toBeCloseTo(south.recall!, 12);
    expect(review.overall.ppv).toBeCloseTo(south.precision!, 12);
    expect(review.overall.base_rate).toBeCloseTo(south.base_rate!, 12);
    const { modelCardHtml } = reportFromVault(vault, {
      ...{ study: model.study, model: model.artefact, language: 'en' },
    });
    expect(modelCardHtml).toContain('compare “south” with the others');
    expect(studyAnswers.train.models(model, context()).models).toMatchObject([
      { kind: 'logistic', target: 'classes' },
    ]);
  });

  it('without such a value is reviewed for the one that is chosen, and asks for it', async () => {
    const model = await train({});
    expect(studyAnswers.review.columns(model, context()).values).toEqual(WARDS);
    for (const positive of [undefined, 'nowhere']) {
      studyAnswers.review.start({ ...model, groups: ['sex'], positive }, context());
      await expect(made('review')).rejects.toMatchObject({ code: 'REVIEW_TARGET' });
    }
    studyAnswers.review.start({ ...model, groups: ['sex'], positive: 'south' }, context());
    await made('review');
    const review = studyAnswers.review.result(model, context());
    const { metrics } = studyAnswers.train.result(model, context());
    const south = metrics.test.by_value!.find(({ value }) => value === 'south')!;
    expect(review.asked.positive).toBe('south');
    expect(review.overall.tpr).toBeCloseTo(south.recall!, 12);
  });
});

describe('a model of a number', () => {
  it('is reviewed by how far it lies off, and margins set beforehand stand in other reviews', async () => {
    const model = await train({ label: 'stay', labels: undefined, model: { kind: 'linear' } });
    expect(studyAnswers.review.columns(model, context())).toMatchObject({ number: true });
    studyAnswers.review.start({ ...model, groups: ['sex'] }, context());
    await made('review');
    const review = studyAnswers.review.result(model, context());
    const { test } = studyAnswers.train.result(model, context()).metrics;
    expect(review.numbers?.overall.mae).toBeCloseTo(test.mae!, 9);
    expect(review.numbers?.overall.rmse).toBeCloseTo(test.rmse!, 9);
    expect(review.findings).toBeUndefined();
    for (const language of ['en', 'zh-CN'] as const) {
      const { report } = reportFromVault(vault, {
        ...{ study: model.study, model: model.artefact, language },
      });
      const ids = report.sections.map(({ id }) => id);
      expect(ids).toContain('numbers');
      expect(ids).not.toContain('performance');
    }
    const wards = await train({ positive: 'south' });
    const margins = { difference: 0.1, ratio: 0.5, reason: 'agreed with the wards' };
    studyAnswers.review.start({ ...wards, groups: ['sex'], margins }, context());
    await made('review');
    expect(studyAnswers.review.result(wards, context()).findings?.margins).toEqual(margins);
  });
});

describe('what is predicted', () => {
  const { arrange } = contract.import;
  const choose = (label: LabelChoice) =>
    arrange.output.parse(
      studyAnswers.import.arrange(
        arrange.input.parse({ ...source, choice: { choose: 'label', label } }),
        context(),
      ),
    ).arrangement.label;

  it('may be several values that stand in the records, or a number', async () => {
    const classes = { column: 'ward', target: 'classes' as const, values: WARDS, positive: 'west' };
    expect(choose(classes)).toEqual(classes);
    const absent = { ...classes, values: [...WARDS, 'east'] };
    expect(await codeOf(() => choose(absent))).toBe('LABEL_VALUE_ABSENT');
    const number = {
      column: 'stay',
      target: 'number' as const,
      bounds: [0, 60] as [number, number],
    };
    expect(choose(number)).toEqual(number);
    expect(await codeOf(() => choose({ column: 'team', target: 'number' }))).toBe(
      'COLUMN_NOT_NUMERIC',
    );
  });
});
