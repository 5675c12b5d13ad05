/** Shares of columns, and the price of each limit: what one unit more of it would save. */
export interface Mixed {
  readonly shares: Float64Array;
  readonly prices: Float64Array;
  /** By how much the worst limit is exceeded all the same. */
  readonly excess: number;
}

const ROUNDS = 10_000;
const NEAR = 1e-11;

/**
 * The mixture of columns (shares of sum 1) with the least cost, such that the mixture of `uses[k]` is at
 * most `limits[k]` for every k; a common excess is allowed at `penalty` a unit. By the simplex method on
 * the whole tableau with Bland's rule, which ends (Bland 1977, Math. Oper. Res. 2, 103).
 *
 * @param costs of each column
 * @param uses [limits][columns]
 * @param limits not below 0
 */
export function cheapestMixture(
  costs: readonly number[],
  uses: readonly (readonly number[])[],
  limits: readonly number[],
  penalty: number,
): Mixed {
  const [columns, rows] = [costs.length, limits.length];
  // Variables: shares, the excess, the slack of each limit; then the right-hand side.
  const [excess, slack] = [columns, columns + 1];
  const width = slack + rows + 1;
  const right = width - 1;
  const tableau = Array.from({ length: rows }, (_, k) => {
    const row = new Float64Array(width);
    row.set(uses[k]!);
    row[excess] = -1;
    row[slack + k] = 1;
    row[right] = limits[k]!;
    return row;
  });
  const sum = new Float64Array(width).fill(1, 0, columns);
  sum[right] = 1;
  tableau.push(sum);
  const goal = new Float64Array(width);
  goal.set(costs);
  goal[excess] = penalty;
  const basis = Array.from({ length: rows }, (_, k) => slack + k);
  basis.push(-1);
  const all = [...tableau, goal];
  // All of the first column, and as much excess as that needs, is where the search begins.
  pivot(all, basis, rows, 0);
  const worst = lowest(tableau.slice(0, rows).map((row) => row[right]!));
  if (worst !== null && tableau[worst]![right]! < 0) pivot(all, basis, worst, excess);
  for (let round = 0; round < ROUNDS; round++) {
    const enter = goal.findIndex((cost, at) => at < right && cost < -NEAR);
    if (enter < 0) break;
    const leave = leaving(tableau, basis, enter, right);
    if (leave < 0) break;
    pivot(all, basis, leave, enter);
  }
  const found = new Float64Array(width);
  basis.forEach((variable, row) => (found[variable] = Math.max(0, tableau[row]![right]!)));
  return {
    shares: found.slice(0, columns),
    prices: goal.slice(slack, slack + rows).map((price) => Math.max(0, price)),
    excess: found[excess]!,
  };
}

function lowest(values: readonly number[]): number | null {
  let best: number | null = null;
  values.forEach((value, at) => {
    if (best === null || value < values[best]!) best = at;
  });
  return best;
}

function leaving(
  tableau: readonly Float64Array[],
  basis: readonly number[],
  enter: number,
  right: number,
): number {
  let [best, least] = [-1, Infinity];
  tableau.forEach((row, at) => {
    if (row[enter]! <= NEAR) return;
    const ratio = row[right]! / row[enter]!;
    const isTied = Math.abs(ratio - least) <= NEAR && best >= 0 && basis[at]! < basis[best]!;
    if (ratio < least - NEAR || isTied) [best, least] = [at, ratio];
  });
  return best;
}

function pivot(rows: readonly Float64Array[], basis: number[], at: number, variable: number): void {
  const row = rows[at]!;
  const scale = 1 / row[variable]!;
  for (let i = 0; i < row.length; i++) row[i]! *= scale;
  for (const other of rows) {
    const times = other[variable]!;
    if (other === row || times === 0) continue;
    for (let i = 0; i < row.length; i++) other[i]! -= times * row[i]!;
  }
  basis[at] = variable;
}
