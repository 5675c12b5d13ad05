import { ConcordError } from '../contract/errors.ts';
import type { Accountant, AnyPhase, EpsilonPlan, Neighbours, Phase } from '../contract/privacy.ts';
import { requireAgreement } from './agreement.ts';
import { checkedNeighbours, hasLossPairs, remainingDelta } from './phases.ts';
import { pldEpsilon, type Guess } from './pld/epsilon.ts';
import { selectionEpsilon } from './selection.ts';
import { composedPairRdp, composedRdp, DEFAULT_ORDERS, epsilonFromRdp } from './rdp.ts';

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
 * The epsilon of all phases one after another at `delta`: by the privacy loss distribution where every
 * phase has a pair of losses, unless `rdp` is named or Renyi `orders` are given (by default DEFAULT_ORDERS).
 * Both accountants bound the true figure from above, so `pld` gives the smaller of the two. Throws
 * DELTA_INVALID, MECHANISM_INVALID, ACCOUNTANT_UNAVAILABLE; INTERNAL where the two contradict each
 * other: no figure is shown then.
 */
export function epsilonOf(plan: EpsilonPlan): PrivacyCost {
  const { phases, delta } = plan;
  requireFraction(delta);
  const neighbours = checkedNeighbours(phases);
  const usual = plan.orders === undefined ? undefined : 'rdp';
  const accountant = accountantFor(plan.accountant ?? usual, phases, neighbours);
  const renyi = bestOrder(phases, delta, plan.orders ?? DEFAULT_ORDERS);
  if (accountant === 'pld') {
    const tight = tightEpsilon(phases, delta, renyi);
    if (tight !== null) return { epsilon: tight, accountant, neighbours };
  }
  return { epsilon: renyi.epsilon, accountant: 'rdp', order: renyi.order, neighbours };
}

/** By the privacy loss distribution; null where that says no less than the Renyi bound. */
function tightEpsilon(phases: readonly AnyPhase[], whole: number, renyi: Guess): number | null {
  const delta = remainingDelta(phases, whole);
  if (!isPlain(phases)) {
    const found = selectionEpsilon(phases, { delta: whole, left: delta }, plainEpsilon);
    return found === null || found > renyi.epsilon ? null : found;
  }
  const found = pldEpsilon(phases, delta, renyi);
  if (found === null) return null;
  requireAgreement(phases, delta, found, pairBound(phases, delta, renyi));
  return found.epsilon > renyi.epsilon ? null : found.epsilon;
}

function isPlain(phases: readonly AnyPhase[]): phases is readonly Phase[] {
  return phases.every(({ mechanism }) => mechanism !== 'selection');
}

/** The smaller figure of both accountants. */
export function plainEpsilon(phases: readonly Phase[], delta: number): number {
  return epsilonOf({ phases: [...phases], delta }).epsilon;
}

/**
 * The Renyi bound of the loss pairs, which is that of the mechanisms but for the exponential one: its
 * pair stands for all ranges at once, and its divergences are larger.
 */
function pairBound(phases: readonly Phase[], delta: number, renyi: Guess): number {
  if (phases.every(({ mechanism }) => mechanism !== 'exponential')) return renyi.epsilon;
  return Math.min(
    ...DEFAULT_ORDERS.map((order) => epsilonFromRdp(composedPairRdp(phases, order), order, delta)),
  );
}

/** The order of the smallest bound, and that bound. */
export function bestOrder(
  phases: readonly AnyPhase[],
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

/** Throws DELTA_TOO_LARGE unless delta is below one in the number of protected units. */
export function requireDelta(delta: number, units: number): void {
  requireFraction(delta);
  if (!(delta < 1 / units)) {
    throw new ConcordError('DELTA_TOO_LARGE', { delta, units, limit: 1 / units });
  }
}

/**
 * The accountant asked for, or `pld`; `rdp` where a phase has no pair of losses. Losses of fixed-size
 * batches compose tightly by no known pair (Lebeda et al. 2024): asking for it is refused.
 */
export function accountantFor(
  asked: Accountant | undefined,
  phases: readonly AnyPhase[],
  neighbours: Neighbours,
): Accountant {
  if (asked === 'pld' && neighbours !== 'add-remove') {
    throw new ConcordError('ACCOUNTANT_UNAVAILABLE', { accountant: asked, available: ['rdp'] });
  }
  return asked === 'rdp' || !hasLossPairs(phases) ? 'rdp' : 'pld';
}

export function requireFraction(delta: number): void {
  if (!(delta > 0 && delta < 1)) {
    throw new ConcordError('DELTA_INVALID', { delta: String(delta) });
  }
}
