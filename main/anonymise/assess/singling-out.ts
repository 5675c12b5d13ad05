import type { SinglingOut } from '../../contract/assessment.ts';
import { uniqueSets } from '../../identify/uniqueness.ts';
import { columnOf } from '../../records/shape.ts';
import type { Table } from '../../records/table.ts';
import { encoded } from './encoded.ts';

/** Which of the named columns, and which small sets of them, single rows out. */
export function singlingOutOf(table: Table, names: readonly string[]): SinglingOut {
  const columns = names.map((name) => {
    const { codes, values } = encoded(columnOf(table, name));
    const counts = new Float64Array(values.length);
    for (const code of codes) counts[code]! += 1;
    const n = table.rows;
    const alike = counts.reduce((sum, count) => sum + count * (count - 1), 0);
    return [
      name,
      {
        distinction: n === 0 ? null : values.length / n,
        separation: n < 2 ? null : 1 - alike / (n * (n - 1)),
      },
    ] as const;
  });
  return { columns: Object.fromEntries(columns), sets: uniqueSets(table, names) };
}
