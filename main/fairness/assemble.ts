import {
  FIGURES,
  type AttributeComparison,
  type Figure,
  type FigureReason,
  type ReviewCurves,
  type ReviewFigures,
  type ReviewOptions,
  type ReviewResult,
} from '../contract/review.ts';
import { appendixOf } from './appendix.ts';
import { compareGroups, type Compare } from './compare.ts';
import type { Drawn } from './drawn.ts';
import { figureIntervals } from './figure-intervals.ts';
import { findingsOf } from './findings.ts';
import { gapDrawsOf } from './gap-draws.ts';
import { attributeGaps } from './gaps.ts';
import { referenceOf, type Grouping } from './groups.ts';
import type { Measurement } from './metrics.ts';
import { isUncertain, reasonOf, type WithholdRule } from './withhold.ts';

/** The level of the findings where a review asks for no intervals. */
const LEVEL = 0.95;

type Refuse = (path: string, reason: FigureReason) => void;

/** All that a review says is made of; groupings and what was measured of them in one order. */
export interface ReviewParts {
  readonly groupings: readonly Grouping[];
  readonly overall: Measurement;
  readonly measured: readonly (readonly Measurement[])[];
  /** Of everybody first, then of each grouping. */
  readonly drawn: Drawn;
  readonly options: ReviewOptions;
  /** `refuse` is told of what is not shown. */
  readonly curves: (refuse: Refuse) => ReviewCurves | undefined;
  readonly rows: ReviewResult['rows'];
  readonly asked: ReviewResult['asked'];
}

/** Figures, gaps, comparisons, findings and intervals of what was measured; withheld by the options' rule. */
export function assembledReview(parts: ReviewParts): ReviewResult {
  const { groupings: all, overall, measured, drawn, options, rows, asked } = parts;
  const rule: WithholdRule = { minDenominator: options.minDenominator, exact: options.exact };
  const reasons = new Map<string, FigureReason>();
  const uncertain: string[] = [];
  const shown = (group: Measurement, path: string): ReviewFigures =>
    shownFigures(group, rule, path, reasons, uncertain);
  const compared = all.flatMap((grouping, i): Compare[] => {
    const reference = referenceOf(grouping, options.reference);
    const { certainty } = drawn.of[i + 1]!;
    return reference === null ? [] : [{ grouping, measured: measured[i]!, certainty, reference }];
  });
  const result: ReviewResult = {
    overall: shown(overall, 'overall'),
    groups: byAttribute(all, ({ attribute, names }, i) =>
      byGroup(names, (name, at) => shown(measured[i]![at]!, `groups.${attribute}.${name}`)),
    ),
    ...gapsOf(all, measured, drawn, options, rule, reasons),
    comparisons: comparisonsOf(compared, options.intervals, rule, reasons),
    findings: findingsOf(compared, options.intervals ?? LEVEL, options.margins, rule),
    appendix: appendixOf(
      overall,
      all.map((grouping, i) => ({
        ...{ grouping, measured: measured[i]!, scores: drawn.of[i + 1]!.scores },
        reference: compared.find((one) => one.grouping === grouping)?.reference ?? null,
      })),
      options,
      rule,
    ),
    ...{ rows, asked },
  };
  const level = options.intervals;
  if (level !== undefined) {
    const intervals = (i: number, at: number, path: string) =>
      figureIntervals(drawn.of[i]!, at, level, rule, (name, reason) =>
        reasons.set(`intervals.${path}.${name}`, reason),
      );
    result.intervals = {
      level,
      overall: intervals(0, 0, 'overall'),
      groups: byAttribute(all, ({ attribute, names }, i) =>
        byGroup(names, (name, at) => intervals(i + 1, at, `groups.${attribute}.${name}`)),
      ),
    };
  }
  const curves = parts.curves((path, reason) => void reasons.set(path, reason));
  if (curves) result.curves = curves;
  if (drawn.randomness) result.randomness = drawn.randomness;
  if (uncertain.length > 0) result.uncertain = uncertain;
  if (reasons.size > 0) result.reasons = Object.fromEntries(reasons);
  return result;
}

function byAttribute<T>(
  all: readonly Grouping[],
  of: (grouping: Grouping, i: number) => T,
): Record<string, T> {
  return Object.fromEntries(all.map((grouping, i) => [grouping.attribute, of(grouping, i)]));
}

function byGroup<T>(names: readonly string[], of: (name: string, at: number) => T) {
  return Object.fromEntries(names.map((name, at) => [name, of(name, at)]));
}

function shownFigures(
  { n, counts, figures }: Measurement,
  rule: WithholdRule,
  path: string,
  reasons: Map<string, FigureReason>,
  uncertain: string[],
): ReviewFigures {
  const shown = FIGURES.map((name): [Figure, number | null] => {
    const reason = reasonOf(name, figures[name], rule);
    if (reason !== null) reasons.set(`${path}.${name}`, reason);
    else if (isUncertain(figures[name])) uncertain.push(`${path}.${name}`);
    return [name, reason === null ? figures[name].value : null];
  });
  const reason = reasonOf('base_rate', figures.base_rate, rule);
  if (reason !== null) reasons.set(`${path}.events`, reason);
  return {
    n,
    events: reason === null ? counts.tp + counts.fn : null,
    ...(Object.fromEntries(shown) as Record<Figure, number | null>),
  };
}

function gapsOf(
  all: readonly Grouping[],
  measured: readonly (readonly Measurement[])[],
  drawn: Drawn,
  { intervals }: ReviewOptions,
  rule: WithholdRule,
  reasons: Map<string, FigureReason>,
): Pick<ReviewResult, 'gaps' | 'gap_groups' | 'gap_draws'> {
  const found = all.map(({ attribute, names }, i) => {
    const of = attributeGaps(names, measured[i]!, rule);
    for (const [gap, reason] of of.reasons) reasons.set(`gaps.${attribute}.${gap}`, reason);
    const { made, lots } = drawn.of[i + 1]!;
    const draws =
      made === null || intervals === undefined
        ? {}
        : gapDrawsOf(of.gaps, of.over, names, made, lots, intervals);
    return { attribute, ...of, draws };
  });
  return {
    gaps: Object.fromEntries(found.map(({ attribute, gaps }) => [attribute, { ...gaps }])),
    gap_groups: Object.fromEntries(found.map(({ attribute, over }) => [attribute, over])),
    ...(intervals === undefined
      ? {}
      : { gap_draws: Object.fromEntries(found.map(({ attribute, draws }) => [attribute, draws])) }),
  };
}

function comparisonsOf(
  compared: readonly Compare[],
  level: number | undefined,
  rule: WithholdRule,
  reasons: Map<string, FigureReason>,
): Record<string, AttributeComparison> {
  return Object.fromEntries(
    compared.map((one) => {
      const { attribute } = one.grouping;
      const of = compareGroups(one, level, rule);
      for (const [path, reason] of of.reasons)
        reasons.set(`comparisons.${attribute}.${path}`, reason);
      return [attribute, of.comparison];
    }),
  );
}
