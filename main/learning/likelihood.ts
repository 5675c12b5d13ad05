import type { Table } from '../records/table.ts';
import { targetsOf } from './labels.ts';
import { CERTAIN } from './metrics.ts';
import { othersOf, taggerOf, type TrainedModel } from './model.ts';
import { scoreTable, type ScoreOptions } from './predict.ts';
import { tagReader } from './tags/cells.ts';
import { ofRow } from './tags/score.ts';

/**
 * The log-likelihood that a model gives to the truth of rows, [rows]; NaN where there is no truth or
 * the model abstains. Of one of several values the log of its probability; of a number that of a
 * normal law around the prediction, whose variance is the mean squared error on these rows; of tags
 * the sum over the tokens of whether each is part of an entity. Throws as `scoreTable`.
 */
export async function logLikelihoods(
  model: TrainedModel,
  table: Table,
  options: ScoreOptions & { readonly rows: Int32Array },
): Promise<Float64Array> {
  const { rows } = options;
  const { scores, starts } = await scoreTable(model, table, options);
  if (starts !== undefined && 'tagger' in model) {
    const { labels, encoder } = taggerOf(model);
    const read = tagReader(table, labels, encoder.missing);
    return Float64Array.from(rows, (row, r) => {
      const truth = read(row);
      return truth === null ? NaN : ofTags(truth, ofRow({ scores, starts }, r).inside);
    });
  }
  const { labels, encoder } = model;
  const targets = targetsOf(table, labels, encoder.missing, rows, othersOf(model));
  if (labels.target === 'number') return ofNumbers(targets, scores);
  const width = labels.target === undefined ? 1 : labels.values.length;
  return targets.map((truth, r) => {
    if (Number.isNaN(truth)) return NaN;
    if (width > 1) return certain(scores[r * width + truth]!);
    return certain(truth === 1 ? scores[r]! : 1 - scores[r]!);
  });
}

/** The log of a probability, finite also of one that is said to be impossible. */
function certain(probability: number): number {
  return Math.log(Math.max(CERTAIN, probability));
}

function ofTags(truth: Int32Array, inside: Float64Array): number {
  return inside.reduce(
    (sum, one, token) => sum + certain((truth[token] ?? 0) > 0 ? one : 1 - one),
    0,
  );
}

function ofNumbers(targets: Float64Array, scores: Float64Array): Float64Array {
  const squares = targets.map((target, r) => (target - scores[r]!) ** 2);
  const known = squares.filter((square) => !Number.isNaN(square));
  const variance = known.reduce((sum, square) => sum + square, 0) / known.length;
  return squares.map((square) => -(square / variance + Math.log(2 * Math.PI * variance)) / 2);
}
