/** A noisy shape function: a value for each bin and how sure it is (1 / variance). */
export interface Noisy {
  readonly values: Float64Array;
  readonly precision: Float64Array;
  /** The first so many bins are neighbours; the others stand by themselves. */
  readonly ordered: number;
}

/** How large a shape is expected to be, and how far neighbouring bins are expected to differ. */
export interface Prior {
  readonly size: number;
  readonly step: number;
}

export const SIZES = [0.0003, 0.002, 0.01, 0.04, 0.15, 0.5, 1.5, 4, 10];
export const STEPS = [0.001, 0.004, 0.015, 0.06, 0.25, 1, 4];

/**
 * The shape behind noisy values: the posterior mean under a Gaussian prior that draws every bin to
 * 0 (variance `size`) and neighbouring bins to each other (variance `step` of their difference),
 * with the pair of variances under which the values are most likely (empirical Bayes; Rue and Held
 * 2005, chapter 3). Works on what has been released, so it costs no privacy.
 */
export function smooth(noisy: Noisy): { readonly shape: Float64Array; readonly prior: Prior } {
  const shape = new Float64Array(noisy.values.length);
  let best = { likelihood: -Infinity, prior: { size: 1, step: 1 } };
  for (const size of SIZES) {
    for (const step of noisy.ordered > 1 ? STEPS : [1]) {
      const likelihood = posteriorMean(noisy, { size, step }, shape);
      if (likelihood > best.likelihood) best = { likelihood, prior: { size, step } };
    }
  }
  posteriorMean(noisy, best.prior, shape);
  return { shape, prior: best.prior };
}

/**
 * Writes the posterior mean into `shape` (a tridiagonal system for the ordered bins) and returns
 * the logarithm of the likelihood of the values, up to a constant: with prior precision Q and
 * precision W of the values, (ln|Q| - ln|Q + W| - v'W(v - mean)) / 2.
 */
export function posteriorMean(
  { values, precision, ordered }: Noisy,
  { size, step }: Prior,
  shape: Float64Array,
): number {
  const own = 1 / size;
  const link = 1 / step;
  const above = new Float64Array(ordered);
  let likelihood = 0;
  let pivotOfPrior = 1;
  for (let i = 0; i < ordered; i++) {
    const last = i === ordered - 1;
    const alone = own + (i > 0 ? link : 0) + (last ? 0 : link);
    pivotOfPrior = i === 0 ? alone : alone - (link * link) / pivotOfPrior;
    const pivot = alone + precision[i]! + (i === 0 ? 0 : link * above[i - 1]!);
    above[i] = last ? 0 : -link / pivot;
    shape[i] = (precision[i]! * values[i]! + (i === 0 ? 0 : link * shape[i - 1]!)) / pivot;
    likelihood += Math.log(pivotOfPrior / pivot);
  }
  for (let i = ordered - 2; i >= 0; i--) shape[i]! -= above[i]! * shape[i + 1]!;
  for (let i = ordered; i < values.length; i++) {
    shape[i] = (precision[i]! * values[i]!) / (precision[i]! + own);
    likelihood += Math.log(own / (precision[i]! + own));
  }
  for (let i = 0; i < values.length; i++) {
    likelihood -= precision[i]! * values[i]! * (values[i]! - shape[i]!);
  }
  return likelihood / 2;
}

/** Standard deviation of every bin around the posterior mean: root of the diagonal of (Q + W)^-1. */
export function deviations({ precision, ordered }: Noisy, { size, step }: Prior): Float64Array {
  const own = 1 / size;
  const link = 1 / step;
  const diagonal = precision.map((sure, i) => {
    const neighbours = i >= ordered ? 0 : (i > 0 ? 1 : 0) + (i < ordered - 1 ? 1 : 0);
    return sure + own + neighbours * link;
  });
  const forward = diagonal.slice();
  const backward = diagonal.slice();
  for (let i = 1; i < ordered; i++) forward[i]! -= (link * link) / forward[i - 1]!;
  for (let i = ordered - 2; i >= 0; i--) backward[i]! -= (link * link) / backward[i + 1]!;
  return diagonal.map((whole, i) => 1 / Math.sqrt(forward[i]! + backward[i]! - whole));
}
