import type { ClassFigures, ReidentificationRisk } from '../contract/anonymise.ts';

/** Number, smallest, largest and average size of classes; null where there is no class. */
export function classFigures(sizes: readonly number[] | Int32Array): ClassFigures {
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

/**
 * Re-identification risk of records in classes of these sizes (El Emam, Dankar 2008; Dankar, El
 * Emam 2010). Prosecutor: the attacker knows the person is in the file: highest 1 / smallest
 * class, average classes / records. Without a table of the population the journalist's risk is
 * bounded by the prosecutor's, and the marketer's (share of records re-identified) is the average.
 */
export function reidentificationRisk(classes: ClassFigures): ReidentificationRisk {
  const { smallest, average } = classes;
  const highest = smallest === null ? null : 1 / smallest;
  const mean = average === null ? null : 1 / average;
  return {
    prosecutor: { highest, average: mean },
    journalist: { highest, average: mean },
    marketer: mean,
  };
}
