import { LevelTerms, type Combine } from './aggregates.ts';
import type { Classes } from './classes.ts';
import { CodeCounts } from './code-counts.ts';
import { cutTo10Decimals, type Measure, type Weights } from './measure.ts';

/**
 * Loss, ARX's form of Iyengar's (2002): per attribute, over kept records the share of the domain
 * that a generalised value covers (lines of the hierarchy, not weighted by the data), over
 * suppressed records share + sF (1 - share), scaled to 0..1 between the smallest possible sum and
 * the number of records, cut to 10 decimals.
 *
 * Shares are counted in lines, in whole numbers, so that equal losses come out equal in whatever
 * order classes are added up. With gF = 1 or sF = 1 the sum over all records is
 * gF x lines of all + sF x all lines x suppressed - min(gF, sF) x lines of the suppressed.
 */
export function lossMeasure(base: Classes, weights: Weights, combined: Combine): Measure {
  const { hierarchies } = base.layout;
  const { generalised, suppressed: factor } = weights;
  const codeCounts = new CodeCounts(base);
  const { records } = codeCounts;
  const all = hierarchies.map(({ levels }, j) =>
    levels.map(({ lines }, level) => linesOf(codeCounts.at(j, level), lines)),
  );
  const heights = hierarchies.map(({ height }) => height);
  const terms = new LevelTerms(combined, heights, (j, level) => lossOf(j, level, 0));
  return {
    floor: (levels) => terms.at(levels),
    floorOfClasses: null,
    cost: (classes, lost, suppressed) => {
      const extra = extraLines(classes, lost, suppressed);
      const score = combined.of(
        Float64Array.from(classes.levels, (level, j) => lossOf(j, level, extra[j]!)),
      );
      // At a finer node the labels of the same records cover no more lines.
      let atLeast: LevelTerms | null = null;
      const scoreAtLeast = (levels: readonly number[]): number => {
        atLeast ??= new LevelTerms(combined, heights, (j, level) => lossOf(j, level, extra[j]!));
        return atLeast.at(levels);
      };
      return { score, scoreAtLeast };
    },
  };

  function lossOf(j: number, level: number, extra: number): number {
    // A domain of one value cannot lose anything.
    const range = records * (hierarchies[j]!.lines - generalised);
    if (range <= 0) return 0;
    const sum = generalised * all[j]![level]! + extra - generalised * records;
    return cutTo10Decimals(Math.max(0, sum / range));
  }

  /** What suppressed records add, in lines of each attribute's hierarchy. */
  function extraLines(classes: Classes, lost: Int32Array, suppressed: number): number[] {
    if (suppressed === 0) return hierarchies.map(() => 0);
    const counts = codeCounts.of(classes, lost, suppressed);
    return hierarchies.map((hierarchy, j) => {
      const lines = linesOf(counts[j]!, hierarchy.level(classes.levels[j]!).lines);
      return factor * suppressed * hierarchy.lines - Math.min(generalised, factor) * lines;
    });
  }
}

function linesOf(counts: Float64Array, lines: Int32Array): number {
  let sum = 0;
  for (let code = 0; code < lines.length; code++) sum += counts[code]! * lines[code]!;
  return sum;
}
