import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainPlanInput } from '../../../main/contract/train.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import type { Bins } from '../../../main/learning/boosting/bins.ts';
import { boost, planOf, type BoostRun } from '../../../main/learning/boosting/boost.ts';
import { newCourse, type Course } from '../../../main/learning/boosting/course.ts';
import type { Releases } from '../../../main/learning/boosting/cycle.ts';
import {
  boostingPhases,
  boostingGuarantee,
  PLAIN_RELEASES,
  privateReleases,
} from '../../../main/learning/boosting/guarantee.ts';
import type { BinnedRows } from '../../../main/learning/boosting/histograms.ts';
import { TWO_VALUES } from '../../../main/learning/boosting/outcome.ts';
import { pairBins, pairFields } from '../../../main/learning/boosting/pair-bins.ts';
import { pairsOf, unexplained } from '../../../main/learning/boosting/pairs.ts';
import { LEVELS, PLAIN_SETTINGS } from '../../../main/learning/boosting/settings.ts';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  type Checkpoint,
} from '../../../main/learning/checkpoint.ts';
import { Pace } from '../../../main/learning/pace.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { seededUniform } from './fixtures.ts';

const CHOICES: Bins[] = [3, 2, 4, 2, 5].map((size) => ({
  cuts: new Float64Array(0),
  ordered: 0,
  size,
}));

/** Rows of several units: a label that turns on whether columns 1 and 3 agree, and on column 0. */
function planted(rows: number, seed = 4): BinnedRows {
  const uniform = seededUniform(seed);
  const bins = CHOICES.map(({ size }) =>
    Uint16Array.from({ length: rows }, () => Math.floor(uniform() * size)),
  );
  const targets = Float64Array.from({ length: rows }, (_, i) => {
    const likely = (bins[1]![i] === bins[3]![i] ? 0.8 : 0.2) + (bins[0]![i] === 0 ? 0.15 : 0);
    return uniform() < likely ? 1 : 0;
  });
  const weights = new Float64Array(rows).fill(1);
  return { bins, sizes: CHOICES.map(({ size }) => size), targets, weights };
}

const PLAIN_RUN = {
  bins: CHOICES,
  outcome: TWO_VALUES,
  releases: PLAIN_RELEASES,
  settings: PLAIN_SETTINGS,
  turns: CHOICES.length,
  pairs: { count: 1, stated: null },
  pace: new Pace(undefined, undefined),
} satisfies Omit<BoostRun, 'rows'>;

const BASE: TrainPlanInput = {
  label: 'y',
  labels: ['no', 'yes'],
  model: { kind: 'boosting', pairs: 2 },
  privacy: { epsilon: 1, delta: 1e-5 },
};

function planWith(pairs: number | [string, string][] | undefined, epsilon = 1) {
  const privacy = { epsilon, delta: 1e-5 };
  return trainPlan.parse({ ...BASE, privacy, model: { kind: 'boosting', pairs } });
}

const COUNTS = { columns: 5, count: 20_123, publicCount: 20_000 };

describe('pairs', () => {
  it('that were planted are found, and what a pair alone explains is learned', async () => {
    const course = await boost({ ...PLAIN_RUN, rows: planted(6000) });
    expect(course.pairs!.map(({ pair }) => pair)).toEqual([[1, 3]]);
    const { shape, field } = course.pairs![0]!;
    expect(field.size).toBe(4);
    expect(Math.min(shape[0]!, shape[3]!)).toBeGreaterThan(1);
    expect(Math.max(shape[1]!, shape[2]!)).toBeLessThan(-1);
  });

  it('are found under privacy as well, and stated ones are taken as they are', async () => {
    const rows = planted(20_000);
    for (const stated of [null, [[3, 0]] as [number, number][]]) {
      const plan = planWith(stated === null ? 2 : [['d', 'a']], 2);
      const { settings, statement } = guaranteed(plan);
      const wish = pairsOf(plan, 0, 5);
      const releases = privateReleases(
        statement,
        { ...TWO_VALUES, sizes: rows.sizes, settings, pairs: wish },
        privateRandomForTests('pairs'),
      );
      const pairs = { count: wish.count, stated };
      const course = await boost({ ...PLAIN_RUN, rows, settings, releases, pairs });
      const found = course.pairs!.map(({ pair }) => pair);
      if (stated === null) expect(found[0]).toEqual([1, 3]);
      else expect(found).toEqual(stated);
    }
  });

  it('are as many as the plan says and its columns allow, by default those of the settings', () => {
    const plan = planWith(2);
    expect(pairsOf(plan, 9, 5)).toEqual({ count: 2, stated: null });
    expect(pairsOf(plan, 9, 2).count).toBe(1);
    expect(pairsOf(planWith(undefined), 9, 5).count).toBe(9);
    const stated = [['a', 'b']] as [string, string][];
    expect(pairsOf(planWith(stated), 9, 5)).toEqual({ count: 1, stated });
    for (const wrong of [
      [['a', 'a']],
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    ] as [string, string][][]) {
      expect(() => pairsOf(planWith(wrong), 0, 5)).toThrow('PLAN_INVALID');
    }
  });
});

function guaranteed(plan: ReturnType<typeof planWith>) {
  const statement = boostingGuarantee(plan, plan.privacy!, COUNTS, []);
  const cycles = LEVELS.find(({ settings }) => {
    const of = planOf(settings, 5, pairsOf(plan, 0, 5));
    return of.steps === statement.phases.reduce((sum, { steps }) => sum + steps, 0);
  })!;
  return { statement, settings: cycles.settings };
}

describe('what pairs cost', () => {
  it.each([2, [['a', 'b']] as [string, string][]])(
    'stands in the phases, and these give the reported epsilon (%o)',
    (pairs) => {
      const plan = planWith(pairs);
      const { statement, settings } = guaranteed(plan);
      const { phases, delta, accountant } = statement;
      expect(epsilonOf({ phases, delta, accountant }).epsilon).toBe(statement.epsilon);
      expect(statement.epsilon).toBeLessThanOrEqual(1);
      expect(statement.epsilon).toBeGreaterThan(0.999);
      const cost = boostingPhases(statement).map((one) => one.steps / one.noise_multiplier ** 2);
      const whole = cost.reduce((a, b) => a + b, 0);
      const ofPairs = cost.slice(1 + settings.cycles).reduce((a, b) => a + b, 0);
      expect(ofPairs / whole).toBeCloseTo(settings.pairs.share, 9);
      const isStated = typeof pairs !== 'number';
      expect(phases.slice(1 + settings.cycles).map(({ steps }) => steps)).toEqual([
        ...(isStated ? [1] : [1, 1]),
        ...Array<number>(settings.pairs.cycles).fill(isStated ? 1 : 2),
      ]);
    },
  );

  it('has the deviation of its phase: of the choice, the counts and every cycle', () => {
    const plan = planWith(2);
    const { statement, settings } = guaranteed(plan);
    const sizes = CHOICES.map(({ size }) => size);
    const releases = privateReleases(
      statement,
      { ...TWO_VALUES, sizes, settings, pairs: pairsOf(plan, 0, 5) },
      privateRandomForTests('pairs'),
    );
    const [choice, counts, ...cycles] = boostingPhases(statement).slice(1 + settings.cycles);
    const cases = [
      // Ten pairs of five columns can be chosen, of which a unit changes all; it is in two counts.
      { add: releases.choice, size: 10, sd: choice!.noise_multiplier * Math.sqrt(10) },
      { add: releases.pairCounts, size: 10, sd: counts!.noise_multiplier * Math.SQRT2 },
      ...cycles.map((phase, cycle) => ({
        add: (sums: Float64Array) => releases.gradients(sums, settings.cycles + cycle),
        size: 10,
        sd: phase.noise_multiplier,
      })),
    ];
    const draws = 3000;
    const v = 2 / (9 * draws * 10);
    for (const { add, size, sd } of cases) {
      expect(sd).toBeGreaterThan(2);
      let sum = 0;
      for (let i = 0; i < draws; i++) {
        const zeros = new Float64Array(size);
        add(zeros);
        for (const value of zeros) sum += value ** 2;
      }
      const ratio = sum / (draws * size) / sd ** 2;
      expect(ratio).toBeGreaterThan((1 - v - 3.29 * Math.sqrt(v)) ** 3);
      expect(ratio).toBeLessThan((1 - v + 3.29 * Math.sqrt(v)) ** 3 * 1.0004);
    }
  });

  it('covers a unit: its rows change every figure of the choice by at most 1', () => {
    const all = planted(60);
    const course = newCourse(CHOICES, TWO_VALUES);
    course.parts.forEach(({ counts }) => counts.fill(20));
    const pairs = [0, 1, 2, 3, 4].flatMap((a) =>
      [0, 1, 2, 3, 4].filter((b) => b > a).map((b): [number, number] => [a, b]),
    );
    const residuals = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 60,
      maxLength: 60,
    });
    let most = 0;
    fc.assert(
      fc.property(
        residuals,
        fc.integer({ min: 0, max: 56 }),
        fc.integer({ min: 1, max: 4 }),
        (r, from, m) => {
          // Rows from .. from + m are one person's.
          const weights = all.weights.slice();
          weights.fill(1 / m, from, from + m);
          const fewer = weights.slice();
          fewer.fill(0, from, from + m);
          const sum = (w: Float64Array): Float64Array =>
            unexplained(course, { ...all, weights: w }, Float64Array.from(r), pairs);
          const [a, b] = [sum(weights), sum(fewer)];
          for (const [i, figure] of a.entries()) {
            most = Math.max(most, Math.abs(figure - b[i]!));
            expect(Math.abs(figure - b[i]!)).toBeLessThanOrEqual(1 + 1e-12);
          }
          const length = Math.hypot(...a.map((figure, i) => figure - b[i]!));
          expect(length).toBeLessThanOrEqual(Math.sqrt(pairs.length) + 1e-12);
        },
      ),
    );
    expect(most).toBeGreaterThan(0.9);
  });

  it('covers a unit in the counts and gradients of a pair: each row is in one bin of the grid', () => {
    const rows = planted(200);
    const counted = (k: number) => ({
      bins: CHOICES[k]!,
      counts: new Float64Array(CHOICES[k]!.size).fill(9),
    });
    const { axes, field } = pairFields(counted(2), counted(4), 3);
    const places = pairBins(rows.bins[2]!, rows.bins[4]!, axes, field);
    expect(places.length).toBe(200);
    places.forEach((place, row) => {
      expect(place).toBe(axes[0][rows.bins[2]![row]!]! * 3 + axes[1][rows.bins[4]![row]!]!);
      expect(place).toBeLessThan(field.size);
    });
  });
});

/** Noise that depends on nothing but what is released. */
function scripted(onTurn: (cycle: number) => void = () => {}): Releases {
  const add = (sums: Float64Array, seed: number): void =>
    sums.forEach((_, i) => (sums[i]! += 4 * Math.sin(31 * seed + i)));
  return {
    isPlain: false,
    counts: (sums) => add(sums, 1),
    countDeviation: 3,
    gradients(sums, cycle) {
      onTurn(cycle);
      add(sums, 7 * cycle + 2 + (sums.length % 5));
    },
    variance: (cycle) => 8 + cycle,
    choice: (figures) => add(figures, 100),
    pairCounts: (sums) => add(sums, 101),
    pairCountDeviation: 3,
  };
}

const SETTINGS = {
  ...LEVELS[1]!.settings,
  cycles: 2,
  pairs: { ...LEVELS[1]!.settings.pairs, cycles: 3 },
};

function runOf(more: Partial<BoostRun> = {}): Promise<Course> {
  const pairs = { count: 2, stated: null };
  const rows = planted(800);
  return boost({ ...PLAIN_RUN, rows, settings: SETTINGS, releases: scripted(), pairs, ...more });
}

function distance(a: Course, b: Course): number {
  const parts = (course: Course): number[] =>
    [...course.parts, ...course.pairs!].flatMap(({ shape }) => [...shape]);
  const [first, second] = [parts(a), parts(b)];
  expect(first.length).toBe(second.length);
  return Math.max(
    Math.abs(a.intercepts[0]! - b.intercepts[0]!),
    ...first.map((value, i) => Math.abs(value - second[i]!)),
  );
}

it('a model is made of what was released and of nothing else', async () => {
  const blind = scripted();
  const said = (add: (sums: Float64Array) => void, level: number) => (sums: Float64Array) =>
    add(sums.fill(level));
  const releases: Releases = {
    ...blind,
    counts: said(blind.counts, 40),
    gradients: (sums, cycle) => said((all) => blind.gradients(all, cycle), 0)(sums),
    choice: said(blind.choice, 9),
    pairCounts: said(blind.pairCounts, 40),
  };
  const rows = planted(400);
  const other = { ...planted(400, 5), targets: rows.targets.toReversed() };
  expect(await runOf({ releases, rows })).toEqual(await runOf({ releases, rows: other }));
});

describe('a run with pairs that stops', () => {
  const plan = planOf(SETTINGS, 5, { count: 2, stated: null });

  it('is charged ahead: after the columns the choice and the counts, then cycle by cycle', async () => {
    const charged: number[][] = [];
    await runOf({ charge: async (from, to) => void charged.push([from, to]) });
    expect(charged).toEqual([
      ...[
        [0, 1],
        [1, 6],
        [6, 11],
      ],
      ...[
        [11, 13],
        [13, 15],
        [15, 17],
        [17, 19],
      ],
    ]);
    expect(plan.steps).toBe(19);
  });

  it('goes on from any pause as if there had been none', async () => {
    const whole = await runOf();
    for (let pauseAt = 1; pauseAt < 19; pauseAt++) {
      const stop = new AbortController();
      let kept: Buffer | null = null;
      const checkpoint = async (state: Checkpoint): Promise<void> => {
        kept = encodeCheckpoint(state);
        if (state.stepsCharged >= pauseAt) stop.abort();
      };
      const pace = new Pace(undefined, undefined, stop.signal);
      await runOf({ checkpoint, pace }).catch(() => undefined);
      const state = decodeCheckpoint(kept!)!;
      const resumed = { from: state.stepsCharged, checkpoint: state };
      expect(distance(await runOf({ resumed }), whole)).toBeLessThan(1e-9);
    }
  });

  it('does without pairs where their choice was paid for and lost, and runs no cycle twice', async () => {
    for (const dies of ['choice', 2, 3, 4] as const) {
      let unkept: Checkpoint | null = null;
      let kept: Checkpoint | null = null;
      let charged = 0;
      const ran: number[] = [];
      const releases = scripted((cycle) => {
        if (cycle === dies) throw new Error('killed');
        ran.push(cycle);
      });
      const died = runOf({
        charge: async (_from, to) => {
          charged = to;
          kept = unkept;
        },
        checkpoint: async (state) => void (unkept = state),
        releases: {
          ...releases,
          choice(figures) {
            if (dies === 'choice') throw new Error('killed');
            releases.choice(figures);
          },
        },
      });
      await expect(died).rejects.toThrow('killed');
      const before = [...ran];
      let last: Checkpoint | undefined;
      const course = await runOf({
        resumed: { from: charged, checkpoint: kept },
        checkpoint: async (state) => void (last = state),
        releases: scripted((cycle) => ran.push(cycle)),
      });
      expect(course.pairs).toHaveLength(dies === 'choice' ? 0 : 2);
      const after = ran.slice(before.length);
      if (dies !== 'choice') expect(after).not.toContain(dies);
      for (const cycle of after) expect(cycle).toBeGreaterThan(dies === 'choice' ? 1 : dies);
      if (dies !== 4) expect(last!.stepsCharged).toBe(19);
    }
  });

  it('does not go on with a state whose pairs are not those of its columns', async () => {
    let last: Checkpoint | null = null;
    await runOf({ checkpoint: async (state) => void (last = state) });
    const { parameters } = last!;
    for (const [at, value] of [
      [parameters.length - 1, 7],
      [parameters.length - 1, 1.5],
      [parameters.length - 2, 5],
      [parameters.length - 3, -1],
    ] as const) {
      const wrong = parameters.slice();
      wrong[at] = value;
      const checkpoint = { ...last!, parameters: wrong };
      await expect(runOf({ resumed: { from: 19, checkpoint } })).rejects.toMatchObject({
        code: 'JOB_NOT_RESUMABLE',
      });
    }
  });
});
