import { describe, expect, it, vi } from 'vitest';
import type { TextKind, Tune } from '../../../../main/contract/text-models.ts';
import { trainPlan, type TrainPlanInput } from '../../../../main/contract/train.ts';
import { loadModel, saveModel, sealModel, weightsOf } from '../../../../main/learning/model.ts';
import { scoreTable } from '../../../../main/learning/predict.ts';
import { trainModel, type Trained, type TrainOptions } from '../../../../main/learning/train.ts';
import { systemRandom } from '../../../../main/privacy/random.ts';
import { codedColumn, numberColumn, tableOf } from '../fixtures.ts';

const SKIN = ['itchy red rash', 'dry flaky skin', 'blisters on the arm', 'peeling scalp'];
const CHEST = ['short of breath', 'wheezing cough', 'tight chest', 'coughing up phlegm'];
const SINCE = ['since Monday', 'for two weeks', 'after a walk', 'every night', 'again'];
const notes = [SKIN, CHEST].flatMap((group, g) =>
  group.flatMap((one) => SINCE.map((since) => ({ note: `${one} ${since}`, y: `part ${g}` }))),
);
const table = tableOf(
  codedColumn('note', [...notes.map(({ note }) => note), '']),
  codedColumn('y', [...notes.map(({ y }) => y), 'part 0']),
  numberColumn(
    'age',
    Array.from({ length: notes.length + 1 }, (_, row) => row),
  ),
);

function train(
  tune: Tune,
  more: Partial<TrainPlanInput> = {},
  options: Partial<TrainOptions> = {},
): Promise<Trained> {
  const kind: TextKind = 'encoder-head';
  const plan = trainPlan.parse({
    ...{ label: 'y', labels: ['part 0', 'part 1'], text: 'note', privacy: null, batch: 8 },
    ...{ model: { kind, tune }, ...more },
  });
  return trainModel(table, plan, { random: systemRandom(), ...options });
}

describe('an encoder that is trained on with a head', () => {
  it('learns, keeps what was trained alone, and scores the same from its file', async () => {
    const { model, result, test } = await train('low-rank', {
      ...{ epochs: 4, learningRate: 0.005 },
      model: { kind: 'encoder-head', tune: 'low-rank', rank: 2 },
    });
    expect(result.model).toMatchObject({ kind: 'tuned-encoder', backend: 'tensorflow' });
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.8);
    expect(weightsOf(model).length).toBe(2 * 14_848 + 513);
    const text = saveModel(model);
    expect(text).not.toContain('rash');
    const loaded = loadModel(text, 'm');
    const { scores } = await scoreTable(loaded, table, { rows: test.rows });
    expect([...scores]).toEqual([...test.scores]);
    const last = Int32Array.of(table.rows - 1);
    const empty = await scoreTable(loaded, table, { rows: last });
    expect(empty.abstained).toBe(1);
    expect(empty.scores[0]).toBeNaN();

    if (model.kind !== 'tuned-encoder') throw new Error('a model of another kind');
    const { sha256, ...content } = model;
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const other = sealModel({
      ...content,
      architecture: { ...content.architecture, sha256: 'a'.repeat(64) },
    });
    await expect(scoreTable(other, table)).rejects.toMatchObject({
      ...{ code: 'ENCODER_ALTERED', params: { encoder: 'use-lite-en' } },
    });
  });

  it('trains with a guarantee, whose noise reaches every bias of the encoder', async () => {
    const more = { privacy: { epsilon: 4, delta: 0.01 }, epochs: 1 };
    const { model, result } = await train('biases', more);
    expect(result.privacy!.epsilon).toBeLessThanOrEqual(4);
    const again = await train('biases', more);
    const [one, two] = [weightsOf(model), weightsOf(again.model)];
    expect(one.length).toBe(10_240 + 513);
    expect(one.every((value, i) => value !== two[i])).toBe(true);
  });

  it('trains all of it with a guarantee, and scores the same from its file', async () => {
    const more = { privacy: { epsilon: 8, delta: 0.01 }, epochs: 1, batch: 16 };
    const { model, result, test } = await train('all', more);
    expect(result.privacy!.epsilon).toBeLessThanOrEqual(8);
    expect(result.model.parameters).toBe(6_975_744 + 513);
    const rows = test.rows.slice(0, 3);
    const { scores } = await scoreTable(loadModel(saveModel(model), 'm'), table, { rows });
    scores.forEach((score, i) => expect(score).toBeCloseTo(test.scores[i]!, 5));
  });

  it('refuses what cannot be before anything is paid for', async () => {
    const reserve = vi.fn<NonNullable<TrainOptions['reserve']>>();
    const privacy = { epsilon: 4, delta: 0.01 };
    const refused = async (more: Partial<TrainPlanInput>, path: string): Promise<void> => {
      await expect(train('biases', { privacy, ...more }, { reserve })).rejects.toMatchObject({
        ...{ code: 'PLAN_INVALID', params: { path } },
      });
    };
    const kind = 'encoder-head';
    await refused({ model: { kind, tune: 'all', encoder: 'bert-zh' } }, 'model.tune');
    await refused({ model: { kind, tune: 'biases', rank: 2 } }, 'model.rank');
    await refused({ features: ['age'], bounds: { age: [0, 90] } }, 'features');
    expect(reserve).not.toHaveBeenCalled();
  });
});
