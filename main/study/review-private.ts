import type { PrivateReviewOptionsInput } from '../contract/review-privacy.ts';
import { privateReviewOptions } from '../contract/review-privacy.ts';
import type { ReviewOptions, ReviewResult } from '../contract/review.ts';
import { ConcordError } from '../contract/errors.ts';
import { countedCells, layoutOf, type Layout } from '../fairness/private/histogram.ts';
import { noiseFor, privateReview, type CellNoise } from '../fairness/private/review.ts';
import type { RandomSource } from '../privacy/random.ts';
import { fractionOf } from '../privacy/statistics/exact-coin.ts';
import { discreteLaplace } from '../privacy/statistics/discrete-noise.ts';
import type { Table } from '../records/table.ts';

/**
 * A review that may leave: one histogram of the records with discrete Laplace noise, drawn exactly, and every
 * figure from it (docs/review-private.md). The noise is the system's; only the draws of intervals are
 * seeded. Throws as `layoutOf` before a record is looked at, then as `countedCells`.
 */
export function reviewPrivately(
  table: Table,
  options: ReviewOptions,
  input: PrivateReviewOptionsInput,
  random: RandomSource,
): ReviewResult {
  const asked = checkedPrivacy(input);
  const layout = layoutOf(options, asked);
  const exact = countedCells(table, options, layout, asked.maxRows);
  const counts = withNoise(exact, noiseFor(asked), layout, random);
  return privateReview({ layout, counts }, askedOf(options), options, asked);
}

/** Throws REQUEST_MALFORMED. */
export function checkedPrivacy(input: PrivateReviewOptionsInput) {
  const parsed = privateReviewOptions.safeParse(input);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ConcordError('REQUEST_MALFORMED', { call: 'review', path });
}

/** Every cell, those that nobody is in too. */
function withNoise(
  exact: Float64Array,
  { scale }: CellNoise,
  { cells }: Layout,
  random: RandomSource,
): Float64Array {
  const fraction = fractionOf(scale);
  return Float64Array.from(
    { length: cells },
    (_, at) => exact[at]! + Number(discreteLaplace(fraction, random)),
  );
}

function askedOf(options: ReviewOptions): ReviewResult['asked'] {
  return {
    label: options.label,
    positive: options.positive ?? '1',
    score: options.score ?? null,
    prediction: options.prediction ?? null,
    threshold: options.prediction === undefined ? options.threshold : null,
    min_denominator: options.minDenominator,
    exact: false,
    person: options.person ?? null,
  };
}
