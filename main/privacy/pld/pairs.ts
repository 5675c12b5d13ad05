import type { Phase } from '../../contract/privacy.ts';
import { countDeviation } from '../phases.ts';

/**
 * One release of a mechanism at two neighbouring record sets, P where the loss ln(P/Q) is taken
 * against Q: a dominating pair (Zhu, Dong and Wang 2022, definition 7). Outcomes are real numbers
 * in whose order the loss does not fall.
 */
export interface LossPair {
  /** Outcomes of one loss that P takes with some probability. */
  readonly atoms: readonly { readonly loss: number; readonly mass: number }[];
  /** Outcomes integrated over; what P leaves outside is `below` and `above`. */
  readonly from: number;
  readonly to: number;
  readonly below: number;
  readonly above: number;
  /** Parts of this width or less are smooth enough for the quadrature. */
  readonly smooth: number;
  density(outcome: number): number;
  loss(outcome: number): number;
  /** The outcome at which the loss is reached; anything beyond the ends where it never is. */
  outcomeAt(loss: number): number;
}

/** Where the records of P hold one record more (`remove`) and one fewer (`add`) than those of Q. */
export const DIRECTIONS = ['remove', 'add'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Normal deviations beyond which P is cut off: 6e-38 on each side, which counts as lost. */
const REACH = 12.8;
const CUT_OFF = 6e-38;

/**
 * The pair of one step; `tilt` is how far losses will be weighted by e^(tilt x loss): what matters
 * then lies further out.
 */
export function lossPair(phase: Phase, direction: Direction, tilt: number): LossPair {
  const sigma = phase.noise_multiplier;
  switch (phase.mechanism) {
    case 'laplace':
      return laplacePair(sigma);
    case 'gaussian':
      return removedPair(sigma, 1, tilt);
    case 'poisson_gaussian':
      return direction === 'remove' || phase.sample_rate === 1
        ? removedPair(sigma, phase.sample_rate, tilt)
        : addedPair(sigma, phase.sample_rate, tilt);
    case 'fixed_size_gaussian':
      throw new RangeError('no dominating pair composes fixed-size batches tightly');
    case 'discrete_gaussian':
      return discretePair(countDeviation(phase), tilt);
    case 'discrete_laplace':
      return responsePair(1 / sigma);
    case 'exponential':
      return boundedRangePair(1 / sigma);
  }
}

function normalDensity(x: number, sigma: number): number {
  const z = x / sigma;
  return Math.exp(-0.5 * z * z) / (sigma * Math.sqrt(2 * Math.PI));
}

const smoothWidth = (sigma: number): number => Math.min(sigma, sigma * sigma) / 2;

/**
 * P = (1 - q) N(0, s^2) + q N(1, s^2) against Q = N(0, s^2): the record is there and taken with
 * probability q (Zhu, Dong and Wang 2022, theorem 11).
 */
function removedPair(sigma: number, rate: number, tilt: number): LossPair {
  return {
    atoms: [],
    from: -REACH * sigma,
    to: 1 + tilt + REACH * sigma,
    below: CUT_OFF,
    above: CUT_OFF,
    smooth: smoothWidth(sigma),
    density: (x) => (1 - rate) * normalDensity(x, sigma) + rate * normalDensity(x - 1, sigma),
    loss: (x) => sampledLoss(x, sigma, rate),
    outcomeAt: (loss) => sampledOutcome(loss, sigma, rate),
  };
}

/** The same the other way round; outcomes are turned about, so that the loss rises with them. */
function addedPair(sigma: number, rate: number, tilt: number): LossPair {
  return {
    atoms: [],
    from: -1 - REACH * sigma,
    to: tilt + REACH * sigma,
    below: CUT_OFF,
    above: CUT_OFF,
    smooth: smoothWidth(sigma),
    density: (y) => normalDensity(y, sigma),
    loss: (y) => -sampledLoss(-y, sigma, rate),
    outcomeAt: (loss) => -sampledOutcome(-loss, sigma, rate),
  };
}

/** ln(1 - q + q e^((2x - 1) / (2 s^2))). */
function sampledLoss(x: number, sigma: number, rate: number): number {
  const plain = (2 * x - 1) / (2 * sigma * sigma);
  if (rate === 1) return plain;
  // Above, the first summand is below the rounding of the second.
  if (plain > 700) return plain + Math.log(rate);
  return Math.log1p(rate * Math.expm1(plain));
}

function sampledOutcome(loss: number, sigma: number, rate: number): number {
  const square = sigma * sigma;
  if (rate === 1) return square * loss + 0.5;
  if (loss > 700) return square * (loss - Math.log(rate)) + 0.5;
  const share = Math.expm1(loss) / rate;
  return share <= -1 ? -Infinity : square * Math.log1p(share) + 0.5;
}

/** P = Laplace(0, b) against Q = Laplace(1, b): all outcomes beyond 0 or 1 have one loss each. */
function laplacePair(scale: number): LossPair {
  const most = 1 / scale;
  return {
    atoms: [
      { loss: most, mass: 0.5 },
      { loss: -most, mass: 0.5 * Math.exp(-most) },
    ],
    from: -1,
    to: 0,
    below: 0,
    above: 0,
    smooth: scale / 2,
    density: (y) => Math.exp(y / scale) / (2 * scale),
    loss: (y) => (1 + 2 * y) / scale,
    outcomeAt: (loss) => (scale * loss - 1) / 2,
  };
}

/** What a pair of atoms alone has of a density: nothing. */
const NO_DENSITY = {
  from: 0,
  to: 0,
  smooth: 1,
  density: () => 0,
  loss: () => 0,
  outcomeAt: () => 0,
} as const;

/**
 * One count with discrete Gaussian noise of deviation s, moved by 1: P = N_Z(0, s^2) against Q =
 * N_Z(1, s^2), of the same normaliser, so that the loss at k is (1 - 2 k) / (2 s^2). Turned about it
 * is the same pair, so it holds in both directions.
 */
function discretePair(deviation: number, tilt: number): LossPair {
  const twice = 2 * deviation * deviation;
  const most = Math.ceil(REACH * deviation) + 1;
  const least = -most - Math.ceil(tilt);
  const weight = (k: number): number => Math.exp((-k * k) / twice);
  // From the smallest on, so that nothing is lost in the sum.
  let total = 0;
  for (let k = -least + most; k >= 1; k--) total += 2 * weight(k);
  total += 1;
  const atoms = [];
  for (let k = most; k >= least; k--) {
    atoms.push({ loss: (1 - 2 * k) / twice, mass: weight(k) / total });
  }
  return { ...NO_DENSITY, atoms, below: CUT_OFF, above: CUT_OFF };
}

/**
 * Randomised response: P takes the loss epsilon with probability e^epsilon / (1 + e^epsilon) and
 * -epsilon otherwise. That is discrete Laplace noise on a count moved by 1, and no mechanism of pure
 * epsilon has a larger hockey-stick divergence (Kairouz, Oh and Viswanath 2015, theorem 3.3).
 */
function responsePair(epsilon: number): LossPair {
  const rare = 1 / (1 + Math.exp(epsilon));
  const atoms = [
    { loss: epsilon, mass: 1 - rare },
    { loss: -epsilon, mass: rare },
  ];
  return { ...NO_DENSITY, atoms, below: 0, above: 0 };
}

/**
 * Log-ratios within a range of epsilon (Durfee and Rogers 2019), wherever it lies. The largest
 * hockey-stick divergence of all such mechanisms at e^s, |s| <= epsilon, is (e^(epsilon/2) -
 * e^(s/2))^2 / (e^epsilon - 1); its pair has losses of density e^(s/2) / (4 sinh(epsilon/2)) under P on
 * [-epsilon, epsilon] (docs/accounting.md), the same in both directions.
 */
function boundedRangePair(epsilon: number): LossPair {
  const scale = -2 * Math.expm1(-epsilon);
  return {
    atoms: [],
    from: -epsilon,
    to: epsilon,
    below: 0,
    above: 0,
    smooth: 1,
    density: (loss) => Math.exp((loss - epsilon) / 2) / scale,
    loss: (loss) => loss,
    outcomeAt: (loss) => loss,
  };
}
