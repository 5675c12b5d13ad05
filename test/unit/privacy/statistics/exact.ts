/** Slow, obvious references for the laws of the mechanisms. */

/** Probabilities of a whole-number law given by weights, from -reach to reach. */
export function lawOf(weight: (k: number) => number, reach: number): Map<number, number> {
  const ks = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const total = ks.reduce((sum, k) => sum + weight(k), 0);
  return new Map(ks.map((k) => [k, weight(k) / total]));
}

export function gaussianLaw(variance: number): Map<number, number> {
  const reach = Math.ceil(40 * Math.sqrt(variance)) + 5;
  return lawOf((k) => Math.exp((-k * k) / (2 * variance)), reach);
}

export function laplaceLaw(scale: number): Map<number, number> {
  return lawOf((k) => Math.exp(-Math.abs(k) / scale), Math.ceil(45 * scale) + 5);
}

/** Probability of at least `least`. */
export function tailOf(law: ReadonlyMap<number, number>, least: number): number {
  let sum = 0;
  for (const [k, p] of law) if (k >= least) sum += p;
  return sum;
}

/**
 * Chi-square of drawn against expected counts; cells below 5 are joined. Returns how many standard
 * deviations it lies above its mean (Wilson and Hilferty 1931).
 */
export function chiSquareExcess(
  drawn: ReadonlyMap<number, number>,
  law: ReadonlyMap<number, number>,
  draws: number,
): number {
  let statistic = 0;
  let cells = -1;
  let [joinedSeen, joined] = [0, 0];
  const close = (): void => {
    if (joined === 0) return;
    statistic += (joinedSeen - joined) ** 2 / joined;
    cells++;
    [joinedSeen, joined] = [0, 0];
  };
  for (const [k, p] of law) {
    joined += p * draws;
    joinedSeen += drawn.get(k) ?? 0;
    if (joined >= 5) close();
  }
  close();
  const spread = 2 / (9 * cells);
  return ((statistic / cells) ** (1 / 3) - (1 - spread)) / Math.sqrt(spread);
}

export function tally(draws: number, draw: () => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const k = draw();
    counts.set(k, (counts.get(k) ?? 0) + 1);
  }
  return counts;
}

/** Renyi divergence of a discrete Gaussian from the same one moved by 1, in logarithms throughout. */
export function gaussianShiftRenyi(variance: number, order: number): number {
  const middle = Math.round(order);
  const reach = Math.ceil(12 * Math.sqrt(variance)) + 5;
  const square = (k: number): number => (k * k) / (2 * variance);
  const ks = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const logs = ks.map((k) => (order - 1) * square(k - middle) - order * square(k - middle + 1));
  const most = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - most), 0);
  const whole = ks.reduce((total, k) => total + Math.exp(-square(k)), 0);
  return (most + Math.log(sum / whole)) / (order - 1);
}

/** Renyi divergence of two laws on the same outcomes; Infinity where the first has one more. */
export function renyi(p: readonly number[], q: readonly number[], order: number): number {
  let sum = 0;
  for (const [i, a] of p.entries()) {
    const b = q[i] ?? 0;
    if (a === 0) continue;
    if (b === 0) return Infinity;
    sum += b * (a / b) ** order;
  }
  return Math.log(sum) / (order - 1);
}

/** The smallest delta with which the first law is within e^epsilon of the second. */
export function hockeyStick(p: readonly number[], q: readonly number[], epsilon: number): number {
  return p.reduce((sum, a, i) => sum + Math.max(0, a - Math.exp(epsilon) * (q[i] ?? 0)), 0);
}

/** Every multiset of up to `size` of the values, in rising order. */
export function multisets<T>(values: readonly T[], size: number): T[][] {
  if (values.length === 0) return [[]];
  const [first, ...rest] = values as [T, ...T[]];
  return Array.from({ length: size + 1 }, (_, times) => times).flatMap((times) =>
    multisets(rest, size - times).map((others) => [
      ...Array.from({ length: times }, () => first),
      ...others,
    ]),
  );
}
