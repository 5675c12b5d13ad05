import type { Column } from '../../records/table.ts';
import { encodeColumn, type EncodedColumn } from '../encode.ts';

const known = new WeakMap<Column, EncodedColumn>();

/** The column as codes; every figure of an assessment asks for the same ones. */
export function encoded(column: Column): EncodedColumn {
  const found = known.get(column) ?? encodeColumn(column);
  known.set(column, found);
  return found;
}
