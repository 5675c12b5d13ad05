import type { CodedColumn, Column, Table } from '../records/table.ts';
import type { Hierarchy } from './hierarchy.ts';

export interface Recoding {
  /** Level-0 codes of each quasi-identifier per row. */
  readonly codes: ReadonlyMap<string, Int32Array>;
  readonly hierarchies: ReadonlyMap<string, Hierarchy>;
  readonly levels: ReadonlyMap<string, number>;
  readonly sensitive: ReadonlySet<string>;
  /** 1 for rows that are suppressed. */
  readonly suppressed: Uint8Array;
  readonly mode: 'drop' | 'blank';
}

/**
 * The protected records: quasi-identifiers as the labels of their level, sensitive and other
 * columns as they were. Suppressed rows are left out, or lose quasi-identifiers and sensitive
 * cells. Columns keep their order.
 */
export function applyRecoding(columns: readonly Column[], recoding: Recoding): Table {
  const { suppressed, mode } = recoding;
  const rows: number[] = [];
  suppressed.forEach((out, row) => {
    if (out === 0 || mode === 'blank') rows.push(row);
  });
  const kept = Int32Array.from(rows);
  return {
    rows: kept.length,
    columns: columns.map((column) => {
      const codes = recoding.codes.get(column.name);
      if (codes !== undefined) return generalise(column.name, codes, kept, recoding);
      return take(column, kept, recoding.sensitive.has(column.name) ? suppressed : null);
    }),
  };
}

function generalise(
  name: string,
  codes: Int32Array,
  rows: Int32Array,
  { hierarchies, levels, suppressed }: Recoding,
): CodedColumn {
  const hierarchy = hierarchies.get(name)!;
  const level = levels.get(name)!;
  const step = hierarchy.step(0, level);
  return {
    name,
    type: 'category',
    codes: rows.map((row) => (suppressed[row] ? -1 : step[codes[row]!]!)),
    dictionary: hierarchy.level(level).labels,
  };
}

/**
 * The rows of a column; those flagged in `blanked` become missing. The dictionary keeps only what
 * is left: values of suppressed rows alone must not travel along unseen.
 */
function take(column: Column, rows: Int32Array, blanked: Uint8Array | null): Column {
  if ('values' in column) {
    const values = Float64Array.from(rows, (row) =>
      blanked?.[row] ? Number.NaN : column.values[row]!,
    );
    return { ...column, values };
  }
  const dictionary: string[] = [];
  const newCodes = new Int32Array(column.dictionary.length).fill(-1);
  const codes = rows.map((row) => {
    const code = blanked?.[row] ? -1 : column.codes[row]!;
    if (code < 0) return -1;
    if (newCodes[code]! < 0) newCodes[code] = dictionary.push(column.dictionary[code]!) - 1;
    return newCodes[code]!;
  });
  return { ...column, codes, dictionary };
}
