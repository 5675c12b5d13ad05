import { beforeAll, describe, expect, it } from 'vitest';
import { readPlan } from '../../../main/cli/plan.ts';
import { AVERAGINGS, CLIPPINGS, OPTIMISERS, SCHEDULES } from '../../../main/contract/step-ways.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { trainModel, type Trained } from '../../../main/learning/train.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
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
  epochs: 10,
};
const KNOBS = {
  clipping: CLIPPINGS,
  optimiser: OPTIMISERS,
  schedule: SCHEDULES,
  averaging: AVERAGINGS,
} as const;
const words = (Object.keys(KNOBS) as (keyof typeof KNOBS)[]).flatMap((knob) =>
  KNOBS[knob].map((value) => ({ knob, value })),
);

/** The same noise and draws each time, so that models can be compared. */
function train(more: object): Promise<Trained> {
  const plan = trainPlan.parse({ ...PLAN, ...more });
  return trainModel(table, plan, { random: privateRandomForTests('knobs') });
}

const BOOSTING = { model: { kind: 'boosting' }, epochs: undefined };
const USUAL = { clipping: 'flat', optimiser: 'momentum', schedule: 'constant', averaging: 'late' };
const USUAL_PLAINLY = { ...USUAL, optimiser: 'adam' };
const PLAIN = { privacy: null, model: { kind: 'network', hidden: [6] }, epochs: 6 };

describe('a word for each setting of the steps', () => {
  let usual: Trained;
  let usualPlainly: Trained;
  beforeAll(async () => {
    usual = await train({});
    usualPlainly = await train(PLAIN);
  });

  it.each(words)('$knob $value: another model that learns, at the same price', async (word) => {
    const trained = await train({ [word.knob]: word.value });
    expect(trained.result.metrics.test.accuracy).toBeGreaterThan(0.8);
    expect(trained.result.privacy).toEqual(usual.result.privacy);
    const same = trained.test.scores.every((score, i) => score === usual.test.scores[i]);
    expect(same).toBe(USUAL[word.knob] === word.value);
  });

  it.each(words)('$knob $value: a network without privacy, nothing of it clipped', async (word) => {
    const trained = await train({ ...PLAIN, [word.knob]: word.value });
    expect(trained.result.metrics.test.accuracy).toBeGreaterThan(0.8);
    const same = trained.test.scores.every((score, i) => score === usualPlainly.test.scores[i]);
    expect(same).toBe(word.knob === 'clipping' || USUAL_PLAINLY[word.knob] === word.value);
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
    await expect(train({ ...BOOSTING, [knob]: value })).rejects.toMatchObject({
      code: 'PLAN_INVALID',
      params: { path: knob },
    });
  });
});
