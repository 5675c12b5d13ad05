import type { ByGroup, MitigationFit, MitigationPlan } from '../../contract/mitigation.ts';
import type { TestMetrics, TrainPlan } from '../../contract/train.ts';
import { ConcordError } from '../../contract/errors.ts';
import type { Table } from '../../records/table.ts';
import type { EncoderStore } from '../encoder/open-encoder.ts';
import { targetsOf } from '../labels.ts';
import { othersOf, sealModel, type ModelContent, type TrainedModel } from '../model.ts';
import { scoreTable } from '../predict.ts';
import { splitRows } from '../split.ts';
import { metricsOf } from '../target-metrics.ts';
import { afterTraining, fitByGroup, requireMitigable } from './after-training.ts';
import { thresholdsOf } from './by-group.ts';

interface Trained {
  readonly table: Table;
  /** With which the model was trained. */
  readonly plan: TrainPlan;
  readonly splitKey: string | undefined;
}

interface Options {
  readonly signal?: AbortSignal;
  readonly encoders?: readonly EncoderStore[];
}

/**
 * The same model with thresholds or calibrations for each group, fitted to the validation part that its
 * training kept: no training record is looked at. Throws MITIGATION_NEEDS_VALIDATION,
 * MITIGATION_TOO_FEW, PLAN_INVALID for a model of another target than two values.
 */
export async function refitByGroup(
  model: TrainedModel,
  { table, plan, splitKey }: Trained,
  mitigation: MitigationPlan,
  options: Options = {},
): Promise<{ model: TrainedModel; fit: MitigationFit; test: TestMetrics }> {
  const asked = afterTraining({ mitigation });
  if (asked === null) throw new RangeError('only what is fitted after training');
  if (model.labels.target !== undefined) {
    const expected = 'gaps are narrowed for models of two values';
    throw new ConcordError('PLAN_INVALID', { path: 'mitigation', expected });
  }
  const split = splitRows(table, plan, splitKey);
  requireMitigable({ mitigation }, split);
  const common = resealed(model, undefined);
  const judged = async (of: TrainedModel, rows: Int32Array) => {
    const { scores } = await scoreTable(of, table, { rows, ...options });
    const { labels, encoder } = of;
    const targets = targetsOf(table, labels, encoder.missing, rows, othersOf(of));
    return { rows, scores, targets };
  };
  const { byGroup, fit } = fitByGroup(asked, {
    ...{ table, missing: common.encoder.missing },
    ...(await judged(common, split.validation)),
  });
  const made = resealed(model, byGroup);
  const { rows, scores, targets } = await judged(made, split.test);
  const known = Int32Array.from(rows.keys()).filter(
    (r) => !Number.isNaN(targets[r]!) && !Number.isNaN(scores[r]!),
  );
  const of = (values: Float64Array): Float64Array => Float64Array.from(known, (r) => values[r]!);
  const threshold = of(thresholdsOf(made, table, rows));
  const test = metricsOf({ ...made, threshold }, of(targets), of(scores));
  return { model: made, fit, test };
}

/** The model with other thresholds and calibrations for groups, or none. */
function resealed(model: TrainedModel, byGroup: ByGroup | undefined): TrainedModel {
  const own = new Set(['sha256', 'by_group']);
  const content = Object.fromEntries(Object.entries(model).filter(([name]) => !own.has(name)));
  const changed = byGroup === undefined ? content : { ...content, by_group: byGroup };
  return sealModel(changed as ModelContent);
}
