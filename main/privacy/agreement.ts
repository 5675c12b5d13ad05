import { ConcordError } from '../contract/errors.ts';
import type { Phase } from '../contract/privacy.ts';
import { lossPair } from './pld/pairs.ts';
import { exactGaussian, type PldEpsilon } from './pld/epsilon.ts';

/** Rounding of a comparison, relative and absolute. */
const ROUNDING = 1e-9;
/** How far the exact Gaussian figure may be off by the second path, relative. */
const EXACT = 1e-6;

/**
 * What must hold before a figure is shown (docs/accounting.md, "Agreement"). Throws INTERNAL, with the
 * check that failed as the incident:
 *
 * - pld-sides: the loss distribution rounded down gives more than the same rounded up;
 * - pld-above-rdp: rounded down it gives more than the Renyi bound of the same pairs, which would
 *   make one of the two wrong;
 * - gaussian: where nothing is sampled, the figure is not that of integrating the densities.
 *
 * @param renyi Renyi bound of the pairs of `phases` at `delta`
 * @param delta what the conversion gets
 */
export function requireAgreement(
  phases: readonly Phase[],
  delta: number,
  pld: PldEpsilon,
  renyi: number,
): void {
  if (exceeds(pld.lower, pld.epsilon)) throw disagreement('pld-sides');
  if (exceeds(pld.lower, renyi)) throw disagreement('pld-above-rdp');
  const mu = exactGaussian(phases);
  if (mu !== null && !isGaussianFigure(mu, delta, pld.epsilon)) throw disagreement('gaussian');
}

function exceeds(value: number, bound: number): boolean {
  return !(value <= bound * (1 + ROUNDING) + ROUNDING);
}

function disagreement(incident: string): ConcordError {
  return new ConcordError('INTERNAL', { incident });
}

/** Whether the hockey-stick divergence passes delta within EXACT of epsilon. */
function isGaussianFigure(mu: number, delta: number, epsilon: number): boolean {
  const above = integratedDelta(mu, epsilon * (1 + EXACT) + ROUNDING);
  if (!(above <= delta * (1 + ROUNDING))) return false;
  if (epsilon === 0) return true;
  return integratedDelta(mu, epsilon * (1 - EXACT) - ROUNDING) >= delta * (1 - ROUNDING);
}

const PARTS = 4000;

/** The integral of P - e^epsilon Q where it is positive, by Simpson's rule on the densities. */
function integratedDelta(mu: number, epsilon: number): number {
  const sigma = 1 / mu;
  const phase: Phase = { mechanism: 'gaussian', noise_multiplier: sigma, steps: 1 };
  const pair = lossPair(phase, 'remove', 0);
  const start = Math.max(pair.from, pair.outcomeAt(epsilon));
  // Beyond twelve deviations of what counts nothing is left.
  const end = Math.max(start, 1) + 12 * sigma;
  const step = (end - start) / PARTS;
  const excess = (x: number): number => pair.density(x) * -Math.expm1(epsilon - pair.loss(x));
  let sum = 0;
  for (let i = 0; i <= PARTS; i++) {
    const weight = i === 0 || i === PARTS ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * excess(start + i * step);
  }
  return (sum * step) / 3;
}
