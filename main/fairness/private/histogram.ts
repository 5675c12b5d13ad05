import { ConcordError } from '../../contract/errors.ts';
import {
  MOST_PRIVATE_CELLS,
  OTHER_GROUP,
  type PrivateReviewOptions,
} from '../../contract/review-privacy.ts';
import type { ReviewOptions } from '../../contract/review.ts';
import { cellTexts } from '../../records/cell-text.ts';
import { columnOf, takeRows } from '../../records/shape.ts';
import type { Table } from '../../records/table.ts';
import { personsOf } from '../clusters.ts';
import { judgedRows, type Judged } from '../judged.ts';
import { decisionSlices, freeSlices, thresholdSlices, type Slices } from './slices.ts';

/** One group column: its values, named beforehand, and one more group for all others. */
export interface Axis {
  readonly column: string;
  readonly names: readonly string[];
}

/** Where a record is counted: [group of each axis][truth][slice], then without label, then abstained. */
export interface Layout {
  readonly axes: readonly Axis[];
  readonly slices: Slices;
  readonly isScored: boolean;
  /** Combinations of groups. */
  readonly finest: number;
  readonly cells: number;
}

/** Counts of a layout, exact or with noise. */
export interface Histogram {
  readonly layout: Layout;
  readonly counts: Float64Array;
}

/**
 * The cells that a review needs, by what was asked alone: no record is looked at.
 * Throws GROUP_VALUES_MISSING {column}; GROUPS_TOO_MANY {cells, most}.
 */
export function layoutOf(
  { groups, score, prediction, threshold }: ReviewOptions,
  { values }: Pick<PrivateReviewOptions, 'values'>,
): Layout {
  const axes = [...new Set(groups)].map((column): Axis => {
    const named = Object.hasOwn(values, column) ? values[column] : undefined;
    if (named === undefined) throw new ConcordError('GROUP_VALUES_MISSING', { column });
    const names = [...new Set(named)].filter((name) => name !== OTHER_GROUP);
    return { column, names: [...names.sort((a, b) => (a < b ? -1 : 1)), OTHER_GROUP] };
  });
  const slices =
    score === undefined
      ? decisionSlices()
      : prediction === undefined
        ? thresholdSlices(threshold)
        : freeSlices();
  const finest = axes.reduce((product, { names }) => product * names.length, 1);
  const cells = finest * 2 * slices.all.length + 2;
  if (cells > MOST_PRIVATE_CELLS)
    throw new ConcordError('GROUPS_TOO_MANY', { cells, most: MOST_PRIVATE_CELLS });
  return { axes, slices, isScored: score !== undefined, finest, cells };
}

/**
 * Counts the records of each cell: a record is in one of them, a person's in `maxRows` at most (its first
 * ones), so one unit moves the counts by 1, or `maxRows`, in sum. Throws as `judgedRows`.
 */
export function countedCells(
  table: Table,
  options: ReviewOptions,
  layout: Layout,
  maxRows: number,
): Float64Array {
  const taken = options.person === undefined ? table : firstRows(table, options.person, maxRows);
  const judged = judgedRows(taken, options);
  const counts = new Float64Array(layout.cells);
  const group = finestGroups(taken, judged, layout.axes);
  const { truth, decision, score } = judged;
  const { all, place } = layout.slices;
  for (let at = 0; at < truth.length; at++) {
    const slice = place(score?.[at] ?? 0, decision[at]!);
    counts[(2 * group[at]! + truth[at]!) * all.length + slice]!++;
  }
  counts[layout.cells - 2] = judged.withoutLabel;
  counts[layout.cells - 1] = judged.abstained;
  return counts;
}

function firstRows(table: Table, column: string, most: number): Table {
  const every = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const { codes, count } = personsOf(table, every, column);
  const seen = new Uint32Array(count);
  return takeRows(table, Int32Array.from(every.filter((_, at) => seen[codes[at]!]!++ < most)));
}

/** Of each judged row the number of its combination, the first axis counting most. */
function finestGroups(table: Table, { rows }: Judged, axes: readonly Axis[]): Uint32Array {
  const finest = new Uint32Array(rows.length);
  for (const { column, names } of axes) {
    const textOf = cellTexts(columnOf(table, column));
    const known = new Map(names.map((name, at) => [name, at]));
    for (let at = 0; at < rows.length; at++) {
      const group = known.get(textOf(rows[at]!)) ?? names.length - 1;
      finest[at] = finest[at]! * names.length + group;
    }
  }
  return finest;
}
