import type { Association } from '../../contract/assessment.ts';
import { columnOf } from '../../records/shape.ts';
import type { Column, Table } from '../../records/table.ts';
import { encoded } from './encoded.ts';

/** Values of a column that are told apart; numbers in so many parts of equal count. */
const MOST_VALUES = 50;
const NUMBER_PARTS = 10;

interface Grouped {
  readonly codes: Int32Array;
  readonly count: number;
}

/** How strongly columns go together in two tables that have columns of the same names. */
export function associationOf(before: Table, after: Table, names: readonly string[]): Association {
  const groupsOf = (table: Table): Grouped[] => names.map((name) => group(columnOf(table, name)));
  const was = groupsOf(before);
  const is = groupsOf(after);
  const pairs = names.flatMap((first, i) =>
    names.slice(i + 1).map((second, offset) => {
      const j = i + 1 + offset;
      const columns: [string, string] = [first, second];
      return { columns, before: cramersV(was[i]!, was[j]!), after: cramersV(is[i]!, is[j]!) };
    }),
  );
  const changeOf = (pair: (typeof pairs)[number]): number =>
    Math.abs((pair.after ?? 0) - (pair.before ?? 0));
  const known = pairs.filter((pair) => pair.before !== null);
  const total = known.reduce((sum, pair) => sum + changeOf(pair), 0);
  return {
    pairs: pairs.sort((a, b) => changeOf(b) - changeOf(a)),
    meanChange: known.length === 0 ? null : total / known.length,
  };
}

/** Numbers by tenths of their rows; of other columns all but the most frequent values together. */
function group(column: Column): Grouped {
  if ('values' in column && new Set(column.values).size > NUMBER_PARTS) {
    const { values } = column;
    const rising = values.filter((value) => !Number.isNaN(value)).sort();
    const ends = Array.from({ length: NUMBER_PARTS - 1 }, (_, part) => {
      return rising[Math.floor(((part + 1) * rising.length) / NUMBER_PARTS)]!;
    });
    const codes = Int32Array.from(values, (value) =>
      Number.isNaN(value) ? NUMBER_PARTS : ends.filter((end) => value >= end).length,
    );
    return { codes, count: NUMBER_PARTS + 1 };
  }
  const { codes, values } = encoded(column);
  if (values.length <= MOST_VALUES) return { codes, count: values.length };
  const counts = new Int32Array(values.length);
  for (const code of codes) counts[code]! += 1;
  const frequent = Array.from(counts.keys())
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MOST_VALUES - 1);
  const renumbered = new Int32Array(values.length).fill(MOST_VALUES - 1);
  frequent.forEach((code, rank) => (renumbered[code] = rank));
  return { codes: codes.map((code) => renumbered[code]!), count: MOST_VALUES };
}

/**
 * Cramer's V with Bergsma's correction (2013, "A bias-correction for Cramer's V and Tschuprow's
 * T"), 0 (independent) to 1; null where a column has one value only.
 */
export function cramersV(a: Grouped, b: Grouped): number | null {
  const n = a.codes.length;
  const cells = new Float64Array(a.count * b.count);
  const rows = new Float64Array(a.count);
  const columns = new Float64Array(b.count);
  for (let i = 0; i < n; i++) {
    cells[a.codes[i]! * b.count + b.codes[i]!]! += 1;
    rows[a.codes[i]!]! += 1;
    columns[b.codes[i]!]! += 1;
  }
  const r = rows.filter((count) => count > 0).length;
  const k = columns.filter((count) => count > 0).length;
  if (r < 2 || k < 2) return null;
  let square = 0;
  for (let i = 0; i < a.count; i++) {
    for (let j = 0; j < b.count; j++) {
      const expected = (rows[i]! * columns[j]!) / n;
      if (expected > 0) square += (cells[i * b.count + j]! - expected) ** 2 / expected;
    }
  }
  const phi = Math.max(0, square / n - ((r - 1) * (k - 1)) / (n - 1));
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1;
  return least <= 0 ? null : Math.min(1, Math.sqrt(phi / least));
}
