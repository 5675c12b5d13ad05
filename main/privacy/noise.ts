import { gaussianCells } from './gaussian-cells.ts';
import type { RandomSource } from './random.ts';

/** What the noise must cover. Lengths are in the unit of the clipping norm. */
export interface NoiseSpec {
  /** Standard deviation of the noise per unit of sensitivity, as accounted. */
  readonly noiseMultiplier: number;
  /** Clipping norm C: the L2 norm one unit may add to the exact sum. */
  readonly clip: number;
  /** Number of coordinates of the sum. */
  readonly dimension: number;
  /** By which relative amount a clipped contribution may exceed C through rounding. */
  readonly clipSlack: number;
  /** L2 bound on the distance of the computed sum from the exact one (`sumErrorBound`). */
  readonly sumError: number;
}

/** Gaussian noise on a grid, from `gridNoise`; nothing in it depends on the records. */
export interface GridNoise {
  readonly noiseMultiplier: number;
  /** Bound on the L2 distance of two neighbouring sums after rounding to the grid. */
  readonly sensitivity: number;
  /** noiseMultiplier x sensitivity, rounded up. */
  readonly sd: number;
  /** Distance of two grid points, a power of two. */
  readonly grid: number;
}

const ROUND_UP = 1 + 2 ** -48;
const MOST_CELLS = 2 ** 51;

/**
 * Sizes noise for a sum of clipped contributions so that `noiseMultiplier` holds against the
 * sensitivity the computed, rounded sum really has: C (1 + slack) + 2 sumError + grid sqrt(d).
 * The grid is at most C 2^-14 / sqrt(d), so it costs less than 0.0062 % of noise. Derivation:
 * docs/accounting.md. Throws RangeError where no such noise can be represented.
 */
export function gridNoise(spec: NoiseSpec): GridNoise {
  const { noiseMultiplier, clip, dimension, clipSlack, sumError } = spec;
  if (!(noiseMultiplier > 0 && clip > 0 && dimension >= 1 && clipSlack >= 0 && sumError >= 0)) {
    throw new RangeError('noise multiplier, clip and dimension are positive, errors not negative');
  }
  const grid = 2 ** Math.floor(Math.log2(clip / Math.sqrt(dimension)) - 14);
  const sensitivity =
    (clip * (1 + clipSlack) + 2 * sumError + grid * Math.sqrt(dimension)) * ROUND_UP;
  const sd = noiseMultiplier * sensitivity * ROUND_UP;
  if (!(grid >= 2 ** -900 && sd <= 2 ** 900 && sd / grid >= 2 && (16 * sd) / grid <= MOST_CELLS)) {
    throw new RangeError('the noise does not fit on the grid of 64-bit numbers');
  }
  return { noiseMultiplier, sensitivity, sd, grid };
}

/** How a sum of clipped contributions was computed. */
export interface SumOrder {
  /** Most contributions one sum can have (all records, if nothing smaller is sure). */
  readonly units: number;
  /** Bound on the L2 norm of each, slack included. */
  readonly norm: number;
  /** Contributions first added among themselves in the arithmetic of `roundoff`. */
  readonly chunk: number;
  /** Unit roundoff inside a chunk: 2^-24 (32-bit) or 2^-53; chunks are added with 2^-53. */
  readonly roundoff: number;
}

/**
 * Bound on the L2 distance of the computed sum from the exact sum of the contributions (Higham,
 * Accuracy and Stability of Numerical Algorithms, 2nd ed., eq. 3.5 and 4.4): each contribution
 * passes at most chunk + 2 roundings inside its chunk (weighting included) and one per chunk after.
 */
export function sumErrorBound(order: SumOrder): number {
  const { units, norm, chunk, roundoff } = order;
  const inside = gamma(Math.min(chunk, units) + 2, roundoff);
  const across = gamma(Math.ceil(units / chunk), 2 ** -53);
  return units * norm * (inside + across + inside * across) * ROUND_UP;
}

function gamma(roundings: number, roundoff: number): number {
  const product = roundings * roundoff;
  if (product >= 0.5) throw new RangeError('too many roundings for this arithmetic');
  return product / (1 - product);
}

/** Coordinates whose noise is drawn at once. */
const BLOCK = 2048;

/**
 * Puts every coordinate of `sum` on the grid and adds a Gaussian of deviation `noise.sd`, rounded
 * to the same grid, in place. Every coordinate gets noise (`gaussianCells` says of which law).
 * Throws RangeError for NaN.
 */
export function addGridNoise(sum: Float64Array, noise: GridNoise, random: RandomSource): void {
  const cells = new Float64Array(Math.min(sum.length, BLOCK));
  for (let start = 0; start < sum.length; start += BLOCK) {
    const part = sum.subarray(start, start + BLOCK);
    drawNoise(cells.subarray(0, part.length), noise, random);
    addCells(part, cells, noise);
  }
  cells.fill(NaN);
}

/** Fills `cells` with the noise of as many coordinates, in multiples of the grid. */
export function drawNoise(cells: Float64Array, noise: GridNoise, random: RandomSource): void {
  gaussianCells(cells, noise.sd / noise.grid, random);
}

/**
 * Puts every coordinate of `sum` on the grid and adds its noise from `cells` (`drawNoise`), in
 * place. Far beyond any clipped sum a coordinate is held, which never moves two sums apart. Throws
 * RangeError for NaN in either, and the sum is then worth nothing: what was wiped is no noise.
 */
export function addCells(sum: Float64Array, cells: Float64Array, { grid }: GridNoise): void {
  const perGrid = 1 / grid;
  let total = 0;
  for (let i = 0; i < sum.length; i++) {
    const held = Math.max(-MOST_CELLS, Math.min(MOST_CELLS, sum[i]! * perGrid));
    const noisy = Math.floor(held + 0.5) + cells[i]!;
    total += noisy;
    sum[i] = noisy * grid;
  }
  if (Number.isNaN(total)) throw new RangeError('neither a clipped sum nor noise is ever NaN');
}
