import { ConcordError } from '../contract/errors.ts';
import {
  NUMBER_FIGURES,
  type FigureReason,
  type Interval,
  type NumberFigure,
  type NumberReview,
} from '../contract/review.ts';
import { columnOf } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import { drawPersons, type Persons } from './clusters.ts';
import type { Grouping } from './groups.ts';
import { meanInterval, type Moments } from './intervals.ts';
import { percentiles } from './quantiles.ts';
import type { Seeded } from './seeded.ts';
import type { WithholdRule } from './withhold.ts';

/** Rows with a truth and a predicted number. */
export interface Residuals {
  readonly rows: Uint32Array;
  /** Truth less prediction, in the unit of the label. */
  readonly residual: Float64Array;
  readonly withoutLabel: number;
  readonly abstained: number;
}

/**
 * Throws COLUMN_UNKNOWN; COLUMN_NOT_NUMERIC; REVIEW_EMPTY where no row has both numbers.
 */
export function residualsOf(table: Table, label: string, prediction: string): Residuals {
  const [truth, predicted] = [numbersOf(table, label), numbersOf(table, prediction)];
  const rows: number[] = [];
  let withoutLabel = 0;
  let abstained = 0;
  for (let row = 0; row < table.rows; row++) {
    if (Number.isNaN(truth[row])) withoutLabel++;
    else if (Number.isNaN(predicted[row])) abstained++;
    else rows.push(row);
  }
  if (rows.length === 0) throw new ConcordError('REVIEW_EMPTY', { column: label });
  const residual = Float64Array.from(rows, (row) => truth[row]! - predicted[row]!);
  return { rows: Uint32Array.from(rows), residual, withoutLabel, abstained };
}

function numbersOf(table: Table, name: string): Float64Array {
  const column: Column = columnOf(table, name);
  if ('codes' in column || column.type === 'date' || column.type === 'boolean')
    throw new ConcordError('COLUMN_NOT_NUMERIC', { column: name, row: 1 });
  return column.values;
}

/** Sums over one group that all its figures come from. */
type Sums = Readonly<Record<'absolute' | 'square' | 'residual', Moments>>;

/** Which mean a figure is of. */
const MEAN_OF = { mae: 'absolute', rmse: 'square', mean_residual: 'residual' } as const;

/** How the figures of numbers are drawn anew. */
export interface NumberDraws {
  readonly level: number;
  readonly draws: number;
  readonly random: Seeded;
  readonly persons: Persons | null;
}

/**
 * Mean absolute error, root of the mean squared error and mean residual of everybody and of each group,
 * and the largest less the smallest between groups. Intervals: normal of a mean (of the RMSE: the root of
 * those of its square), of a gap percentiles of normal draws of each group's mean; where rows share
 * persons all are percentiles of persons drawn with their rows. `refuse` is told of each null figure.
 */
export function numberReview(
  residual: Float64Array,
  everybody: Grouping,
  all: readonly Grouping[],
  rule: WithholdRule,
  drawn: NumberDraws | null,
  refuse: (path: string, reason: FigureReason) => void,
): NumberReview {
  const of = (grouping: Grouping): Reviewed => reviewed(residual, grouping, rule, drawn);
  const overall = of(everybody);
  const groups = all.map((grouping) => [grouping, of(grouping)] as const);
  const told = (path: string, figures: Figures): Record<NumberFigure, number | null> =>
    byFigure((name) => {
      if (typeof figures[name] === 'number') return figures[name];
      refuse(`${path}.${name}`, figures[name]);
      return null;
    });
  const review: NumberReview = {
    overall: told('numbers.overall', overall.figures[0]!),
    groups: Object.fromEntries(
      groups.map(([{ attribute, names }, { figures }]) => [
        attribute,
        Object.fromEntries(
          names.map((name, at) => [
            name,
            told(`numbers.groups.${attribute}.${name}`, figures[at]!),
          ]),
        ),
      ]),
    ),
    gaps: Object.fromEntries(
      groups.map(([{ attribute }, { gaps }]) => [
        attribute,
        told(`numbers.gaps.${attribute}`, gaps),
      ]),
    ),
  };
  if (drawn === null) return review;
  return {
    ...review,
    intervals: {
      level: drawn.level,
      overall: overall.intervals[0]!,
      groups: Object.fromEntries(
        groups.map(([{ attribute, names }, { intervals }]) => [
          attribute,
          Object.fromEntries(names.map((name, at) => [name, intervals[at]!])),
        ]),
      ),
      gaps: Object.fromEntries(
        groups.map(([{ attribute }, { gapIntervals }]) => [attribute, gapIntervals]),
      ),
    },
  };
}

type Figures = Record<NumberFigure, number | FigureReason>;
type Intervals = Record<NumberFigure, [number, number] | null>;

interface Reviewed {
  readonly figures: readonly Figures[];
  readonly intervals: readonly Intervals[];
  readonly gaps: Figures;
  readonly gapIntervals: Intervals;
}

function byFigure<T>(of: (name: NumberFigure) => T): Record<NumberFigure, T> {
  return Object.fromEntries(NUMBER_FIGURES.map((name) => [name, of(name)])) as Record<
    NumberFigure,
    T
  >;
}

function reviewed(
  residual: Float64Array,
  grouping: Grouping,
  rule: WithholdRule,
  drawn: NumberDraws | null,
): Reviewed {
  const sums = sumsOf(residual, grouping);
  const isFew = ({ n }: Moments): boolean => !rule.exact && n < rule.minDenominator;
  const figures = sums.map((one) =>
    byFigure((name) =>
      isFew(one.residual) ? ('withheld' as const) : figureOf(name, one[MEAN_OF[name]]),
    ),
  );
  const shown = [...sums.keys()].filter((at) => !isFew(sums[at]!.residual));
  const gap = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const gaps = byFigure((name) =>
    shown.length < 2
      ? sums.length < 2
        ? ('undefined' as const)
        : ('withheld' as const)
      : gap(shown.map((at) => figureOf(name, sums[at]![MEAN_OF[name]]))),
  );
  const none = byFigure(() => null);
  if (drawn === null) return { figures, intervals: sums.map(() => none), gaps, gapIntervals: none };
  const { level, persons } = drawn;
  const draws = persons
    ? personMeans(residual, grouping, persons, drawn)
    : normalMeans(sums, drawn);
  const intervals = sums.map((one, at) =>
    byFigure((name) => {
      if (isFew(one.residual)) return null;
      if (persons) return pair(percentiles(series(draws, name, at), level));
      const interval = meanInterval(one[MEAN_OF[name]], level);
      return interval && pair([root(name, interval[0]), root(name, interval[1])]);
    }),
  );
  const gapIntervals = byFigure((name) => {
    if (shown.length < 2) return null;
    const each = shown.map((at) => series(draws, name, at));
    const values = Float64Array.from({ length: drawn.draws }, (_, draw) =>
      gap(each.map((one) => one[draw]!)),
    );
    return pair(percentiles(values, level));
  });
  return { figures, intervals, gaps, gapIntervals };
}

function pair(interval: Interval | null): [number, number] | null {
  return interval && [interval[0], interval[1]];
}

function figureOf(name: NumberFigure, { n, sum }: Moments): number {
  return root(name, sum / n);
}

function root(name: NumberFigure, mean: number): number {
  return name === 'rmse' ? Math.sqrt(Math.max(0, mean)) : mean;
}

function sumsOf(residual: Float64Array, { codes, sizes }: Grouping): Sums[] {
  const zeros = (): Float64Array => new Float64Array(sizes.length);
  const [absolute, plain, square, fourth] = [zeros(), zeros(), zeros(), zeros()];
  for (let at = 0; at < residual.length; at++) {
    const group = codes[at]!;
    const r = residual[at]!;
    absolute[group]! += Math.abs(r);
    plain[group]! += r;
    square[group]! += r * r;
    fourth[group]! += r ** 4;
  }
  return Array.from(sizes, (n, group) => ({
    absolute: { n, sum: absolute[group]!, squares: square[group]! },
    residual: { n, sum: plain[group]!, squares: square[group]! },
    square: { n, sum: square[group]!, squares: fourth[group]! },
  }));
}

/** Of each mean, one array a group: its value in each draw. */
type MeanDraws = Readonly<Record<keyof Sums, readonly Float64Array[]>>;

function series(draws: MeanDraws, name: NumberFigure, group: number): Float64Array {
  return draws[MEAN_OF[name]][group]!.map((mean) => root(name, mean));
}

function normalMeans(sums: readonly Sums[], { draws, random }: NumberDraws): MeanDraws {
  const of = (mean: keyof Sums): Float64Array[] =>
    sums.map((one) => {
      const { n, sum, squares } = one[mean];
      const variance = n < 2 ? NaN : Math.max(0, squares - (sum * sum) / n) / (n - 1) / n;
      const spread = Math.sqrt(variance);
      return Float64Array.from({ length: draws }, () => sum / n + spread * random.normal());
    });
  return { absolute: of('absolute'), square: of('square'), residual: of('residual') };
}

function personMeans(
  residual: Float64Array,
  { codes, names }: Grouping,
  persons: Persons,
  { draws, random }: NumberDraws,
): MeanDraws {
  const empty = (): Float64Array[] => names.map(() => new Float64Array(draws));
  const made = { absolute: empty(), square: empty(), residual: empty() };
  for (let draw = 0; draw < draws; draw++) {
    const times = drawPersons(random, persons.count);
    const n = new Float64Array(names.length);
    for (let at = 0; at < residual.length; at++) {
      const [group, weight, r] = [codes[at]!, times[persons.codes[at]!]!, residual[at]!];
      n[group]! += weight;
      made.absolute[group]![draw]! += weight * Math.abs(r);
      made.square[group]![draw]! += weight * r * r;
      made.residual[group]![draw]! += weight * r;
    }
    for (const means of Object.values(made)) {
      for (const [group, one] of means.entries()) one[draw]! /= n[group]!;
    }
  }
  return made;
}
