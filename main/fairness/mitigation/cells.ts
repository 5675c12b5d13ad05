import type { Criterion } from '../../contract/mitigation.ts';

/**
 * People of two labels in several groups, as counts: the place of a cell is 2 x group + label. All that
 * weights, bounds and thresholds need to know of the records; exact, or noisy and released.
 */
export type Cells = Float64Array;

/** Sum of all cells. */
export function totalOf(cells: Cells): number {
  return cells.reduce((sum, count) => sum + Math.max(0, count), 0);
}

/** The rates that a criterion compares: of selection in a group, or in the cells of one label. */
export type Compares = 'all' | 'positive' | 'negative';
const COMPARES: Readonly<Record<Criterion, readonly Compares[]>> = {
  'demographic-parity': ['all'],
  'equalised-odds': ['positive', 'negative'],
  'equal-opportunity': ['positive'],
};

/** A group's rate in one comparison: selected over counted, in these cells. */
export interface RateCells {
  readonly group: number;
  readonly cells: readonly number[];
}

/** Lists of rates that are to be alike; groups without people in a comparison are not in it. */
export function comparisonsOf(criterion: Criterion, counts: Cells): readonly RateCells[][] {
  const groups = counts.length / 2;
  return COMPARES[criterion].map((which) =>
    Array.from({ length: groups }, (_, group) => ({
      group,
      cells:
        which === 'all' ? [2 * group, 2 * group + 1] : [2 * group + (which === 'positive' ? 1 : 0)],
    })).filter(({ cells }) => cells.some((cell) => counts[cell]! > 0)),
  );
}

/** The rate of selection in these cells. */
export function rateIn({ cells }: RateCells, counts: Cells, selected: Cells): number {
  let [above, below] = [0, 0];
  for (const cell of cells) {
    above += selected[cell]!;
    below += Math.max(0, counts[cell]!);
  }
  return Math.min(1, Math.max(0, above / below));
}

/** Largest less smallest rate, the worst of all comparisons of the criterion; 0 where there is none. */
export function gapOf(criterion: Criterion, counts: Cells, selected: Cells): number {
  const gaps = comparisonsOf(criterion, counts).map((rates) => {
    const found = rates.map((one) => rateIn(one, counts, selected));
    return found.length < 2 ? 0 : Math.max(...found) - Math.min(...found);
  });
  return Math.max(0, ...gaps);
}

/** Share of decisions that are wrong. */
export function errorOf(counts: Cells, selected: Cells): number {
  let wrong = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    wrong += cell % 2 === 1 ? Math.max(0, counts[cell]!) - selected[cell]! : selected[cell]!;
  }
  return wrong / totalOf(counts);
}
