import { exactCell } from './exact-gaussian.ts';
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

const CELLS = 2048;
const QUARTER_TURN = Math.PI / 2;
/** Cosine and sine of 0, 1, 2, 3 quarter turns. */
const COSINES = Float64Array.of(1, 0, -1, 0);
const SINES = Float64Array.of(0, 1, 0, -1);
/** Bound on the error of a pair before scaling, in standard deviations, for ordinary words. */
const COARSE = 2 ** -40;
/** First words below this, or as close to 2^32, go to the exact path at once. */
const RARE = 2 ** 12;

/**
 * Puts every coordinate of `sum` on the grid and adds a Gaussian of deviation `noise.sd`, rounded
 * to the same grid, in place. Every coordinate gets noise. The law of the noise is that of a
 * rounded continuous Gaussian, to 2^-100 in total variation per coordinate: Box and Muller in
 * 64-bit arithmetic names the grid cell where its error bound allows (docs/accounting.md), and
 * 320-bit arithmetic on the same random digits names the rest. Throws RangeError for NaN.
 */
export function addGridNoise(sum: Float64Array, noise: GridNoise, random: RandomSource): void {
  const { grid } = noise;
  const perGrid = 1 / grid;
  const cells = new Float64Array(Math.min(sum.length + 1, CELLS));
  const words = new Uint32Array(4 * Math.ceil(cells.length / 2));
  for (let start = 0; start < sum.length; start += CELLS) {
    const count = Math.min(CELLS, sum.length - start);
    random.fill(words);
    gaussianCells(cells, count, noise.sd * perGrid, words, random);
    for (let i = 0; i < count; i++) {
      sum[start + i] = (cellOf(sum[start + i]! * perGrid) + cells[i]!) * grid;
    }
  }
}

/** The nearest cell; far beyond any clipped sum it is held, which never moves two sums apart. */
function cellOf(scaled: number): number {
  if (scaled > -MOST_CELLS && scaled < MOST_CELLS) return Math.floor(scaled + 0.5);
  if (Number.isNaN(scaled)) throw new RangeError('a sum of clipped gradients is never NaN');
  return scaled > 0 ? MOST_CELLS : -MOST_CELLS;
}

/** Fills `cells` up to `count` (and one more) with round(scale x Gaussian), four words per pair. */
function gaussianCells(
  cells: Float64Array,
  count: number,
  scale: number,
  words: Uint32Array,
  random: RandomSource,
): void {
  const sure = 0.5 - COARSE * scale;
  for (let i = 0, w = 0; i < count; i += 2, w += 4) {
    const high = words[w]!;
    const turning = words[w + 2]!;
    const u = (high * 2 ** 32 + words[w + 1]! + 0.5) * 2 ** -64;
    const radius = Math.sqrt(-2 * Math.log(u)) * scale;
    const quarter = turning >>> 30;
    const part = ((turning & 0x3fffffff) * 2 ** 32 + words[w + 3]! + 0.5) * 2 ** -62;
    const angle = (part - 0.5) * QUARTER_TURN;
    const square = angle * angle;
    const cosine = nearCosine(square);
    const sine = angle * nearSineRatio(square);
    const x = radius * (cosine * COSINES[quarter]! - sine * SINES[quarter]!);
    const y = radius * (sine * COSINES[quarter]! + cosine * SINES[quarter]!);
    const cellX = Math.floor(x + 0.5);
    const cellY = Math.floor(y + 0.5);
    const awayX = Math.abs(x - cellX);
    const awayY = Math.abs(y - cellY);
    cells[i] = cellX;
    cells[i + 1] = cellY;
    const ordinary = high >= RARE && high < 2 ** 32 - RARE;
    if (ordinary && awayX < sure && awayY < sure) continue;
    const bound = scale * errorBound(u, radius / scale);
    if (ordinary && Math.max(awayX, awayY) < 0.5 - bound) continue;
    const exact = exactCell(words.subarray(w, w + 4), scale, random);
    cells[i] = exact.x;
    cells[i + 1] = exact.y;
  }
}

/** cos(t) from t^2 for |t| <= pi/4; the series breaks off below 2^-58. */
function nearCosine(q: number): number {
  const tail =
    1 / 40320 +
    q * (-1 / 3628800 + q * (1 / 479001600 + q * (-1 / 87178291200 + q / 20922789888000)));
  const rest = q * q * (1 / 24 + q * (-1 / 720 + q * tail));
  return 1 - 0.5 * q + rest;
}

/** sin(t) / t from t^2 for |t| <= pi/4; the series breaks off below 2^-53. */
function nearSineRatio(q: number): number {
  const tail = -1 / 39916800 + q * (1 / 6227020800 + q * (-1 / 1307674368000));
  return 1 + q * (-1 / 6 + q * (1 / 120 + q * (-1 / 5040 + q * (1 / 362880 + q * tail))));
}

/** The bound behind COARSE for this very pair; both are derived in docs/accounting.md. */
function errorBound(u: number, radius: number): number {
  return (2 ** -64 / u + 2 ** -50) / radius + 2 ** -47 * radius;
}
