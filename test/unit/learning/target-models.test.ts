import { describe, expect, it } from 'vitest';
import {
  loadModel,
  saveModel,
  sealModel,
  type ModelContent,
  type TrainedModel,
} from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { codedColumn, numberColumn, tableOf } from './fixtures.ts';
import { amounts, grades, kinds, train, without } from './target-records.ts';

describe('model files', () => {
  const models = (): Promise<TrainedModel[]> =>
    Promise.all(
      [kinds, grades, amounts].map(async (plan) => (await train({ ...plan, epochs: 2 })).model),
    );

  it('round trip, score the same and abstain where nothing is known', async () => {
    const empty = tableOf(numberColumn('x', [NaN, 5]), codedColumn('group', ['', 'g']));
    for (const model of await models()) {
      const again = loadModel(saveModel(model), 'm');
      expect(again).toEqual(model);
      expect(model.version).toBe(2);
      const { scores, abstained } = await scoreTable(again, empty);
      const width = scores.length / 2;
      expect([abstained, Number.isNaN(scores[0]), Number.isNaN(scores[width])]).toEqual([
        1,
        true,
        false,
      ]);
      if (width === 1) continue;
      expect(scores.subarray(width).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
  });

  it('are refused where their labels were changed, even under a new seal', async () => {
    const [classes, , number] = await models();
    const content: ModelContent = without(classes!, 'sha256');
    const numeric: ModelContent = without(number!, 'sha256');
    const labels = content.labels as { target: 'classes'; column: string; values: string[] };
    const damaged: readonly ModelContent[] = [
      { ...content, labels: { ...labels, values: ['a', 'b'] } },
      { ...content, labels: { ...labels, values: ['a', 'b', 'b'] } },
      { ...content, labels: { ...labels, positive: 'z' } },
      { ...content, version: 1 },
      { ...numeric, labels: { target: 'number', column: 'amount', lower: 3, upper: 3 } },
    ];
    for (const one of damaged) {
      expect(() => loadModel(saveModel(sealModel(one)), 'm')).toThrow('MODEL_UNREADABLE');
    }
    const text = saveModel(classes!).replace('"classes"', '"ordered"');
    expect(() => loadModel(text, 'm')).toThrow('MODEL_UNREADABLE');
  });

  it('of two values are written as before', async () => {
    const { model } = await train({
      ...kinds,
      label: 'group',
      labels: ['g', 'h'],
      positive: 'h',
      features: ['x'],
      categories: {},
    });
    expect(model.version).toBe(1);
    expect(JSON.parse(saveModel(model))).toMatchObject({
      architecture: { inputs: 9, hidden: [] },
      labels: { column: 'group', values: ['g', 'h'] },
    });
    expect(saveModel(model)).not.toContain('target');
  });
});
