import type { ClassFigures } from '../../contract/anonymise.ts';

/** Number, smallest, largest and average size of classes; null where there is no class. */
export function classFigures(sizes: Int32Array): ClassFigures {
  if (sizes.length === 0) return { count: 0, smallest: null, largest: null, average: null };
  let smallest = Infinity;
  let largest = 0;
  let records = 0;
  for (const size of sizes) {
    smallest = Math.min(smallest, size);
    largest = Math.max(largest, size);
    records += size;
  }
  return { count: sizes.length, smallest, largest, average: records / sizes.length };
}
