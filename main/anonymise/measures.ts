import type { Aggregate, QualityMeasure } from '../contract/anonymise.ts';
import type { Classes } from './classes.ts';
import { entropyMeasure } from './entropy.ts';
import type { Hierarchy } from './hierarchy.ts';
import { lossMeasure } from './loss.ts';
import { weightsOf, type Combine, type Measure, type Weights } from './measure.ts';

export interface MeasureOptions {
  readonly metric: QualityMeasure;
  readonly gsFactor: number;
  readonly aggregate?: Aggregate | undefined;
}

/** The measure of a plan over records whose distinct original tuples are `base`. */
export function measureOf(
  options: MeasureOptions,
  base: Classes,
  hierarchies: readonly Hierarchy[],
): Measure {
  const weights = weightsOf(options.gsFactor);
  const rows = base.sizes.reduce((sum, size) => sum + size, 0);
  switch (options.metric) {
    case 'loss':
      return lossMeasure(base, rows, hierarchies, weights, combine(options));
    case 'nuentropy':
      return entropyMeasure(base, hierarchies, weights, combine(options));
    case 'precision':
      return precisionMeasure(rows, hierarchies, weights, combine(options));
    case 'discernibility':
      return discernibilityMeasure(rows);
    case 'average-class-size':
      return classSizeMeasure(rows, weights);
  }
}

/** What each measure makes of its attributes unless the plan says otherwise. */
const USUAL: Readonly<Record<QualityMeasure, Aggregate>> = {
  loss: 'GEOMETRIC_MEAN',
  nuentropy: 'SUM',
  precision: 'ARITHMETIC_MEAN',
  discernibility: 'NONE',
  'average-class-size': 'NONE',
};

/** How a plan makes one score of those of its attributes. */
export function combine({ aggregate, metric }: MeasureOptions): Combine {
  switch (aggregate === undefined || aggregate === 'NONE' ? USUAL[metric] : aggregate) {
    case 'SUM':
      return (values) => values.reduce((sum, value) => sum + value, 0);
    case 'MAXIMUM':
      return (values) => values.reduce((most, value) => Math.max(most, value), 0);
    case 'ARITHMETIC_MEAN':
      return (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
    case 'GEOMETRIC_MEAN':
    case 'NONE':
      return (values) =>
        values.reduce((product, value) => product * Math.pow(value + 1, 1 / values.length), 1) - 1;
  }
}

/** Discernibility (Bayardo, Agrawal 2005): n^2 per kept class, N n per suppressed one. */
function discernibilityMeasure(rows: number): Measure {
  return {
    floor: () => 0,
    floorOfClasses: ({ sizes }) => sizes.reduce((sum, size) => sum + size * size, 0),
    score: ({ sizes }, { failing }) =>
      sizes.reduce((sum, size, c) => sum + size * (failing[c] ? rows : size), 0),
  };
}

/**
 * Average class size (LeFevre et al. 2006, not divided by k): N / classes, all suppressed records
 * together being one class. As in ARX a gs factor below 0.5 counts kept classes for less, one
 * above 0.5 the suppressed class.
 */
function classSizeMeasure(rows: number, weights: Weights): Measure {
  const most = Math.max(weights.generalised, weights.suppressed);
  return {
    floor: () => 0,
    floorOfClasses: ({ count }) => rows / (count * most),
    score: ({ count }, { failing, suppressed }) => {
      const kept = failing.reduce((sum, fails) => sum - fails, count);
      const classes = kept * weights.suppressed + (suppressed > 0 ? weights.generalised : 0);
      return rows / classes;
    },
  };
}

/**
 * One minus Sweeney's precision (2002), per attribute the mean over records of level / highest
 * level; a suppressed record counts as fully generalised.
 */
function precisionMeasure(
  rows: number,
  hierarchies: readonly Hierarchy[],
  weights: Weights,
  combined: Combine,
): Measure {
  const share = (level: number, j: number): number => {
    const top = hierarchies[j]!.height - 1;
    return top === 0 ? 0 : (level / top) * weights.generalised;
  };
  const perAttribute = (levels: readonly number[], cost: (kept: number) => number): number =>
    combined(Float64Array.from(levels, (level, j) => cost(share(level, j))));
  const floor = (levels: readonly number[]): number =>
    perAttribute(levels, (kept) => Math.min(kept, weights.suppressed));
  return {
    floor,
    floorOfClasses: ({ levels }) => floor(levels),
    score: ({ levels }, { suppressed }) =>
      perAttribute(
        levels,
        (kept) => ((rows - suppressed) * kept + suppressed * weights.suppressed) / rows,
      ),
  };
}
