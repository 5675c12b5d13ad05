/** The rows that are learned from, by column in bins, and whose they are. */
export interface BinnedRows {
  /** One list for each column: the bin of every row. */
  readonly bins: readonly Uint16Array[];
  /** Of each column the number of its bins. */
  readonly sizes: readonly number[];
  /** As the outcome takes them (outcome.ts). */
  readonly targets: Float64Array;
  /** 1 divided by the number of rows of the row's unit, or less: a unit has at most weight 1 in all. */
  readonly weights: Float64Array;
}

/**
 * The weight of every bin. A unit adds non-negative weights of sum 1 (up to rounding), so the
 * length of what it adds is at most 1, whatever bins its rows fall into.
 */
export function addCounts(bins: Uint16Array, weights: Float64Array, sum: Float64Array): void {
  for (let row = 0; row < bins.length; row++) sum[bins[row]!]! += weights[row]!;
}

/**
 * The sum of residuals x weights of every bin [scores x bins]. A row's residuals are a vector of
 * length at most 1, so a unit moves the histogram by a length of at most 1.
 */
export function addGradients(
  bins: Uint16Array,
  residuals: Float64Array,
  weights: Float64Array,
  sum: Float64Array,
  scores = 1,
): void {
  const size = sum.length / scores;
  for (let row = 0, at = 0; row < bins.length; row++) {
    const weight = weights[row]!;
    for (let place = bins[row]!; place < sum.length; place += size) {
      sum[place]! += residuals[at++]! * weight;
    }
  }
}

/** The sum of weight x 4 target^2 over all rows; as targets lie within [-1/2, 1/2], at most 1 a unit. */
export function sumOfSquares({ targets, weights }: BinnedRows): number {
  let sum = 0;
  for (let row = 0; row < targets.length; row++) sum += weights[row]! * 4 * targets[row]! ** 2;
  return sum;
}
