import { middle } from '../learning/encode.ts';
import type { Feature } from '../learning/features.ts';
import type { CodedColumn, NumericColumn } from '../records/table.ts';

/**
 * What a column holds in a record of which nothing is known, each row as likely as any other. It is
 * made of what the model states of its columns, never of records: the median or the most frequent
 * value that was bought, else the middle of the bounds, and every listed value alike.
 */
export function backgroundColumn(feature: Feature): NumericColumn | CodedColumn {
  const name = feature.column;
  if (feature.kind === 'numeric') {
    const value = feature.fill ?? middle(feature.lower, feature.upper);
    return { name, type: 'real', values: Float64Array.of(value) };
  }
  const values = feature.fill === undefined ? feature.values : [feature.fill];
  // Nothing is listed: its cells are all alike to the model.
  if (values.length === 0) {
    return { name, type: 'category', codes: Int32Array.of(-1), dictionary: [] };
  }
  return { name, type: 'category', codes: Int32Array.from(values.keys()), dictionary: values };
}

/** Rows of a background column. */
export function backgroundRows(column: NumericColumn | CodedColumn): number {
  return 'codes' in column ? column.codes.length : column.values.length;
}
