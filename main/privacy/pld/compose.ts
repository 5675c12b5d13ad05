import FFT from 'fft.js';
import { cumulantOf, valuesAside, type Repeated } from './tilt.ts';

/** More points than this are not transformed: 2^19 take about a tenth of a second. */
const MOST_POINTS = 2 ** 19;
const LEAST_POINTS = 2 ** 8;
/** Larger tables are made anew: one of 2^19 points takes 16 MB. */
const MOST_KEPT = 2 ** 17;
/** What may fall outside the window, as a share of delta. */
const OUTSIDE = 1e-10;
/** Further tilts, in spreads of the losses, at which Chernoff's bound is tried: each twice the last. */
const LEAST_STEP = 2 ** -4;
const STEPS_ASIDE = 11;
/**
 * Rounding of a double, and how many of them each part of a transform may be off by: 8 for one of
 * complex numbers, and the square root of 2 times that where two of its parts are added up.
 */
const ROUNDING = 2 ** -53;
const ROUNDINGS = 12;
/** Coefficients that are below e^-80 at most are taken as 0, and that counts as error. */
const NOTHING = -80;
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
  const least = LEAST_STEP / spread;
  const down = valuesAside(parts, tilt, -least, STEPS_ASIDE, bound);
  const up = valuesAside(parts, tilt, least, STEPS_ASIDE, bound);
  let bottom = -Infinity;
  down.forEach((below, k) => {
    bottom = Math.max(bottom, -(below - value - Math.log(OUTSIDE)) / (least * 2 ** k));
  });
  bottom = Math.min(bottom, mean - width);
  const counted = value - tilt * Math.max(0, bottom) - Math.log(OUTSIDE * delta);
  let top = Infinity;
  up.forEach((above, k) => {
    top = Math.min(top, (above - value + counted) / (least * 2 ** k));
  });
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
  const { points } = window;
  const { width } = parts[0]!.grid;
  const spectrum = new Spectrum(points);
  let growth = 0;
  let infinite = 0;
  let taken = 0;
  for (const { grid, steps } of parts) {
    if (grid.width !== width) throw new RangeError('grids of one width');
    const { value } = cumulantOf([{ grid, steps: 1 }], tilt, bound);
    growth += steps * value;
    infinite += steps * grid.infinite;
    taken += steps;
    const source = new Float64Array(points);
    const masses = grid[bound];
    for (let i = 0; i < masses.length; i++) {
      const index = grid.indices[i]!;
      source[modulo(index, points)]! += masses[i]! * Math.exp(tilt * width * index - value);
    }
    spectrum.multiply(source, steps);
  }
  const { masses, error } = spectrum.turnedBack(window.first);
  return { window, masses, width, tilt, growth, error, infinite, steps: taken };
}

/** Transforms of one size keep their tables: a refinement asks for the same few again. */
const transforms = new Map<number, FFT>();

function transformOf(points: number): FFT {
  const known = transforms.get(points) ?? new FFT(points);
  if (points <= MOST_KEPT) transforms.set(points, known);
  return known;
}

/** The product of spectra of real sequences, each to a power, with a bound on its error. */
class Spectrum {
  readonly #points: number;
  readonly #unit: number;
  readonly #fft: FFT;
  /**
   * ln of each coefficient's size, the same at most, its angle, and its error relative to the size at
   * most; half of the coefficients say all.
   */
  readonly #logs: Float64Array;
  readonly #most: Float64Array;
  readonly #angles: Float64Array;
  readonly #slopes: Float64Array;
  readonly #buffer: Float64Array;

  constructor(points: number) {
    const half = points / 2;
    this.#points = points;
    this.#unit = ROUNDINGS * ROUNDING * Math.log2(points);
    this.#fft = transformOf(points);
    this.#logs = new Float64Array(half + 1);
    this.#most = new Float64Array(half + 1);
    this.#angles = new Float64Array(half + 1);
    this.#slopes = new Float64Array(half + 1);
    this.#buffer = new Float64Array(2 * points);
  }

  /**
   * A coefficient is off by at most `unit` (all of the source adds up to 1), and its power p by p x
   * unit x (size + unit)^(p - 1).
   */
  multiply(source: Float64Array, power: number): void {
    const buffer = this.#buffer;
    const [logs, most, angles, slopes, unit] = [
      this.#logs,
      this.#most,
      this.#angles,
      this.#slopes,
      this.#unit,
    ];
    this.#fft.realTransform(buffer, source);
    for (let k = 0; k < logs.length; k++) {
      if (most[k]! < NOTHING) continue;
      const [re, im] = [buffer[2 * k]!, buffer[2 * k + 1]!];
      const size = Math.sqrt(re * re + im * im);
      most[k]! += power * Math.log(size + unit);
      if (most[k]! < NOTHING) continue;
      logs[k]! += power * Math.log(size);
      angles[k]! += power * Math.atan2(im, re);
      slopes[k]! += power * (unit / (size + unit) + 4 * ROUNDING);
    }
  }

  /**
   * The sequence whose spectrum this is, its place `first` in front, and the Euclidean norm of what
   * it may be off by. A real sequence comes back from the real transform of Re - Im (Hartley 1942).
   */
  turnedBack(first: number): { readonly masses: Float64Array; readonly error: number } {
    const points = this.#points;
    const half = points / 2;
    const parts = new Float64Array(points);
    let squares = 0;
    for (let k = 0; k <= half; k++) {
      const twice = k === 0 || k === half ? 1 : 2;
      const most = Math.exp(this.#most[k]!);
      if (this.#most[k]! < NOTHING) {
        squares += twice * most ** 2;
        continue;
      }
      const length = Math.exp(this.#logs[k]!);
      const angle = this.#angles[k]! + (2 * Math.PI * modulo(first * k, points)) / points;
      const [re, im] = [length * Math.cos(angle), length * Math.sin(angle)];
      parts[k] = re - im;
      if (twice === 2) parts[points - k] = re + im;
      squares += twice * (most * (this.#slopes[k]! + this.#unit)) ** 2;
    }
    const buffer = this.#buffer;
    this.#fft.realTransform(buffer, parts);
    const masses = new Float64Array(points);
    for (let i = 0; i <= half; i++) {
      const [re, im] = [buffer[2 * i]!, buffer[2 * i + 1]!];
      masses[i] = (re - im) / points;
      if (i > 0 && i < half) masses[points - i] = (re + im) / points;
    }
    return { masses, error: Math.sqrt(squares / points) };
  }
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
  let wanted = Infinity;
  for (let i = points - 1; i >= 0; i--) {
    const loss = (first + i) * width;
    plain *= fall;
    shrunk *= steeper;
    // Now and then exactly, so that rounding does not add up.
    wanted = i % 32 === 31 || i === points - 1 ? Math.exp(level + tilt * loss) : wanted * fall;
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
