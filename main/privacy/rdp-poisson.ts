import { logErfc } from './error-function.ts';

/**
 * Renyi divergence bound of one step of the Poisson-subsampled Gaussian mechanism under addition
 * or removal of a record (Mironov, Talwar and Zhang 2019, "Renyi differential privacy of the
 * sampled Gaussian mechanism", section 3.3). Infinity where the series for a fractional order does
 * not settle within 1000 terms; such an order is left out of a conversion.
 *
 * @param sigma noise deviation per unit of sensitivity, above 0
 * @param rate sampling rate in (0, 1]
 * @param order above 1
 */
export function poissonGaussianRdp(sigma: number, rate: number, order: number): number {
  if (rate === 1) return order / (2 * sigma * sigma);
  const logMoment = Number.isInteger(order)
    ? wholeOrder(sigma, rate, order)
    : fractionalOrder(sigma, rate, order);
  return logMoment / (order - 1);
}

/**
 * ln A with A - 1 = sum over i >= 2 of C(order, i) (1-q)^(order-i) q^i (exp((i^2-i)/(2 sigma^2)) - 1):
 * all terms are positive and nothing cancels, so A close to 1 keeps its digits.
 */
function wholeOrder(sigma: number, rate: number, order: number): number {
  const odds = Math.log(rate) - Math.log1p(-rate);
  const terms = new Float64Array(order - 1);
  let largest = -Infinity;
  let logBinomial = order * Math.log1p(-rate) + Math.log(order) + odds;
  for (let i = 2; i <= order; i++) {
    logBinomial += Math.log((order - i + 1) / i) + odds;
    const term = logBinomial + logExpm1((i * i - i) / (2 * sigma * sigma));
    terms[i - 2] = term;
    if (term > largest) largest = term;
  }
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - largest);
  return softplus(largest + Math.log(sum));
}

const MOST_TERMS = 1000;
/** Terms this far below the sum (in logarithms) end the series. */
const NEGLIGIBLE = 30;

/**
 * The two half-line series of the paper with every term taken positive. The binomial coefficients
 * of a fractional order alternate in sign from i = order + 1 on, so this bounds A from above; the
 * bound is loose only at orders near 1, which hardly ever decide.
 */
function fractionalOrder(sigma: number, rate: number, order: number): number {
  const logRate = Math.log(rate);
  const logRest = Math.log1p(-rate);
  const twice = 2 * sigma * sigma;
  const width = Math.SQRT2 * sigma;
  const split = sigma * sigma * (logRest - logRate) + 0.5;
  let logBinomial = 0;
  let below = -Infinity;
  let above = -Infinity;
  let total = -Infinity;
  for (let i = 0; i < MOST_TERMS; i++) {
    const j = order - i;
    const left =
      logBinomial + i * logRate + j * logRest + (i * i - i) / twice + logErfc((i - split) / width);
    const right =
      logBinomial + j * logRate + i * logRest + (j * j - j) / twice + logErfc((split - j) / width);
    total = logAdd(total, logAdd(left, right));
    if (left < below && right < above && Math.max(left, right) < total - NEGLIGIBLE) {
      return total - Math.LN2;
    }
    below = left;
    above = right;
    logBinomial += Math.log(Math.abs(j) / (i + 1));
  }
  return Infinity;
}

/** ln(e^a + e^b) */
export function logAdd(a: number, b: number): number {
  const larger = Math.max(a, b);
  if (larger === -Infinity) return larger;
  return larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
}

/** ln(e^x - 1) for x > 0 */
function logExpm1(x: number): number {
  return x > 1 ? x + Math.log1p(-Math.exp(-x)) : Math.log(Math.expm1(x));
}

/** ln(1 + e^x) */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
