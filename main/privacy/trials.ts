import type { SelectionPhase } from '../contract/privacy.ts';
import { gaussianDelta } from './gaussian.ts';
import { poissonSample } from './sampling.ts';
import type { RandomSource } from './random.ts';

/**
 * How many trials a search makes, at least one (Papernot and Steinke 2022, definitions 1 and 5; the
 * Poisson law without its zero). `negative-binomial`: P(k + 1) / P(k) = (1 - gamma)(k + eta) / (k + 1),
 * geometric at eta 1, logarithmic at eta 0.
 */
export type TrialLaw =
  | { readonly is: 'negative-binomial'; readonly eta: number; readonly gamma: number }
  | { readonly is: 'poisson'; readonly mean: number };

/** The law of a search with so many trials on average (above 1). */
export function trialLaw({
  distribution,
  expected_trials: expected,
}: Pick<SelectionPhase, 'distribution' | 'expected_trials'>): TrialLaw {
  switch (distribution) {
    case 'geometric':
      return { is: 'negative-binomial', eta: 1, gamma: 1 / expected };
    case 'logarithmic': {
      // (1 / gamma - 1) / ln(1 / gamma) on average.
      const gamma = Math.exp(-rootOf((u) => Math.expm1(u) / u, expected));
      return { is: 'negative-binomial', eta: 0, gamma };
    }
    case 'poisson':
      return { is: 'poisson', mean: rootOf((u) => u / -Math.expm1(-u), expected) };
  }
}

/** Where a rising function of a number above 0 is `wanted`, which it is below 2^20. */
function rootOf(rising: (u: number) => number, wanted: number): number {
  let [below, above] = [1e-9, 1];
  while (rising(above) < wanted) above *= 2;
  while (above - below > 1e-15 * above) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) break;
    if (rising(middle) < wanted) below = middle;
    else above = middle;
  }
  return above;
}

/** P(K = k + 1) / P(K = k). */
function ratio(law: TrialLaw, k: number): number {
  if (law.is === 'poisson') return law.mean / (k + 1);
  return ((1 - law.gamma) * (k + law.eta)) / (k + 1);
}

/** P(K = k | K >= k): one over a sum of positive terms, so that next to nothing is lost in rounding. */
export function hazard(law: TrialLaw, k: number): number {
  let sum = 1;
  let term = 1;
  for (let next = k; term > 1e-18 * sum; next++) {
    term *= ratio(law, next);
    sum += term;
  }
  return 1 / sum;
}

/** A number of trials, each end of the search decided by digits of the source. */
export function drawTrials(law: TrialLaw, random: RandomSource): number {
  const one = new Int32Array(1);
  for (let k = 1; ; k++) {
    if (poissonSample(1, hazard(law, k), random, one) === 1) return k;
  }
}

/**
 * The most by which ln f'(1 - p) exceeds ln f'(1 - p'), f being the generating function of the law,
 * where p' <= e^x p + d (docs/accounting.md, "Selection", lemma 1). Any p and p' in [0, 1] keep it
 * below the last argument of each minimum.
 */
export function surchargeAt(law: TrialLaw, x: number, d: number): number {
  if (law.is === 'poisson') return law.mean * Math.min(1, d + (1 - d) * -Math.expm1(-x));
  const { eta, gamma } = law;
  const strength = Math.max(x, Math.log1p((d * (1 - gamma)) / gamma));
  return (1 + eta) * Math.min(strength, -Math.log(gamma));
}

/** The d at which a Gaussian release of sensitivity / deviation `mu` would have the least surcharge. */
export function tellingDelta(law: TrialLaw, mu: number): number {
  if (law.is === 'poisson') return gaussianDelta(mu, mu / 20);
  const odds = law.gamma / (1 - law.gamma);
  let [below, above] = [0, 1];
  const exceeds = (x: number): boolean => gaussianDelta(mu, x) > odds * Math.expm1(x);
  while (exceeds(above)) above *= 2;
  while (above - below > 1e-9 * above) {
    const middle = (below + above) / 2;
    if (exceeds(middle)) below = middle;
    else above = middle;
  }
  return odds * Math.expm1(above);
}
