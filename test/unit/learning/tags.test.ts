import { describe, expect, it } from 'vitest';
import { trainPlan, trainResult, type TrainPlanInput } from '../../../main/contract/train.ts';
import type { Checkpoint } from '../../../main/learning/checkpoint.ts';
import { loadModel, saveModel, sealModel, type TagModel } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { trainModel, type Trained, type TrainOptions } from '../../../main/learning/train.ts';
import { withScores } from '../../../main/study/predictions.ts';
import { cellTexts } from '../../../main/records/cell-text.ts';
import type { Table } from '../../../main/records/table.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { codedColumn, seededUniform, tableOf } from './fixtures.ts';
import { without } from './target-records.ts';

const NAMES = ['Anna', 'Bertram', 'Clara Schmidt', 'Dora'];
const TOWNS = ['Rome', 'Paris', 'New York'];

/** Sentences of a few forms with names of people and towns, some without any. */
function recordsOf(rows: number): Table {
  const draw = seededUniform(5);
  const pick = (of: readonly string[]): string => of[Math.floor(draw() * of.length)]!;
  const sentences = Array.from({ length: rows }, () => {
    const [name, town] = [pick(NAMES), pick(TOWNS)];
    const forms = [
      `${name} went to ${town} .`,
      `it rains in ${town}`,
      'nobody was there',
      `${name} slept`,
    ];
    return { name, town, text: pick(forms) };
  });
  const tagged = sentences.map(({ name, town, text }) =>
    text.split(' ').map((token) => {
      if (name.split(' ').includes(token)) return 'I-PER';
      return town.split(' ').includes(token) ? 'I-LOC' : 'O';
    }),
  );
  return tableOf(
    codedColumn(
      'text',
      sentences.map(({ text }) => text),
    ),
    codedColumn(
      'tags',
      tagged.map((tags) => tags.join(' ')),
    ),
    codedColumn(
      'person',
      sentences.map((_, r) => `p${Math.floor(r / 2)}`),
    ),
  );
}

const table = recordsOf(400);
const labels = ['O', 'I-PER', 'I-LOC'];
const base: TrainPlanInput = {
  ...{ label: 'tags', target: 'tags', text: 'text', labels },
  ...{ model: { kind: 'bag' }, epochs: 6, privacy: null },
};
const privacy = { epsilon: 8, delta: 1e-4 };

function train(
  more: Partial<TrainPlanInput> = {},
  options: Partial<TrainOptions> = {},
  records = table,
): Promise<Trained> {
  const plan = trainPlan.parse({ ...base, ...more });
  return trainModel(records, plan, { random: systemRandom(), ...options });
}

const cellsOf = (column: string, of = table): string[] => {
  const read = cellTexts(of.columns.find(({ name }) => name === column)!);
  return Array.from({ length: of.rows }, (_, row) => read(row));
};

/** The table with another cell. */
function withCell(column: string, row: number, text: string): Table {
  const cells = cellsOf(column).map((cell, r) => (r === row ? text : cell));
  return tableOf(
    ...table.columns.map((one) => (one.name === column ? codedColumn(column, cells) : one)),
  );
}

describe('models of tags', () => {
  it('find names, say how well, and score the same when saved', async () => {
    const { model, result, test } = await train();
    trainResult.parse(result);
    const { accuracy, spans, auc, base_rate: outside } = result.metrics.test;
    expect(accuracy).toBeGreaterThan(0.98);
    expect(spans?.f1).toBeGreaterThan(0.95);
    expect(auc).toBeGreaterThan(0.99);
    expect(outside).toBeGreaterThan(0.5);
    expect(spans?.by_kind.map(({ kind }) => kind)).toEqual(['PER', 'LOC']);
    const again = loadModel(saveModel(model), 'm');
    expect(again).toEqual(model);
    expect(again.version).toBe(3);
    const { scores, starts } = await scoreTable(again, table, { rows: test.rows });
    expect([scores, starts]).toEqual([test.scores, test.starts]);
    const predicted = withScores(table, test.rows, scores, again, starts);
    const right = cellsOf('prediction', predicted).filter(
      (cell, r) => cell === cellsOf('tags')[test.rows[r]!],
    );
    expect(right.length).toBeGreaterThan(0.9 * test.rows.length);
  });

  it('hold no text of the records', async () => {
    const { model } = await train();
    const said = JSON.stringify(without(model as TagModel, 'weights', 'sha256'));
    for (const word of ['Anna', 'Rome', 'rains', 'nobody']) expect(said).not.toContain(word);
  });

  it('train under a guarantee for texts and for people', async () => {
    const row = await train({ privacy, epochs: undefined });
    expect(row.result.privacy).toMatchObject({ unit: 'row', epsilon: expect.closeTo(8, 0) });
    expect(row.result.privacy!.epsilon).toBeLessThanOrEqual(8);
    expect(row.result.metrics.test.spans?.f1).toBeGreaterThan(0.6);
    expect(row.result.rows.train).toBeNull();
    const unit = { column: 'person', maxRows: 2 };
    const person = await train({ privacy, unit, epochs: 2 });
    expect(person.result.privacy).toMatchObject({ unit: 'person', max_rows: 2 });
  });

  it('go on from a checkpoint to the same parameters', async () => {
    let kept: Checkpoint | undefined;
    const whole = await train({}, { checkpoint: async (state) => void (kept ??= state) });
    const resumed = { from: kept!.stepsCharged, checkpoint: kept! };
    const rest = await train({}, { resumed });
    expect(rest.model).toEqual(whole.model);
    expect(kept!.stepsCharged).toBeLessThan(whole.result.steps);
  });

  it('learn their tags from the training rows where nobody states them, in plain training', async () => {
    const { model } = await train({ labels: undefined, epochs: 1 });
    expect(model.labels).toMatchObject({ values: ['O', 'I-LOC', 'I-PER'] });
  });

  it('say nothing of an empty text and read any other', async () => {
    const { model } = await train({ epochs: 1 });
    const odd = ['', 'x '.repeat(50_000), '😀 \u202e שלום 王小明', '\t \n'];
    const { starts, abstained } = await scoreTable(model, tableOf(codedColumn('text', odd)));
    expect(abstained).toBe(2);
    expect([...starts!]).toEqual([0, 0, 50_000, 50_004, 50_004]);
  });

  it('leave out rows without text or tags', async () => {
    const { result } = await train({ epochs: 1 }, {}, withCell('tags', 3, ''));
    expect(result.rows.train! + result.rows.test).toBeGreaterThanOrEqual(399);
  });

  it.each([
    ['counts that differ', {}, withCell('tags', 3, 'O'), 'TAGS_MISMATCH'],
    ['a tag of no kind', { labels: ['O', 'I-PER'] }, table, 'LABEL_UNLISTED'],
    ['marks of other schemes', { labels: [...labels, 'S-PER'] }, table, 'PLAN_INVALID'],
    ['no kind at all', { labels: ['O'] }, table, 'LABEL_ONE_VALUE'],
    [
      'private training of unstated tags',
      { privacy, labels: undefined },
      table,
      'PUBLIC_FACTS_MISSING',
    ],
    ['columns beside the text', { features: ['person'] }, table, 'PLAN_INVALID'],
    ['two columns of text', { text: ['text', 'person'] }, table, 'PLAN_INVALID'],
    [
      'a search',
      { search: { trials: 2 }, split: { test: 0.2, validation: 0.2, seed: 1 } },
      table,
      'PLAN_INVALID',
    ],
    ['a setting of other bags', { model: { kind: 'bag', embedding: 8 } }, table, 'PLAN_INVALID'],
    ['a tuned encoder', { model: { kind: 'encoder-head', tune: 'biases' } }, table, 'PLAN_INVALID'],
    ['a recurrent model', { model: { kind: 'recurrent' } }, table, 'TARGET_UNAVAILABLE'],
    [
      'a table model',
      { model: { kind: 'logistic' }, text: undefined },
      table,
      'TARGET_UNAVAILABLE',
    ],
  ] as const)('refuse %s', async (_, more, records, code) => {
    const refused = train(more as Partial<TrainPlanInput>, {}, records);
    await expect(refused).rejects.toMatchObject({ code });
    if (code !== 'TAGS_MISMATCH') return;
    await expect(refused).rejects.toMatchObject({ params: { column: 'tags', row: 4 } });
  });
});

describe('models of tags on an encoder', () => {
  it('name it by its hash and refuse another', async () => {
    const { model, result } = await train({ model: { kind: 'encoder-head' }, epochs: 2 });
    expect(result.model.kind).toBe('tagger');
    expect(result.metrics.test.spans?.f1).toBeGreaterThan(0.9);
    const content = loadModel(saveModel(model), 'm') as TagModel;
    expect(content.tagger.vectors).toMatchObject({ encoder: 'use-lite-en', width: 256 });
    const rest = without(content, 'sha256');
    const vectors = { ...content.tagger.vectors!, sha256: 'other' };
    const altered = sealModel({ ...rest, tagger: { ...content.tagger, vectors } });
    await expect(scoreTable(altered, table)).rejects.toMatchObject({ code: 'ENCODER_ALTERED' });
    const narrow = { ...vectors, width: 8 };
    const unfit = sealModel({ ...rest, tagger: { ...content.tagger, vectors: narrow } });
    expect(() => loadModel(saveModel(unfit), 'm')).toThrow('MODEL_UNREADABLE');
  });
});
