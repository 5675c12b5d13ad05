import { totalOf, type Cells } from './cells.ts';

/**
 * Weights of cells (place 2 x group + label) with which group and label are independent: n_g n_y / (n
 * n_gy) (Kamiran and Calders 2012, Knowl. Inf. Syst. 33, section 5.3), for any number of groups. Their
 * mean over the records is 1. A cell of nobody has weight 1.
 *
 * @param counts exact, or noisy: then a cell below 1 counts as 1, so that no weight is unbounded
 */
export function reweighing(counts: Cells): Cells {
  const held = counts.map((count) => (count === 0 ? 0 : Math.max(1, count)));
  const total = totalOf(held);
  const ofLabel = [0, 1].map((label) =>
    held.reduce((sum, count, cell) => (cell % 2 === label ? sum + count : sum), 0),
  );
  return held.map((count, cell) => {
    if (count === 0) return 1;
    const group = cell - (cell % 2);
    const ofGroup = held[group]! + held[group + 1]!;
    return (ofGroup * ofLabel[cell % 2]!) / (total * count);
  });
}
