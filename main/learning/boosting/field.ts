import { gridDeviations, smoothGrid, type Grid } from './grid-smoothing.ts';
import { deviations, smooth } from './smoothing.ts';

/** Bins and which of them are neighbours: the first `ordered` of them, or those of a grid. */
export interface Field {
  readonly size: number;
  readonly ordered: number;
  /** Of a pair of columns. */
  readonly grid?: Grid | undefined;
}

/** The shape behind noisy values, by the smoothing that fits the field. */
export function smoothed(
  { ordered, grid }: Field,
  values: Float64Array,
  precision: Float64Array,
): Float64Array {
  if (grid === undefined) return smooth({ values, precision, ordered }).shape;
  return smoothGrid({ values, precision, grid }).shape;
}

/** How far the shape may be off in every bin. */
export function deviationsOf(
  { ordered, grid }: Field,
  values: Float64Array,
  precision: Float64Array,
): Float64Array {
  if (grid === undefined) {
    const noisy = { values, precision, ordered };
    return deviations(noisy, smooth(noisy).prior);
  }
  const noisy = { values, precision, grid };
  return gridDeviations(noisy, smoothGrid(noisy).prior);
}
