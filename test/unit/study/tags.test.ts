import { beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import type { LabelChoice } from '../../../main/contract/arrangement.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { splitRows } from '../../../main/learning/split.ts';
import { typedWords } from '../../../main/learning/tags/find.ts';
import { taggedColumns } from '../../../main/learning/tags/tagged.ts';
import { cellTexts } from '../../../main/records/cell-text.ts';
import { columnOf } from '../../../main/records/shape.ts';
import type { Table } from '../../../main/records/table.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import { attend, tagText, textOfModel } from '../../../main/study/attend.ts';
import type { Context } from '../../../main/study/context.ts';
import { estimateTraining } from '../../../main/study/estimate.ts';
import { experiments } from '../../../main/study/experiments.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { loadTable } from '../../../main/study/load.ts';
import { withScores } from '../../../main/study/predictions.ts';
import { loadModel, type TagModel } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { trainWork } from '../../../main/study/train.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { codedColumn, tableOf } from '../learning/fixtures.ts';
import { readAny } from '../records/reading.ts';
import { CHEAP, codeOf } from '../vault/fixture.ts';

const NAMES = ['Anna', 'Bertram', 'Clara', 'Dora', 'Emil'];
const TOWNS = ['Rome', 'Paris', 'Oslo'];
/** As CoNLL writes it: a token and its tag a line. */
const CONLL = Array.from({ length: 150 }, (_, row) => {
  const [name, town] = [NAMES[row % 5]!, TOWNS[row % 3]!];
  const lines = [`${name} I-PER`, 'went O', 'to O', `${town} I-LOC`, '. O'];
  return row % 4 === 0 ? ['nobody O', 'was O', 'there O'] : lines;
})
  .map((lines) => lines.join('\n'))
  .join('\n\n');

const PLAN: TrainPlanInput = {
  ...{ label: 'tags', target: 'tags', text: ['text'], labels: ['PER', 'LOC'] },
  ...{ model: { kind: 'bag' }, split: { test: 0.25, seed: 1 }, privacy: null, epochs: 6 },
};
const LABEL: LabelChoice = {
  ...{ column: 'tags', target: 'tags', text: 'text', values: ['PER', 'LOC'] },
};

const scratch = scratchFolder();
let vault: Vault;
let reference: { study: string; artefact: string };
let model: string;
const context = (): Context => ({ vault }) as unknown as Context;

beforeAll(async () => {
  const file = scratch.path('names.vault');
  const passphrase = 'four quiet herons wade';
  vault = await createVault({ file, passphrase, person: 'Ada', cost: CHEAP });
  const study = vault.studies.create('Names').id;
  const { table, facts } = await readAny(`${CONLL}\n`, {}, 'n.conll');
  const saved = saveRecords(vault, { study, name: 'n.conll' }, table, facts);
  reference = { study, artefact: saved.id };
  const work = trainWork(vault, { ...reference, plan: trainPlan.parse(PLAN) });
  const { id: job } = vault.jobs.create(work.kind, study);
  vault.jobs.start(job);
  await work.run({ job, signal: new AbortController().signal, progress: () => {} });
  vault.jobs.end(job, 'done');
  model = vault.artefacts.ofJob(job).find(({ kind }) => kind === 'model')!.id;
  return () => {
    vault.close();
    scratch.remove();
  };
}, 30_000);

const choose = (label: LabelChoice) => {
  const { arrange } = contract.import;
  const choice = { choose: 'label' as const, label };
  const input = arrange.input.parse({ ...reference, choice });
  return arrange.output.parse(studyAnswers.import.arrange(input, context())).arrangement.label;
};

describe('a column of tags', () => {
  it('is told by a tag for each word of another column', () => {
    const { arrangement } = contract.import;
    const { columns } = arrangement.output.parse(
      studyAnswers.import.arrangement(reference, context()),
    );
    expect(columns.map(({ name, tags }) => [name, tags])).toEqual([
      ['text', null],
      ['tags', 'text'],
    ]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['counts that differ', ['a b', 'c'], ['O X', 'O X']],
    ['words of no kind alone', ['a b', 'c'], ['O O', 'O']],
    ['one word in each cell', ['a', 'c'], ['X', 'O']],
    ['marks that are not read', ['a b', 'c'], ['S-X O', 'O']],
    [
      'as many kinds as words',
      ['a '.repeat(150)],
      [Array.from({ length: 150 }, (_, i) => `O${i}`).join(' ')],
    ],
  ])('is none with %s', (_, text, tags) => {
    const table = tableOf(codedColumn('text', [...text]), codedColumn('tags', [...tags]));
    expect([...taggedColumns(table)]).toEqual([]);
  });

  it('is told beside another of the same words, and not without any words', () => {
    const text = codedColumn('text', ['Anna sleeps', 'Rome']);
    const [names, towns] = [
      codedColumn('names', ['PER O', 'O']),
      codedColumn('towns', ['O O', 'LOC']),
    ];
    expect([...taggedColumns(tableOf(names, towns, text))]).toEqual([
      ['names', 'text'],
      ['towns', 'text'],
    ]);
    const blank = codedColumn('text', ['', '']);
    expect([...taggedColumns(tableOf(names, towns, blank))]).toEqual([]);
  });

  it('can be the label, by its kinds or its tags, where those are all', async () => {
    expect(choose(LABEL)).toEqual(LABEL);
    expect(choose({ ...LABEL, values: ['O', 'I-PER', 'I-LOC'] })).toMatchObject({ target: 'tags' });
    const refused = (values: string[]) => codeOf(() => choose({ ...LABEL, values }));
    expect(await refused(['PER'])).toBe('LABEL_UNLISTED');
    expect(await refused(['PER', 'LOC', 'ORG'])).toBe('LABEL_VALUE_ABSENT');
    expect(await refused(['O'])).toBe('LABEL_ONE_VALUE');
    expect(await refused(['PER', 'S-LOC'])).toBe('PLAN_INVALID');
    const twice = { choose: 'unit', unit: { of: 'person', column: 'text', maxRows: 1 } } as const;
    expect(
      await codeOf(() => studyAnswers.import.arrange({ ...reference, choice: twice }, context())),
    ).toBe('COLUMN_TWO_USES');
  });
});

describe('a model of tags in a study', () => {
  const given = (text: string) => ({ texts: [{ column: 'text', text }] });
  const found = (text: string) =>
    tagText(vault, { study: reference.study, artefact: model, given: given(text) });

  it('finds entities in a typed text and says how sure it is', async () => {
    const text = 'Anna went  to\nOslo.';
    const { pieces, words, shortened } = await found(text);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect([words, shortened]).toEqual([5, false]);
    const entities = pieces.filter(({ kind }) => kind !== null);
    expect(entities.map((piece) => [piece.text, piece.kind])).toEqual([
      ['Anna', 'PER'],
      ['Oslo', 'LOC'],
    ]);
    for (const { confidence } of entities) {
      expect(confidence).toBeGreaterThan(0.5);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it.each(['', '  \n', '🙂👩‍👩‍👧', 'שלום, \u202eאנה', '王小明在北京', 'a\u0000b\u200bc', '٣.٥ مرحبا'])(
    'takes odd text as it is: %j',
    async (odd) => {
      const { pieces } = await found(odd);
      expect(pieces.map(({ text }) => text).join('')).toBe(odd);
    },
  );

  it('reads a record of the test part as it is parted there', async () => {
    const table = loadTable(vault, reference.artefact);
    const { test } = splitRows(table, trainPlan.parse(PLAN));
    const cell = cellTexts(columnOf(table, 'text'))(test[1]!);
    const of = { study: reference.study, artefact: model };
    const { pieces, words } = await tagText(vault, { ...of, given: { tested: 2 } });
    expect(pieces.map(({ text }) => text).join('')).toBe(cell);
    expect(words).toBe(cell.split(' ').length);
    expect(textOfModel(vault, of)).toMatchObject({
      text: { columns: ['text'] },
      tested: test.length,
    });
  });

  it('has no single answer that parts of a text could move', async () => {
    const of = { study: reference.study, artefact: model };
    expect(await codeOf(() => attend(vault, { ...of, given: given('Anna') }))).toBe(
      'ARTEFACT_UNKNOWN',
    );
  });

  it('stands in the list of trainings, and says its cost before it begins', async () => {
    const [trained] = experiments(vault, reference.study).trained;
    // How words are written is all that is looked at: there is no list of them.
    const text = { columns: ['text'], encoder: null, vocabulary: null };
    expect(trained).toMatchObject({ text, features: [] });
    const plan = trainPlan.parse({ ...PLAN, privacy: { epsilon: 2, delta: 1e-4 } });
    const cost = await estimateTraining(vault, { artefact: reference.artefact, plan });
    expect(cost?.epsilon).toBeLessThanOrEqual(2);
    expect(cost?.rule_of_thumb).toBeNull();
  });

  it('scores with the probability of what each tag says beside it', async () => {
    const bytes = vault.artefacts.get(model).toString('utf8');
    const tagger = loadModel(bytes, 'm') as TagModel;
    const table: Table = tableOf(codedColumn('text', ['Anna went to Rome .', '', 'nobody']));
    const { scores, starts } = await scoreTable(tagger, table);
    const written = withScores(table, Int32Array.of(0, 1, 2), scores, tagger, starts);
    const cell = (name: string, row: number): string => cellTexts(columnOf(written, name))(row);
    expect(cell('prediction', 0)).toBe('PER O O LOC O');
    const sure = cell('confidence', 0).split(' ').map(Number);
    expect(sure).toHaveLength(5);
    // The kind of a word, whether it begins an entity or goes on with one: more than half here.
    for (const one of sure) expect(one).toBeGreaterThan(0.5);
    for (const one of sure) expect(one).toBeLessThanOrEqual(1);
    expect([cell('prediction', 1), cell('confidence', 1)]).toEqual(['', '']);
    expect(cell('confidence', 2)).toMatch(/^[01]\.\d{4}$/);
  });
});

it.each([
  [
    'Dr. Berg-Olsen (Oslo), 39.5 mg!',
    ['Dr', '.', 'Berg-Olsen', '(', 'Oslo', ')', ',', '39.5', 'mg', '!'],
  ],
  ['王小明, ok', ['王', '小', '明', ',', 'ok']],
  ['', []],
])('a typed text is parted as corpora are: %s', (text, words) => {
  expect(typedWords(text)).toEqual(words);
});
