import { SIZES, STEPS, type Prior } from './smoothing.ts';

/**
 * The bins of a pair: bin (row, column) is at row x columns + column. The first `orderedRows` rows
 * and the first `orderedColumns` columns are neighbours among themselves.
 */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly orderedRows: number;
  readonly orderedColumns: number;
}

/** A noisy shape over a pair of columns: values and 1 / variance of every bin. */
export interface NoisyGrid {
  readonly values: Float64Array;
  readonly precision: Float64Array;
  readonly grid: Grid;
}

/** The posterior mean, as `smooth` has it for one column, with neighbours in both directions. */
export function smoothGrid(noisy: NoisyGrid): {
  readonly shape: Float64Array;
  readonly prior: Prior;
} {
  const { grid } = noisy;
  const isLinked = grid.orderedRows > 1 || grid.orderedColumns > 1;
  const shape = new Float64Array(noisy.values.length);
  let best = { likelihood: -Infinity, prior: { size: 1, step: 1 } };
  for (const size of SIZES) {
    for (const step of isLinked ? STEPS : [1]) {
      const likelihood = gridPosteriorMean(noisy, { size, step }, shape);
      if (likelihood > best.likelihood) best = { likelihood, prior: { size, step } };
    }
  }
  gridPosteriorMean(noisy, best.prior, shape);
  return { shape, prior: best.prior };
}

/** As `posteriorMean`; the system is banded, a row of the grid wide. */
export function gridPosteriorMean(
  { values, precision, grid }: NoisyGrid,
  prior: Prior,
  shape: Float64Array,
): number {
  const ofPrior = cholesky(bandOf(grid, prior, null), grid.columns);
  const posterior = cholesky(bandOf(grid, prior, precision), grid.columns);
  const width = grid.columns + 1;
  let likelihood = 0;
  for (let i = 0; i < values.length; i++) {
    likelihood += 2 * Math.log(ofPrior[i * width]! / posterior[i * width]!);
    shape[i] = precision[i]! * values[i]!;
  }
  solve(posterior, grid.columns, shape);
  for (let i = 0; i < values.length; i++) {
    likelihood -= precision[i]! * values[i]! * (values[i]! - shape[i]!);
  }
  return likelihood / 2;
}

/** Standard deviation of every bin around the posterior mean. */
export function gridDeviations({ precision, grid }: NoisyGrid, prior: Prior): Float64Array {
  const posterior = cholesky(bandOf(grid, prior, precision), grid.columns);
  const unit = new Float64Array(precision.length);
  return precision.map((_, i) => {
    unit.fill(0);
    unit[i] = 1;
    solve(posterior, grid.columns, unit);
    return Math.sqrt(unit[i]!);
  });
}

/** The precision matrix, lower band: entry (i, i - k) stands at i x (columns + 1) + k. */
function bandOf(
  { rows, columns, orderedRows, orderedColumns }: Grid,
  { size, step }: Prior,
  precision: Float64Array | null,
): Float64Array {
  const width = columns + 1;
  const band = new Float64Array(rows * columns * width);
  const link = (i: number, back: number): void => {
    band[i * width]! += 1 / step;
    band[(i - back) * width]! += 1 / step;
    band[i * width + back]! -= 1 / step;
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      band[i * width]! += 1 / size + (precision?.[i] ?? 0);
      if (column > 0 && column < orderedColumns) link(i, 1);
      if (row > 0 && row < orderedRows) link(i, columns);
    }
  }
  return band;
}

/** The lower factor of a positive definite band matrix, in place. */
function cholesky(band: Float64Array, reach: number): Float64Array {
  const width = reach + 1;
  const size = band.length / width;
  for (let i = 0; i < size; i++) {
    for (let k = Math.min(reach, i); k >= 0; k--) {
      const j = i - k;
      let sum = band[i * width + k]!;
      for (let m = Math.max(0, i - reach); m < j; m++) {
        sum -= band[i * width + i - m]! * band[j * width + j - m]!;
      }
      band[i * width + k] = k === 0 ? Math.sqrt(sum) : sum / band[j * width]!;
    }
  }
  return band;
}

function solve(factor: Float64Array, reach: number, right: Float64Array): void {
  const width = reach + 1;
  const size = right.length;
  for (let i = 0; i < size; i++) {
    let sum = right[i]!;
    for (let k = Math.min(reach, i); k > 0; k--) sum -= factor[i * width + k]! * right[i - k]!;
    right[i] = sum / factor[i * width]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = Math.min(reach, size - 1 - i); k > 0; k--) {
      sum -= factor[(i + k) * width + k]! * right[i + k]!;
    }
    right[i] = sum / factor[i * width]!;
  }
}
