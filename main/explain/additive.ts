/** A pair of fields: what it adds for this record, and what on average where one or none is known. */
export interface PairTerm {
  readonly fields: readonly [number, number];
  readonly both: number;
  /** The first field as in the record, the second as in the background. */
  readonly first: number;
  readonly second: number;
  readonly neither: number;
}

/** A sum of terms of single fields and of pairs, for one record. */
export interface AdditiveGame {
  readonly base: number;
  /** By field: what it adds for this record, and on average over the background. */
  readonly own: readonly number[];
  readonly mean: readonly number[];
  readonly pairs: readonly PairTerm[];
}

export interface ShapleyValues {
  readonly effects: number[];
  /** With all fields known, and with none. */
  readonly output: number;
  readonly background: number;
}

/**
 * Exact Shapley values (Shapley 1953) of a sum: they are additive over terms, that of a single field
 * is its term less the mean, and the gain of a pair over its fields alone belongs to both in halves.
 * They add up to `output` less `background`.
 */
export function additiveShapley({ base, own, mean, pairs }: AdditiveGame): ShapleyValues {
  const effects = own.map((value, field) => value - mean[field]!);
  let output = own.reduce((sum, value) => sum + value, base);
  let background = mean.reduce((sum, value) => sum + value, base);
  for (const { fields, both, first, second, neither } of pairs) {
    const together = both - first - second + neither;
    effects[fields[0]]! += first - neither + together / 2;
    effects[fields[1]]! += second - neither + together / 2;
    output += both;
    background += neither;
  }
  return { effects, output, background };
}
