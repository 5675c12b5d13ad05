import { z } from 'zod';
import type { reviewMargins, ReviewOptionsInput, ReviewResult } from '../contract/review.ts';
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
import { againstRest, reviewedValue, withNumbers } from './reviewed.ts';
import { splitKeyFor } from './split-key.ts';

const INTERVAL_LEVEL = 0.95;

export interface ReviewRequest {
  readonly study: string;
  /** A trained model of the study. */
  readonly artefact: string;
  readonly groups: readonly string[];
  /** The value that is harmful to miss, of a model that names none. */
  readonly positive?: string | undefined;
  readonly margins?: z.input<typeof reviewMargins> | undefined;
}

type Asked = Pick<ReviewRequest, 'groups' | 'positive' | 'margins'>;

/** Step 5 on a table: the model on the rows that were held out of its training, by group. */
export async function reviewModel(
  ...asked: Parameters<typeof reviewedTable>
): Promise<ReviewResult> {
  const { table, options } = await reviewedTable(...asked);
  return reviewTable(table, options);
}

/** The rows held out of a model's training with what it says of them, and what is asked of them. */
export async function reviewedTable(
  table: Table,
  model: TrainedModel,
  { plan, splitKey }: { readonly plan: TrainPlan; readonly splitKey: string | undefined },
  { groups, positive: wanted, margins }: Asked,
  control: Control,
  encoders: readonly EncoderStore[] = [],
): Promise<{ readonly table: Table; readonly options: ReviewOptionsInput }> {
  const { labels } = model;
  const isNumber = labels.target === 'number';
  const positive = isNumber ? undefined : reviewedValue(model, wanted);
  const { test: rows } = splitRows(table, plan, splitKey);
  const { scores } = await scoreTable(model, table, { rows, signal: control.signal, encoders });
  const common = {
    ...{ label: labels.column, groups: [...groups], intervals: INTERVAL_LEVEL },
    // Rows of one person are not independent, whether or not privacy counts persons.
    ...(plan.unit === undefined ? {} : { person: plan.unit.column }),
    ...(margins === undefined ? {} : { margins }),
  };
  if (isNumber) {
    const numbers = withNumbers(table, rows, scores, model);
    return {
      table: numbers,
      options: { ...common, target: 'number', prediction: 'prediction' },
    };
  }
  const options = { ...common, positive, score: 'score', threshold: model.threshold };
  return labels.target === undefined
    ? {
        table: withScores(table, rows, scores, model),
        // Thresholds of groups are in the decisions alone.
        options: model.by_group === undefined ? options : { ...options, prediction: 'prediction' },
      }
    : {
        table: againstRest(table, rows, scores, model, wanted),
        options: { ...options, prediction: 'prediction' },
      };
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
        ...([table, model, trained, request, control, [vaultEncoders(vault)]] as const),
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
