import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../../main/contract/errors.ts';
import { trainPlan, type TrainPlanInput } from '../../../../main/contract/train.ts';
import { saveModel } from '../../../../main/learning/model.ts';
import { trainModel } from '../../../../main/learning/train.ts';
import { publicWords } from '../../../../main/learning/text/public-words.ts';
import { systemRandom } from '../../../../main/privacy/random.ts';
import { writeCsv } from '../../../../main/records/csv-writer.ts';
import { withScores } from '../../../../main/study/predictions.ts';
import { codedColumn, tableOf } from '../fixtures.ts';
import { hasTensorFlow } from '../sequence-models.ts';

/** A word of letters that no list has: one for each record. */
const secret = (row: number): string =>
  `zqx${[...String(row)].map((d) => 'bcdfghjklm'[+d]!).join('')}vw`;
const ROWS = 120;
const rows = Array.from({ length: ROWS }, (_, row) => row);
const table = tableOf(
  codedColumn(
    'note',
    rows.map(
      (row) => `the patient ${secret(row)} has ${row % 2 === 0 ? 'cough' : 'pain'} ${secret(row)}`,
    ),
  ),
  codedColumn(
    'ward',
    rows.map((row) => (row % 2 === 0 ? 'chest' : 'bones')),
  ),
  codedColumn(
    'part',
    rows.map((row) => (row % 4 === 0 ? 'test' : 'train')),
  ),
);
const SECRETS = rows.filter((row) => row % 4 !== 0).map(secret);

const privacy = { epsilon: 8, delta: 1e-4 };
const words = { tokens: 'words', vocabulary: 'public' } as const;
const small = { embedding: 2, length: 8 };
const PLANS: readonly (readonly [string, Partial<TrainPlanInput>])[] = [
  ['a private bag', { model: { kind: 'bag', ...small, ...words }, privacy }],
  [
    'one whose words are bought',
    {
      model: { kind: 'bag', ...small, tokens: 'words', vocabulary: 'bought' },
      privacy: { epsilon: 1e4, delta: 1e-4 },
    },
  ],
  [
    'one that learns words plainly',
    { model: { kind: 'bag', ...small, tokens: 'words' }, privacy: null },
  ],
  [
    'a pre-trained transformer',
    {
      model: {
        ...{ kind: 'attention', width: 4, heads: 2, layers: 1, length: 8, ...words },
        pretrain: { on: 'records', epochs: 1 },
      },
      privacy,
    },
  ],
  [
    'a pre-trained recurrent one',
    {
      model: {
        ...{ kind: 'recurrent', units: 2, ...small, ...words },
        pretrain: { on: 'records', epochs: 1 },
      },
      privacy,
    },
  ],
];

function planOf(more: Partial<TrainPlanInput>): ReturnType<typeof trainPlan.parse> {
  return trainPlan.parse({
    ...{ label: 'ward', labels: ['bones', 'chest'], text: 'note', split: { column: 'part' } },
    ...{ epochs: 1, accountant: 'rdp', privacy: null, model: { kind: 'logistic' } },
    ...more,
  });
}

const random = systemRandom();

describe.skipIf(!hasTensorFlow)('a word that one record alone has', () => {
  it('is not public', () => {
    const known = new Set(publicWords('mixed'));
    expect(SECRETS.filter((word) => known.has(word))).toEqual([]);
  });

  it.each(PLANS)(
    'stands neither in the file of %s nor in its result or predictions',
    async (_, more) => {
      const { model, result, test } = await trainModel(table, planOf(more), { random });
      const predictions = writeCsv(withScores(table, test.rows, test.scores, model));
      const said = [saveModel(model), JSON.stringify(result), predictions].join('\n').toLowerCase();
      expect(SECRETS.filter((word) => said.includes(word))).toEqual([]);
    },
  );

  it.each<[string, Partial<TrainPlanInput>]>([
    ['an unknown column', { text: 'notes' }],
    ['a label that is text', { label: 'note', text: 'ward' }],
    ['a budget that is none', { privacy: { epsilon: -1, delta: 1e-4 } }],
    [
      'public text that is missing',
      { model: { kind: 'bag', ...small, pretrain: { on: 'public' } } },
    ],
    [
      'a number that is text',
      { label: 'note', target: 'number', bounds: { note: [0, 1] }, text: 'ward' },
    ],
  ])('stands in no error: %s', async (_, more) => {
    const model = { kind: 'bag', ...small, ...words } as const;
    const training = trainModel(table, planOf({ model, privacy, ...more }), { random });
    const error: unknown = await training.then(
      () => expect.fail('refused'),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConcordError);
    const { message, params, stack } = error as ConcordError;
    const said = [message, JSON.stringify(params), stack].join('\n').toLowerCase();
    expect(SECRETS.filter((word) => said.includes(word))).toEqual([]);
  });
});
