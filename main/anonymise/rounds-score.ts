import { codeAt, type Classes } from './classes.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { Round } from './local-recoding.ts';
import { cutTo10Decimals, weightsOf, type Weights } from './measure.ts';
import { combineOf, type MeasureOptions } from './measures.ts';

interface Rounds {
  readonly base: Classes;
  readonly hierarchies: readonly Hierarchy[];
  readonly rounds: readonly Round[];
  /** The round that keeps each tuple; -1 where none does. */
  readonly roundOfTuple: Int32Array;
  /** Sizes of the remaining classes of all rounds together. */
  readonly sizes: Int32Array;
}

/**
 * The score of records whose rounds stand at different levels: each measure as for one node, each
 * record at the levels of the round that keeps it, suppressed ones at those of the last. Equals
 * the measure's own score when there is one round.
 */
export function scoreOfRounds(found: Rounds, options: MeasureOptions): number {
  const weights = weightsOf(options.gsFactor);
  const rows = total(found.base.sizes);
  const suppressed = rows - total(found.sizes);
  const perAttribute = (score: (j: number) => number): number =>
    combineOf(options, found.hierarchies.length).of(
      Float64Array.from(found.hierarchies, (_, j) => score(j)),
    );
  switch (options.metric) {
    case 'discernibility':
      return found.sizes.reduce((sum, size) => sum + size * size, suppressed * rows);
    case 'average-class-size': {
      const classes = found.sizes.length * weights.suppressed;
      return rows / (classes + (suppressed > 0 ? weights.generalised : 0));
    }
    case 'loss':
      return perAttribute((j) => lossOf(found, weights, rows, j));
    case 'nuentropy':
      return perAttribute((j) => cutTo10Decimals(bitsOf(found, weights, suppressed, j)));
    case 'precision':
      return perAttribute((j) => precisionOf(found, weights, rows, j));
  }
}

function total(sizes: Int32Array): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Visits every tuple with its records, its code, whether it is kept and its level. */
function each(
  { base, rounds, roundOfTuple }: Rounds,
  j: number,
  visit: (size: number, code: number, kept: boolean, level: number) => void,
): void {
  const levels = rounds.map(({ solution }) => solution.levels[j]!);
  for (let tuple = 0; tuple < base.count; tuple++) {
    const round = roundOfTuple[tuple]!;
    const level = levels[round < 0 ? rounds.length - 1 : round]!;
    visit(base.sizes[tuple]!, codeAt(base, tuple, j), round >= 0, level);
  }
}

function lossOf(found: Rounds, weights: Weights, rows: number, j: number): number {
  const hierarchy = found.hierarchies[j]!;
  let sum = 0;
  each(found, j, (size, code, kept, level) => {
    const share = hierarchy.level(level).lines[hierarchy.step(0, level)[code]!]! / hierarchy.lines;
    const lost = share + weights.suppressed * (1 - share);
    sum += size * (kept ? weights.generalised * share : lost);
  });
  const least = (weights.generalised * rows) / hierarchy.lines;
  if (rows - least <= 0) return 0;
  return cutTo10Decimals(Math.max(0, (sum - least) / (rows - least)));
}

function bitsOf(found: Rounds, weights: Weights, suppressed: number, j: number): number {
  const hierarchy = found.hierarchies[j]!;
  const counts = hierarchy.levels.map(({ labels }) => new Float64Array(labels.length));
  const lost = hierarchy.levels.map(({ labels }) => new Float64Array(labels.length));
  each(found, j, (size, code) => {
    counts.forEach((count, level) => (count[hierarchy.step(0, level)[code]!]! += size));
  });
  let bits = 0;
  each(found, j, (size, code, kept, level) => {
    const label = hierarchy.step(0, level)[code]!;
    bits -= size * weights.generalised * Math.log2(counts[0]![code]! / counts[level]![label]!);
    if (!kept) lost[level]![label]! += size;
  });
  for (const count of lost.flatMap((level) => [...level])) {
    if (count > 0) bits -= weights.suppressed * count * Math.log2(count / suppressed);
  }
  return bits;
}

function precisionOf(found: Rounds, weights: Weights, rows: number, j: number): number {
  const top = found.hierarchies[j]!.height - 1;
  let sum = 0;
  each(found, j, (size, _, kept, level) => {
    const share = top === 0 ? 0 : level / top;
    sum += size * (kept ? weights.generalised * share : weights.suppressed);
  });
  return sum / rows;
}
