import {
  COMPARED,
  type Compared,
  type Finding,
  type Interval,
  type NotEstimable,
  type ReviewFindings,
  type ReviewMargins,
  type Verdict,
} from '../contract/review.ts';
import { adjusted } from './adjust.ts';
import { reasonOfBoth, type Compare } from './compare.ts';
import { recordsToSettle } from './needed.ts';
import type { WithholdRule } from './withhold.ts';

/** What is said of each group and rate; a ratio only of who is selected. */
const MEASURES = ['difference', 'ratio'] as const;
const said = (rate: Compared, measure: (typeof MEASURES)[number]): boolean =>
  measure === 'difference' || rate === 'selection_rate';
const STATEMENTS = COMPARED.flatMap((rate) =>
  MEASURES.filter((measure) => said(rate, measure)).map((measure) => ({ rate, measure })),
);

type Found = Omit<Finding, 'holm' | 'bh'>;

/**
 * The declared family of a review: every group but the reference of every attribute, in four rates and
 * the ratio of who is selected. Intervals hold together (Bonferroni: each at 1 - (1 - level) / statements);
 * p-values of the rates are corrected over all tests. What cannot be estimated stays in the family,
 * with p = 1, and gets no verdict.
 */
export function findingsOf(
  all: readonly Compare[],
  level: number,
  margins: ReviewMargins,
  rule: WithholdRule,
): ReviewFindings {
  const others = all.reduce((sum, { grouping }) => sum + grouping.names.length - 1, 0);
  const tests = others * COMPARED.length;
  const statements = others * STATEMENTS.length;
  const each = 1 - (1 - level) / Math.max(1, statements);
  const found: Found[] = [];
  const none: NotEstimable[] = [];
  for (const one of all) {
    const base = one.grouping.names.indexOf(one.reference.group);
    for (const group of one.grouping.names.keys()) {
      if (group === base) continue;
      for (const { rate, measure } of STATEMENTS) {
        const statement = {
          attribute: one.grouping.attribute,
          group: one.grouping.names[group]!,
          reference: one.reference.group,
          ...{ rate, measure },
        };
        const finding = findingOf(one, { group, base, rate, measure }, each, margins, rule);
        if (typeof finding === 'string') none.push({ ...statement, reason: finding });
        else found.push({ ...statement, ...finding });
      }
    }
  }
  const tested = found.filter(({ p }) => p !== null);
  const { holm, bh } = adjusted(
    tested.map(({ p }) => p ?? 1),
    tests,
  );
  const places = new Map(tested.map((finding, at) => [finding, at]));
  return {
    margins: {
      difference: margins.difference,
      ratio: margins.ratio,
      reason: margins.reason ?? null,
    },
    ...{ level, tests, statements },
    found: found.map((finding) => {
      const at = places.get(finding);
      return {
        ...finding,
        holm: at === undefined ? null : holm[at]!,
        bh: at === undefined ? null : bh[at]!,
      };
    }),
    not_estimable: none,
  };
}

interface Statement {
  readonly group: number;
  readonly base: number;
  readonly rate: Compared;
  readonly measure: 'difference' | 'ratio';
}

function findingOf(
  { measured, certainty }: Compare,
  { group, base, rate, measure }: Statement,
  level: number,
  margins: ReviewMargins,
  rule: WithholdRule,
): Pick<Found, 'value' | 'interval' | 'p' | 'verdict' | 'more'> | 'undefined' | 'withheld' {
  const [own, other] = [measured[group]!, measured[base]!];
  const reason = reasonOfBoth(rate, own, other, rule);
  if (reason !== null) return reason;
  const [a, b] = [own.figures[rate].value ?? NaN, other.figures[rate].value ?? NaN];
  const isRatio = measure === 'ratio';
  const interval = certainty[measure](group, base, rate, level);
  if (interval === null || (isRatio && !(a > 0 && b > 0))) return 'undefined';
  const value = isRatio ? a / b : a - b;
  const verdict = isRatio
    ? verdictOf([Math.log(interval[0]), Math.log(interval[1])], -Math.log(margins.ratio))
    : verdictOf(interval, margins.difference);
  const variances = [certainty.variance(group, rate), certainty.variance(base, rate)] as const;
  const settle = (): number | null => {
    if (variances[0] === null || variances[1] === null) return null;
    return recordsToSettle({
      distance: isRatio
        ? Math.abs(Math.abs(Math.log(value)) + Math.log(margins.ratio))
        : Math.abs(Math.abs(value) - margins.difference),
      group: variances[0] / (isRatio ? a * a : 1),
      reference: variances[1] / (isRatio ? b * b : 1),
      records: own.n,
      level,
    });
  };
  return {
    value,
    interval: [interval[0], interval[1]],
    p: isRatio ? null : certainty.p(group, base, rate),
    verdict,
    more: verdict === 'undecided' ? settle() : null,
  };
}

/** By an interval around 0: all of it further away than the margin, all of it nearer, or neither. */
function verdictOf([low, high]: Interval, margin: number): Verdict {
  if (low > margin || high < -margin) return 'beyond';
  return low >= -margin && high <= margin ? 'within' : 'undecided';
}
