import {
  COMPARED,
  type Compared,
  type FigureReason,
  type Gap,
  type GapGroups,
} from '../contract/review.ts';
import type { Measurement } from './metrics.ts';
import { reasonOf, type WithholdRule } from './withhold.ts';

/** The gaps of one attribute, why some are null, and the groups each rate was compared over. */
export interface AttributeGaps {
  readonly gaps: Readonly<Record<Gap, number | null>>;
  readonly reasons: ReadonlyMap<Gap, FigureReason>;
  readonly over: GapGroups;
}

/**
 * Worst-case gaps between groups: largest minus smallest rate, and smallest over largest, over
 * the groups whose rate is defined and not withheld; null with fewer than two of those, or for a
 * ratio whose largest rate is 0. Equalized odds takes the worse of true and false positive rate.
 * Sources: demographic parity: Calders, Kamiran, Pechenizkiy 2009; equalized odds and equal
 * opportunity: Hardt, Price, Srebro 2016, section 2; predictive parity: Chouldechova 2017.
 */
export function attributeGaps(
  names: readonly string[],
  measured: readonly Measurement[],
  rule: WithholdRule,
): AttributeGaps {
  const ranges = {
    selection_rate: rangeOf('selection_rate', names, measured, rule),
    tpr: rangeOf('tpr', names, measured, rule),
    fpr: rangeOf('fpr', names, measured, rule),
    ppv: rangeOf('ppv', names, measured, rule),
  };
  const { selection_rate: selection, tpr, fpr, ppv } = ranges;
  const found: Readonly<Record<Gap, GapValue>> = {
    demographic_parity_difference: selection.difference,
    demographic_parity_ratio: selection.ratio,
    equalized_odds_difference: worse(tpr.difference, fpr.difference, Math.max),
    equalized_odds_ratio: worse(tpr.ratio, fpr.ratio, Math.min),
    equal_opportunity_difference: tpr.difference,
    predictive_parity_difference: ppv.difference,
  };
  const entries = Object.entries(found) as [Gap, GapValue][];
  return {
    gaps: Object.fromEntries(
      entries.map(([gap, value]) => [gap, typeof value === 'number' ? value : null]),
    ) as Record<Gap, number | null>,
    reasons: new Map(
      entries.flatMap(([gap, value]) => (typeof value === 'number' ? [] : [[gap, value]])),
    ),
    over: Object.fromEntries(COMPARED.map((rate) => [rate, ranges[rate].over])) as GapGroups,
  };
}

/** A figure, or why there is none. */
type GapValue = number | FigureReason;

interface Range {
  readonly difference: GapValue;
  readonly ratio: GapValue;
  readonly over: { shown: string[]; withheld: string[]; undefined: string[] };
}

function rangeOf(
  rate: Compared,
  names: readonly string[],
  measured: readonly Measurement[],
  rule: WithholdRule,
): Range {
  const over: Range['over'] = { shown: [], withheld: [], undefined: [] };
  let low = Infinity;
  let high = -Infinity;
  for (const [at, { figures }] of measured.entries()) {
    const { value } = figures[rate];
    const reason = reasonOf(rate, figures[rate], rule);
    over[reason ?? 'shown'].push(names[at]!);
    if (value === null || reason !== null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (over.shown.length < 2) {
    const reason = over.withheld.length > 0 ? 'withheld' : 'undefined';
    return { difference: reason, ratio: reason, over };
  }
  return { difference: high - low, ratio: high === 0 ? 'undefined' : low / high, over };
}

/** Both must be known: the worse of one known and one unknown gap is unknown. */
function worse(a: GapValue, b: GapValue, pick: (a: number, b: number) => number): GapValue {
  if (typeof a === 'number' && typeof b === 'number') return pick(a, b);
  return a === 'withheld' || b === 'withheld' ? 'withheld' : 'undefined';
}
