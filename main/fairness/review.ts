import { ConcordError } from '../contract/errors.ts';
import {
  FIGURES,
  reviewOptions,
  type AttributeComparison,
  type Figure,
  type FigureReason,
  type ReviewFigures,
  type ReviewOptions,
  type ReviewOptionsInput,
  type ReviewResult,
} from '../contract/review.ts';
import { cellText } from '../records/cell-text.ts';
import { columnOf } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import { appendixOf } from './appendix.ts';
import { compareGroups, type Compare } from './compare.ts';
import { curvesOf } from './curves.ts';
import { drawnFor, type Drawn } from './drawn.ts';
import { figureIntervals } from './figure-intervals.ts';
import { findingsOf } from './findings.ts';
import { gapDrawsOf } from './gap-draws.ts';
import { attributeGaps } from './gaps.ts';
import { checkReferences, everybody, groupings, referenceOf, type Grouping } from './groups.ts';
import { judgedRows } from './judged.ts';
import { lossOf, measureGroups, type Measurement, type RowScores } from './metrics.ts';
import { reviewNumbers } from './number-review.ts';
import { byScore } from './order.ts';
import { isUncertain, reasonOf, type WithholdRule } from './withhold.ts';

/** The level of the findings where a review asks for no intervals. */
const LEVEL = 0.95;

/**
 * How well decisions and scores fit the truth: overall, per group, between groups; or how far predicted
 * numbers lie from it. Shares are 0..1. Undefined and withheld figures are null and named in `reasons`;
 * never 0. Throws COLUMN_UNKNOWN, LABEL_POSITIVE_MISSING, LABEL_POSITIVE_UNKNOWN, SCORE_INVALID,
 * PREDICTION_INVALID, COLUMN_NOT_NUMERIC, REVIEW_EMPTY, GROUP_INVALID, REFERENCE_UNKNOWN;
 * REQUEST_MALFORMED for options outside the contract. Formulas and sources: docs/review.md.
 */
export function reviewTable(table: Table, input: ReviewOptionsInput): ReviewResult {
  const options = checkedOptions(input);
  if (options.target === 'number') return reviewNumbers(table, options);
  const rule: WithholdRule = { minDenominator: options.minDenominator, exact: options.exact };
  const judged = judgedRows(table, options);
  const all = groupings(table, judged.rows, options.groups, options.cross);
  checkReferences(all, options.reference);
  const rows: RowScores | null = judged.score && {
    loss: lossOf(judged, judged.score),
    order: byScore(judged.score),
  };
  const whole = everybody(judged.rows.length);
  const overall = measureGroups(judged, whole, rows)[0]!;
  const measured = all.map((grouping) => measureGroups(judged, grouping, rows));
  const drawn = drawnFor(table, judged, rows, [whole, ...all], [[overall], ...measured], options);

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
    rows: {
      read: table.rows,
      reviewed: judged.rows.length,
      without_label: judged.withoutLabel,
      abstained: judged.abstained,
    },
    asked: asked(table, options),
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
  const refuse = (path: string, reason: FigureReason): unknown => reasons.set(path, reason);
  const curves = curvesOf(judged, rows?.order ?? null, overall, all, options, rule, refuse);
  if (curves) result.curves = curves;
  if (drawn.randomness) result.randomness = drawn.randomness;
  if (uncertain.length > 0) result.uncertain = uncertain;
  if (reasons.size > 0) result.reasons = Object.fromEntries(reasons);
  return result;
}

function checkedOptions(input: ReviewOptionsInput): ReviewOptions {
  const parsed = reviewOptions.safeParse(input);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ConcordError('REQUEST_MALFORMED', { call: 'review', path });
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

function asked(table: Table, options: ReviewOptions): ReviewResult['asked'] {
  return {
    label: options.label,
    positive: options.positive ?? positiveText(table, options.label),
    score: options.score ?? null,
    prediction: options.prediction ?? null,
    threshold: options.prediction === undefined ? options.threshold : null,
    min_denominator: options.minDenominator,
    exact: options.exact,
    person: options.person ?? null,
  };
}

/** How the file writes the positive value of a label that was not named: 1, or its yes. */
function positiveText(table: Table, label: string): string {
  const column = columnOf(table, label);
  if ('codes' in column) return '1';
  const row = column.values.indexOf(1);
  return row < 0 ? '1' : cellText(column, row);
}
