import { logFactorial } from './log-factorial.ts';
import type { Seeded } from './seeded.ts';

/** Below this mean outcomes are counted up one by one; above it rejection is faster. */
const SMALL = 10;
/** From this variance on a rounded normal variable, its skew put right, differs by less than 1 in 1000. */
const LARGE = 400;
const HAT = 2 * Math.sqrt(2 / Math.E);
const SHIFT = 3 - 2 * Math.sqrt(3 / Math.E);

/**
 * How many of `n` trials succeed with probability `p` each (0 <= p <= 1): inversion where few do, else
 * the ratio of uniforms, and of a large variance the normal approximation. Sources: Stadlober 1990,
 * J. Comput. Appl. Math. 31, 181-189; Cornish and Fisher 1938, Rev. Inst. Int. Stat. 5, 307-320.
 */
export function binomial(random: Seeded, n: number, p: number): number {
  if (p > 0.5) return n - binomial(random, n, 1 - p);
  if (n === 0 || p <= 0) return 0;
  const mean = n * p;
  const odds = p / (1 - p);
  if (mean < SMALL) {
    let at = 0;
    let chance = Math.exp(n * Math.log1p(-p));
    let left = random.uniform();
    while (left > chance && at < n) {
      left -= chance;
      chance *= ((n - at) / (at + 1)) * odds;
      at++;
    }
    return at;
  }
  const variance = mean * (1 - p);
  if (variance >= LARGE) return nearNormal(random, mean, variance, 1 - 2 * p, n);
  const mode = Math.floor((n + 1) * p);
  const logOdds = Math.log(odds);
  const top = logFactorial(mode) + logFactorial(n - mode);
  const spread = HAT * Math.sqrt(variance + 0.5) + SHIFT;
  for (;;) {
    const u = random.uniform();
    const k = Math.floor(mean + 0.5 + (spread * (random.uniform() - 0.5)) / u);
    if (k < 0 || k > n) continue;
    if (isAccepted(u, top - logFactorial(k) - logFactorial(n - k) + (k - mode) * logOdds)) return k;
  }
}

/**
 * How many of `drawn` balls are marked, out of an urn of `marked` and `others`, none put back.
 * Sources as above (HRUA).
 */
export function hypergeometric(
  random: Seeded,
  marked: number,
  others: number,
  drawn: number,
): number {
  const all = marked + others;
  if (marked > others) return drawn - hypergeometric(random, others, marked, drawn);
  if (2 * drawn > all) return marked - hypergeometric(random, marked, others, all - drawn);
  const most = Math.min(marked, drawn);
  if (most === 0) return 0;
  const mean = (drawn * marked) / all;
  if (mean < SMALL) {
    let at = 0;
    // No marked one among those drawn.
    let chance = Math.exp(
      logFactorial(others) +
        logFactorial(all - drawn) -
        logFactorial(others - drawn) -
        logFactorial(all),
    );
    let left = random.uniform();
    while (left > chance && at < most) {
      left -= chance;
      chance *= ((marked - at) * (drawn - at)) / ((at + 1) * (others - drawn + at + 1));
      at++;
    }
    return at;
  }
  const variance = (mean * (others / all) * (all - drawn)) / (all - 1);
  if (variance >= LARGE) {
    const skew = ((all - 2 * marked) / all) * ((all - 2 * drawn) / (all - 2));
    return nearNormal(random, mean, variance, skew, most);
  }
  const mode = Math.floor(((drawn + 1) * (marked + 1)) / (all + 2));
  const log = (k: number): number =>
    logFactorial(k) +
    logFactorial(marked - k) +
    logFactorial(drawn - k) +
    logFactorial(others - drawn + k);
  const top = log(mode);
  const spread = HAT * Math.sqrt(variance + 0.5) + SHIFT;
  for (;;) {
    const u = random.uniform();
    const k = Math.floor(mean + 0.5 + (spread * (random.uniform() - 0.5)) / u);
    if (k < 0 || k > most) continue;
    if (isAccepted(u, top - log(k))) return k;
  }
}

/** Shares of [0, 1) of which each knows where its search starts. */
const GUIDES = 64;
/** What is left out of the tails of a table of chances. */
const TAIL = 1e-12;

/**
 * Draws of a Poisson variable of that mean, from a table of its chances with a guide to where to look
 * (Chen and Asau 1974); of a large mean the normal approximation.
 */
export function poissonDraws(mean: number): (random: Seeded) => number {
  if (mean >= LARGE) return (random) => nearNormal(random, mean, mean, 1, Infinity);
  const chances: number[] = [];
  let left = 1;
  for (let k = 0; left > TAIL || k < mean; k++) {
    const chance = Math.exp(k * Math.log(mean) - mean - logFactorial(k));
    chances.push((left -= chance));
  }
  /** The chance of at most k. */
  const upTo = Float64Array.from(chances, (more) => 1 - more);
  const guide = Uint16Array.from({ length: GUIDES }, (_, at) =>
    Math.max(
      0,
      upTo.findIndex((chance) => chance > at / GUIDES),
    ),
  );
  const last = upTo.length - 1;
  return (random) => {
    const u = random.uniform();
    let k = guide[Math.floor(u * GUIDES)]!;
    while (k < last && upTo[k]! <= u) k++;
    return k;
  };
}

/** @param skew times the standard deviation */
function nearNormal(
  random: Seeded,
  mean: number,
  variance: number,
  skew: number,
  most: number,
): number {
  const z = random.normal();
  const value = Math.round(mean + Math.sqrt(variance) * z + (skew * (z * z - 1)) / 6);
  return Math.max(0, Math.min(most, value));
}

/** u^2 <= f, f given by its logarithm; two cheap bounds spare most logarithms. */
function isAccepted(u: number, logF: number): boolean {
  if (u * (4 - u) - 3 <= logF) return true;
  if (u * (u - logF) >= 1) return false;
  return 2 * Math.log(u) <= logF;
}
