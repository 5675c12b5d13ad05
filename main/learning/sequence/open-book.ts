import type { TensorSpec } from '../layers.ts';
import type { Doubles, DoubleTensor } from './doubles.ts';
import type { Book } from './layer.ts';

export type DenseBook = Extract<Book, { kind: 'dense' }>;
export type SpecOf = (name: string) => TensorSpec;

/** Of each group: the squared length of its gradient, and that of its parts laid end to end. */
export interface Lengths {
  readonly squares: Float64Array;
  readonly apart: Float64Array;
}

export interface OpenBook {
  lengths(groups: Int32Array): Lengths;
  addWeighted(weights: Float64Array, sum: Float64Array): void;
}

/**
 * From products of tokens, [B, T, T] each: the squared length, sum over t, t' of
 * (a_t . a_t' + one)(d_t . d_t') (Li et al. 2022, arXiv:2110.05679, section 4.1), and the sum over t of
 * sqrt(|a_t|^2 + one) |d_t|, which is that of the roots of the diagonal.
 */
export function lengthsOfProducts(
  doubles: Doubles,
  inputs: DoubleTensor,
  deltas: DoubleTensor,
  one: 0 | 1,
): Lengths {
  const shift = doubles.of(Float64Array.of(one), []);
  const shifted = doubles.add(inputs, shift);
  const crossed = doubles.multiply(shifted, deltas);
  const diagonal = doubles.diagonal(crossed);
  const roots = doubles.squareRoot(diagonal);
  const squares = doubles.sum(crossed, [1, 2]);
  const apart = doubles.sum(roots, [1]);
  const lengths = { squares: doubles.read(squares), apart: doubles.read(apart) };
  for (const used of [shift, shifted, crossed, diagonal, roots, squares, apart]) {
    doubles.free(used);
  }
  return lengths;
}

export function addInto(
  sum: Float64Array,
  offset: number,
  values: Float32Array | Float64Array,
): void {
  for (let i = 0; i < values.length; i++) sum[offset + i]! += values[i]!;
}

/** Whether every group is one row, so that all can be taken at once. */
export function areSingle(groups: Int32Array): boolean {
  return groups.every((start, g) => start === g);
}
