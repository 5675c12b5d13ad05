import type { Compared, Interval, Rate } from '../contract/review.ts';
import type { GroupDraws } from './draws.ts';
import { fisherP } from './fisher.ts';
import { katz, newcombe, reach, wilson } from './intervals.ts';
import { sharesOf, type Measurement } from './metrics.ts';
import { normalTail } from './normal-tail.ts';
import { percentiles, varianceOf } from './quantiles.ts';

/** How sure the rates of one attribute's groups are; groups by their place. */
export interface Certainty {
  readonly rate: (group: number, rate: Rate, level: number) => Interval | null;
  readonly difference: Compare<Interval | null>;
  readonly ratio: Compare<Interval | null>;
  /** That the two groups' rates are the same; null where that cannot be tested. */
  readonly p: (group: number, base: number, rate: Compared) => number | null;
  /** Variance of a group's rate, never 0. */
  readonly variance: (group: number, rate: Compared) => number | null;
}

type Compare<T> = (group: number, base: number, rate: Compared, level: number) => T;

/** Every row is another person: Wilson, Newcombe, Katz, Fisher. */
export function ofRows(measured: readonly Measurement[]): Certainty {
  const share = (group: number, rate: Rate) => measured[group]!.shares[rate];
  return {
    rate: (group, rate, level) => wilson(share(group, rate), level),
    difference: (group, base, rate, level) =>
      newcombe(share(group, rate), share(base, rate), level),
    ratio: (group, base, rate, level) => katz(share(group, rate), share(base, rate), level),
    p: (group, base, rate) => fisherP(share(group, rate), share(base, rate)),
    variance: (group, rate) => {
      const { count, total } = share(group, rate);
      // One of either outcome more (Agresti and Caffo 2000): at 0 and at all the spread is not 0.
      const p = (count + 1) / (total + 2);
      return (p * (1 - p)) / (total + 2);
    },
  };
}

/** Draws that must lie outside an interval on each side for its ends to be read off them. */
const LEAST_OUTSIDE = 10;

/**
 * Rows share persons: percentiles of the draws, and where the level is too high for so many draws a
 * normal interval with their variance; p of the normal test with that variance (Wald).
 */
export function ofPersons(measured: readonly Measurement[], made: GroupDraws): Certainty {
  const known = new Map<string, Float64Array>();
  const drawn = (group: number, rate: Rate): Float64Array => {
    const key = `${group} ${rate}`;
    let values = known.get(key);
    if (values === undefined) known.set(key, (values = rateDraws(made, group, rate)));
    return values;
  };
  const valueOf = (group: number, rate: Rate): number => {
    const { count, total } = measured[group]!.shares[rate];
    return count / total;
  };
  const between = (
    value: number,
    draws: Float64Array,
    level: number,
    back: (of: number) => number,
  ): Interval | null => {
    if ((made.draws * (1 - level)) / 2 >= LEAST_OUTSIDE) {
      const interval = percentiles(draws, level);
      return interval && [back(interval[0]), back(interval[1])];
    }
    const variance = varianceOf(draws);
    if (variance === null || !Number.isFinite(value)) return null;
    const half = reach(level) * Math.sqrt(variance);
    return [back(value - half), back(value + half)];
  };
  const differences = (group: number, base: number, rate: Rate): Float64Array => {
    const others = drawn(base, rate);
    return drawn(group, rate).map((value, draw) => value - others[draw]!);
  };
  const logRatios = (group: number, base: number, rate: Rate): Float64Array => {
    const others = drawn(base, rate);
    return drawn(group, rate).map((value, draw) => {
      const log = Math.log(value / others[draw]!);
      return Number.isFinite(log) ? log : NaN;
    });
  };
  return {
    rate: (group, rate, level) => percentiles(drawn(group, rate), level),
    difference: (group, base, rate, level) => {
      const value = valueOf(group, rate) - valueOf(base, rate);
      return between(value, differences(group, base, rate), level, (of) =>
        Math.max(-1, Math.min(1, of)),
      );
    },
    ratio: (group, base, rate, level) => {
      const value = Math.log(valueOf(group, rate) / valueOf(base, rate));
      return between(value, logRatios(group, base, rate), level, Math.exp);
    },
    p: (group, base, rate) => {
      const value = valueOf(group, rate) - valueOf(base, rate);
      const variance = varianceOf(differences(group, base, rate));
      if (variance === null || variance === 0) return null;
      return Math.min(1, 2 * normalTail(Math.abs(value) / Math.sqrt(variance)));
    },
    variance: (group, rate) => {
      const variance = varianceOf(drawn(group, rate));
      return variance === 0 ? null : variance;
    },
  };
}

function rateDraws({ draws, groups, four }: GroupDraws, group: number, rate: Rate): Float64Array {
  const values = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const at = 4 * (draw * groups + group);
    const counts = { tn: four[at]!, fn: four[at + 1]!, fp: four[at + 2]!, tp: four[at + 3]! };
    const { count, total } = sharesOf(counts)[rate];
    values[draw] = count / total;
  }
  return values;
}
