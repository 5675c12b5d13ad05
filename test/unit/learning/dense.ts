/** Slow references for the banded systems of smoothing. */
export type Matrix = number[][];

/** Solves by Gaussian elimination; returns the solution and ln of the determinant. */
export function solved(matrix: Matrix, right: number[]): { x: number[]; logDeterminant: number } {
  const a = matrix.map((row, i) => [...row, right[i]!]);
  let logDeterminant = 0;
  for (let i = 0; i < a.length; i++) {
    logDeterminant += Math.log(a[i]![i]!);
    for (let j = i + 1; j < a.length; j++) {
      const factor = a[j]![i]! / a[i]![i]!;
      a[j] = a[j]!.map((value, c) => value - factor * a[i]![c]!);
    }
  }
  const x = right.map(() => 0);
  for (let i = a.length - 1; i >= 0; i--) {
    const rest = a[i]!.slice(i + 1, -1).reduce((sum, value, c) => sum + value * x[i + 1 + c]!, 0);
    x[i] = (a[i]!.at(-1)! - rest) / a[i]![i]!;
  }
  return { x, logDeterminant };
}

/** Prior precision: 1 / size for every bin, 1 / step for the difference of each linked two. */
export function priorOf(
  bins: number,
  links: readonly (readonly [number, number])[],
  size: number,
  step: number,
): Matrix {
  const q: Matrix = Array.from({ length: bins }, (_, i) =>
    Array.from({ length: bins }, (_row, j) => (i === j ? 1 / size : 0)),
  );
  for (const [i, j] of links) {
    q[i]![i]! += 1 / step;
    q[j]![j]! += 1 / step;
    q[i]![j]! -= 1 / step;
    q[j]![i]! -= 1 / step;
  }
  return q;
}

export const plus = (q: Matrix, w: readonly number[]): Matrix =>
  q.map((row, i) => row.map((value, j) => (i === j ? value + w[i]! : value)));
