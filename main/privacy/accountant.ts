import { ConcordError } from '../contract/errors.ts';
import type { Accountant, EpsilonPlan, Neighbours, Phase } from '../contract/privacy.ts';
import { checkedNeighbours } from './phases.ts';
import { composedRdp, DEFAULT_ORDERS, epsilonFromRdp, leastEpsilon } from './rdp.ts';

/** Accountants that can be asked for here. */
const AVAILABLE = ['rdp'] as const satisfies readonly Accountant[];
type Available = (typeof AVAILABLE)[number];

export interface PrivacyCost {
  readonly epsilon: number;
  /** The accountant the figure comes from. */
  readonly accountant: Accountant;
  /** The Renyi order that decided. */
  readonly order?: number;
  /** The change of the records the figure protects against. */
  readonly neighbours: Neighbours;
}

/**
 * The epsilon of all phases one after another at `delta`. `orders` are the Renyi orders tried, by
 * default DEFAULT_ORDERS. Throws DELTA_INVALID, MECHANISM_INVALID, ACCOUNTANT_UNAVAILABLE.
 */
export function epsilonOf(plan: EpsilonPlan): PrivacyCost {
  const accountant = availableAccountant(plan.accountant);
  requireFraction(plan.delta);
  const neighbours = checkedNeighbours(plan.phases);
  const best = bestOrder(plan.phases, plan.delta, plan.orders ?? DEFAULT_ORDERS);
  return { epsilon: best.epsilon, accountant, order: best.order, neighbours };
}

function bestOrder(
  phases: readonly Phase[],
  delta: number,
  orders: readonly number[],
): { epsilon: number; order: number } {
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
}

const LEAST_NOISE = 0.01;
const MOST_NOISE = 2 ** 24;
const PRECISION = 1e-9;
/** Added at the end, so that the last digits of another accountant do not exceed the target. */
const MARGIN = 4e-7;

/**
 * The smallest noise multiplier, rounded up by less than 5e-7 (of itself, below 1), with which
 * `steps` Poisson-sampled Gaussian steps cost at most the target; never below 0.01. The epsilon given
 * back is that of the very multiplier, never above the target. Throws EPSILON_INVALID,
 * DELTA_INVALID, MECHANISM_INVALID, ACCOUNTANT_UNAVAILABLE, CALIBRATION_IMPOSSIBLE.
 */
export function calibrateNoise(target: CalibrationTarget): {
  noiseMultiplier: number;
  epsilon: number;
} {
  const { targetEpsilon, delta } = target;
  requirePositive(targetEpsilon);
  requireFraction(delta);
  availableAccountant(target.accountant);
  checkedNeighbours(phasesWith(target, 1));
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
  ];
}

/**
 * Whether a noise multiplier reaches the target. Left out are orders whose conversion alone costs
 * more; not those up to 2, which also tell whether the divergence is so small that epsilon is 0
 * (a larger order then says so too). The order that decided last is asked first.
 */
function sufficiency(target: CalibrationTarget): (noiseMultiplier: number) => boolean {
  const { targetEpsilon, delta } = target;
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

function availableAccountant(asked: Accountant | undefined): Available {
  const found = AVAILABLE.find((name) => name === (asked ?? 'rdp'));
  if (found === undefined) {
    throw new ConcordError('ACCOUNTANT_UNAVAILABLE', {
      accountant: asked ?? '',
      available: AVAILABLE,
    });
  }
  return found;
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
