import type { EncodedColumn } from './encode.ts';
import type { Hierarchy } from './hierarchy.ts';
import { bindHierarchy } from './encode.ts';
import { wholeRecords, type HistogramTest } from './histogram-test.ts';
import type { Histogram } from './sensitive.ts';

/** A distance this little above t is rounding, not a difference of counts. */
const ROUNDING = 1e-12;

/**
 * A distance to one distribution is convex: parts within t of it leave at least the share
 * (distance - t) / (farthest - t) of the class to parts that are not.
 */
function closenessTest(
  t: number,
  farthest: number,
  distance: (histogram: Histogram, size: number) => number,
): HistogramTest {
  return {
    holds: (histogram, size) => distance(histogram, size) <= t + ROUNDING,
    certain: (histogram, size) =>
      farthest <= t ? 0 : wholeRecords((size * (distance(histogram, size) - t)) / (farthest - t)),
  };
}

/** The share of each value over all records, suppressed ones included. */
export function distribution(column: EncodedColumn): Float64Array {
  const shares = new Float64Array(column.values.length);
  for (const code of column.codes) shares[code]! += 1;
  return shares.map((count) => count / column.codes.length);
}

/**
 * t-closeness with equal ground distance (Li, Li, Venkatasubramanian 2007, section 3.2): half the
 * L1 distance between the class and all records is at most t.
 */
export function equalCloseness(t: number, column: EncodedColumn): HistogramTest {
  const overall = distribution(column);
  return closenessTest(t, 1, ({ distinct, values, counts }, size) => {
    // Half the L1 distance is the sum of the positive excesses, all on values of the class.
    let excess = 0;
    for (let i = 0; i < distinct; i++) {
      excess += Math.max(0, counts[i]! / size - overall[values[i]!]!);
    }
    return excess;
  });
}

/**
 * t-closeness with ordered ground distance (Li et al. 2007, section 3.2): between the values in
 * `order` (codes from first to last; those of all records) the distance is steps / (values - 1),
 * so that the earth mover's distance is the sum of |cumulated difference| / (values - 1).
 */
export function orderedCloseness(
  t: number,
  column: EncodedColumn,
  order: Int32Array,
): HistogramTest {
  const overall = distribution(column);
  const steps = order.length - 1;
  const shares = new Float64Array(order.length);
  return closenessTest(t, 1, ({ distinct, values, counts }, size) => {
    if (steps === 0) return 0;
    for (let i = 0; i < distinct; i++) shares[values[i]!] = counts[i]! / size;
    let carried = 0;
    let moved = 0;
    for (const value of order) {
      carried += shares[value]! - overall[value]!;
      moved += Math.abs(carried);
      shares[value] = 0;
    }
    return moved / steps;
  });
}

/**
 * t-closeness with hierarchical ground distance (Li et al. 2007, section 3.2): over the inner
 * nodes of the sensitive attribute's hierarchy, the sum of (level / height) x min(positive
 * excess, negative excess) of their children. Needs a hierarchy with one root.
 */
export function hierarchicalCloseness(
  t: number,
  column: EncodedColumn,
  hierarchy: Hierarchy,
): HistogramTest {
  const overall = distribution(column);
  const leaves = bindHierarchy(
    { ...column, codes: Int32Array.from(column.values, (_, code) => code) },
    hierarchy,
  );
  const height = hierarchy.height - 1;
  const leafCount = hierarchy.level(0).labels.length;
  const reference = new Float64Array(leafCount);
  overall.forEach((share, code) => (reference[leaves[code]!]! -= share));
  return closenessTest(t, 1, ({ distinct, values, counts }, size) => {
    let excess = reference.slice();
    for (let i = 0; i < distinct; i++) excess[leaves[values[i]!]!]! += counts[i]! / size;
    let distance = 0;
    for (let level = 1; level <= height; level++) {
      const parents = hierarchy.step(level - 1, level);
      const nodes = hierarchy.level(level).labels.length;
      const gain = new Float64Array(nodes);
      const lack = new Float64Array(nodes);
      for (let child = 0; child < parents.length; child++) {
        const value = excess[child]!;
        if (value > 0) gain[parents[child]!]! += value;
        else lack[parents[child]!]! -= value;
      }
      for (let node = 0; node < nodes; node++) {
        distance += (level / height) * Math.min(gain[node]!, lack[node]!);
      }
      excess = gain.map((value, node) => value - lack[node]!);
    }
    return distance;
  });
}
