import { LevelTerms, type Combine } from './aggregates.ts';
import type { Classes } from './classes.ts';
import { CodeCounts } from './code-counts.ts';
import type { Hierarchy } from './hierarchy.ts';
import { cutTo10Decimals, type Measure, type Weights } from './measure.ts';

/**
 * Non-uniform entropy (De Waal, Willenborg 1999; Gionis, Tassa 2009) in bits, as ARX scores it:
 * per attribute gF x -(sum over all records of log2(count of the original value / count of the
 * generalised value)), plus sF x -(sum over generalised values among the R suppressed records of
 * c log2(c / R)), cut to 10 decimals.
 */
export function entropyMeasure(base: Classes, weights: Weights, combined: Combine): Measure {
  const { hierarchies } = base.layout;
  const codeCounts = new CodeCounts(base);
  const general = hierarchies.map((hierarchy, j) =>
    hierarchy.levels.map(
      (_, level) => weights.generalised * lostBits(codeCounts, hierarchy, j, level),
    ),
  );
  const heights = hierarchies.map(({ height }) => height);
  const terms = new LevelTerms(combined, heights, (j, level) =>
    cutTo10Decimals(general[j]![level]!),
  );
  return {
    floor: (levels) => terms.at(levels),
    floorOfClasses: null,
    cost: (classes, lost, suppressed) => {
      const bits = bitsOfSuppressed(classes, lost, suppressed);
      const valueOf = (j: number, level: number): number =>
        cutTo10Decimals(general[j]![level]! + bits[j]!);
      const score = combined.of(Float64Array.from(classes.levels, (level, j) => valueOf(j, level)));
      // R log2 R - sum c log2 c grows with every record and with every label that is split up.
      let atLeast: LevelTerms | null = null;
      const scoreAtLeast = (levels: readonly number[]): number => {
        atLeast ??= new LevelTerms(combined, heights, valueOf);
        return atLeast.at(levels);
      };
      return { score, scoreAtLeast };
    },
  };

  function bitsOfSuppressed(classes: Classes, lost: Int32Array, suppressed: number): number[] {
    if (suppressed === 0) return hierarchies.map(() => 0);
    const counts = codeCounts.of(classes, lost, suppressed);
    return hierarchies.map((hierarchy, j) => {
      const labels = hierarchy.level(classes.levels[j]!).labels.length;
      return weights.suppressed * entropyBits(counts[j]!, labels, suppressed);
    });
  }
}

function lostBits(codeCounts: CodeCounts, hierarchy: Hierarchy, j: number, level: number): number {
  const step = hierarchy.step(0, level);
  const counts = codeCounts.at(j, 0);
  const general = codeCounts.at(j, level);
  return counts.reduce(
    (bits, count, code) =>
      count === 0 ? bits : bits - count * Math.log2(count / general[step[code]!]!),
    0,
  );
}

function entropyBits(counts: Float64Array, labels: number, records: number): number {
  let bits = 0;
  for (let code = 0; code < labels; code++) {
    const count = counts[code]!;
    if (count !== 0) bits -= count * Math.log2(count / records);
  }
  return bits;
}
