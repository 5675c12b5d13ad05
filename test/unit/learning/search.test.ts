import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import {
  trainPlan,
  trainResult,
  type PrivacyStatement,
  type TrainPlan,
  type TrainPlanInput,
  type TrialSetting,
} from '../../../main/contract/train.ts';
import type { Fitted, Given, Kind, Task } from '../../../main/learning/kind.ts';
import { kindOf } from '../../../main/learning/kinds.ts';
import { BINARY } from '../../../main/learning/heads.ts';
import { layeredKind } from '../../../main/learning/layered-kind.ts';
import type { Prepared } from '../../../main/learning/material.ts';
import { Pace, type TrainProgress } from '../../../main/learning/pace.ts';
import { searchKind } from '../../../main/learning/search.ts';
import { planOfTrial, searchSpace } from '../../../main/learning/search-space.ts';
import { settingsOf } from '../../../main/learning/settings.ts';
import { trainModel } from '../../../main/learning/train.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { codedColumn, numberColumn, tableOf } from './fixtures.ts';

const table = demoRecords(900);
const COUNTS = { columns: 3, count: 20_000, publicCount: 20_000 };

function planWith(change: Partial<TrainPlanInput> = {}): TrainPlan {
  return trainPlan.parse({
    ...demoOf('en').training,
    features: ['age', 'clinic', 'wait_days'],
    split: { test: 0.2, validation: 0.2, seed: 1 },
    privacy: { epsilon: 1, delta: 1e-5 },
    model: { kind: 'logistic' },
    backend: 'javascript',
    search: { trials: 3 },
    ...change,
  });
}

async function codeOf(act: () => unknown): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof ConcordError)
      return `${error.code} ${String(error.params['path'] ?? '')}`.trim();
    throw error;
  }
}

describe('a search for settings', () => {
  it.each(['logistic', 'network', 'boosting'] as const)(
    'is charged once, before its first trial, and keeps what it promised (%s)',
    async (kind) => {
      const told: string[] = [];
      const { result, model } = await trainModel(
        table,
        planWith({ model: { kind }, ...(kind === 'boosting' ? {} : { epochs: 2 }) }),
        {
          random: systemRandom(),
          reserve: async ({ epsilon, phases }, steps) => {
            expect(phases.reduce((sum, phase) => sum + phase.steps, 0)).toBe(steps);
            told.push(`reserved ${epsilon} for ${steps}`);
          },
          charge: async (from, to) => void told.push(`charged ${from} to ${to}`),
          progress: ({ phase, step, steps }) => void told.push(`${phase} ${step}/${steps}`),
        },
      );
      const privacy = result.privacy!;
      expect(told).toEqual([
        `reserved ${privacy.epsilon} for 1`,
        'charged 0 to 1',
        'searching 0/1',
        'searching 1/1',
      ]);
      expect(privacy.epsilon).toBeLessThanOrEqual(1);
      expect(privacy.epsilon).toBeGreaterThan(0.97);
      const { phases, delta } = privacy;
      expect(epsilonOf({ phases, delta }).epsilon).toBe(privacy.epsilon);
      expect(phases).toMatchObject([
        { mechanism: 'selection', distribution: 'geometric', expected_trials: 3, steps: 1 },
      ]);
      expect(privacy.search!.trial_epsilon).toBeLessThan(0.9);
      expect(model.privacy).toEqual(privacy);
      expect(trainResult.parse(result)).toEqual(result);
      expect(result.chosen).toBeDefined();
      expect(result.metrics.validation).toBeDefined();
    },
  );

  it('pays for what is bought before it once', async () => {
    const charges: (readonly [number, number])[] = [];
    const { result } = await trainModel(
      table,
      planWith({
        bounds: {},
        features: ['age', 'clinic'],
        statistics: { bounds: ['age'] },
        privacy: { epsilon: 4, delta: 1e-5 },
        epochs: 1,
      }),
      { random: systemRandom(), charge: async (...given) => void charges.push(given) },
    );
    const { phases, delta, epsilon } = result.privacy!;
    expect(phases.map(({ mechanism }) => mechanism)).toEqual(['discrete_gaussian', 'selection']);
    expect(charges).toEqual([
      [0, 2],
      [2, 3],
    ]);
    expect(result.bought).toHaveLength(1);
    expect(epsilonOf({ phases, delta }).epsilon).toBe(epsilon);
  });

  it('whose settings differ in steps covers the dearest of them', () => {
    const choices = { epochs: [1, 8], learningRate: [0.1, 1] };
    const plan = planWith({ search: { trials: 4, choices } });
    const { statement } = kindOf(plan).guarantee(plan.privacy!, COUNTS, []);
    const [only] = statement.phases;
    if (only?.mechanism !== 'selection') throw new Error('no search');
    expect(only.of).toHaveLength(2);
    expect(statement.search).toMatchObject({ settings: 4, expected_trials: 4 });
    expect(statement.epsilon).toBeLessThanOrEqual(1);
    expect(statement.epsilon).toBeGreaterThan(0.95);
    for (const trial of only.of) {
      const phases = [{ ...only, of: [trial] }];
      expect(epsilonOf({ phases, delta: 1e-5 }).epsilon).toBeLessThanOrEqual(statement.epsilon);
    }
  });
});

describe('the trials of a search', () => {
  const statementOf = (plan: TrainPlan): PrivacyStatement =>
    kindOf({ ...plan, search: { ...plan.search!, choices: undefined } }).guarantee(
      plan.privacy!,
      COUNTS,
      [],
    ).statement;

  /** A search in which a training is only a number; what was trained is written down. */
  async function searched(seed: string, scores: (place: number) => number) {
    const choices = { learningRate: [1, 2, 3] };
    const plan = planWith({ accountant: 'rdp', search: { trials: 4, choices } });
    const statement = statementOf(plan);
    const made: TrialSetting[] = [];
    const told: TrainProgress[] = [];
    const charges: number[] = [];
    const fake = (_: TrainPlan, setting: TrialSetting): Kind => ({
      guarantee: () => ({ statement, steps: 1 }),
      check: () => undefined,
      fit: async (_task, _prepared, given) => {
        expect(given.privacy?.phases.at(-1)?.mechanism).toBe('poisson_gaussian');
        for (let step = 0; step <= 3; step++) {
          await given.pace.beat({ phase: 'training', step, steps: 3 });
        }
        made.push(setting);
        const content = { kind: 'logistic', architecture: { inputs: 1, hidden: [] }, weights: '' };
        return {
          content,
          backend: 'javascript',
          note: null,
          steps: made.length,
          seconds: 1,
        } as Fitted;
      },
    });
    const kind = searchKind(plan, fake);
    const guarantee = kind.guarantee(plan.privacy!, COUNTS, []);
    const given: Given = {
      ...{ privacy: guarantee.statement, columns: 3, seed: 1 },
      random: privateRandomForTests(seed),
      pace: new Pace(undefined, (progress) => void told.push(progress)),
      charge: async (_from, to) => void charges.push(to),
      judge: async ({ steps }) => scores(steps - 1),
    };
    const found = await kind.fit({} as Task, {} as Prepared, given);
    return { found, made, told, charges };
  }

  it('are as many as were drawn, each with a setting drawn anew, and the best is kept', async () => {
    const counts = new Map<number, number>();
    const settings = new Map<number, number>();
    const first = new Map<number, number>();
    for (let run = 0; run < 120; run++) {
      const scores = Array.from({ length: 200 }, (_, i) => Math.sin(1 + 37 * i * (run + 1)));
      const { found, made, charges } = await searched(`search ${run}`, (place) => scores[place]!);
      counts.set(made.length, (counts.get(made.length) ?? 0) + 1);
      for (const { learningRate = 0 } of made) {
        settings.set(learningRate, (settings.get(learningRate) ?? 0) + 1);
      }
      const begun = made[0]!.learningRate!;
      first.set(begun, (first.get(begun) ?? 0) + 1);
      const best = scores.slice(0, made.length).indexOf(Math.max(...scores.slice(0, made.length)));
      expect(found.steps).toBe(best + 1);
      expect(found.found?.chosen).toEqual(made[best]);
      expect(charges).toEqual([1]);
    }
    const all = [...counts].reduce((sum, [k, times]) => sum + k * times, 0);
    // 120 draws of a geometric law: mean 4, deviation of the mean 0.32.
    expect(Math.abs(all / 120 - 4)).toBeLessThan(1.6);
    expect(counts.size).toBeGreaterThan(4);
    expect([...settings.keys()].sort()).toEqual([1, 2, 3]);
    for (const times of settings.values()) expect(times / all).toBeGreaterThan(0.2);
    // Nor does it hang on which trial it is.
    for (const value of [1, 2, 3]) expect(first.get(value)).toBeGreaterThan(20);
  });

  it('leave nothing by which their number could be told', async () => {
    const seen = new Set<string>();
    const numbers = new Set<number>();
    for (let run = 0; run < 12; run++) {
      const { found, made, told, charges } = await searched(`hidden ${run}`, (place) => -place);
      numbers.add(made.length);
      seen.add(JSON.stringify([told, charges, { ...found, found: null }]));
    }
    expect(numbers.size).toBeGreaterThan(3);
    expect([...seen]).toHaveLength(1);
  });

  it('train with the clipping norm, batch and steps that their noise is for', async () => {
    const choices = { clip: [0.5, 2], batch: [200, 400], hidden: [[4], [8]] };
    for (const search of [{ trials: 40, choices }, { trials: 40 }]) {
      const plan = planWith({ accountant: 'rdp', model: { kind: 'network' }, search });
      let seen = 0;
      const spying = (one: TrainPlan): Kind => ({
        ...layeredKind(one, 'network'),
        fit: async (_task, _prepared, { privacy }) => {
          const { publicCount, columns } = COUNTS;
          const { clip, batch, steps, hidden } = settingsOf(
            ...([one, 'network', BINARY, publicCount, columns] as const),
          );
          expect(privacy).toMatchObject({ clip, expected_batch: batch });
          expect(privacy!.phases).toMatchObject([
            { mechanism: 'poisson_gaussian', sample_rate: batch / COUNTS.publicCount, steps },
          ]);
          seen++;
          const content = { kind: 'network', architecture: { inputs: 1, hidden }, weights: '' };
          return { content, backend: 'javascript', note: null, steps, seconds: 1 } as Fitted;
        },
      });
      const kind = searchKind(plan, spying);
      const { statement } = kind.guarantee(plan.privacy!, COUNTS, []);
      await kind.fit({} as Task, {} as Prepared, {
        ...{ privacy: statement, columns: 3, seed: 1, random: privateRandomForTests('clip') },
        ...{ pace: new Pace(undefined, undefined), judge: async () => 0 },
      });
      expect(seen).toBeGreaterThan(3);
    }
  });

  it('that give no score do not stop the search', async () => {
    const { found } = await searched('no score', () => -Infinity);
    expect(found.steps).toBe(1);
  });
});

describe('what a search chooses from', () => {
  const spaceOf = (change: Partial<TrainPlanInput>): readonly TrialSetting[] =>
    searchSpace(planWith(change), COUNTS);

  it('is the product of its choices, else what is usual for the kind, with the usual setting', () => {
    const choices = { hidden: [[8], [16, 8]], clip: [1, 2, 3] };
    const asked = spaceOf({ model: { kind: 'network' }, search: { trials: 4, choices } });
    expect(asked).toHaveLength(6);
    expect(asked).toContainEqual({ hidden: [16, 8], clip: 2 });
    for (const kind of ['logistic', 'network', 'boosting'] as const) {
      const usual = spaceOf({ model: { kind } });
      expect(usual).toHaveLength(6);
      expect(usual).toContainEqual({});
      expect(new Set(usual.map((one) => JSON.stringify(one))).size).toBe(6);
    }
    const plan = planWith({ model: { kind: 'network' }, search: { trials: 4, choices } });
    expect(planOfTrial(plan, { hidden: [8], clip: 1 })).toMatchObject({
      clip: 1,
      model: { kind: 'network', hidden: [8] },
    });
    expect(spaceOf({ learningRate: 0.5 }).every((one) => one.learningRate === undefined)).toBe(
      true,
    );
  });

  it.each([
    [{ search: { trials: 4, choices: { hidden: [[8], [4]] } } }, 'search.choices.hidden'],
    [{ search: { trials: 4, choices: { clip: [1, 2] } }, clip: 1 }, 'search.choices.clip'],
    [{ search: { trials: 4, choices: { clip: [1] } } }, 'search.choices'],
    [{ learningRate: 1, clip: 1 }, 'search.choices'],
    [
      {
        search: {
          trials: 4,
          choices: { clip: [1, 2, 3, 4, 5, 6, 7, 8, 9], batch: [1, 2, 3, 4, 5, 6, 7, 8] },
        },
      },
      'search.choices',
    ],
    [
      { model: { kind: 'boosting' }, search: { trials: 4, choices: { learningRate: [1, 2] } } },
      'search.choices.learningRate',
    ],
    [{ privacy: null }, 'search'],
  ] as [Partial<TrainPlanInput>, string][])('refuses %j by name', async (change, path) => {
    const run = () => trainModel(table, planWith(change), { random: systemRandom() });
    expect(await codeOf(run)).toBe(`PLAN_INVALID ${path}`);
  });

  it('is judged outside the guarantee, or nothing is paid', async () => {
    const reserve = async (): Promise<void> => {
      throw new Error('reserved');
    };
    const plan = planWith({ split: { test: 0.2, seed: 1 } });
    const run = () => trainModel(table, plan, { random: systemRandom(), reserve });
    expect(await codeOf(run)).toBe('SEARCH_NEEDS_VALIDATION');
  });

  it('keeps what the validation part finds best, not the training part', async () => {
    // What is yes in training is no in validation: the best is what has learned nothing.
    const cells = Array.from({ length: 1200 }, (_, r) => {
      const part = ['train', 'validation', 'test'][Math.min(2, Math.floor(r / 500))]!;
      return { part, sign: r % 2, y: (r % 2 === 1) === (part === 'train') ? 'yes' : 'no' };
    });
    const records = tableOf(
      codedColumn(
        'part',
        cells.map(({ part }) => part),
      ),
      numberColumn(
        'sign',
        cells.map(({ sign }) => sign),
      ),
      codedColumn(
        'y',
        cells.map(({ y }) => y),
      ),
    );
    const choices = { learningRate: [1e-6, 1] };
    const plan = trainPlan.parse({
      ...{ label: 'y', labels: ['no', 'yes'], features: ['sign'], bounds: { sign: [0, 1] } },
      ...{ split: { column: 'part' }, model: { kind: 'logistic' }, backend: 'javascript' },
      ...{
        privacy: { epsilon: 8, delta: 1e-4 },
        accountant: 'rdp',
        epochs: 4,
        search: { trials: 6, choices },
      },
    });
    const chosen: (number | undefined)[] = [];
    for (let run = 0; run < 6; run++) {
      const random = privateRandomForTests(`validation ${run}`);
      const { result } = await trainModel(records, plan, { random });
      chosen.push(result.chosen?.learningRate);
    }
    // In one run of six the only setting that was drawn was the other.
    expect(chosen.filter((rate) => rate === 1e-6).length).toBeGreaterThan(3);
  });

  it('that was charged for before is not begun again', async () => {
    const resumed = { from: 1, checkpoint: null };
    const run = () => trainModel(table, planWith(), { random: systemRandom(), resumed });
    expect(await codeOf(run)).toBe('JOB_NOT_RESUMABLE');
  });
});
