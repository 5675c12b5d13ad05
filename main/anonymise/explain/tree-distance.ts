import type { EncodedColumn } from '../encode.ts';
import type { Hierarchy } from '../hierarchy.ts';

/**
 * Earth mover's distance between a group and all rows over a tree of values (Li, Li,
 * Venkatasubramanian 2007, hierarchical distance): within each inner node the smaller of what its
 * children have too much and too little, times the node's height over that of the tree. `overall`:
 * shares over all rows by code of the column.
 */
export function treeDistance(
  { values }: EncodedColumn,
  hierarchy: Hierarchy,
  overall: Float64Array,
): (counts: ReadonlyMap<number, number>, size: number) => number {
  const top = hierarchy.height - 1;
  const leaf = values.map((value) => hierarchy.codeOf(value) ?? 0);
  const before = new Float64Array(hierarchy.level(0).labels.length);
  overall.forEach((share, code) => (before[leaf[code]!]! -= share));
  return (counts, size) => {
    let surplus = before.slice();
    for (const [code, f] of counts) surplus[leaf[code]!]! += f / size;
    let distance = 0;
    for (let level = 1; level <= top; level++) {
      const parents = hierarchy.step(level - 1, level);
      const nodes = hierarchy.level(level).labels.length;
      const over = new Float64Array(nodes);
      const under = new Float64Array(nodes);
      surplus.forEach((value, child) => {
        if (value > 0) over[parents[child]!]! += value;
        else under[parents[child]!]! -= value;
      });
      over.forEach((value, node) => (distance += (level / top) * Math.min(value, under[node]!)));
      surplus = over.map((value, node) => value - under[node]!);
    }
    return distance;
  };
}
