import { ConcordError } from '../contract/errors.ts';
import type { AnyPhase, Neighbours, Phase, SelectionPhase } from '../contract/privacy.ts';

const LEAST_NOISE = 0.001;
const MOST_NOISE = 1e9;
const MOST_STEPS = 1e12;
const MOST_RECORDS = 1e12;
const LEAST_TRIALS = 1.01;
const MOST_TRIALS = 1000;

/**
 * The neighbouring relation of a plan's phases, after checking each. Throws MECHANISM_INVALID with
 * the number of the phase (from 1), the field and a reason: noise, rate, steps, count,
 * batch-above-dataset, no-phase, mixed-neighbours, failure, trials, trial-failure.
 */
export function checkedNeighbours(phases: readonly AnyPhase[]): Neighbours {
  const found = phases.map((phase, index) => {
    if (phase.mechanism === 'selection') return checkedTrials(phase, index + 1);
    checkPhase(phase, index + 1);
    return neighboursOf(phase);
  });
  const [first, ...others] = found;
  if (first === undefined) throw unfit(1, 'phases', 'no-phase');
  const other = others.findIndex((neighbours) => neighbours !== first);
  if (other >= 0) throw unfit(other + 2, 'mechanism', 'mixed-neighbours');
  return first;
}

/** All trials of a search are of one kind of neighbours, and none of them may fail. */
function checkedTrials(
  { of, expected_trials: trials }: SelectionPhase,
  number: number,
): Neighbours {
  if (!(trials >= LEAST_TRIALS && trials <= MOST_TRIALS)) {
    throw unfit(number, 'expected_trials', 'trials');
  }
  const phases = of.flat();
  for (const phase of phases) {
    checkPhase(phase, number);
    if ('delta' in phase && (phase.delta ?? 0) > 0) throw unfit(number, 'of', 'trial-failure');
  }
  const [first, ...others] = phases.map(neighboursOf);
  if (first === undefined) throw unfit(number, 'of', 'no-phase');
  if (others.some((neighbours) => neighbours !== first)) {
    throw unfit(number, 'of', 'mixed-neighbours');
  }
  return first;
}

function neighboursOf(phase: Phase): Neighbours {
  return phase.mechanism === 'fixed_size_gaussian' ? 'replace-one' : 'add-remove';
}

function checkPhase(phase: Phase, number: number): void {
  const noise = phase.noise_multiplier;
  if (!(noise >= LEAST_NOISE && noise <= MOST_NOISE)) {
    throw unfit(number, 'noise_multiplier', 'noise');
  }
  if (!isWhole(phase.steps, MOST_STEPS)) throw unfit(number, 'steps', 'steps');
  if ('delta' in phase && !((phase.delta ?? 0) >= 0 && (phase.delta ?? 0) < 1)) {
    throw unfit(number, 'delta', 'failure');
  }
  if (phase.mechanism === 'discrete_gaussian') {
    const { contributions = 1 } = phase;
    if (!isWhole(contributions, MOST_RECORDS)) throw unfit(number, 'contributions', 'count');
  }
  if (phase.mechanism === 'poisson_gaussian') {
    if (!(phase.sample_rate > 0 && phase.sample_rate <= 1)) {
      throw unfit(number, 'sample_rate', 'rate');
    }
  }
  if (phase.mechanism === 'fixed_size_gaussian') {
    if (!isWhole(phase.dataset_size, MOST_RECORDS)) throw unfit(number, 'dataset_size', 'count');
    if (!isWhole(phase.batch_size, MOST_RECORDS)) throw unfit(number, 'batch_size', 'count');
    if (phase.batch_size > phase.dataset_size) {
      throw unfit(number, 'batch_size', 'batch-above-dataset');
    }
  }
}

/**
 * What is left of delta when all the releases that may fail have taken theirs (approximate Renyi
 * divergences compose so: Bun and Steinke 2016, section 8). Throws MECHANISM_INVALID with the
 * reason failure where nothing is left.
 */
export function remainingDelta(phases: readonly AnyPhase[], delta: number): number {
  let left = delta;
  for (const [index, phase] of phases.entries()) {
    if (!('delta' in phase) || phase.delta === undefined) continue;
    left -= phase.steps * phase.delta * ROUND_UP;
    if (!(left > 0)) throw unfit(index + 1, 'delta', 'failure');
  }
  return left;
}

/**
 * Whether every phase has a pair of loss distributions here. Fixed-size batches have none that
 * composes tightly (Lebeda et al. 2024), counts of whose noise only the multiplier is known have none,
 * and beyond this deviation the whole numbers are too many.
 */
export function hasLossPairs(phases: readonly AnyPhase[]): boolean {
  return phases.every((phase) => {
    if (phase.mechanism === 'selection') return phase.of.every(hasLossPairs);
    if (phase.mechanism === 'fixed_size_gaussian') return false;
    if (phase.mechanism !== 'discrete_gaussian') return true;
    const { contributions } = phase;
    return contributions !== undefined && countDeviation(phase) <= MOST_DEVIATION;
  });
}

const MOST_DEVIATION = 2 ** 14;

/** The deviation of the noise on each count of a discrete Gaussian release. */
export function countDeviation(phase: Extract<Phase, { mechanism: 'discrete_gaussian' }>): number {
  return phase.noise_multiplier * Math.sqrt(phase.contributions ?? 1);
}

const ROUND_UP = 1 + 2 ** -50;

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

function unfit(phase: number, field: string, reason: string): ConcordError {
  return new ConcordError('MECHANISM_INVALID', { phase, field, reason });
}
