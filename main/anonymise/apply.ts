import type { CodedColumn, Column, Table } from '../records/table.ts';
import type { QuasiIdentifier } from './prepare.ts';

export interface Release {
  readonly sensitive: ReadonlySet<string>;
  /** 1 for rows that are suppressed. */
  readonly suppressed: Uint8Array;
  readonly mode: 'drop' | 'blank';
  /** The cells of each quasi-identifier for some rows; suppressed ones are missing. */
  readonly generalised: ReadonlyMap<string, (rows: Int32Array) => CodedColumn>;
}

/**
 * The protected records: quasi-identifiers as their generalised cells, sensitive and other columns
 * as they were. Suppressed rows are left out, or lose quasi-identifiers and sensitive cells.
 * Columns keep their order.
 */
export function releaseOf(columns: readonly Column[], release: Release): Table {
  const { suppressed, mode, generalised, sensitive } = release;
  const rows: number[] = [];
  suppressed.forEach((out, row) => {
    if (out === 0 || mode === 'blank') rows.push(row);
  });
  const kept = Int32Array.from(rows);
  return {
    rows: kept.length,
    columns: columns.map((column) => {
      const cells = generalised.get(column.name);
      return cells?.(kept) ?? take(column, kept, sensitive.has(column.name) ? suppressed : null);
    }),
  };
}

/**
 * The labels of a quasi-identifier, each row at the level of the round that keeps it (-1: none
 * does, and the cell is missing). A label is one entry, whatever its level.
 */
export function labelsOf(
  { name, hierarchy, codes }: QuasiIdentifier,
  levels: readonly number[],
  roundOfRow: Int32Array,
): (rows: Int32Array) => CodedColumn {
  return (rows) => {
    const dictionary: string[] = [];
    const entryOf = new Map<string, number>();
    const entries = levels.map((level) =>
      hierarchy.level(level).labels.map((label) => {
        const known = entryOf.get(label) ?? dictionary.push(label) - 1;
        entryOf.set(label, known);
        return known;
      }),
    );
    const steps = levels.map((level) => hierarchy.step(0, level));
    const cells = rows.map((row) => {
      const round = roundOfRow[row]!;
      return round < 0 ? -1 : entries[round]![steps[round]![codes[row]!]!]!;
    });
    return { name, type: 'category', codes: cells, dictionary };
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
