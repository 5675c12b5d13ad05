import type { AnyPhase, Phase } from '../contract/privacy.ts';
import { fixedSizeGaussianRdp } from './rdp-fixed-size.ts';
import { poissonGaussianRdp } from './rdp-poisson.ts';
import { selectionRdp } from './selection-rdp.ts';

const FRACTIONAL_ORDERS = Array.from({ length: 99 }, (_, i) => (11 + i) / 10);
const WHOLE_ORDERS = Array.from({ length: 53 }, (_, i) => 11 + i);

/** 1.1 .. 10.9 in tenths, 11 .. 63, 128, 256, 512, 1024. */
export const DEFAULT_ORDERS: readonly number[] = [
  ...FRACTIONAL_ORDERS,
  ...WHOLE_ORDERS,
  128,
  256,
  512,
  1024,
];

/**
 * Renyi divergence bound of all phases one after another at one order: the sum of theirs (Mironov
 * 2017, proposition 1). The phases must have been checked (accountant.ts).
 */
export function composedRdp(phases: readonly AnyPhase[], order: number): number {
  return phases.reduce((sum, phase) => {
    if (phase.mechanism === 'selection') return sum + selectionRdp(phase, order, composedRdp);
    return sum + phase.steps * stepRdp(phase, order);
  }, 0);
}

/**
 * The same of the pairs of losses by which phases are composed (pld/pairs.ts): larger for the
 * exponential mechanism, whose pair stands for all ranges of losses at once.
 */
export function composedPairRdp(phases: readonly Phase[], order: number): number {
  return phases.reduce((sum, phase) => {
    const { mechanism, noise_multiplier, steps } = phase;
    const isRange = mechanism === 'exponential';
    return sum + steps * (isRange ? rangeRdp(1 / noise_multiplier, order) : stepRdp(phase, order));
  }, 0);
}

/** Losses of density e^(s/2) / (4 sinh(epsilon/2)) on [-epsilon, epsilon], integrated. */
function rangeRdp(epsilon: number, order: number): number {
  const logSinh = (x: number): number => x + Math.log1p(-Math.exp(-2 * x)) - Math.LN2;
  const moment = logSinh((order - 0.5) * epsilon) - logSinh(epsilon / 2) - Math.log(2 * order - 1);
  return moment / (order - 1);
}

/** Renyi divergence bound of one step of a phase. */
function stepRdp(phase: Phase, order: number): number {
  const sigma = phase.noise_multiplier;
  switch (phase.mechanism) {
    case 'poisson_gaussian':
      return poissonGaussianRdp(sigma, phase.sample_rate, order);
    case 'gaussian':
    case 'discrete_gaussian':
      return order / (2 * sigma * sigma);
    case 'laplace':
      return laplaceRdp(1 / sigma, order);
    case 'discrete_laplace':
      return responseRdp(1 / sigma, order);
    case 'exponential':
      return exponentialRdp(1 / sigma, order);
    case 'fixed_size_gaussian':
      return fixedSizeGaussianRdp(sigma, phase.batch_size / phase.dataset_size, order);
  }
}

/** Laplace noise of scale 1 / epsilon at sensitivity 1 (Mironov 2017, proposition 6). */
function laplaceRdp(epsilon: number, order: number): number {
  const share = (order - 1) / (2 * order - 1);
  return epsilon + Math.log1p(share * Math.expm1(epsilon * (1 - 2 * order))) / (order - 1);
}

/**
 * Randomised response, which no mechanism of pure epsilon exceeds (Kairouz, Oh and Viswanath 2015):
 * ln((e^(a x) + e^((1 - a) x)) / (1 + e^x)) / (a - 1) at epsilon x and order a.
 */
function responseRdp(epsilon: number, order: number): number {
  const rise = (order - 1) * epsilon;
  // Numerator over denominator, both divided by e^(a x).
  const excess = Math.log1p(Math.exp(-rise - order * epsilon)) - Math.log1p(Math.exp(-epsilon));
  return Math.max(0, Math.min(epsilon, epsilon + excess / (order - 1)));
}

/**
 * The exponential mechanism, whose log-ratios lie within a range of epsilon and not of 2 epsilon:
 * order epsilon^2 / 8 (Rogers and Steinke 2021; Cesar and Rogers 2021, lemma 3.4), and no more than
 * its pair of losses has, which stays below epsilon at every order.
 */
function exponentialRdp(epsilon: number, order: number): number {
  return Math.min(rangeRdp(epsilon, order), (order * epsilon * epsilon) / 8);
}

/**
 * Epsilon at `delta` from a Renyi divergence bound (Canonne, Kamath and Steinke 2020, proposition
 * 12; Asoodeh et al. 2020); 0 where the Kullback-Leibler divergence alone, which is not larger,
 * keeps total variation below delta (Bretagnolle and Huber).
 */
export function epsilonFromRdp(rdp: number, order: number, delta: number): number {
  if (delta * delta + Math.expm1(-rdp) > 0) return 0;
  return Math.max(0, rdp + leastEpsilon(order, delta));
}

/** What the conversion adds to the divergence at this order. */
export function leastEpsilon(order: number, delta: number): number {
  return Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1);
}
