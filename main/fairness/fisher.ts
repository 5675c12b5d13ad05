import type { Share } from './intervals.ts';
import { logFactorial } from './log-factorial.ts';

/** How much more probable than the table seen another may be to count as no more probable (rounding). */
const TIE = 1 + 1e-7;
const NEGLIGIBLE = 1e-17;

/**
 * Two-sided p of Fisher's exact test that two shares are equal: the probability, margins fixed, of all
 * tables no more probable than the one seen. 1 where either is over no records.
 * Source: Fisher 1935, The Logic of Inductive Inference, JRSS 98, 39-54; sides as in R and SciPy.
 */
export function fisherP(a: Share, b: Share): number {
  const marked = a.count + b.count;
  const others = a.total + b.total - marked;
  const low = Math.max(0, a.total - others);
  const high = Math.min(a.total, marked);
  if (low === high) return 1;
  const log = (k: number): number =>
    -logFactorial(k) -
    logFactorial(marked - k) -
    logFactorial(a.total - k) -
    logFactorial(others - a.total + k);
  const all =
    logFactorial(marked) +
    logFactorial(others) +
    logFactorial(a.total) +
    logFactorial(b.total) -
    logFactorial(a.total + b.total);
  const seen = log(a.count);
  const mode = Math.min(
    high,
    Math.max(low, Math.floor(((a.total + 1) * (marked + 1)) / (a.total + b.total + 2))),
  );
  if (seen + Math.log(TIE) >= log(mode)) return 1;
  /** Ratio of the probability at k + step to that at k. */
  const ratio = (k: number, step: 1 | -1): number =>
    step === 1
      ? ((marked - k) * (a.total - k)) / ((k + 1) * (others - a.total + k + 1))
      : (k * (others - a.total + k)) / ((marked - k + 1) * (a.total - k + 1));
  const tail = (from: number, step: 1 | -1): number => {
    let term = Math.exp(log(from) + all);
    let sum = 0;
    const least = term * NEGLIGIBLE;
    for (let k = from; k >= low && k <= high && term > least; k += step) {
      sum += term;
      term *= ratio(k, step);
    }
    return sum;
  };
  const step = a.count > mode ? 1 : -1;
  // On the other side of the mode: the first table that is no more probable.
  let [near, far] = [mode, step === 1 ? low - 1 : high + 1];
  while (Math.abs(near - far) > 1) {
    const middle = Math.floor((near + far) / 2);
    if (log(middle) <= seen + Math.log(TIE)) far = middle;
    else near = middle;
  }
  const opposite = far < low || far > high ? 0 : tail(far, step === 1 ? -1 : 1);
  return Math.min(1, tail(a.count, step) + opposite);
}
