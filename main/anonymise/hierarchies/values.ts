import { ConcordError } from '../../contract/errors.ts';
import type { Column, ColumnType } from '../../records/table.ts';
import { encodeColumn } from '../encode.ts';

/** The label of the last level of every hierarchy made here. */
export const ROOT = '*';
/** Levels of one hierarchy: the lattice over all columns grows by this factor. */
export const MOST_LEVELS = 20;

/** What a hierarchy is built from: the different cell texts of a column, the missing cell apart. */
export interface ColumnValues {
  readonly name: string;
  readonly type: ColumnType;
  readonly texts: readonly string[];
  /** Rows of each text. */
  readonly counts: readonly number[];
  /** Rows of the table, and those with a missing cell. */
  readonly rows: number;
  readonly missing: number;
}

/** Labels that end up in cells, in the language of the person. */
export interface HierarchyLabels {
  readonly missing: string;
  /** For rare values that are joined, and for those that a preset does not know. */
  readonly other: string;
}

/** A value and its labels, from finest to coarsest. */
export type Line = readonly string[];

export function columnValues(column: Column): ColumnValues {
  const { values, codes } = encodeColumn(column);
  const counts = new Array<number>(values.length).fill(0);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  const present = [...values.keys()].filter((code) => values[code] !== '');
  return {
    name: column.name,
    type: column.type,
    texts: present.map((code) => values[code] ?? ''),
    counts: present.map((code) => counts[code] ?? 0),
    rows: codes.length,
    missing: counts[values.indexOf('')] ?? 0,
  };
}

/** The line of missing cells, where there are any; `levels` stand between value and root. */
export function missingLine(
  { missing }: ColumnValues,
  labels: HierarchyLabels,
  levels: number,
): Line[] {
  return missing === 0 ? [] : [['', ...Array<string>(levels).fill(labels.missing), ROOT]];
}

/** Why a recipe does not fit a column. */
export type Unbuildable =
  | 'numbers'
  | 'widths'
  | 'bounds'
  | 'dates'
  | 'units'
  | 'levels'
  | 'order'
  | 'runs'
  | 'group-order'
  | 'group-names'
  | 'value-twice'
  | 'size';

export function unbuildable(column: string, reason: Unbuildable): ConcordError {
  return new ConcordError('HIERARCHY_NOT_BUILT', { column, reason });
}

export function boundsOf(texts: readonly string[]): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const text of texts) {
    min = Math.min(min, Number(text));
    max = Math.max(max, Number(text));
  }
  return { min, max };
}
