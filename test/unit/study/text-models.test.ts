import { beforeAll, describe, expect, it } from 'vitest';
import { MOST_LETTERS } from '../../../main/contract/text-kinds.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { attendTo } from '../../../main/explain/attend.ts';
import { loadModel, type TrainedModel } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { splitRows } from '../../../main/learning/split.ts';
import { cellTexts } from '../../../main/records/cell-text.ts';
import { columnOf } from '../../../main/records/shape.ts';
import type { Table } from '../../../main/records/table.ts';
import { attend, textOfModel } from '../../../main/study/attend.ts';
import { estimateTraining } from '../../../main/study/estimate.ts';
import { experiments } from '../../../main/study/experiments.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { textLanguages, textOfPlan } from '../../../main/study/model-text.ts';
import { reportFromVault } from '../../../main/study/report.ts';
import { reviewWork } from '../../../main/study/review.ts';
import { trainWork } from '../../../main/study/train.ts';
import type { Work } from '../../../main/study/context.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP, codeOf } from '../vault/fixture.ts';

const scratch = scratchFolder();
const ROWS = 80;
const isUrgent = (row: number): boolean => row % 2 === 0;
const NOTES = Array.from({ length: ROWS }, (_, row) =>
  isUrgent(row)
    ? `crushing pain in the chest since ${row} minutes`
    : `wants a new prescription, number ${row}`,
);
const coded = (name: string, type: 'text' | 'category', cells: readonly string[]) => {
  const dictionary = [...new Set(cells)];
  return { name, type, dictionary, codes: Int32Array.from(cells, (c) => dictionary.indexOf(c)) };
};
const TABLE: Table = {
  rows: ROWS,
  columns: [
    coded('note', 'text', NOTES),
    coded(
      'extra',
      'text',
      Array.from({ length: ROWS }, (_, row) => `记录第 ${row} 条`),
    ),
    coded(
      'sex',
      'category',
      NOTES.map((_, row) => (row % 3 === 0 ? 'f' : 'm')),
    ),
    coded(
      'urgent',
      'category',
      NOTES.map((_, row) => (isUrgent(row) ? 'yes' : 'no')),
    ),
  ],
};
const PLAN: TrainPlanInput = {
  label: 'urgent',
  labels: ['no', 'yes'],
  positive: 'yes',
  text: ['note'],
  split: { test: 0.25, seed: 1 },
  model: {
    ...{ kind: 'bag', tokens: 'words', embedding: 8, length: 16 },
    vocabulary: ['pain', 'chest', 'prescription', 'new', 'number', 'since'],
  },
  privacy: null,
  epochs: 60,
  learningRate: 0.1,
};

let vault: Vault;
let study: string;
let source: string;
let text: string;
let table: string;
let model: TrainedModel;

async function run(work: Work, kind: string): Promise<string> {
  const { id: job } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(job);
  await work.run({ job, signal: new AbortController().signal, progress: () => {} });
  vault.jobs.end(job, 'done');
  return vault.artefacts.ofJob(job).find((made) => made.kind === kind)?.id ?? '';
}
const train = (plan: TrainPlanInput): Promise<string> =>
  run(trainWork(vault, { study, artefact: source, plan: trainPlan.parse(plan) }), 'model');

beforeAll(async () => {
  const file = scratch.path('study.vault');
  vault = await createVault({
    ...{ file, passphrase: 'four quiet herons wade', person: 'Ada', cost: CHEAP },
  });
  study = vault.studies.create('S').id;
  const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
  source = saveRecords(vault, { study, name: 's.csv' }, TABLE, facts).id;
  text = await train(PLAN);
  const plain = { features: ['sex'], model: { kind: 'logistic' as const }, epochs: 1 };
  table = await train({ ...PLAN, text: undefined, ...plain, backend: 'javascript' });
  model = loadModel(vault.artefacts.get(text).toString('utf8'), 'm');
  return () => {
    vault.close();
    scratch.remove();
  };
}, 60_000);

describe('what a model of text attends to', () => {
  const reference = (): { study: string; artefact: string } => ({ study, artefact: text });
  const typed = (note: string) =>
    attend(vault, { ...reference(), given: { texts: [{ column: 'note', text: note }] } });

  it('is the change of the answer without each part, as scoring each text by itself would say', async () => {
    const note = 'The neighbour reports sudden pain near the chest';
    const { answer, spans, shortened } = await typed(note);
    expect(answer?.value).toBe('yes');
    expect(shortened).toBe(false);
    expect(spans.map((span) => span.text).join('')).toBe(note);
    for (const [place, { change }] of spans.entries()) {
      const rest = spans.filter((_, other) => other !== place).map((span) => span.text);
      const alone = { rows: 1, columns: [coded('note', 'text', [rest.join('')])] };
      const { scores } = await scoreTable(model, alone);
      expect(change).toBeCloseTo((answer?.score ?? NaN) - scores[0]!, 5);
    }
    const strongest = spans.toSorted((a, b) => (b.change ?? 0) - (a.change ?? 0));
    expect(
      strongest
        .slice(0, 2)
        .map((span) => span.text.trim())
        .sort(),
    ).toEqual(['chest', 'pain']);
  });

  it('is told of a record of the test part, and of no other text', async () => {
    const plan = trainPlan.parse(PLAN);
    const { test } = splitRows(TABLE, plan);
    const cells = cellTexts(columnOf(TABLE, 'note'));
    const found = await attend(vault, { ...reference(), given: { tested: 2 } });
    expect(found.spans.map((span) => span.text).join('')).toBe(cells(test[1]!));
    const { tested } = textOfModel(vault, reference());
    expect(tested).toBe(test.length);
    const beyond = { ...reference(), given: { tested: tested + 1 } };
    expect(await codeOf(() => attend(vault, beyond))).toBe('RECORD_UNKNOWN');
  });

  it('gives no answer where nothing is written, and no change where a part is all there is', async () => {
    expect(await typed('  ')).toEqual({ answer: null, spans: [], shortened: false });
    const { spans } = await typed('pain');
    expect(spans).toEqual([{ column: 'note', text: 'pain', change: null }]);
  });

  it.each(['🙂👩‍👩‍👧', 'שלום, כאב בחזה', '胸口很疼，喘不过气', 'a\u0000b\u200bc'])(
    'takes odd text as it is: %s',
    async (odd) => {
      const { spans } = await typed(odd);
      expect(spans.map((span) => span.text).join('')).toBe(odd);
    },
  );

  it('reads the beginning of a very long text, and says so', async () => {
    const long = '🙂'.repeat(MOST_LETTERS);
    const found = await typed(`a${long}`);
    expect(found.shortened).toBe(true);
    const shown = found.spans.map((span) => span.text).join('');
    expect(shown.length).toBeLessThanOrEqual(MOST_LETTERS);
    expect(`a${long}`.startsWith(shown)).toBe(true);
    expect(encodeURIComponent(shown)).not.toBe('');
  });

  it('is not told of a model of columns', async () => {
    const other = { study, artefact: table };
    expect(textOfModel(vault, other).text).toBeNull();
    const given = { texts: [] };
    expect(await codeOf(() => attend(vault, { ...other, given }))).toBe('ARTEFACT_UNKNOWN');
    expect(await codeOf(() => attend(vault, { study, artefact: source, given }))).toBe(
      'ARTEFACT_UNKNOWN',
    );
  });

  it('is told of a private head on the encoder, beside a column that a typed text leaves open', async () => {
    const artefact = await train({
      ...PLAN,
      ...{ features: ['sex'], categories: { sex: ['f', 'm'] }, model: { kind: 'encoder-head' } },
      ...{ privacy: { epsilon: 2, delta: 1e-3 }, epochs: undefined, learningRate: undefined },
    });
    const note = 'sudden chest pain';
    const given = { texts: [{ column: 'note', text: note }] };
    const { answer, spans } = await attend(vault, { study, artefact, given });
    expect(answer?.score).toBeGreaterThan(0.5);
    expect(spans.map((span) => span.text).join('')).toBe(note);
    expect(spans.every(({ change }) => change !== null && change !== 0)).toBe(true);
  });

  it('shares its parts between several texts', async () => {
    const two = {
      rows: 1,
      columns: [coded('note', 'text', ['pain '.repeat(90)]), coded('extra', 'text', ['x'])],
    };
    const { spans } = await attendTo(model, two, ['note', 'extra']);
    expect(spans.filter(({ column }) => column === 'note')).toHaveLength(15);
    expect(spans.at(-1)).toMatchObject({ column: 'extra', text: 'x', change: 0 });
  });
});

describe('what is told of a model of text', () => {
  it('is the language of each column of text', () => {
    expect(textLanguages(vault, source)).toEqual([
      { column: 'note', language: 'en' },
      { column: 'extra', language: 'zh' },
    ]);
  });

  it('is what it reads, in the list of trainings and in report and model card', async () => {
    const told = (id: string) =>
      experiments(vault, study).trained.find(({ artefact }) => artefact === id);
    expect(told(table)).toMatchObject({ text: null, features: ['sex'] });
    expect(told(text)).toMatchObject({
      text: { columns: ['note'], encoder: null, vocabulary: 'given' },
      features: [],
    });
    await run(reviewWork(vault, { study, artefact: text, groups: ['sex'] }), 'review');
    for (const [language, line] of [
      ['en', 'those that the plan lists'],
      ['zh-CN', '方案中列出的词'],
    ] as const) {
      const { reportHtml, modelCardHtml } = reportFromVault(vault, {
        study,
        model: text,
        language,
      });
      for (const html of [reportHtml, modelCardHtml]) expect(html).toContain(line);
    }
  });

  it('names the encoder with its licence, or says that it is gone', () => {
    const of = (encoder: string, counts?: boolean): unknown => {
      const model = { kind: 'encoder-head' as const, encoder, counts };
      return textOfPlan(vault, trainPlan.parse({ ...PLAN, model }));
    };
    expect(of('use-lite-en', false)).toMatchObject({
      encoder: { id: 'use-lite-en', licence: 'Apache-2.0', tune: 'head' },
      vocabulary: null,
    });
    // Words that are counted beside it come from somewhere too.
    expect(of('use-lite-en')).toMatchObject({ vocabulary: 'learnt' });
    expect(of('gone')).toMatchObject({ encoder: { id: 'gone', name: null, licence: null } });
  });

  it('is where a model knows its words from', () => {
    const of = (change: Partial<TrainPlanInput>, vocabulary?: 'public' | 'bought'): unknown => {
      const model = { kind: 'bag' as const, ...(vocabulary && { vocabulary }) };
      return textOfPlan(vault, trainPlan.parse({ ...PLAN, model, ...change }))?.vocabulary;
    };
    const privacy = { epsilon: 1, delta: 1e-4 };
    expect(of({})).toBe('learnt');
    expect(of({ privacy })).toBe('public');
    expect(of({ privacy }, 'bought')).toBe('bought');
  });

  it('is its cost before it begins, without a column of the table', async () => {
    const plan = trainPlan.parse({ ...PLAN, privacy: { epsilon: 1, delta: 1e-4 } });
    const found = await estimateTraining(vault, { artefact: source, plan });
    expect(found?.epsilon).toBeLessThanOrEqual(1);
    expect(
      await estimateTraining(vault, { artefact: source, plan: trainPlan.parse(PLAN) }),
    ).toBeNull();
  });
});
