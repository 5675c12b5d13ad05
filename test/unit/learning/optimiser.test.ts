import { describe, expect, it } from 'vitest';
import { trainPlan } from '../../../main/contract/train.ts';
import { BINARY } from '../../../main/learning/heads.ts';
import { adam, momentum, sgd, type Optimiser } from '../../../main/learning/optimiser.ts';
import { rateFactor } from '../../../main/learning/schedule.ts';
import { settingsOf } from '../../../main/learning/settings.ts';
import { seededUniform } from './fixtures.ts';

const SIZE = 4;
const STEPS = 60;
const VARIANCE = 0.09;

const draw = seededUniform(5);
const GRADIENTS = Array.from({ length: STEPS }, () =>
  Float64Array.from({ length: SIZE }, () => draw() - 0.4),
);
const rateAt = (step: number): number => 0.1 / (1 + step);

/** sum over s <= t of keep^(t - s) x value(s), written out. */
function faded(t: number, keep: number, value: (s: number) => number): number {
  let sum = 0;
  for (let s = 0; s <= t; s++) sum += keep ** (t - s) * value(s);
  return sum;
}

/** Where each coordinate stands after all steps, by the definition from the whole history. */
type Move = (t: number, of: (s: number) => number) => number;
const REFERENCES: Readonly<Record<string, { make: () => Optimiser; move: Move }>> = {
  sgd: { make: () => sgd(SIZE, rateAt), move: (t, g) => rateAt(t) * g(t) },
  momentum: {
    make: () => momentum(SIZE, rateAt, 0.8),
    move: (t, g) => rateAt(t) * faded(t, 0.8, g),
  },
  adam: {
    make: () => adam(SIZE, rateAt),
    move: (t, g) => {
      const mean = (0.1 * faded(t, 0.9, g)) / (1 - 0.9 ** (t + 1));
      const square = (0.001 * faded(t, 0.999, (s) => g(s) ** 2)) / (1 - 0.999 ** (t + 1));
      return (rateAt(t) * mean) / (Math.sqrt(square) + 1e-8);
    },
  },
  'adam under noise': {
    make: () => adam(SIZE, rateAt, VARIANCE),
    move: (t, g) => {
      const mean = (0.1 * faded(t, 0.9, g)) / (1 - 0.9 ** (t + 1));
      const square = (0.001 * faded(t, 0.999, (s) => g(s) ** 2)) / (1 - 0.999 ** (t + 1));
      const signal = Math.max(square - VARIANCE, 0.1 * VARIANCE);
      return (rateAt(t) * mean) / (Math.sqrt(signal) + 1e-8);
    },
  },
};

describe.each(Object.entries(REFERENCES))('%s', (_name, { make, move }) => {
  it('goes where its definition says', () => {
    const optimiser = make();
    const found = new Float64Array(SIZE);
    const expected = new Float64Array(SIZE);
    GRADIENTS.forEach((gradient, step) => {
      optimiser.step(found, gradient, step);
      expected.forEach((_, i) => {
        expected[i]! -= move(step, (s) => GRADIENTS[s]![i]!);
      });
      found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 10));
    });
  });

  it('goes on from its state as if it had never stopped, and from no other’s', () => {
    const [whole, first, second] = [make(), make(), make()];
    const expected = new Float64Array(SIZE);
    const found = new Float64Array(SIZE);
    GRADIENTS.forEach((gradient, step) => {
      whole.step(expected, gradient, step);
      if (step === 20) second.restore(first.state());
      (step < 20 ? first : second).step(found, gradient, step);
    });
    expect(found).toEqual(expected);
    const kinds = Object.values(REFERENCES).map((one) => one.make());
    const { kind } = first.state();
    for (const other of kinds.filter((one) => one.state().kind !== kind)) {
      expect(() => second.restore(other.state())).toThrow('JOB_NOT_RESUMABLE');
      expect(() => second.restore({ ...other.state(), kind })).toThrow('JOB_NOT_RESUMABLE');
    }
  });
});

it('Adam under noise makes steps as long as without it: the variance is taken out', () => {
  const noise = seededUniform(9);
  const deviation = 0.5;
  const signal = 0.4;
  /** Uniform noise of that deviation. */
  const noisy = (): number => signal + deviation * Math.sqrt(12) * (noise() - 0.5);
  const moved = (variance: number): number => {
    const optimiser = adam(1, 1, variance);
    const place = new Float64Array(1);
    for (let step = 0; step < 4000; step++) optimiser.step(place, Float64Array.of(noisy()), step);
    return -place[0]! / 4000;
  };
  expect(Math.abs(moved(deviation ** 2) - 1)).toBeLessThan(0.1);
  // As it is without: m / sqrt(signal^2 + variance).
  expect(moved(0)).toBeLessThan(0.7);
});

it('Adam of a private plan takes the variance of its noise out of the mean gradient', () => {
  const plan = trainPlan.parse({
    ...{ label: 'y', labels: ['no', 'yes'], model: { kind: 'logistic' } },
    ...{ optimiser: 'adam', learningRate: 0.1, clip: 3, batch: 200 },
    privacy: { epsilon: 1, delta: 1e-5 },
  });
  const settings = settingsOf(plan, 'logistic', BINARY, 10_000, 4);
  const multiplier = 8;
  // Noise of deviation 8 x 3 on a sum that is divided by 200.
  const [optimiser, expected] = [settings.optimiser(1, multiplier), adam(1, 0.1, 0.12 ** 2)];
  const [found, wanted] = [new Float64Array(1), new Float64Array(1)];
  for (const [step, g] of [0.3, -0.2, 0.15, 0.4, 0.01].entries()) {
    optimiser.step(found, Float64Array.of(g), step);
    expected.step(wanted, Float64Array.of(g), step);
    expect(found[0]).toBeCloseTo(wanted[0]!, 12);
  }
});

describe('the schedule of rates', () => {
  it('is one throughout where it is constant', () => {
    for (const step of [0, 7, 99]) expect(rateFactor('constant', step, 100)).toBe(1);
  });

  it('rises over a twentieth of the steps and falls as half a cosine', () => {
    const factors = Array.from({ length: 100 }, (_, step) => rateFactor('cosine', step, 100));
    expect(factors.slice(0, 5).map((factor) => Number(factor.toFixed(12)))).toEqual([
      0.2, 0.4, 0.6, 0.8, 1,
    ]);
    expect(factors[5]).toBe(1);
    expect(factors[5 + 19]).toBeCloseTo((1 + Math.cos(Math.PI / 5)) / 2, 12);
    for (let step = 6; step < 100; step++) expect(factors[step]!).toBeLessThan(factors[step - 1]!);
    expect(factors[99]!).toBeGreaterThan(0);
    expect(factors[99]!).toBeLessThan(0.001);
  });

  it('stays between 0 and 1 for any number of steps', () => {
    for (let steps = 1; steps < 60; steps++) {
      for (let step = 0; step < steps; step++) {
        const factor = rateFactor('cosine', step, steps);
        expect(factor).toBeGreaterThan(0);
        expect(factor).toBeLessThanOrEqual(1);
      }
    }
  });
});
