export interface RocArea {
  /** The chance that a positive scores above a negative; ties count half. */
  readonly area: number;
  /** DeLong's standard error; null with fewer than two positives or negatives. */
  readonly standardError: number | null;
}

/**
 * Area under the ROC curve of the scores of positives and of negatives (any order, no NaN); null
 * when there is none of either. Placement values by one pass over the two sorted lists.
 * Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44, 837-845; Sun and Xu 2014, IEEE
 * Signal Processing Letters 21(11), 1389-1393.
 */
export function rocArea(positives: Float64Array, negatives: Float64Array): RocArea | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  const high = positives.slice().sort();
  const low = negatives.slice().sort();
  const ofPositives = placements(high, low);
  const ofNegatives = placements(low, high);
  const area = mean(ofPositives);
  if (high.length < 2 || low.length < 2) return { area, standardError: null };
  const variance = spread(ofPositives) / high.length + spread(ofNegatives) / low.length;
  return { area, standardError: Math.sqrt(variance) };
}

/** For each of `values`, the share of `others` below it, ties half (both sorted upwards). */
function placements(values: Float64Array, others: Float64Array): Float64Array {
  const shares = new Float64Array(values.length);
  let below = 0;
  let upTo = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    while (below < others.length && (others[below] as number) < value) below++;
    while (upTo < others.length && (others[upTo] as number) <= value) upTo++;
    shares[at] = (below + upTo) / 2 / others.length;
  }
  return shares;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample variance. */
function spread(values: Float64Array): number {
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return squares / (values.length - 1);
}
