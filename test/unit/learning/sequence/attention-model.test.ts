import { describe, expect, it, vi } from 'vitest';
import { trainPlan, type TrainPlanInput } from '../../../../main/contract/train.ts';
import { loadModel, saveModel, weightsOf } from '../../../../main/learning/model.ts';
import { scoreTable } from '../../../../main/learning/predict.ts';
import { trainModel, type Trained, type TrainOptions } from '../../../../main/learning/train.ts';
import { systemRandom } from '../../../../main/privacy/random.ts';
import { codedColumn, seededUniform, tableOf } from '../fixtures.ts';

const OTHERS = ['after', 'a', 'night', 'in', 'bed', 'he', 'felt', 'well'];

/** Texts in which only the order of two words tells the label. */
const draw = seededUniform(3);
const texts = Array.from({ length: 700 }, () => {
  const words = Array.from({ length: 2 + Math.floor(4 * draw()) }, () => {
    return OTHERS[Math.floor(draw() * OTHERS.length)]!;
  });
  const places = [draw(), draw()].map((share) => Math.floor(share * words.length));
  words.splice(Math.min(...places), 0, draw() < 0.5 ? 'pain' : 'rest');
  words.splice(Math.max(...places) + 1, 0, words.includes('pain') ? 'rest' : 'pain');
  return words;
});
const table = tableOf(
  codedColumn(
    'note',
    texts.map((words) => words.join(' ')),
  ),
  codedColumn(
    'y',
    texts.map((words) => (words.indexOf('pain') < words.indexOf('rest') ? 'yes' : 'no')),
  ),
);

function train(
  more: Partial<TrainPlanInput>,
  options: Partial<TrainOptions> = {},
): Promise<Trained> {
  const plan = trainPlan.parse({
    ...{ label: 'y', labels: ['no', 'yes'], text: 'note', privacy: null },
    model: {
      ...{ kind: 'attention', width: 16, heads: 2, layers: 1, tokens: 'words' },
      vocabulary: [...OTHERS, 'pain', 'rest'],
    },
    ...more,
  });
  return trainModel(table, plan, { random: systemRandom(), ...options });
}

describe('a small transformer trained here', () => {
  it('learns what only the order of words tells, and scores the same from its file', async () => {
    const { model, result, test } = await train({ epochs: 10, batch: 20, learningRate: 0.01 });
    expect(result.model.kind).toBe('attention');
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.9);
    const loaded = loadModel(saveModel(model), 'm');
    const { scores } = await scoreTable(loaded, table, { rows: test.rows });
    expect([...scores]).toEqual([...test.scores]);
    const { scores: one } = await scoreTable(loaded, table, { rows: test.rows.slice(5, 6) });
    expect(one[0]).toBeCloseTo(test.scores[5]!, 6);
  });

  it('trains with a guarantee, and noise moves every parameter', async () => {
    const { model, result } = await train({ privacy: { epsilon: 2, delta: 1e-4 }, epochs: 2 });
    expect(result.privacy!.epsilon).toBeLessThanOrEqual(2);
    const { model: again } = await train({ privacy: { epsilon: 2, delta: 1e-4 }, epochs: 2 });
    const [one, two] = [weightsOf(model), weightsOf(again)];
    expect(one.length).toBe(result.model.parameters);
    expect(one.every((value, i) => value !== two[i])).toBe(true);
  });

  it('refuses heads that do not divide its width, before anything is paid for', async () => {
    const reserve = vi.fn<NonNullable<TrainOptions['reserve']>>();
    const plan = {
      model: { kind: 'attention', width: 10, heads: 4 },
      privacy: { epsilon: 2, delta: 1e-4 },
    } as const;
    await expect(train(plan, { reserve })).rejects.toMatchObject({
      ...{ code: 'PLAN_INVALID', params: { path: 'model.heads' } },
    });
    expect(reserve).not.toHaveBeenCalled();
  });
});
