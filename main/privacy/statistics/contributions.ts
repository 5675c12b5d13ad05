/**
 * The rows that count in a statistic, by the unit they belong to: unit u owns the places
 * starts[u] .. starts[u + 1] of `rows`. Which rows of a unit are among them must depend on that
 * unit alone.
 */
export interface Contributions {
  readonly count: number;
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/**
 * How many units have at least one row in each of `bins` bins; `binOf` gives a row's bin, or -1. A
 * unit of at most m rows counts once in at most m bins: adding or removing it changes the counts by
 * at most sqrt(m) in the Euclidean norm and by at most 1 each.
 */
export function countUnits(
  units: Contributions,
  bins: number,
  binOf: (row: number) => number,
): Int32Array {
  const counts = new Int32Array(bins);
  const last = new Int32Array(bins).fill(-1);
  forEachRow(units, (row, unit) => {
    const bin = binOf(row);
    if (bin < 0 || last[bin] === unit) return;
    last[bin] = unit;
    counts[bin]!++;
  });
  return counts;
}

/** The same for values that nobody listed beforehand; `valueOf` gives null where there is none. */
export function countValues(
  units: Contributions,
  valueOf: (row: number) => string | null,
): Map<string, number> {
  const counts = new Map<string, number>();
  const last = new Map<string, number>();
  forEachRow(units, (row, unit) => {
    const value = valueOf(row);
    if (value === null || last.get(value) === unit) return;
    last.set(value, unit);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  return counts;
}

function forEachRow(units: Contributions, use: (row: number, unit: number) => void): void {
  for (let unit = 0; unit < units.count; unit++) {
    const end = units.starts[unit + 1]!;
    for (let place = units.starts[unit]!; place < end; place++) use(units.rows[place]!, unit);
  }
}
