import { ConcordError } from '../contract/errors.ts';
import {
  FIGURES,
  RATES,
  reviewOptions,
  type AttributeComparison,
  type Figure,
  type FigureIntervals,
  type FigureReason,
  type Interval,
  type ReviewFigures,
  type ReviewOptions,
  type ReviewOptionsInput,
  type ReviewResult,
} from '../contract/review.ts';
import { cellText } from '../records/cell-text.ts';
import { columnOf } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import { compareGroups } from './compare.ts';
import { curvesOf } from './curves.ts';
import { attributeGaps } from './gaps.ts';
import { checkReferences, groupings, referenceOf, type Grouping } from './groups.ts';
import { deLong, meanInterval, wilson } from './intervals.ts';
import { judgedRows, type Judged } from './judged.ts';
import { measure, type Measurement } from './metrics.ts';
import { reasonOf, type WithholdRule } from './withhold.ts';

/** Paths of null figures and why they are null, in the order they are met. */
type Reasons = Map<string, FigureReason>;

/**
 * How well decisions and scores fit the truth: overall, per group, between groups. Shares are
 * 0..1. Undefined and withheld figures are null and named in `reasons`; never 0.
 * Throws COLUMN_UNKNOWN, LABEL_POSITIVE_MISSING, LABEL_POSITIVE_UNKNOWN, SCORE_INVALID,
 * PREDICTION_INVALID, REVIEW_EMPTY, GROUP_INVALID, REFERENCE_UNKNOWN; REQUEST_MALFORMED for
 * options outside the contract. Formulas and sources: docs/review.md.
 */
export function reviewTable(table: Table, input: ReviewOptionsInput): ReviewResult {
  const options = checkedOptions(input);
  const rule: WithholdRule = { minDenominator: options.minDenominator, exact: options.exact };
  const judged = judgedRows(table, options);
  const all = groupings(table, judged.rows, options.groups, options.cross);
  checkReferences(all, options.reference);
  const overall = measure(
    judged,
    Uint32Array.from(judged.rows, (_, at) => at),
  );
  const measured = all.map((grouping) => measuredGroups(judged, grouping));

  const reasons: Reasons = new Map();
  const byAttribute = <T>(of: (groups: Measured, at: Grouping) => T): Record<string, T> =>
    Object.fromEntries(all.map((at, i) => [at.attribute, of(measured[i] as Measured, at)]));
  const result: ReviewResult = {
    overall: shownFigures(overall, rule, 'overall', reasons),
    groups: byAttribute((groups, { attribute }) =>
      eachGroup(groups, (group, name) =>
        shownFigures(group, rule, `groups.${attribute}.${name}`, reasons),
      ),
    ),
    ...gapsOf(byAttribute, rule, reasons),
    comparisons: comparisonsOf(all, measured, options, rule, reasons),
    rows: {
      read: table.rows,
      reviewed: judged.rows.length,
      without_label: judged.withoutLabel,
      abstained: judged.abstained,
    },
    asked: asked(table, options),
  };
  const level = options.intervals;
  if (level !== undefined)
    result.intervals = {
      level,
      overall: intervalsOf(overall, level, rule, 'intervals.overall', reasons),
      groups: byAttribute((groups, { attribute }) =>
        eachGroup(groups, (group, name) =>
          intervalsOf(group, level, rule, `intervals.groups.${attribute}.${name}`, reasons),
        ),
      ),
    };
  const curves = curvesOf(judged, overall, options, rule, (path, why) => reasons.set(path, why));
  if (curves) result.curves = curves;
  if (reasons.size > 0) result.reasons = Object.fromEntries(reasons);
  return result;
}

function checkedOptions(input: ReviewOptionsInput): ReviewOptions {
  const parsed = reviewOptions.safeParse(input);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ConcordError('REQUEST_MALFORMED', { call: 'review', path });
}

type Measured = ReadonlyMap<string, Measurement>;

function measuredGroups(judged: Judged, grouping: Grouping): Measured {
  return new Map([...grouping.members].map(([name, people]) => [name, measure(judged, people)]));
}

function eachGroup<T>(
  groups: Measured,
  of: (group: Measurement, name: string) => T,
): Record<string, T> {
  return Object.fromEntries([...groups].map(([name, group]) => [name, of(group, name)]));
}

function shownFigures(
  { n, figures }: Measurement,
  rule: WithholdRule,
  path: string,
  reasons: Reasons,
): ReviewFigures {
  const shown = FIGURES.map((name): [Figure, number | null] => {
    const reason = reasonOf(name, figures[name], rule);
    if (reason !== null) reasons.set(`${path}.${name}`, reason);
    return [name, reason === null ? figures[name].value : null];
  });
  return { n, ...(Object.fromEntries(shown) as Record<Figure, number | null>) };
}

function gapsOf(
  byAttribute: <T>(of: (groups: Measured, at: Grouping) => T) => Record<string, T>,
  rule: WithholdRule,
  reasons: Reasons,
): Pick<ReviewResult, 'gaps' | 'gap_groups'> {
  const found = byAttribute((groups, { attribute }) => {
    const of = attributeGaps(groups, rule);
    for (const [gap, reason] of of.reasons) reasons.set(`gaps.${attribute}.${gap}`, reason);
    return of;
  });
  const entries = Object.entries(found);
  return {
    gaps: Object.fromEntries(entries.map(([attribute, { gaps }]) => [attribute, { ...gaps }])),
    gap_groups: Object.fromEntries(entries.map(([attribute, { over }]) => [attribute, over])),
  };
}

function comparisonsOf(
  all: readonly Grouping[],
  measured: readonly Measured[],
  options: ReviewOptions,
  rule: WithholdRule,
  reasons: Reasons,
): Record<string, AttributeComparison> {
  const found = all.flatMap((grouping, i): [string, AttributeComparison][] => {
    const reference = referenceOf(grouping, options.reference);
    if (!reference) return [];
    const of = compareGroups(measured[i] as Measured, reference, options.intervals, rule);
    for (const [path, reason] of of.reasons)
      reasons.set(`comparisons.${grouping.attribute}.${path}`, reason);
    return [[grouping.attribute, of.comparison]];
  });
  return Object.fromEntries(found);
}

/**
 * Wilson for rates, DeLong for the AUC, the normal interval of a mean for the Brier score and the
 * calibration in the large. None where the figure itself is not shown, nor where DeLong's
 * variance is 0 (perfect separation in a small group): a point is no interval.
 */
function intervalsOf(
  group: Measurement,
  level: number,
  rule: WithholdRule,
  path: string,
  reasons: Reasons,
): FigureIntervals {
  const intervals: FigureIntervals = {};
  const add = (name: keyof FigureIntervals, of: () => Interval | null): void => {
    const reason = reasonOf(name, group.figures[name], rule);
    const interval = reason === null ? of() : null;
    intervals[name] = interval && [interval[0], interval[1]];
    if (!interval) reasons.set(`${path}.${name}`, reason ?? 'undefined');
  };
  for (const name of RATES) add(name, () => wilson(group.shares[name], level));
  const { roc, brier, bias } = group;
  if (!brier || !bias) return intervals;
  add('auc', () => (roc?.standardError ? deLong(roc, level) : null));
  add('brier', () => meanInterval(brier, level));
  add('calibration_in_the_large', () => meanInterval(bias, level));
  return intervals;
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
  };
}

/** How the file writes the positive value of a label that was not named: 1, or its yes. */
function positiveText(table: Table, label: string): string {
  const column = columnOf(table, label);
  if ('codes' in column) return '1';
  const row = column.values.indexOf(1);
  return row < 0 ? '1' : cellText(column, row);
}
