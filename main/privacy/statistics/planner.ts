import type { Accountant, Phase } from '../../contract/privacy.ts';
import { ConcordError } from '../../contract/errors.ts';
import { accountantFor, epsilonOf } from '../accountant.ts';
import { tightened } from '../calibrate.ts';

/** A private statistic that is wanted: one phase of `steps` releases. */
export interface Need {
  readonly mechanism: 'discrete_gaussian' | 'gaussian' | 'exponential';
  readonly steps: number;
  /** Its noise relative to that of others: 2 costs about a quarter of 1. */
  readonly weight: number;
  /** Whether each release may fail: selection above a threshold. */
  readonly mayFail: boolean;
}

export interface StatisticsBudget {
  readonly epsilon: number;
  readonly delta: number;
  /** Share of epsilon that the statistics may cost when taken by themselves, above 0 up to 1. */
  readonly share: number;
  /** Most rows, and so most counts, of one unit; 1 where it is left out. */
  readonly contributions?: number | undefined;
  readonly accountant?: Accountant | undefined;
}

export interface PricedStatistics {
  /** One phase for each need, in the same order. */
  readonly phases: readonly Phase[];
  /** What they cost by themselves at the whole delta: at most share x epsilon. */
  readonly epsilon: number;
}

/** Of delta, what all selections together may use up. */
const DELTA_SHARE = 0.1;
/** Of their share, what statistics may leave unused. */
const CLOSE = 1e-3;
/** Noise multipliers are multiples of this, so that exact noise works on short fractions. */
const NOISE_STEP = 2 ** -10;
const LEAST_NOISE = 2 ** -6;
const MOST_NOISE = 2 ** 24;

/**
 * Noise for statistics released one after another on the same records (columns of one record are
 * not disjoint, so nothing is saved between them), the least with which together they cost at most
 * share x epsilon. Depends on no record. Throws CALIBRATION_IMPOSSIBLE, EPSILON_INVALID,
 * DELTA_INVALID.
 */
export function priceStatistics(
  needs: readonly Need[],
  budget: StatisticsBudget,
): PricedStatistics {
  const { epsilon, delta, share, accountant, contributions = 1 } = budget;
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new ConcordError('EPSILON_INVALID', { epsilon: String(epsilon) });
  }
  if (needs.length === 0) return { phases: [], epsilon: 0 };
  const target = share * epsilon;
  const selections = needs.reduce((sum, need) => sum + (need.mayFail ? need.steps : 0), 0);
  // Rounded down: added up again they must not exceed their share.
  const each = ((delta * DELTA_SHARE) / Math.max(1, selections)) * (1 - 1e-12);
  const phasesAt = (scale: number): Phase[] =>
    needs.map((need) => phaseOf(need, scale, each, contributions));
  const renyi = byRenyi(target, delta, phasesAt);
  const phases = phasesAt(renyi.noiseMultiplier);
  if (accountantFor(accountant, phases, 'add-remove') === 'rdp') {
    return { phases, epsilon: renyi.epsilon };
  }
  const tight = tightened(renyi, { epsilon: target, delta, close: CLOSE }, phasesAt);
  return { phases: phasesAt(tight.noiseMultiplier), epsilon: tight.epsilon };
}

function byRenyi(
  target: number,
  delta: number,
  phasesAt: (scale: number) => Phase[],
): { noiseMultiplier: number; epsilon: number } {
  const costOf = (scale: number): number =>
    epsilonOf({ phases: phasesAt(scale), delta, accountant: 'rdp' }).epsilon;
  let above = 1;
  while (costOf(above) > target) {
    above *= 2;
    if (above > MOST_NOISE) {
      throw new ConcordError('CALIBRATION_IMPOSSIBLE', { epsilon: target, limit: MOST_NOISE });
    }
  }
  let below = above === 1 ? 0 : above / 2;
  while (above - below > 1e-4 * above) {
    const middle = (above + below) / 2;
    if (costOf(middle) > target) below = middle;
    else above = middle;
  }
  return { noiseMultiplier: above, epsilon: costOf(above) };
}

/** An exponential mechanism of the Renyi divergence a Gaussian of the same weight has. */
function phaseOf(
  { mechanism, steps, weight, mayFail }: Need,
  scale: number,
  delta: number,
  contributions: number,
): Phase {
  const wanted = mechanism === 'exponential' ? (scale * weight) / 2 : scale * weight;
  const noise_multiplier = Math.ceil(Math.max(wanted, LEAST_NOISE) / NOISE_STEP) * NOISE_STEP;
  if (mechanism === 'exponential') return { mechanism, noise_multiplier, steps };
  const gaussian =
    mechanism === 'gaussian'
      ? // That of a statistic always says so: no step of a training does.
        { mechanism, noise_multiplier, steps, delta: 0 }
      : { mechanism, noise_multiplier, steps, contributions };
  return mayFail ? { ...gaussian, delta } : gaussian;
}

/**
 * Phases that cost at least what each of the blocks does, for statistics on blocks of rows of
 * which every unit has its rows in one alone (parallel composition: McSherry 2009, theorem 4).
 * Where blocks run the same mechanisms nothing is paid twice. Columns are no such blocks.
 */
export function inParallel(blocks: readonly (readonly Phase[])[]): Phase[] {
  const kinds = new Set(blocks.flat().map(({ mechanism }) => mechanism));
  return [...kinds].flatMap((kind) => {
    const lists = blocks.map((block) => releasesOf(block, kind));
    const longest = Math.max(...lists.map((list) => list.length));
    return Array.from({ length: longest }, (_, place) =>
      costliest(lists.flatMap((list) => list[place] ?? [])),
    );
  });
}

/** Every single release of a mechanism, those with the least noise first. */
function releasesOf(block: readonly Phase[], kind: Phase['mechanism']): Phase[] {
  return block
    .filter(({ mechanism }) => mechanism === kind)
    .flatMap((phase) => Array.from({ length: phase.steps }, () => ({ ...phase, steps: 1 })))
    .sort((a, b) => a.noise_multiplier - b.noise_multiplier);
}

function costliest(phases: readonly Phase[]): Phase {
  const [first] = phases;
  if (first?.mechanism !== 'discrete_gaussian' && first?.mechanism !== 'exponential') {
    throw new RangeError('statistics look at every unit of their block');
  }
  const noise_multiplier = Math.min(...phases.map((phase) => phase.noise_multiplier));
  const delta = Math.max(...phases.map((phase) => ('delta' in phase ? (phase.delta ?? 0) : 0)));
  if (first.mechanism === 'exponential') return { ...first, noise_multiplier };
  // Less noise is a larger Renyi divergence, but no pair of losses that dominates: no contributions.
  const { mechanism, steps } = first;
  const counts = { mechanism, steps, noise_multiplier };
  return delta === 0 ? counts : { ...counts, delta };
}
