import type { Classes } from './classes.ts';
import type { Hierarchy } from './hierarchy.ts';
import { cutTo10Decimals, type Combine, type Measure, type Weights } from './measure.ts';

/**
 * Loss, ARX's form of Iyengar's (2002): per attribute, over kept records the share of the domain
 * that a generalised value covers (lines of the hierarchy, not weighted by the data), over
 * suppressed records share + sF (1 - share), scaled to 0..1 between the smallest possible sum and
 * the number of records, cut to 10 decimals.
 */
export function lossMeasure(
  base: Classes,
  rows: number,
  hierarchies: readonly Hierarchy[],
  weights: Weights,
  combined: Combine,
): Measure {
  const scaled = hierarchies.map(({ lines }) => scale(rows, (weights.generalised * rows) / lines));
  const floors = hierarchies.map((hierarchy, j) =>
    hierarchy.levels.map((_, level) =>
      scaled[j]!(weights.generalised * totalShare(base, hierarchy, j, level)),
    ),
  );
  const floor = (levels: readonly number[]): number =>
    combined(Float64Array.from(levels, (level, j) => floors[j]![level]!));
  return {
    floor,
    floorOfClasses: ({ levels }) => floor(levels),
    score: (classes, { failing, suppressed }) => {
      const width = hierarchies.length;
      const kept = new Float64Array(width);
      const lost = new Float64Array(width);
      const shares = hierarchies.map((hierarchy, j) => hierarchy.level(classes.levels[j]!).shares);
      for (let c = 0; c < classes.count; c++) {
        const sums = failing[c] ? lost : kept;
        const size = classes.sizes[c]!;
        for (let j = 0; j < width; j++) {
          sums[j]! += size * shares[j]![classes.codes[c * width + j]!]!;
        }
      }
      return combined(
        kept.map((sum, j) => {
          const { generalised, suppressed: factor } = weights;
          const cost = factor === 1 ? suppressed : lost[j]! + factor * (suppressed - lost[j]!);
          return scaled[j]!(generalised * sum + cost);
        }),
      );
    },
  };
}

function scale(rows: number, least: number): (sum: number) => number {
  // A domain of one value cannot lose anything.
  if (rows - least <= 0) return () => 0;
  return (sum) => cutTo10Decimals(Math.max(0, (sum - least) / (rows - least)));
}

function totalShare(base: Classes, hierarchy: Hierarchy, j: number, level: number): number {
  const width = base.levels.length;
  const step = hierarchy.step(0, level);
  const { shares } = hierarchy.level(level);
  let sum = 0;
  for (let tuple = 0; tuple < base.count; tuple++) {
    sum += base.sizes[tuple]! * shares[step[base.codes[tuple * width + j]!]!]!;
  }
  return sum;
}
