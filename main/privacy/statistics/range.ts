import type { RandomSource } from '../random.ts';
import { countUnits, type Contributions } from './contributions.ts';
import { deviationOf, noisyCounts, type CountNoise } from './counts.ts';

export interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** Powers of two that a number's size is told by; smaller is 0, larger counts as the largest. */
const LEAST_POWER = -20;
const MOST_POWER = 43;
const POWERS = MOST_POWER - LEAST_POWER + 1;
/** Negative sizes, zero, positive sizes; the bin after them is for what is no number. */
const SIZES = 2 * POWERS + 1;
const NO_NUMBER = SIZES;

/** Noise alone passes this many deviations in one bin of 3 million. */
const CLEAR = 5;

/** The bin of a number's sign and size, in the order of the numbers. */
function sizeBin(value: number): number {
  const size = Math.abs(value);
  if (size < 2 ** LEAST_POWER) return POWERS;
  let power = Math.floor(Math.log2(size));
  // The logarithm may be rounded over a power of two.
  if (2 ** power > size) power--;
  else if (2 ** (power + 1) <= size) power++;
  const steps = Math.min(MOST_POWER, power) - LEAST_POWER + 1;
  return value > 0 ? POWERS + steps : POWERS - steps;
}

/** What numbers a bin stands for. */
function sizeRange(bin: number): Range {
  const steps = Math.abs(bin - POWERS);
  if (steps === 0) return { lower: 0, upper: 0 };
  const inner = 2 ** (LEAST_POWER + steps - 1);
  return bin > POWERS ? { lower: inner, upper: 2 * inner } : { lower: -2 * inner, upper: -inner };
}

/** A column as a noisy look at its cells shows it. */
export interface Shape {
  readonly isNumber: boolean;
  /** From the smallest to the largest sign and size that clearly occur; null where none does. */
  readonly range: Range | null;
}

/**
 * Whether the cells are numbers, and of what sign and size, on bins that are the same for all
 * records: powers of two from 2^-20 to 2^43 and their negatives, zero, and 'no number'. One phase
 * `discrete_gaussian` with this noise multiplier.
 *
 * @param quantityOf a row's number, NaN where the cell is none, null where it is missing
 */
export function privateShape(
  units: Contributions,
  quantityOf: (row: number) => number | null,
  noise: CountNoise,
  random: RandomSource,
): Shape {
  const counts = countUnits(units, SIZES + 1, (row) => {
    const value = quantityOf(row);
    if (value === null) return -1;
    return Number.isNaN(value) ? NO_NUMBER : sizeBin(value);
  });
  const noisy = noisyCounts(counts, noise, random);
  const clear = clearBins(noisy.subarray(0, SIZES), noise);
  const numbers = clear.reduce((sum, bin) => sum + noisy[bin]!, 0);
  const [first, last] = [clear[0], clear.at(-1)];
  const range =
    first === undefined || last === undefined
      ? null
      : { lower: sizeRange(first).lower, upper: sizeRange(last).upper };
  return {
    isNumber: numbers >= noisy[NO_NUMBER]!,
    range: range === null || range.lower === range.upper ? null : range,
  };
}

/**
 * The part of a range that the cells clearly fill, in even cells: from the first to the last whose
 * noisy count stands out; all of the range where none does. What lies outside is clamped when it
 * is used, never left out. One phase `discrete_gaussian` with this noise multiplier.
 *
 * @param valueOf a row's number, NaN where there is none
 */
export function privateBounds(
  units: Contributions,
  valueOf: (row: number) => number,
  range: Range,
  cells: number,
  noise: CountNoise,
  random: RandomSource,
): Range {
  const { lower, upper } = range;
  const width = (upper - lower) / cells;
  const counts = countUnits(units, cells, (row) => {
    const value = valueOf(row);
    if (!(value >= lower && value <= upper)) return -1;
    return Math.min(cells - 1, Math.floor((value - lower) / width));
  });
  const clear = clearBins(noisyCounts(counts, noise, random), noise);
  const [first, last] = [clear[0], clear.at(-1)];
  if (first === undefined || last === undefined) return range;
  return {
    lower: lower + first * width,
    upper: last === cells - 1 ? upper : lower + (last + 1) * width,
  };
}

const MOST_CELLS = 64;
const LEAST_CELLS = 4;

/**
 * How many cells suit so many units: the more cells, the closer the bounds, but the fewer units in
 * each to stand out from the noise. A power of two, from public figures alone.
 */
export function cellsFor(publicCount: number, noise: CountNoise): number {
  const worth = publicCount / (2 * CLEAR * deviationOf(noise));
  const power = 2 ** Math.floor(Math.log2(Math.max(1, worth)));
  return Math.min(MOST_CELLS, Math.max(LEAST_CELLS, power));
}

function clearBins(noisy: Float64Array, noise: CountNoise): number[] {
  const least = CLEAR * deviationOf(noise);
  return [...noisy.keys()].filter((bin) => noisy[bin]! >= least);
}
