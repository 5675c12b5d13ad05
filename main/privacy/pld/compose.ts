import FFT from 'fft.js';
import { cumulantOf, type Repeated } from './tilt.ts';

/** More points than this are not transformed: 2^19 take about a tenth of a second. */
const MOST_POINTS = 2 ** 19;
const LEAST_POINTS = 2 ** 8;
/** What may fall outside the window, as a share of delta. */
const OUTSIDE = 1e-10;
/** Further tilts, in spreads of the losses, at which Chernoff's bound is tried. */
const STEPS_ASIDE = Array.from({ length: 11 }, (_, i) => 2 ** (i - 4));
/** Rounding of a double, and how many of them each part of a transform may be off by. */
const ROUNDING = 2 ** -53;
const ROUNDINGS = 8;
/** Relative error of one step's probabilities: eight nodes a part leave less. */
const QUADRATURE = 1e-13;

/** Where the tilted losses of a composition are looked at: from `first` x width, `points` many. */
interface Window {
  readonly first: number;
  readonly points: number;
}

/** The losses of a composition, tilted, and what is needed to answer for delta. */
interface Tilted {
  readonly window: Window;
  readonly masses: Float64Array;
  readonly width: number;
  readonly tilt: number;
  /** ln E[e^(tilt x loss)]. */
  readonly growth: number;
  /** Euclidean norm of the error of `masses`. */
  readonly error: number;
  readonly infinite: number;
  readonly steps: number;
}

export type Answer =
  | { readonly epsilon: number }
  /** The losses that decide lie below the window: tilt less. */
  | { readonly below: true }
  /** More points than can be transformed. */
  | { readonly tooWide: true };

/** Epsilon at `delta` of steps whose losses stand on one grid. Throws RangeError: other widths. */
export function epsilonOnGrid(
  parts: readonly Repeated[],
  delta: number,
  tilt: number,
  bound: 'upper' | 'lower',
): Answer {
  const window = windowOf(parts, delta, tilt, bound);
  if (window === null) return { tooWide: true };
  return epsilonOfTilted(compose(parts, tilt, bound, window), delta, bound);
}

/**
 * The points that the transform needs, or null when they are too many. By Chernoff's bound at a
 * few further tilts on both sides: what lies above the window comes in again at its lower end,
 * where it weighs as much as the least loss that counts.
 */
export function windowOf(
  parts: readonly Repeated[],
  delta: number,
  tilt: number,
  bound: 'upper' | 'lower',
): Window | null {
  const { width } = parts[0]!.grid;
  const { value, mean, variance } = cumulantOf(parts, tilt, bound);
  const spread = Math.sqrt(variance) + width;
  const tilts = STEPS_ASIDE.map((more) => more / spread);
  let bottom = -Infinity;
  for (const step of tilts) {
    const down = cumulantOf(parts, tilt - step, bound).value - value;
    bottom = Math.max(bottom, -(down - Math.log(OUTSIDE)) / step);
  }
  bottom = Math.min(bottom, mean - width);
  const counted = value - tilt * Math.max(0, bottom) - Math.log(OUTSIDE * delta);
  let top = Infinity;
  for (const step of tilts) {
    const up = cumulantOf(parts, tilt + step, bound).value - value;
    top = Math.min(top, (up + counted) / step);
  }
  top = Math.max(top, mean + width);
  const first = Math.floor(bottom / width);
  const needed = Math.ceil(top / width) - first + 2;
  if (!(needed <= MOST_POINTS)) return null;
  let points = LEAST_POINTS;
  while (points < needed) points *= 2;
  return { first, points };
}

/**
 * The tilted losses of all steps together: the discrete Fourier transform of each kind of step to
 * the power of its count, multiplied, and back (Koskela, Jalko and Honkela 2020). The window is
 * cyclic: what lies outside comes in at the other side.
 */
function compose(
  parts: readonly Repeated[],
  tilt: number,
  bound: 'upper' | 'lower',
  window: Window,
): Tilted {
  const { points, first } = window;
  const { width } = parts[0]!.grid;
  const fft = new FFT(points);
  const half = points / 2;
  const logs = new Float64Array(half + 1);
  const angles = new Float64Array(half + 1);
  const slopes = new Float64Array(half + 1);
  const unit = ROUNDINGS * ROUNDING * Math.log2(points);
  const source = new Float64Array(points);
  const spectrum = new Float64Array(2 * points);
  let growth = 0;
  let infinite = 0;
  let taken = 0;
  for (const { grid, steps } of parts) {
    if (grid.width !== width) throw new RangeError('grids of one width');
    const { value } = cumulantOf([{ grid, steps: 1 }], tilt, bound);
    growth += steps * value;
    infinite += steps * grid.infinite;
    taken += steps;
    source.fill(0);
    const masses = grid[bound];
    for (let i = 0; i < masses.length; i++) {
      const index = grid.indices[i]!;
      source[modulo(index, points)]! += masses[i]! * Math.exp(tilt * width * index - value);
    }
    fft.realTransform(spectrum, source);
    for (let k = 0; k <= half; k++) {
      const [re, im] = [spectrum[2 * k]!, spectrum[2 * k + 1]!];
      const length = Math.hypot(re, im);
      logs[k]! += steps * Math.log(length);
      angles[k]! += steps * Math.atan2(im, re);
      slopes[k]! += steps * (unit / Math.max(length, unit) + 4 * ROUNDING);
    }
  }
  let squares = 0;
  for (let k = 0; k <= half; k++) {
    const length = Math.exp(logs[k]!);
    // Turned so that the window's first point stands first.
    const angle = angles[k]! + (2 * Math.PI * modulo(first * k, points)) / points;
    spectrum[2 * k] = length * Math.cos(angle);
    spectrum[2 * k + 1] = length * Math.sin(angle);
    squares += (k === 0 || k === half ? 1 : 2) * (length * (slopes[k]! + unit)) ** 2;
  }
  fft.completeSpectrum(spectrum);
  const out = new Float64Array(2 * points);
  fft.inverseTransform(out, spectrum);
  const found = new Float64Array(points);
  for (let i = 0; i < points; i++) found[i] = out[2 * i]!;
  return {
    window,
    masses: found,
    width,
    tilt,
    growth,
    error: Math.sqrt(squares / points),
    infinite,
    steps: taken,
  };
}

function modulo(value: number, points: number): number {
  const rest = value % points;
  return rest < 0 ? rest + points : rest;
}

/**
 * The epsilon at which sum over losses above it of p (1 - e^(epsilon - loss)), plus what may be
 * missing, is `delta`. Summed from the largest loss down; inside a cell of the grid the sum is
 * linear in e^epsilon.
 */
function epsilonOfTilted(tilted: Tilted, delta: number, bound: 'upper' | 'lower'): Answer {
  const isUpper = bound === 'upper';
  const missing = isUpper ? tilted.infinite + OUTSIDE * delta : 0;
  const factor = isUpper ? 1 + tilted.steps * QUADRATURE : 1 - tilted.steps * QUADRATURE;
  const target = (delta - missing) / factor;
  if (!(target > 0)) return { epsilon: Infinity };
  let found = solve(tilted, target);
  if (!('epsilon' in found)) return found;
  // The transform's own error counts against us; it is smaller the higher the losses are.
  for (let round = 0; round < 3; round++) {
    const error = errorAt(tilted, found.epsilon);
    const left = isUpper ? target - error : target + error;
    if (!(left > 0)) return { epsilon: Infinity };
    found = solve(tilted, left);
    if (!('epsilon' in found)) return found;
    if (!isUpper || errorAt(tilted, found.epsilon) <= error * (1 + 1e-9)) break;
  }
  return found;
}

/** Cauchy and Schwarz: the norm of the error times that of what it is multiplied with. */
function errorAt({ tilt, width, growth, error, masses }: Tilted, epsilon: number): number {
  const terms = Math.min(masses.length, 1 / -Math.expm1(-2 * tilt * width));
  return Math.exp(growth - tilt * epsilon) * error * Math.sqrt(terms);
}

/**
 * From the largest loss down: `plain` and `shrunk` are the sums over larger losses of p and of
 * p e^(epsilon - loss), both counted from the point reached, so that neither can overflow.
 */
function solve(tilted: Tilted, target: number): Answer {
  const { masses, width, tilt, growth } = tilted;
  const { first, points } = tilted.window;
  const fall = Math.exp(-tilt * width);
  const steeper = Math.exp(-(tilt + 1) * width);
  const level = Math.log(target) - growth;
  let plain = 0;
  let shrunk = 0;
  for (let i = points - 1; i >= 0; i--) {
    const loss = (first + i) * width;
    plain *= fall;
    shrunk *= steeper;
    const wanted = Math.exp(level + tilt * loss);
    if (plain - shrunk > wanted) {
      const epsilon = loss + Math.log((plain - wanted) / shrunk);
      return { epsilon: Math.max(0, epsilon) };
    }
    if (loss <= 0) return { epsilon: 0 };
    plain += masses[i]!;
    shrunk += masses[i]!;
  }
  return { below: true };
}
