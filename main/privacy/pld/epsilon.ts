import type { Phase } from '../../contract/privacy.ts';
import { gaussianEpsilon } from '../gaussian.ts';
import { countDeviation } from '../phases.ts';
import { epsilonOnGrid, windowOf } from './compose.ts';
import { onGrid, reachesBeyondGrids, type LossGrid } from './discretise.ts';
import { DIRECTIONS, lossPair, type Direction, type LossPair } from './pairs.ts';
import { cumulantOf, tiltAround, type Repeated } from './tilt.ts';

/** Epsilon of a composition by its privacy loss distribution. */
export interface PldEpsilon {
  /** Never below the true one. */
  readonly epsilon: number;
  /** Never above the true one, with every loss rounded down on the same grid. */
  readonly lower: number;
}

/** A bound from elsewhere and the Renyi order it was found at: they only choose the grid. */
export interface Guess {
  readonly epsilon: number;
  readonly order: number;
}

/** What the grid may add to epsilon, as a share of it; and the least that is looked at. */
const TOLERANCE = 4e-5;
const LEAST_TOLERANCE = 1e-6;
/** Dots stand this share of a loss apart: its square decides, so that 2^-8 adds next to nothing. */
const FINE = 256;
const ROUNDS = 8;
/** Forecast rounding of the transform as a share of delta; the exact bound is in the answer. */
const MOST_NOISE = 0.02;
const FORECAST = 1e-15;
/** The first width, in shares of the guess spread over the square root of the steps. */
const FIRST_WIDTH = 1 / 16;
const LEAST_GUESS = 1e-4;
/** A guess off by more than this share has chosen a tilt that suits another loss. */
const FAR = 0.2;

/**
 * Epsilon of all phases one after another at `delta`, for one record added or removed: the larger
 * of both directions. null where the composition is too wide for a grid (then the other bound has
 * to do). The phases must have been checked and have loss pairs.
 */
export function pldEpsilon(
  phases: readonly Phase[],
  delta: number,
  guess: Guess,
): PldEpsilon | null {
  const merged = mergedPhases(phases);
  const mu = gaussianAlone(merged);
  if (mu !== null) {
    const epsilon = gaussianEpsilon(mu, delta);
    return { epsilon, lower: epsilon };
  }
  if (guess.epsilon === 0) return { epsilon: 0, lower: 0 };
  if (!(guess.epsilon < Infinity)) return null;
  let epsilon = 0;
  let lower = 0;
  const isSampled = merged.some(({ mechanism }) => mechanism === 'poisson_gaussian');
  // Every other pair is the same one in both directions.
  for (const direction of isSampled ? DIRECTIONS : DIRECTIONS.slice(0, 1)) {
    const found = new Refinement(merged, direction, delta, guess).run(epsilon);
    if (found === null) return null;
    epsilon = Math.max(epsilon, found.epsilon);
    lower = Math.max(lower, found.lower);
  }
  return { epsilon, lower };
}

/**
 * A quick figure for searches, of one record more and on the first grid: off by nearly the same for
 * phases that differ little. null where there is no figure. What is found once to suit the guess is
 * used again.
 */
export function roughEpsilon(
  delta: number,
  guess: Guess,
): (phases: readonly Phase[]) => number | null {
  let tilt: number | undefined;
  return (phases) => {
    const merged = mergedPhases(phases);
    const mu = gaussianAlone(merged);
    if (mu !== null) return gaussianEpsilon(mu, delta);
    const found =
      new Refinement(merged, 'remove', delta, guess, tilt).first() ??
      new Refinement(merged, 'remove', delta, guess).first();
    tilt = found?.tilt;
    return found?.epsilon ?? null;
  };
}

/** Sensitivity over deviation of a composition that is one Gaussian release; null of any other. */
function gaussianAlone(merged: readonly Phase[]): number | null {
  const [only, ...others] = merged;
  if (only?.mechanism !== 'gaussian' || others.length > 0) return null;
  return 1 / only.noise_multiplier;
}

/** The same of phases as they are: the exact figure can then be checked by another path. */
export function exactGaussian(phases: readonly Phase[]): number | null {
  return gaussianAlone(mergedPhases(phases));
}

/**
 * Gaussian releases without sampling are one, of deviation 1 / sqrt(sum of steps / sigma^2);
 * equal phases are one with their steps together.
 */
function mergedPhases(phases: readonly Phase[]): Phase[] {
  let square = 0;
  const others = new Map<string, Phase>();
  for (const phase of phases) {
    const isPlain =
      phase.mechanism === 'gaussian' ||
      (phase.mechanism === 'poisson_gaussian' && phase.sample_rate === 1);
    if (isPlain) {
      square += phase.steps / phase.noise_multiplier ** 2;
      continue;
    }
    const single = singleCount(phase);
    const rate = single.mechanism === 'poisson_gaussian' ? single.sample_rate : 1;
    const key = `${single.mechanism} ${single.noise_multiplier} ${rate}`;
    const known = others.get(key)?.steps ?? 0;
    others.set(key, { ...single, steps: single.steps + known });
  }
  if (square === 0) return [...others.values()];
  const noise = 1 / Math.sqrt(square);
  return [{ mechanism: 'gaussian', noise_multiplier: noise, steps: 1 }, ...others.values()];
}

/** Counts that one unit is in are as many releases of one count each. */
function singleCount(phase: Phase): Phase {
  if (phase.mechanism !== 'discrete_gaussian') return phase;
  const steps = phase.steps * (phase.contributions ?? 1);
  return { mechanism: 'discrete_gaussian', noise_multiplier: countDeviation(phase), steps };
}

interface Solved {
  readonly epsilon: number;
  readonly parts: readonly Repeated[];
  readonly tilt: number;
}

/** One direction on ever finer grids, until a finer one would change epsilon no more. */
class Refinement {
  readonly #steps: readonly { readonly pair: LossPair; readonly steps: number }[];
  readonly #delta: number;
  readonly #reach: number;
  readonly #first: number;
  readonly #known: number | undefined;
  #around: number;
  #width: number;
  #best: Solved | null = null;
  /** On the grid before: wide, but a lower bound too. */
  #before: Solved | null = null;

  /** `tilt`: one that has suited a composition like this. */
  constructor(
    phases: readonly Phase[],
    direction: Direction,
    delta: number,
    guess: Guess,
    tilt?: number,
  ) {
    this.#reach = Math.min(Math.max(2 * guess.order, 4), 4096);
    this.#steps = phases.map((phase) => ({
      pair: lossPair(phase, direction, this.#reach),
      steps: phase.steps,
    }));
    this.#delta = delta;
    this.#around = guess.epsilon;
    this.#first = guess.epsilon;
    this.#known = tilt;
    const count = phases.reduce((sum, { steps }) => sum + steps, 0);
    const width = (FIRST_WIDTH * Math.max(guess.epsilon, LEAST_GUESS)) / Math.sqrt(count);
    this.#width = aligned(width, phases);
  }

  /** No further than it takes to know that epsilon is not above `known`. */
  run(known: number): PldEpsilon | null {
    let before: { readonly epsilon: number; readonly parts: number } | null = null;
    for (let round = 0; round < ROUNDS; round++) {
      const epsilon = this.#solve(round);
      if (epsilon === null && before !== null && before.parts > 2) {
        // That was too fine at once.
        const fewer: number = Math.ceil(before.parts / 3);
        this.#width *= before.parts / fewer;
        before = { epsilon: before.epsilon, parts: fewer };
        continue;
      }
      if (epsilon === null || epsilon <= known) break;
      const allowed = Math.max(TOLERANCE * epsilon, LEAST_TOLERANCE);
      let parts = 4;
      if (before !== null) {
        // The grid's share falls with the square of its width, at least at first.
        const left = Math.abs(before.epsilon - epsilon) / (before.parts ** 2 - 1);
        if (left <= allowed) break;
        parts = Math.min(10, Math.max(2, Math.ceil(1.4 * Math.sqrt(left / allowed))));
      }
      before = { epsilon, parts };
      this.#around = epsilon;
      this.#width /= parts;
    }
    if (this.#best === null) return null;
    const { parts, tilt } = this.#before ?? this.#best;
    const lower = settled(parts, this.#delta, tilt, 'lower') ?? 0;
    return { epsilon: this.#best.epsilon, lower };
  }

  first(): Solved | null {
    this.#solve(0);
    return this.#best;
  }

  #solve(round: number): number | null {
    const grids = this.#grids();
    if (grids === null) return null;
    const parts = this.#steps.map(({ steps }, i) => ({ grid: grids[i]!, steps }));
    const known = this.#best?.tilt ?? this.#known;
    const isFar = round === 1 && Math.abs(this.#around / this.#first - 1) > FAR;
    const tilt = known === undefined || isFar ? this.#chooseTilt(parts) : known;
    const epsilon = settled(parts, this.#delta, tilt, 'upper');
    if (epsilon === null) return null;
    if (this.#best === null || epsilon < this.#best.epsilon) {
      this.#before = this.#best;
      this.#best = { epsilon, parts, tilt };
    }
    return epsilon;
  }

  #grids(): LossGrid[] | null {
    if (this.#steps.some(({ pair }) => reachesBeyondGrids(pair, this.#width))) return null;
    return this.#steps.map(({ pair }) => onGrid(pair, this.#width, FINE));
  }

  /** The tilt that needs the fewest points, among those that do not lose delta in rounding. */
  #chooseTilt(parts: readonly Repeated[]): number {
    const most = tiltAround(parts, this.#around, this.#reach);
    const steps = parts.reduce((sum, part) => sum + part.steps, 0);
    let best = { tilt: most, points: Infinity };
    for (let tilt = most; tilt > most / 256; tilt /= 2) {
      const shrunk = tilt * this.#around - cumulantOf(parts, tilt).value;
      const terms = 1 / (2 * tilt * this.#width);
      const noise = steps * FORECAST * Math.sqrt(terms) * Math.exp(-shrunk);
      if (noise > MOST_NOISE * this.#delta) continue;
      const points = windowOf(parts, this.#delta, tilt, 'upper')?.points ?? Infinity;
      if (points < best.points) best = { tilt, points };
    }
    return best.tilt;
  }
}

/** Lowers the tilt until the window holds the losses that decide, and rounding leaves delta. */
function settled(
  parts: readonly Repeated[],
  delta: number,
  first: number,
  bound: 'upper' | 'lower',
): number | null {
  for (let tilt = first; tilt > first / 1024; tilt /= 4) {
    const answer = epsilonOnGrid(parts, delta, tilt, bound);
    if ('tooWide' in answer) return null;
    if ('epsilon' in answer && answer.epsilon < Infinity) return answer.epsilon;
  }
  return null;
}

/** A width at most this large of which the losses that stand furthest apart are multiples. */
function aligned(width: number, phases: readonly Phase[]): number {
  const unit = Math.max(...phases.map(unitOfLosses));
  return unit < width ? width : unit / Math.ceil(unit / width);
}

/** What single losses with a probability of their own are multiples of; 0 where there are none. */
function unitOfLosses({ mechanism, noise_multiplier }: Phase): number {
  switch (mechanism) {
    case 'laplace':
    case 'discrete_laplace':
    case 'exponential':
      return 1 / noise_multiplier;
    case 'discrete_gaussian':
      return 1 / (2 * noise_multiplier ** 2);
    default:
      return 0;
  }
}
