import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../../main/contract/privacy.ts';
import { epsilonOf } from '../../../../main/privacy/accountant.ts';
import { composedRdp } from '../../../../main/privacy/rdp.ts';
import { systemRandom } from '../../../../main/privacy/random.ts';
import { privateRandomForTests } from '../../../../main/privacy/seeded.ts';
import {
  countUnits,
  countValues,
  type Contributions,
} from '../../../../main/privacy/statistics/contributions.ts';
import { deviationOf, noisyCounts, tailBound } from '../../../../main/privacy/statistics/counts.ts';
import { exponentialChoice } from '../../../../main/privacy/statistics/exponential.ts';
import {
  frequentValues,
  LEAST_UNITS,
  releaseThreshold,
} from '../../../../main/privacy/statistics/frequent-values.ts';
import { privateMean } from '../../../../main/privacy/statistics/mean.ts';
import {
  evenGrid,
  HALF,
  privateQuantile,
  quantileLosses,
  quantileSensitivity,
} from '../../../../main/privacy/statistics/quantile.ts';
import {
  chiSquareExcess,
  gaussianLaw,
  gaussianShiftRenyi,
  hockeyStick,
  multisets,
  renyi,
  tailOf,
  tally,
} from './exact.ts';

const ORDERS = [1.5, 2, 4, 16, 64];
/** Room for the last digits of sums of probabilities. */
const ROUNDING = 1 + 1e-9;

/** Units of which each has the given rows. */
function unitsOf(...rows: readonly (readonly number[])[]): Contributions {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((own, unit) => (starts[unit + 1] = starts[unit]! + own.length));
  return { count: rows.length, starts, rows: Int32Array.from(rows.flat()) };
}

describe('counts', () => {
  it('change by at most 1 each and sqrt(rows of a unit) together when a unit is taken away', () => {
    const unit = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 6 }), (rows) => {
        const all = countUnits(unitsOf(...rows), 6, (row) => row);
        const fewer = countUnits(unitsOf(...rows.slice(1)), 6, (row) => row);
        const changes = [...all].map((count, bin) => count - fewer[bin]!);
        expect(changes.every((change) => change === 0 || change === 1)).toBe(true);
        expect(changes.reduce((sum, change) => sum + change, 0)).toBeLessThanOrEqual(
          rows[0]!.length,
        );
        const values = countValues(unitsOf(...rows), (row) => (row === 0 ? null : `v${row}`));
        for (const [value, count] of values) expect(all[Number(value.slice(1))]).toBe(count);
        expect(values.has('v0')).toBe(false);
      }),
    );
  });

  it.each([1, 3])('cost what their phase says, for units of %s rows', (contributions) => {
    for (const noiseMultiplier of [0.7, 2.5, 10]) {
      const variance = deviationOf({ noiseMultiplier, contributions }) ** 2;
      const phase: Phase = {
        mechanism: 'discrete_gaussian',
        noise_multiplier: noiseMultiplier,
        steps: 1,
      };
      for (const order of ORDERS) {
        // A unit moves `contributions` counts by one each; the noise of each is independent.
        const paid = contributions * gaussianShiftRenyi(variance, order);
        expect(paid).toBeLessThanOrEqual(composedRdp([phase], order) * ROUNDING);
        expect(paid).toBeGreaterThan(0.9 * composedRdp([phase], order));
      }
    }
  });

  it('carry the noise that was asked for: sqrt(contributions) x multiplier', () => {
    const noise = { noiseMultiplier: 2.5, contributions: 4 };
    const noisy = noisyCounts(new Int32Array(20_000), noise, privateRandomForTests('counts'));
    const variance = noisy.reduce((sum, x) => sum + x * x, 0) / noisy.length;
    expect(Math.abs(variance / 25 - 1)).toBeLessThan(3.4 * Math.sqrt(2 / noisy.length));
  });
});

describe('the bound on the tail', () => {
  it('is above the exact tail, and not by much', () => {
    for (const deviation of [0.8, 2.5, 12, 80]) {
      const law = gaussianLaw(deviation ** 2);
      for (const distance of [0.5, 2, 4, 5.5]) {
        const least = Math.max(1, Math.round(distance * deviation));
        const exact = tailOf(law, least);
        expect(tailBound(deviation, least)).toBeGreaterThanOrEqual(exact);
        expect(tailBound(deviation, least)).toBeLessThan(exact * Math.exp(9 / deviation + 0.01));
      }
    }
  });
});

describe('values above a threshold', () => {
  it('that one unit makes visible are released with probability delta at most', () => {
    for (const noiseMultiplier of [1, 6.5, 60]) {
      for (const contributions of [1, 2, 5]) {
        for (const delta of [1e-2, 1e-5, 1e-9]) {
          const noise = { noiseMultiplier, contributions, delta };
          const threshold = releaseThreshold(noise);
          const law = gaussianLaw(deviationOf(noise) ** 2);
          const one = tailOf(law, threshold - LEAST_UNITS);
          expect(1 - (1 - one) ** contributions).toBeLessThanOrEqual(delta * ROUNDING);
          // No larger than it must be.
          expect(tailBound(deviationOf(noise), threshold - LEAST_UNITS - 1)).toBeGreaterThan(
            delta / contributions,
          );
        }
      }
    }
  });

  /** Probability of every set of released values, from the tails alone. */
  function released(table: readonly string[], threshold: number, law: Map<number, number>) {
    const values = ['a', 'b', 'c'];
    const shown = values.map((value) => {
      const count = table.filter((cell) => cell === value).length;
      return count < LEAST_UNITS ? 0 : tailOf(law, threshold - count);
    });
    return Array.from({ length: 8 }, (_, set) =>
      shown.reduce((p, q, i) => p * ((set >> i) & 1 ? q : 1 - q), 1),
    );
  }

  it('are (epsilon, delta)-private between all neighbouring tables of up to 7 records', () => {
    for (const noiseMultiplier of [0.8, 1.5, 4]) {
      for (const failing of [0.1, 0.003]) {
        const noise = { noiseMultiplier, contributions: 1, delta: failing };
        const threshold = releaseThreshold(noise);
        const law = gaussianLaw(noiseMultiplier ** 2);
        const phase: Phase = {
          mechanism: 'discrete_gaussian',
          noise_multiplier: noiseMultiplier,
          steps: 1,
          delta: failing,
        };
        for (const delta of [failing * 1.01, failing * 2]) {
          const { epsilon } = epsilonOf({ phases: [phase], delta });
          for (const table of multisets(['a', 'b', 'c'], 6)) {
            for (const more of ['a', 'b', 'c']) {
              const p = released(table, threshold, law);
              const q = released([...table, more], threshold, law);
              expect(hockeyStick(p, q, epsilon)).toBeLessThanOrEqual(delta);
              expect(hockeyStick(q, p, epsilon)).toBeLessThanOrEqual(delta);
            }
          }
        }
      }
    }
  });

  it('are drawn with the probabilities of that law', () => {
    const noise = { noiseMultiplier: 3, contributions: 1, delta: 0.05 };
    const law = gaussianLaw(9);
    const threshold = releaseThreshold(noise);
    const random = privateRandomForTests('released');
    const counts = new Map([
      ['b', threshold + 2],
      ['a', threshold],
      ['c', LEAST_UNITS],
    ]);
    const names = ['a', 'b', 'c'];
    const drawn = tally(8000, () => {
      const found = frequentValues(counts, noise, random);
      expect(found.map(({ value }) => value)).toEqual(found.map(({ value }) => value).toSorted());
      expect(found.every(({ count }) => count >= threshold)).toBe(true);
      return found.reduce((set, { value }) => set + 2 ** names.indexOf(value), 0);
    });
    const shown = names.map((name) => tailOf(law, threshold - counts.get(name)!));
    const expected = new Map(
      Array.from({ length: 8 }, (_, set) => [
        set,
        shown.reduce((p, q, i) => p * ((set >> i) & 1 ? q : 1 - q), 1),
      ]),
    );
    expect(chiSquareExcess(drawn, expected, 8000)).toBeLessThan(3.4);
  });

  it('are none of what a handful have, whatever the noise, and delta 0 is refused', () => {
    const noise = { noiseMultiplier: 500, contributions: 1, delta: 0.5 };
    for (let i = 0; i < 200; i++) {
      const counts = new Map([
        ['only here', 1],
        ['and there', LEAST_UNITS - 1],
      ]);
      expect(frequentValues(counts, noise, systemRandom())).toEqual([]);
    }
    expect(() => releaseThreshold({ ...noise, delta: 0 })).toThrow(RangeError);
  });
});

/** The law of the exponential mechanism on these losses. */
function choiceLaw(losses: readonly number[], noiseMultiplier: number, sensitivity: number) {
  const least = Math.min(...losses);
  const weights = losses.map((loss) =>
    Math.exp(-(loss - least) / (2 * sensitivity * noiseMultiplier)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

describe('quantiles', () => {
  const GRID = evenGrid(0, 4, 4);
  const SHARES = [HALF, { num: 1, den: 4 }, { num: 9, den: 10 }];

  it.each([1, 2])('are private between all tables that differ by %s values', (contributions) => {
    for (const share of SHARES) {
      const sensitivity = quantileSensitivity(share, contributions);
      for (const noiseMultiplier of [0.4, 1, 5]) {
        const epsilon = 1 / noiseMultiplier;
        const phase: Phase = {
          mechanism: 'exponential',
          noise_multiplier: noiseMultiplier,
          steps: 1,
        };
        const lawOn = (values: readonly number[]): number[] => {
          const sorted = Float64Array.from(values).sort();
          return choiceLaw(quantileLosses(sorted, GRID, share), noiseMultiplier, sensitivity);
        };
        const added = multisets([-1, 0, 1, 2.5, 4], contributions);
        for (const table of multisets([0, 1, 2.5, 4], 4)) {
          const p = lawOn(table);
          for (const more of added) {
            const q = lawOn([...table, ...more]);
            const ratios = p.map((a, i) => Math.log(a / q[i]!));
            // Not only each log-ratio but the range of all of them is at most epsilon.
            expect(Math.max(...ratios) - Math.min(...ratios)).toBeLessThanOrEqual(epsilon + 1e-9);
            for (const order of ORDERS) {
              const paid = composedRdp([phase], order) * ROUNDING + 1e-12;
              expect(renyi(p, q, order)).toBeLessThanOrEqual(paid);
              expect(renyi(q, p, order)).toBeLessThanOrEqual(paid);
            }
          }
        }
      }
    }
  });

  it('are chosen with the probabilities of that law', () => {
    const random = privateRandomForTests('quantile');
    const values = Float64Array.of(3, 0, 1, 1, 3, 4, 2);
    const noise = { noiseMultiplier: 0.8, contributions: 2 };
    for (const share of SHARES) {
      const losses = quantileLosses(values.toSorted(), GRID, share);
      const law = choiceLaw(losses, 0.8, quantileSensitivity(share, 2));
      const drawn = tally(10_000, () => privateQuantile(values, GRID, share, noise, random));
      expect(chiSquareExcess(drawn, new Map(law.entries()), 10_000)).toBeLessThan(3.4);
    }
  });

  it('lie near the quantile of many values', () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => (i % 1000) / 10);
    const noise = { noiseMultiplier: 10, contributions: 1 };
    const grid = evenGrid(-50, 150, 1000);
    const at = (share: { num: number; den: number }): number =>
      privateQuantile(values, grid, share, noise, systemRandom());
    expect(Math.abs(at(HALF) - 50)).toBeLessThan(6);
    expect(Math.abs(at({ num: 9, den: 10 }) - 90)).toBeLessThan(6);
  });

  it('losses are those of counting', () => {
    const cell = fc.integer({ min: -2, max: 6 });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), (cells) => {
        const losses = quantileLosses(Float64Array.from(cells).sort(), GRID, { num: 1, den: 4 });
        for (const [i, point] of GRID.entries()) {
          const below = cells.filter((x) => x < point).length;
          const above = cells.filter((x) => x > point).length;
          expect(losses[i]).toBe(Math.abs(above - 3 * below));
        }
      }),
    );
  });

  it('have something to choose from', () => {
    const noise = { noiseMultiplier: 1, sensitivity: 1 };
    expect(() => exponentialChoice([], noise, systemRandom())).toThrow(RangeError);
    expect(exponentialChoice([7], noise, systemRandom())).toBe(0);
  });
});

describe('means', () => {
  const values = Array.from({ length: 2000 }, (_, row) => (row % 101) - 10);
  const units = unitsOf(...Array.from({ length: 1000 }, (_, u) => [2 * u, 2 * u + 1]));
  const clipped = values.map((v) => Math.min(80, Math.max(0, v)));
  const truth = clipped.reduce((sum, v) => sum + v, 0) / clipped.length;

  it.each([2, 9])('are off as much as noise multiplier %s says', (noiseMultiplier) => {
    const random = privateRandomForTests(`mean ${noiseMultiplier}`);
    const noise = { noiseMultiplier, contributions: 2 };
    const off = Array.from(
      { length: 1500 },
      () => privateMean(units, (row) => values[row]!, [0, 80], noise, random) - truth,
    );
    const middle = off.reduce((sum, x) => sum + x, 0) / off.length;
    const variance = off.reduce((sum, x) => sum + x * x, 0) / off.length;
    // Sum: half the range for each of two values; count: the mean is not in the middle.
    const one = (2 * noiseMultiplier) / values.length;
    const expected = (one * 40) ** 2 + (one * (truth - 40)) ** 2;
    expect(Math.abs(middle)).toBeLessThan(3.4 * Math.sqrt(expected / off.length) + 0.001);
    expect(Math.abs(variance / expected - 1)).toBeLessThan(3.4 * Math.sqrt(2 / off.length) + 0.02);
  });

  it('stay within the bounds, whatever the records and the noise', () => {
    const noise = { noiseMultiplier: 50, contributions: 1 };
    for (let i = 0; i < 100; i++) {
      const mean = privateMean(unitsOf([0], [1]), () => 1e300, [3, 5], noise, systemRandom());
      expect(mean).toBeGreaterThanOrEqual(3);
      expect(mean).toBeLessThanOrEqual(5);
    }
    expect(() => privateMean(unitsOf(), () => 0, [5, 5], noise, systemRandom())).toThrow(
      RangeError,
    );
  });

  it('leave out what is not there', () => {
    const noise = { noiseMultiplier: 0.05, contributions: 1 };
    const rows = unitsOf(...Array.from({ length: 100 }, (_, row) => [row]));
    const half = (row: number): number => (row % 2 === 0 ? 8 : NaN);
    expect(privateMean(rows, half, [0, 10], noise, systemRandom())).toBeCloseTo(8, 0);
  });
});
