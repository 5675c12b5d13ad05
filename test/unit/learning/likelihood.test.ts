import { describe, expect, it } from 'vitest';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { logLikelihoods } from '../../../main/learning/likelihood.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { ofRow } from '../../../main/learning/tags/score.ts';
import { trainModel } from '../../../main/learning/train.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { codedColumn, numberColumn, tableOf } from './fixtures.ts';

const ROWS = 60;
const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
const all = <T>(of: (row: number) => T): T[] => Array.from(rows, of);
const table = tableOf(
  numberColumn(
    'x',
    all((row) => row % 7),
  ),
  codedColumn(
    'two',
    all((row) => (row === 3 ? '' : row % 7 > 3 ? 'yes' : 'no')),
  ),
  codedColumn(
    'three',
    all((row) => ['a', 'b', 'c'][row % 3]!),
  ),
  codedColumn(
    'note',
    all((row) => (row % 2 === 0 ? 'saw Anna today' : 'no one came')),
  ),
  codedColumn(
    'tags',
    all((row) => (row % 2 === 0 ? 'O PER O' : 'O O O')),
  ),
);

async function likelihoodsOf(more: Partial<TrainPlanInput>) {
  const plan = trainPlan.parse({
    ...{ label: 'two', features: ['x'], split: { test: 0.3, seed: 2 }, privacy: null },
    ...{ model: { kind: 'logistic' }, ...more },
  });
  const { model } = await trainModel(table, plan, { random: systemRandom() });
  const { scores, starts } = await scoreTable(model, table);
  return { found: await logLikelihoods(model, table, { rows }), scores, starts };
}

describe('the log-likelihood of the truth', () => {
  it('of one of two values is that of its probability; nothing where there is no truth', async () => {
    const { found, scores } = await likelihoodsOf({});
    for (const row of rows) {
      const p = row % 7 > 3 ? scores[row]! : 1 - scores[row]!;
      if (row === 3) expect(found[row]).toBeNaN();
      else expect(found[row]).toBeCloseTo(Math.log(p), 12);
    }
  });

  it('of one of several is that of its own probability', async () => {
    const { found, scores } = await likelihoodsOf({ label: 'three' });
    for (const row of rows) {
      expect(found[row]).toBeCloseTo(Math.log(scores[3 * row + (row % 3)]!), 12);
    }
  });

  it('of a number is that of a normal law with the error of the model', async () => {
    const { found, scores } = await likelihoodsOf({
      ...{ label: 'x', target: 'number', features: ['three'], model: { kind: 'linear' } },
    });
    const squares = all((row) => ((row % 7) - scores[row]!) ** 2);
    const variance = squares.reduce((sum, one) => sum + one, 0) / ROWS;
    for (const row of rows) {
      const density = Math.exp(-squares[row]! / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
      expect(Math.exp(found[row]!)).toBeCloseTo(density, 12);
    }
  });

  it('of tags is the sum over the tokens of whether each is part of an entity', async () => {
    const { found, scores, starts } = await likelihoodsOf({
      ...{ label: 'tags', target: 'tags', text: 'note', features: undefined },
      model: { kind: 'bag' },
    });
    for (const row of rows) {
      const { inside } = ofRow({ scores, starts: starts! }, row);
      const sum = inside.reduce((total, one, token) => {
        const isPart = row % 2 === 0 && token === 1;
        return total + Math.log(isPart ? one : 1 - one);
      }, 0);
      expect(found[row]).toBeCloseTo(sum, 12);
    }
  });

  it('of a text is that of its label', async () => {
    const { found, scores } = await likelihoodsOf({
      ...{ text: 'note', features: undefined, model: { kind: 'bag' } },
    });
    expect(found[4]).toBeCloseTo(Math.log(scores[4]!), 12);
    expect(found[7]).toBeCloseTo(Math.log(1 - scores[7]!), 12);
  });
});
