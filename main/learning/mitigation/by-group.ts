import type { ByGroup } from '../../contract/mitigation.ts';
import type { Table } from '../../records/table.ts';
import { sigmoid } from '../heads.ts';
import type { ModelContent } from '../model.ts';
import { groupReader, placesOf } from './groups.ts';

type Grouped = Pick<ModelContent, 'by_group' | 'threshold'> & {
  readonly encoder: Pick<ModelContent['encoder'], 'missing'>;
};

/** Of each row the place of its group among those of the model; -1 for all others. */
function groupOf({ by_group, encoder }: Grouped, table: Table, rows: Int32Array): Int32Array {
  const { column, groups } = by_group as ByGroup;
  return placesOf(
    groups.map(({ value }) => value),
    rows,
    groupReader(table, column, encoder.missing),
  );
}

/**
 * The threshold of each row's decision: that of its group where the model has one, else the common one.
 * Throws COLUMN_UNKNOWN where the column of the groups is absent.
 */
export function thresholdsOf(model: Grouped, table: Table, rows: Int32Array): Float64Array {
  const common = new Float64Array(rows.length).fill(model.threshold);
  if (model.by_group === undefined) return common;
  const { groups } = model.by_group;
  const places = groupOf(model, table, rows);
  return common.map((threshold, row) => groups[places[row]!]?.threshold ?? threshold);
}

/** Scores with the calibration of each row's group, in place. Throws COLUMN_UNKNOWN. */
export function calibrateByGroup(
  model: Grouped,
  table: Table,
  rows: Int32Array,
  scores: Float64Array,
): void {
  if (model.by_group === undefined) return;
  const { groups } = model.by_group;
  const places = groupOf(model, table, rows);
  places.forEach((place, row) => {
    const own = groups[place]?.calibration;
    const score = scores[row]!;
    if (own === undefined || Number.isNaN(score)) return;
    scores[row] = sigmoid(own.slope * (Math.log(score) - Math.log1p(-score)) + own.shift);
  });
}
