import {
  COMPARED,
  type AttributeComparison,
  type Compared,
  type Comparison,
  type FigureReason,
} from '../contract/review.ts';
import { katz, newcombe } from './intervals.ts';
import type { Reference } from './groups.ts';
import type { Measurement } from './metrics.ts';
import { reasonOf, type WithholdRule } from './withhold.ts';

/** Comparisons of one attribute, and why some of their figures are null (by path below it). */
export interface Compare {
  readonly comparison: AttributeComparison;
  readonly reasons: ReadonlyMap<string, FigureReason>;
}

/**
 * Every other group against the reference group: signed difference (group minus reference) with
 * Newcombe's interval and ratio (group over reference) with Katz's interval, without a
 * correction for the number of comparisons.
 */
export function compareGroups(
  groups: ReadonlyMap<string, Measurement>,
  reference: Reference,
  level: number | undefined,
  rule: WithholdRule,
): Compare {
  const reasons = new Map<string, FigureReason>();
  const base = groups.get(reference.group);
  const others = [...groups].filter(([name]) => name !== reference.group);
  const compared = base
    ? others.map(([name, group]): [string, Record<Compared, Comparison>] => {
        const rates = COMPARED.map((rate): [Compared, Comparison] => {
          const [comparison, why] = comparedRate(rate, group, base, level, rule);
          for (const [field, reason] of why) reasons.set(`groups.${name}.${rate}.${field}`, reason);
          return [rate, comparison];
        });
        return [name, Object.fromEntries(rates) as Record<Compared, Comparison>];
      })
    : [];
  return {
    comparison: {
      reference: reference.group,
      chosen: reference.chosen,
      groups: Object.fromEntries(compared),
    },
    reasons,
  };
}

type Why = readonly (readonly [keyof Comparison, FigureReason])[];

function comparedRate(
  rate: Compared,
  group: Measurement,
  base: Measurement,
  level: number | undefined,
  rule: WithholdRule,
): readonly [Comparison, Why] {
  const reason =
    reasonOf(rate, group.figures[rate], rule) ?? reasonOf(rate, base.figures[rate], rule);
  const a = group.figures[rate].value;
  const b = base.figures[rate].value;
  const known = reason === null && a !== null && b !== null;
  const comparison: Comparison = {
    difference: known ? a - b : null,
    ratio: known && b !== 0 ? a / b : null,
  };
  if (level !== undefined) {
    const shares = [group.shares[rate], base.shares[rate], level] as const;
    comparison.difference_interval = known ? pair(newcombe(...shares)) : null;
    comparison.ratio_interval = known ? pair(katz(...shares)) : null;
  }
  const why = (Object.keys(comparison) as (keyof Comparison)[])
    .filter((field) => comparison[field] === null)
    .map((field) => [field, reason ?? 'undefined'] as const);
  return [comparison, why];
}

function pair(interval: readonly [number, number] | null): [number, number] | null {
  return interval && [interval[0], interval[1]];
}
