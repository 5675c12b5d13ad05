import { cellKernel } from './cell-kernel.ts';
import { exactCell } from './exact-gaussian.ts';
import type { RandomSource } from './random.ts';

/** Cells per block; four random words make two. */
export const BLOCK = 2048;
const QUARTER_TURN = Math.PI / 2;
/** Cosine and sine of 0, 1, 2, 3 quarter turns. */
const COSINES = Float64Array.of(1, 0, -1, 0);
const SINES = Float64Array.of(0, 1, 0, -1);
/** Bound on the error of a pair before scaling, in standard deviations, for ordinary words. */
const COARSE = 2 ** -40;
/** First words below this, or as close to 2^32, go to the exact path at once. */
const RARE = 2 ** 12;

/**
 * Draws blocks of round(scale x Gaussian). The law is that of a rounded continuous Gaussian, to
 * 2^-100 in total variation per cell: Box and Muller 1958 in 64-bit arithmetic names the cell where
 * its error bound allows (docs/accounting.md), and 320-bit arithmetic on the same random digits
 * names the rest. So who computes the 64-bit part changes no cell.
 */
export interface CellSource {
  /** At least `count` cells, at most BLOCK; they stand until the next call. */
  draw(count: number, scale: number, random: RandomSource): Float64Array;
}

let usual: CellSource | undefined;

/** By machine code where the processor has vectors, else in JavaScript: the same cells. */
export function usualCells(): CellSource {
  usual ??= vectorCells() ?? plainCells();
  return usual;
}

export function plainCells(): CellSource {
  const cells = new Float64Array(BLOCK);
  const words = new Uint32Array(2 * BLOCK);
  return {
    draw(count, scale, random) {
      const pairs = Math.ceil(count / 2);
      random.fill(words.subarray(0, 4 * pairs));
      for (let pair = 0; pair < pairs; pair++) namePair(cells, pair, scale, words, random);
      words.fill(0);
      return cells;
    },
  };
}

/** Undefined where the processor or the runtime has no vectors. */
export function vectorCells(): CellSource | undefined {
  const kernel = cellKernel(BLOCK);
  if (kernel === undefined) return undefined;
  const { cells, words } = kernel;
  return {
    draw(count, scale, random) {
      // The kernel takes two pairs at a time; what is too much is drawn by nobody and not used.
      const pairs = Math.ceil(count / 2);
      random.fill(words.subarray(0, 4 * pairs));
      for (const first of kernel.fill(pairs, scale, 0.5 - COARSE * scale, RARE)) {
        for (let pair = first; pair < Math.min(first + 2, pairs); pair++) {
          namePair(cells, pair, scale, words, random);
        }
      }
      words.fill(0);
      return cells;
    },
  };
}

/** Names the cells 2 pair and 2 pair + 1 from the four words of the pair. */
function namePair(
  cells: Float64Array,
  pair: number,
  scale: number,
  words: Uint32Array,
  random: RandomSource,
): void {
  const w = 4 * pair;
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
  cells[2 * pair] = cellX;
  cells[2 * pair + 1] = cellY;
  const sure = 0.5 - COARSE * scale;
  const ordinary = high >= RARE && high < 2 ** 32 - RARE;
  if (ordinary && awayX < sure && awayY < sure) return;
  const bound = scale * errorBound(u, radius / scale);
  if (ordinary && Math.max(awayX, awayY) < 0.5 - bound) return;
  const exact = exactCell(words.subarray(w, w + 4), scale, random);
  cells[2 * pair] = exact.x;
  cells[2 * pair + 1] = exact.y;
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
