import { beforeAll, describe, expect, it } from 'vitest';
import { readPlan } from '../../../main/cli/plan.ts';
import {
  AVERAGINGS,
  CLIPPINGS,
  OPTIMISERS,
  SCHEDULES,
  trainPlan,
  type TrainPlanInput,
} from '../../../main/contract/train.ts';
import { trainModel, type Trained } from '../../../main/learning/train.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from './fixtures.ts';

const draw = seededUniform(23);
const x = Array.from({ length: 2500 }, () => 10 * draw());
const table = tableOf(
  numberColumn('x', x),
  codedColumn(
    'y',
    x.map((value) => (value + 2 * draw() > 6 ? 'yes' : 'no')),
  ),
);
const PLAN: TrainPlanInput = {
  label: 'y',
  labels: ['no', 'yes'],
  bounds: { x: [0, 10] },
  model: { kind: 'logistic' },
  privacy: { epsilon: 2, delta: 1e-5 },
};
const KNOBS = {
  clipping: CLIPPINGS,
  optimiser: OPTIMISERS,
  schedule: SCHEDULES,
  averaging: AVERAGINGS,
} as const;
const words = Object.entries(KNOBS).flatMap(([knob, values]) =>
  values.map((value) => ({ knob, value })),
);

function train(more: object): Promise<Trained> {
  return trainModel(table, trainPlan.parse({ ...PLAN, ...more }), { random: systemRandom() });
}

describe('a word for each setting of the steps', () => {
  let usual: Trained['result'];
  beforeAll(async () => {
    usual = (await train({})).result;
  });

  it.each(words)('$knob $value: learns, at the same price', async ({ knob, value }) => {
    const { result } = await train({ [knob]: value });
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.8);
    expect(result.privacy!.phases).toEqual(usual.privacy!.phases);
    expect(result.privacy!.epsilon).toBe(usual.privacy!.epsilon);
  });

  it.each(words)('$knob $value: a network without privacy', async ({ knob, value }) => {
    const plain = { privacy: null, model: { kind: 'network', hidden: [6] }, epochs: 6 };
    const { result } = await train({ ...plain, [knob]: value });
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.8);
  });

  it.each(Object.keys(KNOBS))('%s of no known word is refused by name', (knob) => {
    for (const value of ['Adam', '', 3, null, ['adam']]) {
      const plan = { ...PLAN, [knob]: value };
      expect(() => readPlan(trainPlan, plan)).toThrow(
        expect.objectContaining({
          code: 'PLAN_INVALID',
          params: expect.objectContaining({ path: knob }) as object,
        }),
      );
    }
  });

  it.each(words)('boosting refuses $knob by name', async ({ knob, value }) => {
    await expect(train({ model: { kind: 'boosting' }, [knob]: value })).rejects.toMatchObject({
      code: 'PLAN_INVALID',
      params: { path: knob },
    });
  });
});
