import {
  COMPARED,
  type AttributeComparison,
  type Compared,
  type Comparison,
  type FigureReason,
  type Interval,
} from '../contract/review.ts';
import type { Certainty } from './certainty.ts';
import type { Grouping, Reference } from './groups.ts';
import type { Measurement } from './metrics.ts';
import { reasonOf, type WithholdRule } from './withhold.ts';

/** One attribute with all that its comparisons are made from. */
export interface Compare {
  readonly grouping: Grouping;
  readonly measured: readonly Measurement[];
  readonly certainty: Certainty;
  readonly reference: Reference;
}

/** Comparisons of one attribute, and why some of their figures are null (by path below it). */
interface AttributeCompared {
  readonly comparison: AttributeComparison;
  readonly reasons: ReadonlyMap<string, FigureReason>;
}

/**
 * Every other group against the reference group: signed difference (group minus reference) and ratio
 * (group over reference), each with its own interval (of independent rows: Newcombe's and Katz's), without
 * a correction for the number of comparisons.
 */
export function compareGroups(
  compare: Compare,
  level: number | undefined,
  rule: WithholdRule,
): AttributeCompared {
  const { grouping, measured, reference } = compare;
  const reasons = new Map<string, FigureReason>();
  const base = grouping.names.indexOf(reference.group);
  const groups = [...grouping.names.entries()].filter(([at]) => at !== base);
  const compared = groups.map(([at, name]): [string, Record<Compared, Comparison>] => {
    const rates = COMPARED.map((rate): [Compared, Comparison] => {
      const [own, other] = [measured[at]!, measured[base]!];
      const reason = reasonOfBoth(rate, own, other, rule);
      const comparison = comparedRate(compare, { at, base, rate, reason }, level);
      for (const field of Object.keys(comparison) as (keyof Comparison)[])
        if (comparison[field] === null)
          reasons.set(`groups.${name}.${rate}.${field}`, reason ?? 'undefined');
      return [rate, comparison];
    });
    return [name, Object.fromEntries(rates) as Record<Compared, Comparison>];
  });
  return {
    comparison: {
      reference: reference.group,
      chosen: reference.chosen,
      groups: Object.fromEntries(compared),
    },
    reasons,
  };
}

/** Why two groups cannot be compared in a rate, or null when they can. */
export function reasonOfBoth(
  rate: Compared,
  own: Measurement,
  other: Measurement,
  rule: WithholdRule,
): FigureReason | null {
  return reasonOf(rate, own.figures[rate], rule) ?? reasonOf(rate, other.figures[rate], rule);
}

interface Pair {
  readonly at: number;
  readonly base: number;
  readonly rate: Compared;
  readonly reason: FigureReason | null;
}

function comparedRate(
  { measured, certainty }: Compare,
  { at, base, rate, reason }: Pair,
  level: number | undefined,
): Comparison {
  const a = measured[at]!.figures[rate].value;
  const b = measured[base]!.figures[rate].value;
  const known = reason === null && a !== null && b !== null;
  const comparison: Comparison = {
    difference: known ? a - b : null,
    ratio: known && b !== 0 ? a / b : null,
  };
  if (level === undefined) return comparison;
  const both = [at, base, rate, level] as const;
  comparison.difference_interval = known ? pair(certainty.difference(...both)) : null;
  comparison.ratio_interval = known ? pair(certainty.ratio(...both)) : null;
  return comparison;
}

function pair(interval: Interval | null): [number, number] | null {
  return interval && [interval[0], interval[1]];
}
