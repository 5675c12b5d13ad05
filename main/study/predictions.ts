import { takeRows } from '../records/shape.ts';
import type { Table } from '../records/table.ts';

/**
 * The rows with their score (probability of the positive label, missing where the model abstained)
 * and prediction (0/1 at the threshold) as two more columns, ready for `review`.
 */
export function withScores(
  table: Table,
  rows: Int32Array,
  scores: Float64Array,
  threshold: number,
): Table {
  const taken = takeRows(table, rows);
  const prediction = Float64Array.from(scores, (score) =>
    Number.isNaN(score) ? Number.NaN : Number(score >= threshold),
  );
  const columns = taken.columns.filter(({ name }) => name !== 'score' && name !== 'prediction');
  return {
    rows: taken.rows,
    columns: [
      ...columns,
      { name: 'score', type: 'real', values: scores },
      { name: 'prediction', type: 'integer', values: prediction },
    ],
  };
}
