import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { intervalHierarchy } from '../main/anonymise/presets.ts';
import type { CodedColumn, Table } from '../main/records/table.ts';

/** The reference data stands beside the checkout, from which benches are started. */
const FOLDER = resolve('..', 'shared', 'data', 'adult-arx');

export const HOURS = 'hours-per-week';

/** Adult as it was anonymised with ARX: 30,162 rows, nine columns of text, and its hierarchies. */
export interface Adult {
  readonly table: Table;
  readonly hierarchies: ReadonlyMap<string, string>;
}

export function readAdult(): Adult {
  const [header = '', ...lines] = readFileSync(resolve(FOLDER, 'adult.csv'), 'utf8')
    .trimEnd()
    .split(/\r?\n/);
  const cells = lines.map((line) => line.split(';'));
  const names = header.split(';');
  const columns = names.map((name, j) =>
    coded(
      name,
      cells.map((row) => row[j] ?? ''),
    ),
  );
  const hierarchies = new Map(
    names.map((name) => [
      name,
      readFileSync(resolve(FOLDER, `adult_hierarchy_${name}.csv`), 'utf8'),
    ]),
  );
  return { table: { rows: lines.length, columns }, hierarchies };
}

/**
 * `rows` rows drawn from Adult, their ages (17 to 90) drawn afresh, and hours per week (1 to 99),
 * also fresh, in place of the salary class: nine quasi-identifiers of which two are new in
 * every row, so that the distinct tuples grow with the rows.
 */
export function resampledAdult({ table, hierarchies }: Adult, rows: number): Adult {
  const next = draws();
  const from = Int32Array.from({ length: rows }, () => next(table.rows));
  const fresh = (name: string, least: number, most: number): CodedColumn => ({
    name,
    type: 'category',
    codes: Int32Array.from({ length: rows }, () => next(most - least + 1)),
    dictionary: Array.from({ length: most - least + 1 }, (_, code) => String(least + code)),
  });
  const columns = table.columns.map((column) => {
    if (column.name === 'age') return fresh('age', 17, 90);
    if (column.name === 'salary-class') return fresh(HOURS, 1, 99);
    if (!('codes' in column)) throw new TypeError(column.name);
    return { ...column, codes: from.map((row) => column.codes[row] ?? -1) };
  });
  const hours = intervalHierarchy({ min: 1, max: 99, widths: [5, 10, 20] });
  return { table: { rows, columns }, hierarchies: new Map([...hierarchies, [HOURS, hours]]) };
}

function coded(name: string, cells: readonly string[]): CodedColumn {
  const dictionary = [...new Set(cells)];
  const known = new Map(dictionary.map((value, code) => [value, code]));
  const codes = Int32Array.from(cells, (cell) => known.get(cell) ?? -1);
  return { name, type: 'category', codes, dictionary };
}

/** Whole numbers below a bound, the same in every run (Lehmer's generator). */
function draws(): (below: number) => number {
  let state = 20_251;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}
