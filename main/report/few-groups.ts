import {
  COMPARED,
  FIGURES,
  GAPS,
  NUMBER_FIGURES,
  type AttributeAppendix,
  type FigureReason,
  type Finding,
  type NotEstimable,
  type NumberReview,
  type ReviewResult,
} from '../contract/review.ts';
import { isFew } from './few.ts';

/**
 * A review as it may leave: no figure of a group of 1 to 10 records, nor a comparison or gap in which
 * it stands, also where the review was asked to show them inside the house.
 */
export function withoutFewGroups(review: ReviewResult): ReviewResult {
  const reasons = { ...review.reasons };
  const held = <K extends string>(path: string, names: readonly K[]): Record<K, null> => {
    for (const name of names) reasons[`${path}.${name}`] ??= 'withheld';
    return Object.fromEntries(names.map((name) => [name, null])) as Record<K, null>;
  };
  const few = (attribute: string, name: string): boolean =>
    isFew(review.groups[attribute]?.[name]?.n ?? 0);
  const { intervals } = review;
  const changed: ReviewResult = {
    ...review,
    groups: mapped(review.groups, (groups, attribute) =>
      mapped(groups, (figures, name) =>
        few(attribute, name)
          ? { n: figures.n, events: null, ...held(`groups.${attribute}.${name}`, FIGURES) }
          : figures,
      ),
    ),
    comparisons: mapped(review.comparisons, (told, attribute) => ({
      ...told,
      groups: mapped(told.groups, (rates, name) => {
        if (!few(attribute, name) && !few(attribute, told.reference)) return rates;
        const path = `comparisons.${attribute}.groups.${name}`;
        const none = COMPARED.map((rate) => [
          rate,
          held(`${path}.${rate}`, ['difference', 'ratio']),
        ]);
        return Object.fromEntries(none) as typeof rates;
      }),
    })),
    gaps: mapped(review.gaps, (gaps, attribute) => {
      const over = Object.values(review.gap_groups[attribute] ?? {});
      const isIn = over.some(({ shown }) => shown.some((name) => few(attribute, name)));
      return isIn ? held(`gaps.${attribute}`, GAPS) : gaps;
    }),
    ...(intervals && {
      intervals: {
        ...intervals,
        groups: mapped(intervals.groups, (groups, attribute) =>
          mapped(groups, (told, name) => (few(attribute, name) ? {} : told)),
        ),
      },
    }),
  };
  const curves = withoutFewSelected(review);
  const beyond = beyondFigures(review, few, reasons);
  const whole = { ...changed, ...beyond, ...(curves && { curves }) };
  return Object.keys(reasons).length === 0 ? whole : { ...whole, reasons };
}

/** Without thresholds, which are told by group, and points of 1 to 10 selected. */
function withoutFewSelected({ curves }: ReviewResult): ReviewResult['curves'] {
  if (!curves) return undefined;
  const { roc, calibration, precision_recall: found } = curves;
  const others = { roc, calibration };
  if (!found) return found === undefined ? others : { ...others, precision_recall: null };
  const { chosen } = found;
  const points = found.points.filter(({ selected }) => !isFew(selected));
  return {
    ...others,
    precision_recall: {
      ...found,
      points,
      chosen: chosen !== null && isFew(chosen.selected) ? null : chosen,
    },
  };
}

/** Findings, draws, indices and errors of numbers, without those in which a few stand. */
function beyondFigures(
  { findings, gap_draws: draws, appendix, numbers, gap_groups: over, groups }: ReviewResult,
  few: (attribute: string, name: string) => boolean,
  reasons: Record<string, FigureReason>,
): Partial<ReviewResult> {
  const isOf = ({ attribute, group, reference }: NotEstimable | Finding): boolean =>
    few(attribute, group) || few(attribute, reference);
  const hasFew = (attribute: string, names: readonly string[]): boolean =>
    names.some((name) => few(attribute, name));
  const inGaps = (attribute: string): boolean =>
    Object.values(over[attribute] ?? {}).some(({ shown }) => hasFew(attribute, shown));
  return {
    ...(findings && {
      findings: {
        ...findings,
        found: findings.found.filter((one) => !isOf(one)),
        not_estimable: [
          ...findings.not_estimable,
          ...findings.found.filter(isOf).map(({ attribute, group, reference, rate, measure }) => ({
            ...{ attribute, group, reference, rate, measure },
            reason: 'withheld' as const,
          })),
        ],
      },
    }),
    ...(draws && { gap_draws: mapped(draws, (gaps, name) => (inGaps(name) ? {} : gaps)) }),
    ...(appendix && {
      appendix: {
        ...appendix,
        attributes: mapped(appendix.attributes, (told, name) =>
          withoutFewIndices(told, Object.keys(groups[name] ?? {}), (group) => few(name, group)),
        ),
      },
    }),
    ...(numbers && { numbers: withoutFewNumbers(numbers, few, reasons) }),
  };
}

function withoutFewIndices(
  told: AttributeAppendix,
  names: readonly string[],
  few: (group: string) => boolean,
): AttributeAppendix {
  const counted = names.filter((name) => !told.left_out.includes(name));
  const odds = mapped(told.average_odds, (of, name) =>
    few(name) ? { signed: null, absolute: null } : of,
  );
  if (!counted.some(few)) return { ...told, average_odds: odds };
  return {
    ...{ average_odds_gap: null, calibration_gap: null, between_generalized_entropy: null },
    ...{ between_theil: null, differential_fairness: null, average_odds: odds },
    left_out: told.left_out,
  };
}

function withoutFewNumbers(
  numbers: NumberReview,
  few: (attribute: string, name: string) => boolean,
  reasons: Record<string, FigureReason>,
): NumberReview {
  const none = { mae: null, rmse: null, mean_residual: null };
  const hide = (path: string): typeof none => {
    for (const name of NUMBER_FIGURES) reasons[`${path}.${name}`] ??= 'withheld';
    return none;
  };
  const isShown = (figures: NumberReview['overall'] | undefined): boolean => figures?.mae !== null;
  const inGap = (attribute: string): boolean =>
    Object.entries(numbers.groups[attribute] ?? {}).some(
      ([name, figures]) => few(attribute, name) && isShown(figures),
    );
  const { intervals } = numbers;
  return {
    ...numbers,
    groups: mapped(numbers.groups, (groups, attribute) =>
      mapped(groups, (figures, name) =>
        few(attribute, name) ? hide(`numbers.groups.${attribute}.${name}`) : figures,
      ),
    ),
    gaps: mapped(numbers.gaps, (gaps, attribute) =>
      inGap(attribute) ? hide(`numbers.gaps.${attribute}`) : gaps,
    ),
    ...(intervals && {
      intervals: {
        ...intervals,
        groups: mapped(intervals.groups, (groups, attribute) =>
          mapped(groups, (told, name) => (few(attribute, name) ? none : told)),
        ),
        gaps: mapped(intervals.gaps, (told, attribute) => (inGap(attribute) ? none : told)),
      },
    }),
  };
}

function mapped<T>(
  of: Readonly<Record<string, T>>,
  map: (value: T, key: string) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, map(value, key)]));
}
