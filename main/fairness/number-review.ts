import {
  FIGURES,
  GAPS,
  type FigureReason,
  type ReviewFigures,
  type ReviewOptions,
  type ReviewResult,
} from '../contract/review.ts';
import type { Table } from '../records/table.ts';
import { personDraws, personsOf } from './clusters.ts';
import { checkReferences, everybody, groupings } from './groups.ts';
import { numberReview, residualsOf } from './numbers.ts';
import { Seeded } from './seeded.ts';
import type { WithholdRule } from './withhold.ts';

const none = <K extends string>(names: readonly K[]): Record<K, null> =>
  Object.fromEntries(names.map((name) => [name, null])) as Record<K, null>;

const undefinedFigures = (n: number): ReviewFigures => ({ n, ...none(FIGURES) });

/**
 * A review of predicted numbers: `numbers` holds its figures; those of decisions are undefined. Throws as
 * `reviewTable`.
 */
export function reviewNumbers(table: Table, options: ReviewOptions): ReviewResult {
  const { label, prediction = '', intervals: level, person, seed } = options;
  const { rows, residual, withoutLabel, abstained } = residualsOf(table, label, prediction);
  const all = groupings(table, rows, options.groups, options.cross);
  checkReferences(all, options.reference);
  const rule: WithholdRule = { minDenominator: options.minDenominator, exact: options.exact };
  const persons = person === undefined ? null : personsOf(table, rows, person);
  const draws = persons ? personDraws(options.draws, rows.length, all.length) : options.draws;
  const reasons: Record<string, FigureReason> = {};
  const numbers = numberReview(
    residual,
    everybody(rows.length),
    all,
    rule,
    level === undefined ? null : { level, draws, random: new Seeded(seed), persons },
    (path, reason) => (reasons[path] = reason),
  );
  const each = <T>(of: (attribute: (typeof all)[number]) => T): Record<string, T> =>
    Object.fromEntries(all.map((grouping) => [grouping.attribute, of(grouping)]));
  return {
    overall: undefinedFigures(rows.length),
    groups: each(({ names, sizes }) =>
      Object.fromEntries(names.map((name, at) => [name, undefinedFigures(sizes[at]!)])),
    ),
    gaps: each(() => none(GAPS)),
    gap_groups: each(({ names }) => {
      const over = { shown: [], withheld: [], undefined: [...names] };
      return { selection_rate: over, tpr: over, fpr: over, ppv: over };
    }),
    comparisons: {},
    numbers,
    ...(level === undefined
      ? {}
      : {
          randomness: {
            ...{ seed, draws },
            of: persons ? 'persons' : 'means',
            persons: persons?.count ?? null,
          },
        }),
    ...(Object.keys(reasons).length === 0 ? {} : { reasons }),
    rows: {
      read: table.rows,
      reviewed: rows.length,
      without_label: withoutLabel,
      abstained,
    },
    asked: {
      label,
      positive: null,
      score: null,
      prediction,
      threshold: null,
      min_denominator: options.minDenominator,
      exact: options.exact,
      person: person ?? null,
    },
  };
}
