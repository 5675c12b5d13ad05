import { ConcordError } from '../contract/errors.ts';
import type { Accountant, AnyPhase, Phase, SelectionPhase } from '../contract/privacy.ts';
import {
  accountantFor,
  bestOrder,
  epsilonOf,
  requireFraction,
  type PrivacyCost,
} from './accountant.ts';
import { checkedNeighbours, remainingDelta } from './phases.ts';
import { lessNoise, type Calibrated } from './pld/less-noise.ts';
import { roughEpsilon } from './pld/epsilon.ts';
import { composedRdp, DEFAULT_ORDERS, epsilonFromRdp, leastEpsilon } from './rdp.ts';

export interface CalibrationTarget {
  readonly targetEpsilon: number;
  readonly delta: number;
  /** Rate of the Poisson sampling, in (0, 1]. */
  readonly sampleRate: number;
  readonly steps: number;
  readonly accountant?: Accountant | undefined;
  readonly orders?: readonly number[] | undefined;
  /** Releases beside the steps that the same target must cover. */
  readonly beside?: readonly Phase[] | undefined;
  /** The steps are those of one trial of such a search, which the target covers as a whole. */
  readonly search?: TrialsOf | undefined;
}

/** How many trials a search makes, without what one of them is. */
export type TrialsOf = Pick<SelectionPhase, 'distribution' | 'expected_trials'>;

/** One trial's phases as they are accounted: alone, or as those of every trial of a search. */
export function trialPhases(
  phases: readonly Phase[],
  search: TrialsOf | undefined,
): readonly AnyPhase[] {
  if (search === undefined) return phases;
  return [{ mechanism: 'selection', ...search, of: [[...phases]], steps: 1 }];
}

export interface Calibration extends Calibrated {
  /** The accountant the epsilon comes from. */
  readonly accountant: Accountant;
}

const LEAST_NOISE = 0.01;
const MOST_NOISE = 2 ** 24;
const PRECISION = 1e-9;
/** Added at the end, so that the last digits of another accountant do not exceed the target. */
const MARGIN = 4e-7;

/**
 * The smallest noise multiplier, rounded up, with which `steps` Poisson-sampled Gaussian steps, and
 * what is released beside them, cost at most the target; never below 0.01. Rounded up by less than
 * 5e-7 (of itself, below 1); by the privacy loss distribution by about 5e-5 of itself, most of it
 * the grid's. The epsilon given back is that of the very multiplier, never above the target. Throws
 * EPSILON_INVALID,
 * DELTA_INVALID, MECHANISM_INVALID, ACCOUNTANT_UNAVAILABLE, CALIBRATION_IMPOSSIBLE.
 */
export function calibrateNoise(target: CalibrationTarget): Calibration {
  const { targetEpsilon, delta } = target;
  requirePositive(targetEpsilon);
  requireFraction(delta);
  const phases = phasesWith(target, 1);
  const neighbours = checkedNeighbours(phases);
  const usual = target.orders === undefined ? undefined : 'rdp';
  const accountant = accountantFor(target.accountant ?? usual, phases, neighbours);
  const renyi = calibrateByRenyi(target);
  if (accountant === 'rdp') return { ...renyi, accountant };
  if (target.search !== undefined) {
    const at = (noise: number): PrivacyCost =>
      epsilonOf({ phases: phasesWith(target, noise), delta, accountant });
    return leastNoiseOfSearch(renyi, targetEpsilon, at);
  }
  const tight = { epsilon: targetEpsilon, delta };
  return tightened(renyi, tight, (noise) => stepsWith(target, noise));
}

const SEARCH_ROUNDS = 8;
/** Of epsilon, how far below the target a search may stay, and is aimed. */
const SEARCH_CLOSE = 1e-3;
const SEARCH_AIM = 4e-4;

/**
 * Less noise for a search than `renyi` says suffices, by the secant rule on ln epsilon against ln
 * noise; every figure looked at is a whole one.
 */
function leastNoiseOfSearch(
  renyi: Calibrated,
  target: number,
  at: (noise: number) => PrivacyCost,
): Calibration {
  const points: { noise: number; epsilon: number }[] = [];
  let noise = renyi.noiseMultiplier;
  let best: Calibration = { ...renyi, accountant: 'rdp' };
  for (let round = 0; round < SEARCH_ROUNDS; round++) {
    const { epsilon, accountant } = at(noise);
    points.push({ noise, epsilon });
    if (epsilon <= target && noise <= best.noiseMultiplier) {
      best = { noiseMultiplier: noise, epsilon, accountant };
      if (epsilon >= target * (1 - SEARCH_CLOSE) || noise === LEAST_NOISE) break;
    }
    const next = noise * ((target * (1 - SEARCH_AIM)) / epsilon) ** (1 / steepness(points));
    noise = Math.min(Math.max(next, LEAST_NOISE), renyi.noiseMultiplier);
  }
  return best;
}

/** d ln epsilon / d ln noise at the last two points; about -1 before there are two. */
function steepness(points: readonly { noise: number; epsilon: number }[]): number {
  const [before, last] = points.slice(-2);
  if (before === undefined || last === undefined) return -1;
  const slope = Math.log(last.epsilon / before.epsilon) / Math.log(last.noise / before.noise);
  return slope > -10 && slope < -0.1 ? slope : -1;
}

export interface TightTarget {
  readonly epsilon: number;
  readonly delta: number;
  /** Of epsilon, how far below it an answer may stay; by default 2e-5. */
  readonly close?: number;
}

/**
 * Less noise by the privacy loss distribution than `renyi` says suffices: searched on the first grid,
 * which errs by nearly the same everywhere, with the whole figure of the answer tested. `phasesAt` must
 * have loss pairs at every noise.
 */
export function tightened(
  renyi: Calibrated,
  { epsilon, delta, close }: TightTarget,
  phasesAt: (noise: number) => readonly Phase[],
): Calibration {
  const enough = phasesAt(renyi.noiseMultiplier);
  const { order } = bestOrder(enough, delta, DEFAULT_ORDERS);
  const rough = roughEpsilon(remainingDelta(enough, delta), { epsilon, order });
  const costs = new Map<number, PrivacyCost>();
  const costAt = (noise: number): PrivacyCost =>
    epsilonOf({ phases: [...phasesAt(noise)], delta, accountant: 'pld' });
  const whole = (noise: number): number => {
    const cost = costAt(noise);
    costs.set(noise, cost);
    return cost.epsilon;
  };
  const at = { whole, rough: (noise: number) => rough(phasesAt(noise)) };
  const { noiseMultiplier } = lessNoise(renyi, epsilon, at, close);
  const cost = costs.get(noiseMultiplier) ?? costAt(noiseMultiplier);
  return { noiseMultiplier, epsilon: cost.epsilon, accountant: cost.accountant };
}

function calibrateByRenyi(target: CalibrationTarget): Calibrated {
  const { targetEpsilon, delta } = target;
  const suffices = sufficiency(target);
  let above = 1;
  while (!suffices(above)) {
    above *= 2;
    if (above > MOST_NOISE) {
      throw new ConcordError('CALIBRATION_IMPOSSIBLE', {
        epsilon: targetEpsilon,
        limit: MOST_NOISE,
      });
    }
  }
  let below = above / 2;
  while (below > LEAST_NOISE && suffices(below)) {
    above = below;
    below /= 2;
  }
  below = Math.max(below, LEAST_NOISE);
  if (suffices(below)) above = below;
  while (above - below > PRECISION * above) {
    const middle = (above + below) / 2;
    if (suffices(middle)) above = middle;
    else below = middle;
  }
  const withMargin = above + MARGIN * Math.min(1, above);
  const noiseMultiplier = suffices(withMargin) ? withMargin : above;
  const phases = phasesWith(target, noiseMultiplier);
  const { epsilon } = bestOrder(phases, delta, target.orders ?? DEFAULT_ORDERS);
  return { noiseMultiplier, epsilon };
}

function phasesWith(target: CalibrationTarget, noiseMultiplier: number): AnyPhase[] {
  const { beside = [], search } = target;
  if (search === undefined) return stepsWith(target, noiseMultiplier);
  const steps = stepsWith({ ...target, beside: [] }, noiseMultiplier);
  return [...beside, ...trialPhases(steps, search)];
}

function stepsWith(target: CalibrationTarget, noiseMultiplier: number): Phase[] {
  return [
    ...(target.beside ?? []),
    {
      mechanism: 'poisson_gaussian',
      noise_multiplier: noiseMultiplier,
      sample_rate: target.sampleRate,
      steps: target.steps,
    },
  ];
}

/**
 * Whether a noise multiplier reaches the target. Left out are orders whose conversion alone costs
 * more; not those up to 2, which also tell whether the divergence is so small that epsilon is 0
 * (a larger order then says so too). The order that decided last is asked first.
 */
function sufficiency(target: CalibrationTarget): (noiseMultiplier: number) => boolean {
  const { targetEpsilon } = target;
  const delta = remainingDelta(target.beside ?? [], target.delta);
  const orders = (target.orders ?? DEFAULT_ORDERS).filter(
    (order) => order <= 2 || leastEpsilon(order, delta) <= targetEpsilon,
  );
  return (noiseMultiplier) => {
    const phases = phasesWith(target, noiseMultiplier);
    const found = orders.findIndex(
      (order) => epsilonFromRdp(composedRdp(phases, order), order, delta) <= targetEpsilon,
    );
    if (found > 0) orders.unshift(...orders.splice(found, 1));
    return found >= 0;
  };
}

function requirePositive(epsilon: number): void {
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new ConcordError('EPSILON_INVALID', { epsilon: String(epsilon) });
  }
}
