import { ConcordError } from '../contract/errors.ts';
import {
  reviewOptions,
  type ReviewOptions,
  type ReviewOptionsInput,
  type ReviewResult,
} from '../contract/review.ts';
import { cellText } from '../records/cell-text.ts';
import { columnOf } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import { assembledReview } from './assemble.ts';
import { curvesOf } from './curves.ts';
import { drawnFor } from './drawn.ts';
import { checkReferences, everybody, groupings } from './groups.ts';
import { judgedRows } from './judged.ts';
import { lossOf, measureGroups, type RowScores } from './metrics.ts';
import { reviewNumbers } from './number-review.ts';
import { byScore } from './order.ts';
import type { WithholdRule } from './withhold.ts';

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

  return assembledReview({
    ...{ groupings: all, overall, measured, drawn, options },
    curves: (refuse) => curvesOf(judged, rows?.order ?? null, overall, all, options, rule, refuse),
    rows: {
      read: table.rows,
      reviewed: judged.rows.length,
      without_label: judged.withoutLabel,
      abstained: judged.abstained,
    },
    asked: askedOf(table, options),
  });
}

export function checkedOptions(input: ReviewOptionsInput): ReviewOptions {
  const parsed = reviewOptions.safeParse(input);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ConcordError('REQUEST_MALFORMED', { call: 'review', path });
}

export function askedOf(table: Table, options: ReviewOptions): ReviewResult['asked'] {
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
