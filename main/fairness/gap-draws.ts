import type { Compared, Gap, GapDraws, GapGroups } from '../contract/review.ts';
import type { GroupDraws } from './draws.ts';
import { percentiles, quantile, sortedDraws } from './quantiles.ts';

/** Lots reach a gap when they come this close to it (rounding). */
const SAME = 1e-12;

/** Numerator and denominator of a rate among the four counts at place `at`. */
const PARTS: Readonly<
  Record<Compared, (four: ArrayLike<number>, at: number) => readonly [number, number]>
> = {
  selection_rate: (four, at) => {
    const selected = four[at + 2]! + four[at + 3]!;
    return [selected, selected + four[at]! + four[at + 1]!];
  },
  tpr: (four, at) => [four[at + 3]!, four[at + 1]! + four[at + 3]!],
  fpr: (four, at) => [four[at + 2]!, four[at]! + four[at + 2]!],
  ppv: (four, at) => [four[at + 3]!, four[at + 2]! + four[at + 3]!],
};

/**
 * The interval of each gap of one attribute (percentiles of the gaps of its groups drawn anew), and what
 * gaps lots alone give: a largest difference is never below 0, so that groups that are equal in truth
 * show one too. p is of Phipson and Smyth 2010 (Stat. Appl. Genet. Mol. Biol. 9, 39): never 0.
 */
export function gapDrawsOf(
  gaps: Readonly<Record<Gap, number | null>>,
  over: GapGroups,
  names: readonly string[],
  made: GroupDraws,
  lots: GroupDraws | null,
  level: number,
): Partial<Record<Gap, GapDraws>> {
  const places = new Map(names.map((name, at) => [name, at]));
  const shown = (rate: Compared): number[] => over[rate].shown.map((name) => places.get(name)!);
  const drawn = drawnGaps(made, shown);
  const byLot = lots && drawnGaps(lots, shown);
  const known = (Object.entries(gaps) as [Gap, number | null][]).filter(
    (entry): entry is [Gap, number] => entry[1] !== null,
  );
  return Object.fromEntries(
    known.map(([gap, value]): [Gap, GapDraws] => [
      gap,
      {
        interval: mutable(percentiles(drawn[gap], level)),
        chance: byLot && chanceOf(value, byLot[gap], gap.endsWith('_ratio'), level),
      },
    ]),
  );
}

function mutable(interval: readonly [number, number] | null): [number, number] | null {
  return interval && [interval[0], interval[1]];
}

function chanceOf(
  value: number,
  draws: Float64Array,
  isRatio: boolean,
  level: number,
): GapDraws['chance'] {
  const sorted = sortedDraws(draws);
  if (sorted === null) return null;
  const reached = sorted.filter((one) => (isRatio ? one <= value + SAME : one >= value - SAME));
  return {
    middle: quantile(sorted, 0.5),
    far: quantile(sorted, isRatio ? 1 - level : level),
    p: (reached.length + 1) / (sorted.length + 1),
  };
}

/** Every gap in every draw over the groups shown; NaN where fewer than two have a rate. */
function drawnGaps(
  made: GroupDraws,
  shown: (rate: Compared) => number[],
): Record<Gap, Float64Array> {
  const selection = ranges(made, 'selection_rate', shown('selection_rate'));
  const tpr = ranges(made, 'tpr', shown('tpr'));
  const fpr = ranges(made, 'fpr', shown('fpr'));
  const ppv = ranges(made, 'ppv', shown('ppv'));
  return {
    demographic_parity_difference: selection.difference,
    demographic_parity_ratio: selection.ratio,
    equalized_odds_difference: tpr.difference.map((one, at) => Math.max(one, fpr.difference[at]!)),
    equalized_odds_ratio: tpr.ratio.map((one, at) => Math.min(one, fpr.ratio[at]!)),
    equal_opportunity_difference: tpr.difference,
    predictive_parity_difference: ppv.difference,
  };
}

function ranges({ draws, groups, four }: GroupDraws, rate: Compared, shown: readonly number[]) {
  const difference = new Float64Array(draws).fill(NaN);
  const ratio = new Float64Array(draws).fill(NaN);
  for (let draw = 0; draw < draws; draw++) {
    let [low, high, known] = [Infinity, -Infinity, 0];
    for (const group of shown) {
      const [count, total] = PARTS[rate](four, 4 * (draw * groups + group));
      if (total === 0) continue;
      known++;
      low = Math.min(low, count / total);
      high = Math.max(high, count / total);
    }
    if (known < 2) continue;
    difference[draw] = high - low;
    if (high > 0) ratio[draw] = low / high;
  }
  return { difference, ratio };
}
