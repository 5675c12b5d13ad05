import {
  RATES,
  type FigureIntervals,
  type FigureReason,
  type Interval,
} from '../contract/review.ts';
import type { Certainty } from './certainty.ts';
import type { ScoreDraws } from './draws.ts';
import { deLong, meanInterval } from './intervals.ts';
import type { Measurement } from './metrics.ts';
import { percentiles } from './quantiles.ts';
import { reasonOf, type WithholdRule } from './withhold.ts';

/** What the intervals of one group are made from. */
export interface IntervalSource {
  readonly measured: readonly Measurement[];
  readonly certainty: Certainty;
  readonly scores: ScoreDraws | null;
}

/**
 * Intervals of a group's figures: Wilson for rates, DeLong for the AUC, the normal interval of a mean
 * for the Brier score and the calibration in the large, percentiles of draws for the calibration error;
 * all of them percentiles where persons were drawn. None where the figure itself is not shown, nor where
 * DeLong's variance is 0 (perfect separation in a small group): a point is no interval.
 */
export function figureIntervals(
  { measured, certainty, scores }: IntervalSource,
  group: number,
  level: number,
  rule: WithholdRule,
  refuse: (name: string, reason: FigureReason) => void,
): FigureIntervals {
  const { figures, roc, brier, bias } = measured[group]!;
  const intervals: FigureIntervals = {};
  const add = (name: keyof FigureIntervals, of: () => Interval | null): void => {
    const reason = reasonOf(name, figures[name], rule);
    const interval = reason === null ? of() : null;
    intervals[name] = interval && [interval[0], interval[1]];
    if (!interval) refuse(name, reason ?? 'undefined');
  };
  const drawn = (draws: Float64Array): Interval | null =>
    percentiles(
      Float64Array.from(
        { length: draws.length / measured.length },
        (_, draw) => draws[draw * measured.length + group]!,
      ),
      level,
    );
  for (const name of RATES) add(name, () => certainty.rate(group, name, level));
  if (!brier || !bias) return intervals;
  const persons = scores?.auc !== undefined && scores.brier !== undefined ? scores : null;
  add('auc', () => {
    if (persons?.auc) return drawn(persons.auc);
    return roc?.standardError ? deLong(roc, level) : null;
  });
  add('brier', () => (persons?.brier ? drawn(persons.brier) : meanInterval(brier, level)));
  add('calibration_in_the_large', () =>
    persons ? drawn(persons.bias) : meanInterval(bias, level),
  );
  add('ece', () => scores && drawn(scores.ece));
  return intervals;
}
