import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../main/learning/checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../../main/learning/checkpoint.ts';
import { orderedBins, type Bins } from '../../../main/learning/boosting/bins.ts';
import { boost, type BoostRun } from '../../../main/learning/boosting/boost.ts';
import type { Course } from '../../../main/learning/boosting/course.ts';
import type { Releases } from '../../../main/learning/boosting/cycle.ts';
import type { BinnedRows } from '../../../main/learning/boosting/histograms.ts';
import { TWO_VALUES } from '../../../main/learning/boosting/outcome.ts';
import { LEVELS } from '../../../main/learning/boosting/settings.ts';
import { deviations, posteriorMean, smooth } from '../../../main/learning/boosting/smoothing.ts';
import { Pace } from '../../../main/learning/pace.ts';
import { plus, priorOf, solved, type Matrix } from './dense.ts';
import { seededUniform } from './fixtures.ts';

/** Prior precision: 1 / size for every bin, 1 / step for the difference of each two neighbours. */
function priorMatrix(bins: number, ordered: number, size: number, step: number): Matrix {
  const links = Array.from({ length: Math.max(0, ordered - 1) }, (_, i) => [i, i + 1] as const);
  return priorOf(bins, links, size, step);
}

const draw = seededUniform(3);
const numbers = (length: number, low: number, high: number): number[] =>
  Array.from({ length }, () => low + (high - low) * draw());

describe('smoothing', () => {
  const values = numbers(9, -2, 2);
  const precision = numbers(9, 0.1, 30);
  const noisy = {
    values: Float64Array.from(values),
    precision: Float64Array.from(precision),
    ordered: 6,
  };

  it('is the posterior mean of a dense system, with its likelihood and its deviations', () => {
    const likelihoods: number[] = [];
    const expected: number[] = [];
    for (const [size, step] of [
      [0.5, 0.1],
      [2, 1],
      [0.04, 0.004],
    ] as const) {
      const q = priorMatrix(9, 6, size, step);
      const a = plus(q, precision);
      const dense = solved(
        a,
        values.map((v, i) => v * precision[i]!),
      );
      const shape = new Float64Array(9);
      likelihoods.push(posteriorMean(noisy, { size, step }, shape));
      shape.forEach((value, i) => expect(value).toBeCloseTo(dense.x[i]!, 10));
      // ln N(v; 0, Q^-1 + W^-1) up to what does not depend on the prior.
      const prior = solved(q, values).logDeterminant;
      const fit = values.reduce((s, v, i) => s + precision[i]! * v * (v - dense.x[i]!), 0);
      expected.push((prior - dense.logDeterminant - fit) / 2);
      const sd = deviations(noisy, { size, step });
      sd.forEach((value, i) => {
        const unit = values.map((_, j) => (i === j ? 1 : 0));
        expect(value).toBeCloseTo(Math.sqrt(solved(a, unit).x[i]!), 10);
      });
    }
    for (let i = 1; i < 3; i++) {
      expect(likelihoods[i]! - likelihoods[0]!).toBeCloseTo(expected[i]! - expected[0]!, 9);
    }
  });

  it('takes noise for noise and a clear shape for what it is', () => {
    const size = 40;
    const noise = Float64Array.from(numbers(size, -1, 1));
    const unsure = new Float64Array(size).fill(3);
    const flat = smooth({ values: noise, precision: unsure, ordered: size }).shape;
    expect(Math.max(...flat.map(Math.abs))).toBeLessThan(0.25);
    const steps = noise.map((value, i) => value / 10 + (i < 20 ? -3 : 3));
    const sure = new Float64Array(size).fill(300);
    const kept = smooth({ values: steps, precision: sure, ordered: size }).shape;
    kept.forEach((value, i) => expect(Math.abs(value - steps[i]!)).toBeLessThan(0.1));
  });
});

const BINS: Bins[] = [
  orderedBins(Float64Array.of(1, 2, 3, 4)),
  { cuts: new Float64Array(0), ordered: 0, size: 4 },
];
const ROWS = 300;

function someRows(): BinnedRows {
  const uniform = seededUniform(8);
  const bins = BINS.map(({ size }) =>
    Uint16Array.from({ length: ROWS }, () => Math.floor(uniform() * (size - 1))),
  );
  const targets = Float64Array.from({ length: ROWS }, (_, i) =>
    uniform() < 0.15 + 0.15 * bins[0]![i]! ? 1 : 0,
  );
  const weights = Float64Array.from({ length: ROWS }, (_, i) => (i % 3 === 0 ? 0.5 : 1));
  return { bins, sizes: BINS.map(({ size }) => size), targets, weights };
}

/** Noise that depends on nothing but the cycle and the turn in it. */
function scripted(onTurn: (cycle: number) => void = () => {}): Releases {
  const turns = new Map<number, number>();
  const add = (sums: Float64Array, seed: number): void =>
    sums.forEach((_, i) => (sums[i]! += 4 * Math.sin(31 * seed + i)));
  return {
    isPlain: false,
    counts: (sums) => add(sums, 1),
    gradients(sums, cycle) {
      const turn = turns.get(cycle) ?? 0;
      turns.set(cycle, turn + 1);
      onTurn(cycle);
      add(sums, 7 * cycle + turn + 2);
    },
    variance: (cycle) => 8 + cycle,
    countDeviation: 3,
    choice: (figures) => add(figures, 100),
    pairCounts: (sums) => add(sums, 101),
    pairCountDeviation: 3,
  };
}

const SETTINGS = { ...LEVELS[1]!.settings, cycles: 4 };

function runOf(more: Partial<BoostRun> = {}): Promise<Course> {
  return boost({
    ...{ bins: BINS, rows: someRows(), releases: scripted(), settings: SETTINGS, turns: 3 },
    ...{ outcome: TWO_VALUES, pairs: { count: 0, stated: null } },
    pace: new Pace(undefined, undefined),
    ...more,
  });
}

describe('one cycle', () => {
  it('is the slow reference: histograms, steps and smoothing written out', async () => {
    const rows = someRows();
    const settings = { ...SETTINGS, cycles: 1 };
    const course = await runOf({ settings });

    const releases = scripted();
    const sums = new Float64Array(10);
    rows.targets.forEach((_, r) => {
      sums[rows.bins[0]![r]!]! += rows.weights[r]!;
      sums[6 + rows.bins[1]![r]!]! += rows.weights[r]!;
    });
    releases.counts(sums);
    // The last bin of the first column and all of the second stand by themselves.
    const counts = [...sums].map((sum, bin) => (bin > 4 && sum < 4.5 ? 1e-3 : Math.max(3, sum)));
    const parts = [counts.slice(0, 6), counts.slice(6)];
    const shapes = parts.map((part) => part.map(() => 0));
    let intercept = 0;
    let rate = NaN;
    // The column of four bins comes first.
    for (const k of [1, 0]) {
      const gradients = new Float64Array(parts[k]!.length);
      rows.targets.forEach((target, r) => {
        const score = intercept + shapes[0]![rows.bins[0]![r]!]! + shapes[1]![rows.bins[1]![r]!]!;
        const p = 1 / (1 + Math.exp(-score));
        const gradient = (target - p) / Math.max(p, 1 - p);
        gradients[rows.bins[k]![r]!]! += gradient * rows.weights[r]!;
      });
      releases.gradients(gradients, 0);
      if (Number.isNaN(rate)) {
        const all = gradients.reduce((a, b) => a + b, 0);
        rate = 0.5 + all / parts[k]!.reduce((a, b) => a + b, 0) / 2;
        intercept = Math.log(rate / (1 - rate));
        parts[k]!.forEach((count, b) => (gradients[b]! -= 2 * (rate - 0.5) * count));
      }
      const bend = parts[k]!.map((count) => count * settings.curvature * Math.min(rate, 1 - rate));
      const precision = bend.map((one) => 1 / ((0.6 * 8) / one ** 2 + settings.samplePart / one));
      const target = bend.map((one, b) => gradients[b]! / one);
      const whole = precision.reduce((a, b) => a + b, 0);
      const mean = target.reduce((sum, value, b) => sum + value * precision[b]!, 0) / whole;
      intercept += mean;
      const centred = target.map((value) => value - mean);
      const { prior } = smooth({
        values: Float64Array.from(centred),
        precision: Float64Array.from(precision),
        ordered: BINS[k]!.ordered,
      });
      const q = priorMatrix(centred.length, BINS[k]!.ordered, prior.size, prior.step);
      shapes[k] = solved(
        plus(q, precision),
        centred.map((value, b) => value * precision[b]!),
      ).x;
    }
    expect(course.facts[0]).toBeCloseTo(rate, 12);
    expect(course.intercepts[0]).toBeCloseTo(intercept, 10);
    course.parts.forEach(({ shape }, k) =>
      shape.forEach((value, b) => expect(value).toBeCloseTo(shapes[k]![b]!, 10)),
    );
  });

  it('gives a value of which nothing is known no effect', async () => {
    const { parts } = await runOf();
    // Nobody is in the last bin of either column, and its count is within the noise.
    for (const { shape } of parts) expect(Math.abs(shape.at(-1)!)).toBeLessThan(0.01);
  });

  it('moves every bin by the noise, with no gradient at all', async () => {
    const nobody = { ...someRows(), weights: new Float64Array(ROWS) };
    const { parts } = await runOf({ rows: nobody });
    for (const { target } of parts) expect(target.every((value) => value !== 0)).toBe(true);
  });
});

function distance(a: Course, b: Course): number {
  const far = a.parts.flatMap(({ shape }, k) =>
    [...shape].map((value, i) => Math.abs(value - b.parts[k]!.shape[i]!)),
  );
  return Math.max(Math.abs(a.intercepts[0]! - b.intercepts[0]!), ...far);
}

describe('a run that stops', () => {
  it('is charged ahead: the counts, then cycle by cycle as many as the plan has columns', async () => {
    const charged: number[][] = [];
    await runOf({ charge: async (from, to) => void charged.push([from, to]) });
    expect(charged).toEqual([
      [0, 1],
      [1, 4],
      [4, 7],
      [7, 10],
      [10, 13],
    ]);
  });

  it('goes on from any pause as if there had been none', async () => {
    const whole = await runOf();
    for (let pauseAt = 0; pauseAt < SETTINGS.cycles - 1; pauseAt++) {
      const stop = new AbortController();
      let kept: Buffer | null = null;
      const checkpoint = async (state: Checkpoint): Promise<void> => {
        kept = encodeCheckpoint(state);
      };
      const releases = scripted((cycle) => {
        if (cycle === pauseAt) stop.abort();
      });
      const pace = new Pace(undefined, undefined, stop.signal);
      await expect(runOf({ checkpoint, releases, pace })).rejects.toMatchObject({ code: 'PAUSED' });
      const state = decodeCheckpoint(kept!)!;
      expect(state.stepsCharged).toBe(1 + 3 * (pauseAt + 1));
      const resumed = { from: state.stepsCharged, checkpoint: state };
      expect(distance(await runOf({ resumed }), whole)).toBeLessThan(1e-9);
    }
  });

  it('after a crash runs no cycle twice that was charged, and says how much it ran', async () => {
    for (let dies = 0; dies < SETTINGS.cycles; dies++) {
      let unkept: Checkpoint | null = null;
      let kept: Checkpoint | null = null;
      let charged = 0;
      const ran: number[] = [];
      const died = runOf({
        charge: async (_from, to) => {
          charged = to;
          kept = unkept;
        },
        checkpoint: async (state) => void (unkept = state),
        releases: scripted((cycle) => {
          if (cycle === dies) throw new Error('killed');
          ran.push(cycle);
        }),
      });
      await expect(died).rejects.toThrow('killed');
      let last: Checkpoint | undefined;
      await runOf({
        resumed: { from: charged, checkpoint: kept },
        checkpoint: async (state) => void (last = state),
        releases: scripted((cycle) => ran.push(cycle)),
      });
      expect(ran).not.toContain(dies);
      const expected = [0, 1, 2, 3].filter((cycle) => cycle !== dies);
      expect(ran).toEqual(expected.flatMap((cycle) => [cycle, cycle]));
      if (dies < SETTINGS.cycles - 1) {
        expect(last).toMatchObject({ stepsCharged: 13, stepsRun: 10 });
      }
    }
  });

  it('does not go on where the counts were paid for and lost, or with another model', async () => {
    const code = 'JOB_NOT_RESUMABLE';
    const lost = runOf({ resumed: { from: 1, checkpoint: null } });
    await expect(lost).rejects.toMatchObject({ code });
    let last: Checkpoint | null = null;
    await runOf({ checkpoint: async (state) => void (last = state) });
    const other = [...BINS, BINS[1]!];
    const rows = someRows();
    const wider = { ...rows, bins: [...rows.bins, rows.bins[1]!], sizes: [...rows.sizes, 4] };
    const mixed = runOf({ bins: other, rows: wider, resumed: { from: 13, checkpoint: last } });
    await expect(mixed).rejects.toMatchObject({ code });
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    stop.abort();
    const pace = new Pace(stop.signal, undefined);
    await expect(runOf({ pace })).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
