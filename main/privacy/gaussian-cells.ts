import { CELLS, drawKernel, type DrawKernel } from './draw-kernel.ts';
import { exactCell } from './exact-gaussian.ts';
import type { RandomSource } from './random.ts';

const QUARTER_TURN = Math.PI / 2;
/** Cosine and sine of 0, 1, 2, 3 quarter turns. */
const COSINES = Float64Array.of(1, 0, -1, 0);
const SINES = Float64Array.of(0, 1, 0, -1);
/** Bound on the error of a pair before scaling, in standard deviations, for ordinary words. */
const COARSE = 2 ** -40;
/** First words below this, or as close to 2^32, go to the exact path at once. */
const RARE = 2 ** 12;

/**
 * Fills `cells` with independent round(scale x Gaussian). The law is that of a rounded continuous
 * Gaussian, to 2^-100 in total variation per value: Box and Muller in 64-bit arithmetic names the
 * cell where its error bound allows (docs/accounting.md), on vectors where the runtime has them,
 * and 320-bit arithmetic on the same random digits names the rest. All ways give the same cells.
 *
 * @param kernel null: without vectors
 */
export function gaussianCells(
  cells: Float64Array,
  scale: number,
  random: RandomSource,
  kernel: DrawKernel | null = drawKernel(),
): void {
  // Vectors take two pairs at once.
  const most = Math.min(CELLS, 4 * Math.ceil(cells.length / 4));
  const words = kernel?.words ?? new Uint32Array(2 * most);
  for (let start = 0; start < cells.length; start += CELLS) {
    const block = cells.subarray(start, start + CELLS);
    const pairs = Math.ceil(block.length / 2);
    random.fill(words.subarray(0, 4 * pairs));
    if (kernel === null) {
      for (let pair = 0; pair < pairs; pair++) decide(block, pair, words, scale, random);
    } else onVectors(kernel, block, pairs, scale, random);
  }
  // What protects is not kept where a later look at memory would find it.
  words.subarray(0, 2 * most).fill(0);
  kernel?.cells.subarray(0, most).fill(0);
}

function onVectors(
  kernel: DrawKernel,
  cells: Float64Array,
  pairs: number,
  scale: number,
  random: RandomSource,
): void {
  const open = kernel.gaussianCells(pairs + (pairs % 2), scale, 0.5 - COARSE * scale);
  cells.set(kernel.cells.subarray(0, cells.length));
  for (let o = 0; o < open; o++) {
    const pair = kernel.found[o]!;
    // An odd number of pairs is filled up with one that nobody asked for.
    if (pair < pairs) decide(cells, pair, kernel.words, scale, random);
  }
}

/** The pair at `cells[2 pair]` (and behind it, where there is room) from its four words. */
function decide(
  cells: Float64Array,
  pair: number,
  words: Uint32Array,
  scale: number,
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
  let cellX = Math.floor(x + 0.5);
  let cellY = Math.floor(y + 0.5);
  const away = Math.max(Math.abs(x - cellX), Math.abs(y - cellY));
  const isOrdinary = high >= RARE && high < 2 ** 32 - RARE;
  const isSure =
    isOrdinary &&
    (away < 0.5 - COARSE * scale || away < 0.5 - scale * errorBound(u, radius / scale));
  if (!isSure) ({ x: cellX, y: cellY } = exactCell(words.subarray(w, w + 4), scale, random));
  cells[2 * pair] = cellX;
  if (2 * pair + 1 < cells.length) cells[2 * pair + 1] = cellY;
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
