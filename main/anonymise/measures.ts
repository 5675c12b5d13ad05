import type { Aggregate, QualityMeasure } from '../contract/anonymise.ts';
import { combineBy, LevelTerms, type Combine } from './aggregates.ts';
import { recordsIn, type Classes } from './classes.ts';
import { entropyMeasure } from './entropy.ts';
import { lossMeasure } from './loss.ts';
import { weightsOf, type Measure, type Weights } from './measure.ts';

export interface MeasureOptions {
  readonly metric: QualityMeasure;
  readonly gsFactor: number;
  readonly aggregate?: Aggregate | undefined;
}

/** The measure of a plan over records whose distinct original tuples are `base`. */
export function measureOf(options: MeasureOptions, base: Classes): Measure {
  const weights = weightsOf(options.gsFactor);
  const combined = combineOf(options, base.levels.length);
  switch (options.metric) {
    case 'loss':
      return lossMeasure(base, weights, combined);
    case 'nuentropy':
      return entropyMeasure(base, weights, combined);
    case 'precision':
      return precisionMeasure(base, weights, combined);
    case 'discernibility':
      return discernibilityMeasure(recordsIn(base));
    case 'average-class-size':
      return classSizeMeasure(recordsIn(base), weights);
  }
}

/** What each measure makes of its attributes unless the plan says otherwise. */
const USUAL: Readonly<Record<QualityMeasure, Exclude<Aggregate, 'NONE'>>> = {
  loss: 'GEOMETRIC_MEAN',
  nuentropy: 'SUM',
  precision: 'ARITHMETIC_MEAN',
  // These two do not add up attributes.
  discernibility: 'SUM',
  'average-class-size': 'SUM',
};

/** How a plan makes one score of those of its attributes. */
export function combineOf(
  { aggregate = 'NONE', metric }: Pick<MeasureOptions, 'aggregate' | 'metric'>,
  attributes: number,
): Combine {
  return combineBy(aggregate === 'NONE' ? USUAL[metric] : aggregate, attributes);
}

/** Discernibility (Bayardo, Agrawal 2005): n^2 per kept class, N n per suppressed one. */
function discernibilityMeasure(rows: number): Measure {
  const squares = ({ count, sizes }: Classes): number => {
    let sum = 0;
    for (let c = 0; c < count; c++) sum += sizes[c]! * sizes[c]!;
    return sum;
  };
  return {
    floor: () => 0,
    floorOfClasses: squares,
    cost: (classes, lost) => {
      // A suppressed record costs N instead of n; at a finer node its n is no larger.
      let extra = 0;
      for (let c = 0; c < classes.count; c++) extra += lost[c]! * (rows - classes.sizes[c]!);
      return {
        score: squares(classes) + extra,
        scoreAtLeast: (_, floor) => floor + extra,
      };
    },
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
    cost: ({ count }, lost, suppressed) => {
      let kept = count;
      for (let c = 0; c < count; c++) kept -= lost[c]! > 0 ? 1 : 0;
      const classes = kept * weights.suppressed + (suppressed > 0 ? weights.generalised : 0);
      return { score: rows / classes, scoreAtLeast: (_, floor) => floor };
    },
  };
}

/**
 * One minus Sweeney's precision (2002), per attribute the mean over records of level / highest
 * level; a suppressed record counts as fully generalised.
 */
function precisionMeasure(base: Classes, weights: Weights, combined: Combine): Measure {
  const rows = recordsIn(base);
  const heights = base.layout.hierarchies.map(({ height }) => height);
  const costOfKept = (j: number, level: number): number => {
    const top = heights[j]! - 1;
    return top === 0 ? 0 : (level / top) * weights.generalised;
  };
  const cost = (j: number, level: number, suppressed: number): number =>
    ((rows - suppressed) * costOfKept(j, level) + suppressed * weights.suppressed) / rows;
  // With a low sF it may be cheaper to suppress: then all records might be.
  const atLeast = (suppressed: number): LevelTerms =>
    new LevelTerms(combined, heights, (j, level) =>
      Math.min(cost(j, level, suppressed), weights.suppressed),
    );
  const terms = atLeast(0);
  return {
    floor: (levels) => terms.at(levels),
    floorOfClasses: null,
    cost: ({ levels }, _, suppressed) => {
      const score = combined.of(
        Float64Array.from(levels, (level, j) => cost(j, level, suppressed)),
      );
      const finer = atLeast(suppressed);
      return { score, scoreAtLeast: (at) => finer.at(at) };
    },
  };
}
