import type { CodedColumn, Column, Table } from '../../../main/records/table.ts';

/** A category column of these texts; '' is a missing cell. */
export function category(name: string, texts: readonly string[]): CodedColumn {
  const dictionary = [...new Set(texts)].filter((text) => text !== '');
  const codes = Int32Array.from(texts, (text) => dictionary.indexOf(text));
  return { name, type: 'category', codes, dictionary };
}

export function integers(name: string, values: readonly number[]): Column {
  return { name, type: 'integer', values: Float64Array.from(values) };
}

export function tableOf(...columns: readonly Column[]): Table {
  const first = columns[0];
  const rows =
    first === undefined ? 0 : 'codes' in first ? first.codes.length : first.values.length;
  return { rows, columns };
}
