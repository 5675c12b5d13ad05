import type { Phase } from '../contract/privacy.ts';
import { fixedSizeGaussianRdp } from './rdp-fixed-size.ts';
import { poissonGaussianRdp } from './rdp-poisson.ts';

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
export function composedRdp(phases: readonly Phase[], order: number): number {
  return phases.reduce((sum, phase) => sum + phase.steps * stepRdp(phase, order), 0);
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
 * The exponential mechanism, whose log-ratios lie within a range of epsilon and not of 2 epsilon:
 * order epsilon^2 / 8 (Rogers and Steinke 2021; Cesar and Rogers 2021, lemma 3.4), and no order
 * more than epsilon.
 */
function exponentialRdp(epsilon: number, order: number): number {
  return Math.min(epsilon, (order * epsilon * epsilon) / 8);
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
