import type { LossGrid } from './discretise.ts';

/** One kind of step as often as it is taken. */
export interface Repeated {
  readonly grid: LossGrid;
  readonly steps: number;
}

/** ln E[e^(tilt x loss)] of a composition, with the mean and variance of its tilted losses. */
export interface Cumulant {
  readonly value: number;
  readonly mean: number;
  readonly variance: number;
}

/** Sums over all steps at one tilt; `bound` says which of a grid's two sides. */
export function cumulantOf(
  parts: readonly Repeated[],
  tilt: number,
  bound: 'upper' | 'lower' = 'upper',
): Cumulant {
  let value = 0;
  let mean = 0;
  let variance = 0;
  for (const { grid, steps } of parts) {
    const one = cumulantOfOne(grid, tilt, bound);
    value += steps * one.value;
    mean += steps * one.mean;
    variance += steps * one.variance;
  }
  return { value, mean, variance };
}

/**
 * ln E[e^((tilt + 2^k step) x loss)] of a composition for k = 0 to count - 1; `step` may be negative.
 * Each exponential is the square of the one before; Infinity where that is no number, unless it were
 * so of most.
 */
export function valuesAside(
  parts: readonly Repeated[],
  tilt: number,
  step: number,
  count: number,
  bound: 'upper' | 'lower',
): Float64Array {
  const values = new Float64Array(count);
  for (const { grid, steps } of parts) {
    const ends = [grid.indices[0]!, grid.indices.at(-1)!].map((index) => index * grid.width);
    const exponent = (k: number): number =>
      Math.max(...ends.flatMap((loss) => [step * 2 ** k * loss, (tilt + step * 2 ** k) * loss]));
    let quick = exponent(-Infinity) < MOST_EXPONENT ? count : 0;
    while (quick > 0 && exponent(quick - 1) >= MOST_EXPONENT) quick--;
    const one = valuesOfOne(grid, tilt, step, quick, bound);
    for (let k = 0; k < count; k++) {
      if (k < quick) values[k]! += steps * one[k]!;
      else if (quick >= count / 2) values[k] = Infinity;
      else values[k]! += steps * cumulantOfOne(grid, tilt + step * 2 ** k, bound).value;
    }
  }
  return values;
}

function valuesOfOne(
  { indices, width, ...grid }: LossGrid,
  tilt: number,
  step: number,
  count: number,
  bound: 'upper' | 'lower',
): Float64Array {
  const masses = grid[bound];
  const excess = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < masses.length; i++) {
    const mass = masses[i]!;
    if (mass === 0) continue;
    total += mass;
    const loss = indices[i]! * width;
    const weight = mass * Math.exp(tilt * loss);
    const start = mass * Math.expm1(tilt * loss);
    let grown = Math.expm1(step * loss);
    for (let k = 0; k < count; k++) {
      excess[k]! += start + weight * grown;
      grown *= grown + 2;
    }
  }
  return excess.map((sum) => Math.log1p(sum + (total - 1)));
}

/** e to this and somewhat more is a finite number. */
const MOST_EXPONENT = 500;

function cumulantOfOne(grid: LossGrid, tilt: number, bound: 'upper' | 'lower'): Cumulant {
  const { indices, width } = grid;
  const masses = grid[bound];
  // Sums of p (e^(tilt x) - 1): near 0 the logarithm of their sum keeps its digits.
  const largest = Math.max(0, tilt * width * indices.at(-1)!, tilt * width * indices[0]!);
  if (largest < MOST_EXPONENT) {
    let excess = 0;
    let first = 0;
    let second = 0;
    let total = 0;
    for (let i = 0; i < masses.length; i++) {
      const loss = indices[i]! * width;
      const grown = Math.expm1(tilt * loss);
      const mass = masses[i]!;
      total += mass;
      excess += mass * grown;
      first += mass * (1 + grown) * loss;
      second += mass * (1 + grown) * loss * loss;
    }
    const sum = total + excess;
    const mean = first / sum;
    return {
      value: Math.log1p(excess + (total - 1)),
      mean,
      variance: Math.max(0, second / sum - mean * mean),
    };
  }
  let most = -Infinity;
  for (let i = 0; i < masses.length; i++) {
    if (masses[i]! > 0) most = Math.max(most, Math.log(masses[i]!) + tilt * indices[i]! * width);
  }
  let sum = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < masses.length; i++) {
    if (!(masses[i]! > 0)) continue;
    const loss = indices[i]! * width;
    const weight = Math.exp(Math.log(masses[i]!) + tilt * loss - most);
    sum += weight;
    first += weight * loss;
    second += weight * loss * loss;
  }
  const mean = first / sum;
  return { value: most + Math.log(sum), mean, variance: Math.max(0, second / sum - mean * mean) };
}

const LEAST_TILT = 1e-3;

/**
 * The tilt under which the mean of all losses together is about `loss`, where the answer is
 * expected; at most `most`. Any tilt gives a valid answer, this one the fewest points and the most
 * digits (the saddlepoint of Esscher 1932).
 */
export function tiltAround(parts: readonly Repeated[], loss: number, most: number): number {
  let low = Math.log(LEAST_TILT);
  let high = Math.log(most);
  while (high - low > 0.02) {
    const middle = (low + high) / 2;
    if (cumulantOf(parts, Math.exp(middle)).mean < loss) low = middle;
    else high = middle;
  }
  return Math.exp(low);
}
