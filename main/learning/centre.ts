import { addGridNoise, gridNoise, sumErrorBound } from '../privacy/noise.ts';
import type { RandomSource } from '../privacy/random.ts';
import type { VectorOf } from './encode.ts';
import { largestSample } from './mechanism.ts';
import type { Units } from './units.ts';

/** What a unit adds is computed in double precision from vectors of single: far below this. */
const SLACK = 1e-9;

interface Bought {
  /** Deviation per unit of sensitivity, as accounted: one step of a phase `gaussian`. */
  readonly noiseMultiplier: number;
  /** Units as published. */
  readonly publicCount: number;
  readonly dimensions: number;
}

/**
 * The mean of the units' vectors with noise, or null where it does not stand out from the noise. Each
 * unit adds the mean of its texts' vectors, held to length 1, to a sum; the sum gets Gaussian noise for
 * that sensitivity and is divided by the published count. What follows uses nothing but that release:
 * noise of deviation s a coordinate makes a vector of d coordinates longer by s^2 d in the square, so
 * the mean is shrunk by the share of its length that is its own (James and Stein 1961, with the
 * positive part).
 */
export function privateCentre(
  units: Pick<Units, 'count' | 'starts' | 'rows'>,
  vectorOf: VectorOf,
  { noiseMultiplier, publicCount, dimensions }: Bought,
  random: RandomSource,
): Float64Array | null {
  const sum = new Float64Array(dimensions);
  for (let unit = 0; unit < units.count; unit++) {
    const rows = units.rows.subarray(units.starts[unit], units.starts[unit + 1]);
    addHeld(sum, meanOf(rows, vectorOf, dimensions));
  }
  const order = { units: largestSample(publicCount, publicCount), norm: 1 + SLACK };
  const sumError = sumErrorBound({ ...order, chunk: Infinity, roundoff: 2 ** -53 });
  const noise = gridNoise({
    ...{ noiseMultiplier, clip: 1, dimension: dimensions },
    ...{ clipSlack: SLACK, sumError },
  });
  addGridNoise(sum, noise, random);
  const share = 1 - (noise.sd ** 2 * dimensions) / squaredLength(sum);
  return share > 0 ? sum.map((value) => (value * share) / publicCount) : null;
}

/** The mean of the vectors of those rows that have one. */
export function meanOf(rows: Int32Array, vectorOf: VectorOf, dimensions: number): Float64Array {
  const mean = new Float64Array(dimensions);
  let count = 0;
  for (const row of rows) {
    const vector = vectorOf(row);
    if (vector.every((value) => value === 0)) continue;
    count++;
    for (let d = 0; d < dimensions; d++) mean[d]! += vector[d]!;
  }
  return count === 0 ? mean : mean.map((value) => value / count);
}

/** Adds a vector scaled to length 1 at most; one of which a number is not finite adds nothing. */
function addHeld(sum: Float64Array, vector: Float64Array): void {
  const squares = squaredLength(vector);
  if (!Number.isFinite(squares)) return;
  const scale = squares > 1 ? 1 / Math.sqrt(squares) : 1;
  for (let d = 0; d < sum.length; d++) sum[d]! += scale * vector[d]!;
}

function squaredLength(vector: Float64Array): number {
  return vector.reduce((total, value) => total + value * value, 0);
}
