/** Rows of numbers, 0/1 targets and, where they differ, weights. */
export interface Weighted {
  readonly rows: number[][];
  readonly targets: number[];
  readonly weights?: readonly number[];
}

/**
 * Logistic regression as scikit-learn has it: half the squared length of the coefficients (C = 1) plus
 * the weighted log loss, the intercept not penalised, by Newton's method. The intercept comes last.
 */
export function fitLogistic({ rows, targets, weights }: Weighted): number[] {
  const size = (rows[0]?.length ?? 0) + 1;
  let found = new Array<number>(size).fill(0);
  for (let round = 0; round < 50; round++) {
    const slope = found.map((value, at) => (at === size - 1 ? 0 : value));
    const bend = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (__, j) => (i === j && i < size - 1 ? 1 : 0)),
    );
    rows.forEach((row, r) => {
      const x = [...row, 1];
      const z = x.reduce((sum, value, at) => sum + value * found[at]!, 0);
      const p = 1 / (1 + Math.exp(-z));
      const weight = weights?.[r] ?? 1;
      for (let i = 0; i < size; i++) {
        slope[i]! += weight * (p - targets[r]!) * x[i]!;
        for (let j = 0; j < size; j++) bend[i]![j]! += weight * p * (1 - p) * x[i]! * x[j]!;
      }
    });
    const step = solved(bend, slope);
    found = found.map((value, at) => value - step[at]!);
    if (Math.max(...step.map(Math.abs)) < 1e-10) break;
  }
  return found;
}

/** What is made as small as it can be. */
export function lossOf({ rows, targets, weights }: Weighted, found: readonly number[]): number {
  const squares = found.slice(0, -1).reduce((sum, value) => sum + value ** 2, 0);
  return rows.reduce((sum, row, r) => {
    const z = row.reduce((all, value, at) => all + value * found[at]!, found.at(-1)!);
    const loss = Math.max(z, 0) - targets[r]! * z + Math.log1p(Math.exp(-Math.abs(z)));
    return sum + (weights?.[r] ?? 1) * loss;
  }, squares / 2);
}

/** By Gauss with the largest pivot. */
function solved(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((_, k) => {
    const best = rows.reduce(
      (most, row, i) => (i >= k && Math.abs(row[k]!) > Math.abs(rows[most]![k]!) ? i : most),
      k,
    );
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    rows.forEach((row, i) => {
      if (i === k) return;
      const times = row[k]! / rows[k]![k]!;
      row.forEach((__, j) => (row[j]! -= times * rows[k]![j]!));
    });
  });
  return rows.map((row, k) => row.at(-1)! / row[k]!);
}
