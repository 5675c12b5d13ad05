import { COMPARED, FIGURES, GAPS, type ReviewResult } from '../contract/review.ts';
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
  const each = <T>(of: Readonly<Record<string, T>>, map: (value: T, key: string) => T) =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, map(value, key)]));
  const { intervals } = review;
  const changed: ReviewResult = {
    ...review,
    groups: each(review.groups, (groups, attribute) =>
      each(groups, (figures, name) =>
        few(attribute, name)
          ? { n: figures.n, ...held(`groups.${attribute}.${name}`, FIGURES) }
          : figures,
      ),
    ),
    comparisons: each(review.comparisons, (told, attribute) => ({
      ...told,
      groups: each(told.groups, (rates, name) => {
        if (!few(attribute, name) && !few(attribute, told.reference)) return rates;
        const path = `comparisons.${attribute}.groups.${name}`;
        const none = COMPARED.map((rate) => [
          rate,
          held(`${path}.${rate}`, ['difference', 'ratio']),
        ]);
        return Object.fromEntries(none) as typeof rates;
      }),
    })),
    gaps: each(review.gaps, (gaps, attribute) => {
      const over = Object.values(review.gap_groups[attribute] ?? {});
      const isIn = over.some(({ shown }) => shown.some((name) => few(attribute, name)));
      return isIn ? held(`gaps.${attribute}`, GAPS) : gaps;
    }),
    ...(intervals && {
      intervals: {
        ...intervals,
        groups: each(intervals.groups, (groups, attribute) =>
          each(groups, (told, name) => (few(attribute, name) ? {} : told)),
        ),
      },
    }),
  };
  return Object.keys(reasons).length === 0 ? changed : { ...changed, reasons };
}
