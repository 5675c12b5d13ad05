import { thresholdsOf } from '../learning/mitigation/by-group.ts';
import type { TrainedModel } from '../learning/model.ts';
import { mostLikely } from '../learning/target-metrics.ts';
import { tagWriter } from '../learning/tags/scheme.ts';
import { ofRow, type TagScores } from '../learning/tags/score.ts';
import { takeRows } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';

type Predicting = Pick<TrainedModel, 'labels' | 'threshold' | 'encoder' | 'by_group'>;

/**
 * The rows with what a model says of them as more columns (empty where it abstained), in place of
 * those of the same names: of two values the `score` (probability of the positive one) and the
 * `prediction` (0/1 at the threshold, that of the row's group where the model has one), ready for `review`; of several the most probable one as
 * `prediction` and the probability of each as `score: VALUE`; of a number the `prediction`; of tags
 * the `prediction` as a cell with a tag for each token, and the `confidence` as one with the
 * probability of what each tag says.
 *
 * @param scores as `scoreTable` gives them, and so `starts`
 */
export function withScores(
  table: Table,
  rows: Int32Array,
  scores: Float64Array,
  model: Predicting,
  starts?: Int32Array,
): Table {
  const taken = takeRows(table, rows);
  const more =
    starts === undefined
      ? columnsOf(scores, model, () => thresholdsOf(model, table, rows))
      : tagsOf({ scores, starts }, model.labels);
  const names = new Set(more.map(({ name }) => name));
  return {
    rows: taken.rows,
    columns: [...taken.columns.filter(({ name }) => !names.has(name)), ...more],
  };
}

function tagsOf(
  scored: Pick<TagScores, 'scores' | 'starts'>,
  labels: Predicting['labels'],
): Column[] {
  if (labels.target !== 'tags') throw new RangeError('tokens have tags');
  const write = tagWriter(labels.values);
  const rows = Array.from({ length: scored.starts.length - 1 }, (_, r) => ofRow(scored, r));
  return [
    textColumn(
      'prediction',
      rows.map(({ predicted }) => write(predicted).join(' ')),
    ),
    textColumn(
      'confidence',
      rows.map(({ confidence }) => Array.from(confidence, (one) => one.toFixed(4)).join(' ')),
    ),
  ];
}

function textColumn(name: string, cells: readonly string[]): Column {
  const dictionary: string[] = [];
  const places = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    if (cell === '') return -1;
    const place = places.get(cell) ?? dictionary.push(cell) - 1;
    places.set(cell, place);
    return place;
  });
  return { name, type: 'text', codes, dictionary };
}

function columnsOf(
  scores: Float64Array,
  { labels }: Predicting,
  thresholds: () => Float64Array,
): Column[] {
  if (labels.target === 'number') return [{ name: 'prediction', type: 'real', values: scores }];
  if (labels.target === undefined) {
    const least = thresholds();
    const prediction = Float64Array.from(scores, (score, row) =>
      Number.isNaN(score) ? Number.NaN : Number(score >= least[row]!),
    );
    return [
      { name: 'score', type: 'real', values: scores },
      { name: 'prediction', type: 'integer', values: prediction },
    ];
  }
  if (labels.target === 'tags') throw new RangeError('tags stand for tokens');
  const { values } = labels;
  const rows = scores.length / values.length;
  const codes = Int32Array.from({ length: rows }, (_, row) =>
    mostLikely(scores, row, values.length),
  );
  return [
    { name: 'prediction', type: 'category', codes, dictionary: [...values] },
    ...values.map((value, c): Column => ({
      name: `score: ${value}`,
      type: 'real',
      values: Float64Array.from({ length: rows }, (_, row) => scores[row * values.length + c]!),
    })),
  ];
}
