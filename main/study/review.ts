import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import type { ReviewResult } from '../contract/review.ts';
import { trainPlan, type TrainPlan } from '../contract/train.ts';
import { reviewTable } from '../fairness/review.ts';
import { positiveOf, targetKind, targetsOf } from '../learning/labels.ts';
import { loadModel, othersOf, type TrainedModel } from '../learning/model.ts';
import { scoreTable } from '../learning/predict.ts';
import { splitRows } from '../learning/split.ts';
import { mostLikely } from '../learning/target-metrics.ts';
import { takeRows } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import type { Control, Work } from './context.ts';
import { jsonBeside, putJson } from './json.ts';
import { loadTable } from './load.ts';
import { withScores } from './predictions.ts';
import { splitKeyFor } from './split-key.ts';

const INTERVAL_LEVEL = 0.95;

export interface ReviewRequest {
  readonly study: string;
  /** A trained model of the study. */
  readonly artefact: string;
  readonly groups: readonly string[];
}

/** Step 5 on a table: the model on the rows that were held out of its training, by group. */
export async function reviewModel(
  table: Table,
  model: TrainedModel,
  { plan, splitKey }: { readonly plan: TrainPlan; readonly splitKey: string | undefined },
  groups: readonly string[],
  control: Control,
): Promise<ReviewResult> {
  const positive = reviewedValue(model);
  const { test: rows } = splitRows(table, plan, splitKey);
  const { scores } = await scoreTable(model, table, { rows, signal: control.signal });
  const options = {
    ...{ label: model.labels.column, positive, score: 'score', threshold: model.threshold },
    ...{ groups: [...groups], intervals: INTERVAL_LEVEL },
  };
  return model.labels.target === undefined
    ? reviewTable(withScores(table, rows, scores, model), options)
    : reviewTable(againstRest(table, rows, scores, model), { ...options, prediction: 'prediction' });
}

/** The value whose figures a review shows. Throws REVIEW_TARGET {target} where there is none. */
function reviewedValue({ labels }: TrainedModel): string {
  const positive = positiveOf(labels);
  if (positive !== null) return positive;
  throw new ConcordError('REVIEW_TARGET', { target: targetKind(labels) });
}

/**
 * The rows of a model of several values as if it told one of them from all others: it decides for
 * that one where it is the most probable of all.
 */
function againstRest(
  table: Table,
  rows: Int32Array,
  scores: Float64Array,
  model: TrainedModel,
): Table {
  const { labels, encoder } = model;
  if (labels.target === undefined || labels.target === 'number') {
    throw new RangeError('a model of several values');
  }
  const positive = reviewedValue(model);
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
  const names = new Set(ones.map(({ name }) => name));
  const others = takeRows(table, rows).columns.filter(({ name }) => !names.has(name));
  return { rows: rows.length, columns: [...others, ...ones] };
}

/** Step 5 as a job: the review is kept beside its model. */
export function reviewWork(vault: Vault, request: ReviewRequest): Work {
  return {
    kind: 'review',
    study: request.study,
    async run(control) {
      const { study, artefact } = request;
      const info = vault.artefacts.info(artefact);
      const model = loadModel(vault.artefacts.get(artefact).toString('utf8'), info.name);
      const { plan } = jsonBeside(vault, request, 'training', z.object({ plan: trainPlan }));
      const table = loadTable(vault, info.parents[0] ?? '');
      const trained = { plan, splitKey: splitKeyFor(vault, study, plan.split) };
      const review = await reviewModel(table, model, trained, request.groups, control);
      vault.transaction(() => {
        const { job } = control;
        const kept = putJson(
          vault,
          { study, kind: 'review', name: info.name, parents: [artefact], job },
          review,
        );
        vault.journal.append('model.reviewed', { artefact: kept.id, model: artefact }, study);
      });
    },
  };
}
