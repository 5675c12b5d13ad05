import { ConcordError } from '../contract/errors.ts';
import { positiveOf, targetKind, targetsOf, type Labels } from '../learning/labels.ts';
import { othersOf, type TrainedModel } from '../learning/model.ts';
import { mostLikely } from '../learning/target-metrics.ts';
import { takeRows } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';

/**
 * The value whose figures a review shows: the model's own, else the one of its values that was asked for.
 * Throws REVIEW_TARGET {target} where there is none.
 */
export function reviewedValue({ labels }: TrainedModel, asked?: string): string {
  const positive = positiveOf(labels);
  if (positive !== null) return positive;
  if (asked !== undefined && valuesToChoose(labels)?.includes(asked) === true) return asked;
  throw new ConcordError('REVIEW_TARGET', { target: targetKind(labels) });
}

/** The values of which a review must be told one; null where the model has its own, or has none. */
export function valuesToChoose(labels: Labels): readonly string[] | null {
  const isSeveral = labels.target === 'classes' || labels.target === 'ordered';
  return isSeveral && positiveOf(labels) === null ? labels.values : null;
}

/** The rows with the true number, read as the model reads it, and the predicted one. */
export function withNumbers(
  table: Table,
  rows: Int32Array,
  scores: Float64Array,
  model: TrainedModel,
): Table {
  const { labels, encoder } = model;
  const truth = targetsOf(table, labels, encoder.missing, rows, othersOf(model));
  return inPlaceOf(table, rows, [
    { name: labels.column, type: 'real', values: truth },
    { name: 'prediction', type: 'real', values: scores },
  ]);
}

/**
 * The rows of a model of several values as if it told one of them from all others: it decides for
 * that one where it is the most probable of all.
 */
export function againstRest(
  table: Table,
  rows: Int32Array,
  scores: Float64Array,
  model: TrainedModel,
  asked?: string,
): Table {
  const { labels, encoder } = model;
  if (labels.target === undefined || labels.target === 'number') {
    throw new RangeError('a model of several values');
  }
  const positive = reviewedValue(model, asked);
  const count = labels.values.length;
  const place = labels.values.indexOf(positive);
  const targets = targetsOf(table, labels, encoder.missing, rows, othersOf(model));
  const predicted = rows.map((_, r) => mostLikely(scores, r, count));
  const ones: Column[] = [
    {
      ...{ name: labels.column, type: 'category', dictionary: [`not ${positive}`, positive] },
      codes: Int32Array.from(targets, (truth) =>
        Number.isNaN(truth) ? -1 : Number(truth === place),
      ),
    },
    {
      ...{ name: 'score', type: 'real' },
      values: Float64Array.from(rows, (_, r) => scores[r * count + place]!),
    },
    {
      ...{ name: 'prediction', type: 'integer' },
      values: Float64Array.from(predicted, (best) => (best < 0 ? NaN : Number(best === place))),
    },
  ];
  return inPlaceOf(table, rows, ones);
}

/** The rows with these columns in place of those of the same names. */
function inPlaceOf(table: Table, rows: Int32Array, ones: readonly Column[]): Table {
  const names = new Set(ones.map(({ name }) => name));
  const others = takeRows(table, rows).columns.filter(({ name }) => !names.has(name));
  return { rows: rows.length, columns: [...others, ...ones] };
}
