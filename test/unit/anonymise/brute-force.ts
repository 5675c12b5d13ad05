import type { Aggregate, PrivacyModel, QualityMeasure } from '../../../main/contract/anonymise.ts';
import { groupMeets, suppressedForTheWhole } from './brute-models.ts';

/** A small problem in plain strings, the way a person would write it down. */
export interface SmallProblem {
  /** Per quasi-identifier its hierarchy: lines of [value, level 1, ..., root]. */
  readonly trees: readonly (readonly (readonly string[])[])[];
  /** Rows of quasi-identifier values. */
  readonly rows: readonly (readonly string[])[];
  /** The values of each sensitive column, which share one hierarchy and one order. */
  readonly sensitive: Readonly<Record<string, readonly string[]>>;
  readonly sensitiveTree: readonly (readonly string[])[];
  readonly sensitiveOrder: readonly string[];
  /** Everyone of the population, the rows among them, by quasi-identifier values. */
  readonly people: readonly (readonly string[])[];
  readonly models: readonly PrivacyModel[];
  readonly limit: number;
  readonly metric: QualityMeasure;
  readonly gsFactor: number;
  readonly aggregate: Aggregate;
  /** What rounds of local recoding before this one released, where these rows are those left. */
  readonly earlier?: Earlier;
}

export interface Earlier {
  readonly sizes: readonly number[];
  /** Labels, joined by |, that no class may get again. */
  readonly taken: readonly string[];
  /** Everyone of the population, of whom `people` are those left. */
  readonly everyone: number;
  /** The sensitive columns of all rows, which classes are compared with. */
  readonly whole: Readonly<Record<string, readonly string[]>>;
}

export interface Judged {
  readonly levels: readonly number[];
  readonly suppressed: number;
  readonly score: number;
}

/** Every node of the lattice, judged by the definitions alone. */
export function judgeAll(problem: SmallProblem): Judged[] {
  let vectors: number[][] = [[]];
  for (const tree of problem.trees) {
    const heights = tree[0]?.map((_, level) => level) ?? [];
    vectors = vectors.flatMap((vector) => heights.map((level) => [...vector, level]));
  }
  return vectors.map((levels) => judge(problem, levels));
}

function judge(problem: SmallProblem, levels: readonly number[]): Judged {
  const { trees, rows } = problem;
  const generalise = (row: readonly string[]): string[] =>
    row.map((value, j) => labelOf(trees[j], value, levels[j]));
  const general = rows.map(generalise);
  const keys = general.map((row) => row.join('|'));
  const people = problem.people.map((row) => generalise(row).join('|'));
  const groups = [...new Set(keys)].map((key) =>
    rows.map((_, index) => index).filter((index) => keys[index] === key),
  );
  const passing = groups.filter((group) => {
    const inGroup = people.filter((key) => key === keys[group[0] ?? -1]).length;
    if (problem.earlier?.taken.includes(keys[group[0] ?? -1] ?? '')) return false;
    return problem.models.every((model) => groupMeets(model, group, inGroup, problem));
  });
  const everyone = problem.earlier?.everyone ?? problem.people.length;
  const lost = suppressedForTheWhole(passing, problem.models, everyone, problem.earlier?.sizes);
  const kept = passing.filter((group) => !lost.includes(group));
  const keptRows = new Set(kept.flat());
  const suppressed = rows.length - keptRows.size;
  const isKept = (index: number): boolean => keptRows.has(index);
  const score = scoreOf(
    problem,
    rows.map(() => levels),
    groups,
    isKept,
  );
  return { levels, suppressed, score };
}

function labelOf(tree: SmallProblem['sensitiveTree'] | undefined, value = '', level = 0): string {
  return tree?.find((line) => line[0] === value)?.[level] ?? '';
}

export function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The score of rows that each stand at levels of their own; groups are rows of equal labels. */
export function scoreOf(
  problem: SmallProblem,
  levelsOf: readonly (readonly number[])[],
  groups: readonly (readonly number[])[],
  isKept: (index: number) => boolean,
): number {
  const { rows, trees, gsFactor: gs } = problem;
  const n = rows.length;
  const label = (index: number, j: number, at = index): string =>
    labelOf(trees[j], rows[index]?.[j], levelsOf[at]?.[j]);
  const gF = gs <= 0.5 ? 1 : 1 - 2 * (gs - 0.5);
  const sF = gs < 0.5 ? 2 * gs : 1;
  const isGroupKept = (group: readonly number[]): boolean => isKept(group[0] ?? -1);
  const lost = rows.map((_, index) => index).filter((index) => !isKept(index));
  switch (problem.metric) {
    case 'discernibility':
      return groups.reduce(
        (sum, group) => sum + group.length * (isGroupKept(group) ? group.length : n),
        0,
      );
    case 'average-class-size':
      return n / (groups.filter(isGroupKept).length * sF + (lost.length > 0 ? gF : 0));
    case 'precision':
      return aggregated(
        problem.aggregate,
        trees.map((tree, j) => {
          const top = (tree[0]?.length ?? 1) - 1;
          const kept = (index: number): number =>
            top === 0 ? 0 : (levelsOf[index]?.[j] ?? 0) / top;
          return (
            rows.reduce((sum, _, index) => sum + (isKept(index) ? gF * kept(index) : sF), 0) / n
          );
        }),
      );
    case 'loss':
      return aggregated(
        problem.aggregate,
        trees.map((tree, j) => {
          const sum = rows.reduce((total, _, index) => {
            const level = levelsOf[index]?.[j] ?? 0;
            const same = tree.filter((line) => line[level] === label(index, j)).length;
            const share = same / tree.length;
            if (isKept(index)) return total + gF * share;
            return total + (sF === 1 ? 1 : share + sF * (1 - share));
          }, 0);
          const least = (gF * n) / tree.length;
          if (n - least <= 0) return 0;
          return Math.floor(Math.max(0, (sum - least) / (n - least)) * 1e10) / 1e10;
        }),
      );
    case 'nuentropy':
      return aggregated(
        problem.aggregate,
        trees.map((_, j) => {
          const originals = tally(rows.map((row) => row[j] ?? ''));
          const suppressed = tally(lost.map((index) => label(index, j)));
          let bits = 0;
          rows.forEach((row, index) => {
            const original = originals.get(row[j] ?? '') ?? 0;
            const coarse = rows.filter(
              (_, other) => label(other, j, index) === label(index, j),
            ).length;
            bits -= gF * Math.log2(original / coarse);
          });
          for (const c of suppressed.values()) bits -= sF * c * Math.log2(c / lost.length);
          return Math.floor(bits * 1e10) / 1e10;
        }),
      );
  }
}

function aggregated(aggregate: Aggregate, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  if (aggregate === 'SUM') return sum;
  if (aggregate === 'MAXIMUM') return Math.max(...values);
  if (aggregate === 'ARITHMETIC_MEAN') return sum / values.length;
  return (
    Math.pow(
      values.reduce((product, value) => product * (value + 1), 1),
      1 / values.length,
    ) - 1
  );
}
