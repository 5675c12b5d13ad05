import { z } from 'zod';
import type { ReviewResult } from '../contract/review.ts';
import { trainPlan, type TrainPlan } from '../contract/train.ts';
import { reviewTable } from '../fairness/review.ts';
import type { EncoderStore } from '../learning/encoder/open-encoder.ts';
import { loadModel, type TrainedModel } from '../learning/model.ts';
import { scoreTable } from '../learning/predict.ts';
import { splitRows } from '../learning/split.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import type { Control, Work } from './context.ts';
import { vaultEncoders } from './encoders.ts';
import { jsonBeside, putJson } from './json.ts';
import { loadTable } from './load.ts';
import { withScores } from './predictions.ts';
import { againstRest, reviewedValue } from './reviewed.ts';
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
  encoders: readonly EncoderStore[] = [],
): Promise<ReviewResult> {
  const positive = reviewedValue(model);
  const { test: rows } = splitRows(table, plan, splitKey);
  const { scores } = await scoreTable(model, table, { rows, signal: control.signal, encoders });
  const options = {
    ...{ label: model.labels.column, positive, score: 'score', threshold: model.threshold },
    ...{ groups: [...groups], intervals: INTERVAL_LEVEL },
  };
  return model.labels.target === undefined
    ? reviewTable(withScores(table, rows, scores, model), options)
    : reviewTable(againstRest(table, rows, scores, model), {
        ...options,
        prediction: 'prediction',
      });
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
      const review = await reviewModel(
        ...([table, model, trained, request.groups, control, [vaultEncoders(vault)]] as const),
      );
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
