import type { Classes } from './classes.ts';
import type { Hierarchy } from './hierarchy.ts';
import { cutTo10Decimals, type Combine, type Measure, type Weights } from './measure.ts';

/**
 * Non-uniform entropy (De Waal, Willenborg 1999; Gionis, Tassa 2009) in bits, as ARX scores it:
 * per attribute gF x -(sum over all records of log2(count of the original value / count of the
 * generalised value)), plus sF x -(sum over generalised values among the R suppressed records of
 * c log2(c / R)), cut to 10 decimals.
 */
export function entropyMeasure(
  base: Classes,
  hierarchies: readonly Hierarchy[],
  weights: Weights,
  combined: Combine,
): Measure {
  const general = hierarchies.map((hierarchy, j) => {
    const counts = valueCounts(base, hierarchy, j);
    return hierarchy.levels.map(
      (_, level) => weights.generalised * lostBits(counts, hierarchy, level),
    );
  });
  const floor = (levels: readonly number[]): number =>
    combined(Float64Array.from(levels, (level, j) => cutTo10Decimals(general[j]![level]!)));
  return {
    floor,
    floorOfClasses: ({ levels }) => floor(levels),
    score: (classes, { failing, suppressed }) => {
      if (suppressed === 0) return floor(classes.levels);
      return combined(
        Float64Array.from(classes.levels, (level, j) => {
          const labels = hierarchies[j]!.level(level).labels.length;
          const lost = suppressedBits(classes, failing, suppressed, j, labels);
          return cutTo10Decimals(general[j]![level]! + weights.suppressed * lost);
        }),
      );
    },
  };

  function valueCounts(tuples: Classes, hierarchy: Hierarchy, j: number): Float64Array {
    const counts = new Float64Array(hierarchy.level(0).labels.length);
    for (let tuple = 0; tuple < tuples.count; tuple++) {
      counts[tuples.codes[tuple * hierarchies.length + j]!]! += tuples.sizes[tuple]!;
    }
    return counts;
  }
}

function lostBits(counts: Float64Array, hierarchy: Hierarchy, level: number): number {
  const step = hierarchy.step(0, level);
  const general = new Float64Array(hierarchy.level(level).labels.length);
  counts.forEach((count, code) => (general[step[code]!]! += count));
  return counts.reduce(
    (bits, count, code) =>
      count === 0 ? bits : bits - count * Math.log2(count / general[step[code]!]!),
    0,
  );
}

function suppressedBits(
  classes: Classes,
  failing: Uint8Array,
  suppressed: number,
  j: number,
  labels: number,
): number {
  const width = classes.levels.length;
  const counts = new Float64Array(labels);
  for (let c = 0; c < classes.count; c++) {
    if (failing[c]) counts[classes.codes[c * width + j]!]! += classes.sizes[c]!;
  }
  return counts.reduce(
    (bits, count) => (count === 0 ? bits : bits - count * Math.log2(count / suppressed)),
    0,
  );
}
