import type { AnonymisePlan } from '../contract/anonymise.ts';
import { weightsOf } from './measure.ts';
import { combineOf } from './measures.ts';
import type { Dimension, Division, Part } from './mondrian.ts';

/**
 * What ranges cost, lower is better; null for precision, which needs levels. Loss: per column the
 * mean over rows of gF x width of the range / width of the column (normalised certainty penalty,
 * Xu et al. 2006), sF for a suppressed row. Entropy: gF x -(sum over kept rows of log2(rows with
 * the value / rows within the range)), sF x the same for the whole column where suppressed.
 * `sizes`: the remaining classes.
 */
export function scoreOfParts(
  dimensions: readonly Dimension[],
  { parts, left }: Division,
  sizes: Int32Array,
  plan: Pick<AnonymisePlan, 'metric' | 'gsFactor' | 'aggregate'>,
): number | null {
  const { generalised, suppressed } = weightsOf(plan.gsFactor);
  const rows = parts.reduce((sum, part) => sum + part.rows.length, left.length);
  const perColumn = (score: (dimension: Dimension, j: number) => number): number =>
    combineOf(plan, dimensions.length).of(Float64Array.from(dimensions, score));
  switch (plan.metric) {
    case 'discernibility':
      return sizes.reduce((sum, size) => sum + size * size, left.length * rows);
    case 'average-class-size':
      return rows / (sizes.length * suppressed + (left.length > 0 ? generalised : 0));
    case 'precision':
      return null;
    case 'loss':
      return perColumn(({ range }, j) => {
        const width = ({ low, high }: Part): number =>
          high[j]! > low[j]! ? high[j]! - low[j]! : 0;
        const kept = parts.reduce((sum, part) => sum + part.rows.length * (width(part) / range), 0);
        return ((range > 0 ? generalised * kept : 0) + suppressed * left.length) / rows;
      });
    case 'nuentropy':
      return perColumn(({ values }, j) => {
        const rising = values.filter((value) => !Number.isNaN(value)).sort();
        const within = (low: number, high: number): number =>
          firstAbove(rising, high) - firstFrom(rising, low);
        let bits = 0;
        for (const { rows: own, low, high } of parts) {
          if (Number.isNaN(low[j])) continue;
          const among = within(low[j]!, high[j]!);
          for (const row of own) {
            bits -= generalised * Math.log2(within(values[row]!, values[row]!) / among);
          }
        }
        for (const row of left) {
          const value = values[row]!;
          if (Number.isNaN(value)) continue;
          bits -= suppressed * Math.log2(within(value, value) / rising.length);
        }
        return bits;
      });
  }
}

function firstFrom(rising: Float64Array, value: number): number {
  return firstWhere(rising, (other) => other >= value);
}

function firstAbove(rising: Float64Array, value: number): number {
  return firstWhere(rising, (other) => other > value);
}

function firstWhere(rising: Float64Array, is: (value: number) => boolean): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (is(rising[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
