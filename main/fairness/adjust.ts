/**
 * p-values corrected for a family of `tests` declared beforehand, of which those not given could not be
 * carried out and count with p = 1. Same order as given.
 */
interface Adjusted {
  /** The chance of any false finding is kept. Holm 1979, Scand. J. Statist. 6, 65-70. */
  readonly holm: readonly number[];
  /** The share of false findings is kept. Benjamini and Hochberg 1995, JRSS B 57, 289-300. */
  readonly bh: readonly number[];
}

export function adjusted(p: readonly number[], tests: number): Adjusted {
  const order = [...p.keys()].sort((a, b) => p[a]! - p[b]!);
  const holm = new Array<number>(p.length);
  const bh = new Array<number>(p.length);
  let most = 0;
  for (const [rank, at] of order.entries()) {
    most = Math.max(most, Math.min(1, (tests - rank) * p[at]!));
    holm[at] = most;
  }
  let least = 1;
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const at = order[rank]!;
    least = Math.min(least, (tests * p[at]!) / (rank + 1));
    bh[at] = least;
  }
  return { holm, bh };
}
