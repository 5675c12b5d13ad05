import { logAdd } from './rdp-poisson.ts';

const MOST_EXACT_ORDER = 256;

/**
 * Renyi divergence bound of one step of the Gaussian mechanism on a batch of fixed size drawn
 * without replacement, when one record is replaced by another (Wang, Balle and Kasiviswanathan
 * 2019, "Subsampled Renyi differential privacy and analytical moments accountant", theorem 27;
 * corollary 10 between whole orders).
 *
 * @param sigma noise deviation per unit of the sensitivity to a replacement, above 0: for a sum
 *   clipped at C that is the deviation divided by 2 C
 * @param share batch size / number of records, in (0, 1]
 * @param order above 1
 */
export function fixedSizeGaussianRdp(sigma: number, share: number, order: number): number {
  if (share === 1) return order / (2 * sigma * sigma);
  const lower = Math.floor(order);
  const part = order - lower;
  const below = wholeOrder(sigma, share, lower);
  const logMoment =
    part === 0 ? below : (1 - part) * below + part * wholeOrder(sigma, share, lower + 1);
  return logMoment / (order - 1);
}

/**
 * ln of 1 + sum over i of C(order, i) share^i min(bound from the central moments of the ratio of
 * the two Gaussians, 2 exp(i (i-1) / (2 sigma^2))).
 */
function wholeOrder(sigma: number, share: number, order: number): number {
  if (order === 1) return 0;
  const logShare = Math.log(share);
  let logBinomial = Math.log(order) + logShare;
  let sum = 0;
  for (let i = 2; i <= order; i++) {
    logBinomial += Math.log((order - i + 1) / i) + logShare;
    const plain = Math.LN2 + (i * (i - 1)) / (2 * sigma * sigma);
    const usesMoments = i === 2 || order <= MOST_EXACT_ORDER;
    const moments = usesMoments ? 2 * Math.LN2 + betweenEvenMoments(sigma, i) : Infinity;
    sum = logAdd(sum, logBinomial + Math.min(plain, moments));
  }
  return sum;
}

/** ln sqrt(B(2 floor(i/2)) B(2 ceil(i/2))) */
function betweenEvenMoments(sigma: number, i: number): number {
  const lower = logCentralMoment(sigma, i - (i % 2));
  return i % 2 === 0 ? lower : 0.5 * (lower + logCentralMoment(sigma, i + 1));
}

const STEP = 0.125;
const TAIL = 14;
/** Beyond this many deviations the plain bound of theorem 27 is the smaller one. */
const FARTHEST = 4000;

/** Moments of the sigma asked last. */
const remembered = { sigma: 0, logMoments: new Map<number, number>() };

/**
 * ln B(l) for even l: B(l) = E[(r(Z) - 1)^l] with Z standard Gaussian and r the ratio of the
 * densities of two Gaussians one unit apart, which is the forward difference of the paper without
 * its cancellation. The trapezoid rule converges at a rate of exp(-pi^2 / step^2) here.
 */
function logCentralMoment(sigma: number, l: number): number {
  const end = l / sigma;
  if (end > FARTHEST) return Infinity;
  if (remembered.sigma !== sigma) {
    remembered.sigma = sigma;
    remembered.logMoments.clear();
  }
  const known = remembered.logMoments.get(l);
  if (known !== undefined) return known;
  let total = -Infinity;
  for (let z = -TAIL; z <= end + TAIL; z += STEP) {
    const logRatio = z / sigma - 1 / (2 * sigma * sigma);
    const logDistance =
      logRatio > 1
        ? logRatio + Math.log1p(-Math.exp(-logRatio))
        : Math.log(Math.abs(Math.expm1(logRatio)));
    total = logAdd(total, l * logDistance - 0.5 * z * z);
  }
  const logMoment = total + Math.log(STEP / Math.sqrt(2 * Math.PI));
  remembered.logMoments.set(l, logMoment);
  return logMoment;
}
