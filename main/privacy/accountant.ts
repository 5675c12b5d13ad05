import { ConcordError } from '../contract/errors.ts';
import type { Accountant, EpsilonPlan, Neighbours, Phase } from '../contract/privacy.ts';
import { checkedNeighbours, hasLossPairs, remainingDelta } from './phases.ts';
import { lessNoise, type Calibrated } from './pld/calibrate.ts';
import { pldEpsilon, type Guess } from './pld/epsilon.ts';
import { composedRdp, DEFAULT_ORDERS, epsilonFromRdp, leastEpsilon } from './rdp.ts';

export interface PrivacyCost {
  readonly epsilon: number;
  /** The accountant the figure comes from: the Renyi one too where its bound is the smaller. */
  readonly accountant: Accountant;
  /** The Renyi order that decided, where one did. */
  readonly order?: number;
  /** The change of the records the figure protects against. */
  readonly neighbours: Neighbours;
}

/**
 * The epsilon of all phases one after another at `delta`. `orders` are the Renyi orders tried, by
 * default DEFAULT_ORDERS. Both accountants bound the true figure from above, so asking for `pld`
 * gives the smaller of the two. Throws DELTA_INVALID, MECHANISM_INVALID, ACCOUNTANT_UNAVAILABLE.
 */
export function epsilonOf(plan: EpsilonPlan): PrivacyCost {
  const { phases, delta } = plan;
  requireFraction(delta);
  const neighbours = checkedNeighbours(phases);
  const accountant = availableAccountant(plan.accountant, neighbours);
  const renyi = bestOrder(phases, delta, plan.orders ?? DEFAULT_ORDERS);
  if (accountant === 'pld' && hasLossPairs(phases)) {
    const tight = tightEpsilon(phases, delta, renyi);
    if (tight !== null) return { epsilon: tight, accountant, neighbours };
  }
  return { epsilon: renyi.epsilon, accountant: 'rdp', order: renyi.order, neighbours };
}

/**
 * By the privacy loss distribution; null where that says no less than the Renyi bound. Throws
 * INTERNAL where its own two sides contradict each other: no figure may then be shown.
 */
function tightEpsilon(phases: readonly Phase[], delta: number, renyi: Guess): number | null {
  const found = pldEpsilon(phases, delta, renyi);
  if (found === null || found.epsilon > renyi.epsilon) return null;
  if (found.lower > found.epsilon) throw new ConcordError('INTERNAL', { incident: 'pld-sides' });
  return found.epsilon;
}

function bestOrder(
  phases: readonly Phase[],
  whole: number,
  orders: readonly number[],
): { epsilon: number; order: number } {
  const delta = remainingDelta(phases, whole);
  let best = { epsilon: Infinity, order: NaN };
  for (const order of orders) {
    if (!(order > 1)) throw new RangeError('Renyi orders are above 1');
    const epsilon = epsilonFromRdp(composedRdp(phases, order), order, delta);
    if (epsilon < best.epsilon) best = { epsilon, order };
  }
  return best;
}

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
export function calibrateNoise(target: CalibrationTarget): Calibrated {
  const { targetEpsilon, delta } = target;
  requirePositive(targetEpsilon);
  requireFraction(delta);
  const neighbours = checkedNeighbours(phasesWith(target, 1));
  const renyi = calibrateByRenyi(target);
  if (availableAccountant(target.accountant, neighbours) === 'rdp') return renyi;
  return lessNoise(renyi, targetEpsilon, (noiseMultiplier) => {
    const phases = phasesWith(target, noiseMultiplier);
    return epsilonOf({ phases, delta, accountant: 'pld' }).epsilon;
  });
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

function phasesWith(target: CalibrationTarget, noiseMultiplier: number): Phase[] {
  return [
    {
      mechanism: 'poisson_gaussian',
      noise_multiplier: noiseMultiplier,
      sample_rate: target.sampleRate,
      steps: target.steps,
    },
    ...(target.beside ?? []),
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

/** Throws DELTA_TOO_LARGE unless delta is below one in the number of protected units. */
export function requireDelta(delta: number, units: number): void {
  requireFraction(delta);
  if (!(delta < 1 / units)) {
    throw new ConcordError('DELTA_TOO_LARGE', { delta, units, limit: 1 / units });
  }
}

/** Losses of fixed-size batches compose tightly by no known pair (Lebeda et al. 2024). */
function availableAccountant(asked: Accountant = 'rdp', neighbours: Neighbours): Accountant {
  if (asked === 'rdp' || neighbours === 'add-remove') return asked;
  throw new ConcordError('ACCOUNTANT_UNAVAILABLE', { accountant: asked, available: ['rdp'] });
}

function requirePositive(epsilon: number): void {
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new ConcordError('EPSILON_INVALID', { epsilon: String(epsilon) });
  }
}

function requireFraction(delta: number): void {
  if (!(delta > 0 && delta < 1)) {
    throw new ConcordError('DELTA_INVALID', { delta: String(delta) });
  }
}
