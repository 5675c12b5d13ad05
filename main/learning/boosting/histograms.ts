/** The rows that are learned from, by column in bins, and whose they are. */
export interface BinnedRows {
  /** One list for each column: the bin of every row. */
  readonly bins: readonly Uint16Array[];
  /** Of each column the number of its bins. */
  readonly sizes: readonly number[];
  /** 0 or 1. */
  readonly targets: Uint8Array;
  /** 1 divided by the number of rows of the row's unit: a unit has weight 1 in all. */
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
 * The sum of residuals x weights of every bin. Residuals are at most 1 in absolute value, so a unit
 * moves the histogram by a length of at most 1.
 */
export function addGradients(
  bins: Uint16Array,
  residuals: Float64Array,
  weights: Float64Array,
  sum: Float64Array,
): void {
  for (let row = 0; row < bins.length; row++) {
    sum[bins[row]!]! += residuals[row]! * weights[row]!;
  }
}

/**
 * Minus the gradient of the logistic loss in a row's score: target - p. `balanced`: divided by
 * max(p, 1 - p), the largest it could be for this score, so that records near one half count
 * in full. In both cases within [-1, 1]; depends on the row alone, given the released model.
 */
export function residual(target: number, score: number, balanced: boolean): number {
  const p = 1 / (1 + Math.exp(-score));
  const gap = target - p;
  if (!balanced) return gap;
  const scaled = gap / (p > 0.5 ? p : 1 - p);
  return scaled > 1 ? 1 : scaled < -1 ? -1 : scaled;
}
