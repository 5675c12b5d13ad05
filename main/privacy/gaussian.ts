import { logErfc } from './error-function.ts';

/**
 * Exact privacy of a composition of Gaussian mechanisms without sampling: it equals one mechanism
 * with sensitivity / deviation `mu` = sqrt(sum of steps / sigma^2). Balle and Wang 2018,
 * "Improving the Gaussian mechanism for differential privacy", theorem 8:
 * delta = Phi(mu/2 - epsilon/mu) - e^epsilon Phi(-mu/2 - epsilon/mu).
 */
export function gaussianDelta(mu: number, epsilon: number): number {
  const a = epsilon / mu - mu / 2;
  const b = epsilon / mu + mu / 2;
  const first = logErfc(a / Math.SQRT2) - Math.LN2;
  const second = epsilon + logErfc(b / Math.SQRT2) - Math.LN2;
  return Math.exp(first) * -Math.expm1(second - first);
}

/** The smallest epsilon (to 1e-12 relative, rounded up) with `gaussianDelta` at most `delta`. */
export function gaussianEpsilon(mu: number, delta: number): number {
  if (gaussianDelta(mu, 0) <= delta) return 0;
  let below = 0;
  let above = 1;
  while (gaussianDelta(mu, above) > delta) above *= 2;
  while (above - below > 1e-12 * above) {
    const middle = (below + above) / 2;
    if (gaussianDelta(mu, middle) > delta) below = middle;
    else above = middle;
  }
  return above;
}
