import { anyPhase, type AnyPhase } from '../contract/privacy.ts';
import type { PrivacyAmount } from '../contract/vault.ts';
import { composedRdp, DEFAULT_ORDERS, leastEpsilon } from '../privacy/rdp.ts';
import { exceeds, remaining, sumUp } from './exact-sum.ts';

/**
 * The Renyi filter of a ledger, chosen before the first job it counts and never again: one order,
 * and the part of delta that is its own. `order` 0: plain addition alone.
 */
export interface Filter {
  readonly order: number;
  readonly delta: number;
  /** Position of the last reservation that is counted plainly in it too. */
  readonly after: number;
}

/** What counts of a reservation. */
export interface Counted extends PrivacyAmount {
  readonly position: number;
  /** JSON of the phases as reserved; what are none counts by epsilon and delta. */
  readonly phases: string;
}

/** Of the budget's delta, what the filter gets; the rest is for plain addition. */
const FILTER_SHARE = 0.5;
/** Of the filter's delta, what the conversion gets; the rest is for releases that may fail. */
const CONVERSION_SHARE = 0.8;
/** Sums of divergences are rounded up by more than their rounding. */
const ROUND_UP = 1 + 1e-12;

/**
 * The filter for what is left of a budget: the order at which most of a divergence that grows with
 * the order, as a Gaussian's does, fits below epsilon. Where the `first` job it would count asks for
 * more of delta than is left beside the filter, there is none. From the budget and what that job
 * asks for, before any result of it.
 */
export function chooseFilter(
  left: PrivacyAmount,
  after: number,
  first: Pick<PrivacyAmount, 'delta'> = { delta: 0 },
): Filter {
  const delta = left.delta * FILTER_SHARE;
  if (first.delta > remaining(left.delta, [delta])) return { order: 0, delta: 0, after };
  const room = (order: number): number => (left.epsilon - conversionAt(order, delta)) / order;
  let order = 0;
  let most = 0;
  if (delta > 0) {
    for (const next of DEFAULT_ORDERS) {
      if (!(room(next) > most)) continue;
      most = room(next);
      order = next;
    }
  }
  return { order, delta: order === 0 ? 0 : delta, after };
}

function conversionAt(order: number, delta: number): number {
  return Math.max(0, leastEpsilon(order, delta * CONVERSION_SHARE));
}

/** What has been taken, counted in both ways. */
export interface Ways {
  /** All epsilons and deltas added up. */
  readonly plain: PrivacyAmount;
  /**
   * By the filter, its delta being that of releases that may fail alone; null where a divergence is
   * infinite or there is no filter.
   */
  readonly filter: PrivacyAmount | null;
}

/** Both ways of counting; `jobs` in any order. */
export function waysOf(jobs: readonly Counted[], filter: Filter): Ways {
  const plain = total(jobs);
  if (filter.order === 0) return { plain, filter: null };
  let divergence = 0;
  const epsilons = [];
  const failing = [];
  for (const job of jobs) {
    const phases = job.position > filter.after ? phasesOf(job.phases) : null;
    if (phases === null) epsilons.push(job.epsilon);
    else divergence += composedRdp(phases, filter.order) * ROUND_UP;
    if (job.position > filter.after) {
      failing.push(phases === null ? job.delta : sumUp(phases.map(failureOf)));
    }
  }
  if (!(divergence < Infinity)) return { plain, filter: null };
  const epsilon = sumUp([...epsilons, divergence, conversionAt(filter.order, filter.delta)]);
  return { plain, filter: { epsilon, delta: sumUp(failing) } };
}

/**
 * Whether a budget holds all of the jobs, one way or the other (docs/accounting.md, "The ledger's
 * filter", theorem).
 */
export function isWithin(budget: PrivacyAmount, jobs: readonly Counted[], filter: Filter): boolean {
  const plainDelta = remaining(budget.delta, [filter.delta]);
  const isPlain =
    !exceeds(
      jobs.map(({ epsilon }) => epsilon),
      budget.epsilon,
    ) &&
    !exceeds(
      jobs.map(({ delta }) => delta),
      plainDelta,
    );
  if (isPlain) return true;
  const { filter: found } = waysOf(jobs, filter);
  return (
    found !== null &&
    found.epsilon <= budget.epsilon &&
    found.delta <= failingDelta(filter) &&
    holdsFilter(budget, jobs, filter)
  );
}

/** A budget lowered since may not hold the filter's part of delta beside what came before it. */
function holdsFilter(budget: PrivacyAmount, jobs: readonly Counted[], filter: Filter): boolean {
  const before = jobs.filter(({ position }) => position <= filter.after);
  return !exceeds([...before.map(({ delta }) => delta), filter.delta], budget.delta);
}

function failingDelta({ delta }: Filter): number {
  return delta * (1 - CONVERSION_SHARE);
}

/** What plain addition leaves: any job of no more fits, whatever its mechanisms. */
export function leftOf(
  budget: PrivacyAmount,
  jobs: readonly PrivacyAmount[],
  filter: Pick<Filter, 'delta'>,
): PrivacyAmount {
  return {
    epsilon: remaining(
      budget.epsilon,
      jobs.map(({ epsilon }) => epsilon),
    ),
    delta: remaining(budget.delta, [filter.delta, ...jobs.map(({ delta }) => delta)]),
  };
}

/** The phases of a job whose neighbours are a record more or fewer; null for any other. */
export function phasesOf(stored: string): AnyPhase[] | null {
  const parsed = anyPhase.array().min(1).safeParse(JSON.parse(stored));
  return !parsed.success || parsed.data.some(isFixed) ? null : parsed.data;
}

function isFixed(one: AnyPhase): boolean {
  if (one.mechanism === 'selection') return one.of.flat().some(isFixed);
  return one.mechanism === 'fixed_size_gaussian';
}

/** No trial of a search may fail (phases.ts). */
function failureOf(one: AnyPhase): number {
  return 'delta' in one ? one.steps * (one.delta ?? 0) : 0;
}

export function total(jobs: readonly PrivacyAmount[]): PrivacyAmount {
  return {
    epsilon: sumUp(jobs.map(({ epsilon }) => epsilon)),
    delta: sumUp(jobs.map(({ delta }) => delta)),
  };
}
