import { ConcordError } from '../contract/errors.ts';
import { cellText, cellTexts, valueOfText } from '../records/cell-text.ts';
import type { Column } from '../records/table.ts';
import type { Hierarchy } from './hierarchy.ts';

/** A column as codes into its distinct cell texts; a missing cell has the text ''. */
export interface EncodedColumn {
  readonly name: string;
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

/** Codes a column by the text of its cells, in order of first appearance. */
export function encodeColumn(column: Column): EncodedColumn {
  const textOf = cellTexts(column);
  const values: string[] = [];
  const codeOfText = new Map<string, number>();
  const codeAt = (row: number): number => {
    const text = textOf(row);
    const code = codeOfText.get(text) ?? values.push(text) - 1;
    codeOfText.set(text, code);
    return code;
  };
  const { name } = column;
  // Each distinct number or dictionary entry is turned into text once.
  if ('codes' in column) {
    const known = new Int32Array(column.dictionary.length + 1).fill(-1);
    const codes = column.codes.map((entry, row) => {
      if (known[entry + 1]! < 0) known[entry + 1] = codeAt(row);
      return known[entry + 1]!;
    });
    return { name, codes, values };
  }
  const known = new Map<number, number>();
  const codes = new Int32Array(column.values.length);
  column.values.forEach((value, row) => {
    const code = known.get(value) ?? codeAt(row);
    known.set(value, code);
    codes[row] = code;
  });
  return { name, codes, values };
}

/**
 * Turns a value as written in a hierarchy into the text its cells have in the column: '39.0' into
 * '39', '2024/3/5' into '2024-03-05'. What the column cannot hold stays as written.
 */
export function canonicalText(column: Column): (written: string) => string {
  if ('codes' in column) return (written) => written;
  return (written) => {
    const value = valueOfText(column, written);
    return value === undefined
      ? written
      : cellText({ ...column, values: Float64Array.of(value) }, 0);
  };
}

/**
 * The column as level-0 codes of its hierarchy. Throws HIERARCHY_LACKS_VALUE {column, missing,
 * row}: how many distinct values lack a line and the first row (1-based) that holds one of them.
 */
export function bindHierarchy(column: EncodedColumn, hierarchy: Hierarchy): Int32Array {
  const table = Int32Array.from(column.values, (value) => hierarchy.codeOf(value) ?? -1);
  const missing = table.reduce((count, code) => count + (code === -1 ? 1 : 0), 0);
  const codes = column.codes.map((code) => table[code]!);
  if (missing > 0) {
    const row = codes.indexOf(-1) + 1;
    throw new ConcordError('HIERARCHY_LACKS_VALUE', { column: column.name, missing, row });
  }
  return codes;
}
