import type { TrainPlan } from '../contract/train.ts';
import type { TextVectors } from '../learning/encoder/text-vectors.ts';
import { vectorsByRow } from '../learning/encoder/text-vectors.ts';
import { logLikelihoods } from '../learning/likelihood.ts';
import type { TrainedModel } from '../learning/model.ts';
import { trainModel } from '../learning/train.ts';
import type { EncoderStore } from '../learning/encoder/open-encoder.ts';
import type { FitReference } from '../privacy/attack/membership.ts';
import type { RandomSource } from '../privacy/random.ts';
import type { Table } from '../records/table.ts';
import type { Attacked } from './attacked.ts';

/** What is at hand beside the table and the plan. */
export interface LeakTools {
  readonly random: RandomSource;
  readonly vectors?: TextVectors | undefined;
  readonly encoders?: readonly EncoderStore[] | undefined;
  readonly signal: AbortSignal;
}

/** Named so that no column of anybody's records is called the same. */
const PART = 'concord: part in a model of comparison';
const PARTS = ['train', 'validation', 'test'];

/**
 * Trains models of comparison as the model under attack was, its privacy included; what is not in the
 * plan is settled anew from each one's own half. Nothing of them leaves, so the budget is not asked.
 * A search for settings is left out, and its promise is that of one trial.
 */
export function referenceFit(
  table: Table,
  plan: TrainPlan,
  model: TrainedModel,
  attacked: Attacked,
  tools: LeakTools,
): FitReference {
  const compared = comparisonPlan(plan, model);
  return async (inside, reference) => {
    const parted = withParts(table, attacked, inside, plan.calibration !== undefined);
    const { random, vectors, encoders, signal } = tools;
    const initSeed = 1001 + reference;
    const options = { random, vectors, encoders, signal, initSeed };
    const trained = await trainModel(parted, compared, options);
    return unitLikelihoods(trained.model, table, attacked, tools);
  };
}

/** The log-likelihood that a model gives to each unit: the sum over its rows; [units]. */
export async function unitLikelihoods(
  model: TrainedModel,
  table: Table,
  { rows, units, count }: Attacked,
  { vectors, encoders, signal }: LeakTools,
): Promise<Float64Array> {
  const vectorOf = vectors && vectorsByRow(vectors);
  const likelihoods = await logLikelihoods(model, table, { rows, vectorOf, encoders, signal });
  const sums = new Float64Array(count);
  const known = new Uint8Array(count);
  likelihoods.forEach((one, at) => {
    if (Number.isNaN(one)) return;
    sums[units[at]!]! += one;
    known[units[at]!] = 1;
  });
  return sums.map((sum, unit) => (known[unit] === 1 ? sum : NaN));
}

function comparisonPlan(plan: TrainPlan, { labels, privacy }: TrainedModel): TrainPlan {
  const { search, split, ...rest } = plan;
  const before = 'column' in split ? [split.column] : 'date' in split ? [split.date] : [];
  const trial = search === undefined ? undefined : privacy?.search?.trial_epsilon;
  return {
    ...rest,
    split: { column: PART },
    exclude: [...plan.exclude, ...before],
    ...(labels.target === 'number' ? {} : { labels: [...labels.values] }),
    ...(labels.target === undefined ? { positive: labels.values[1] } : {}),
    ...(trial === undefined || rest.privacy === null
      ? {}
      : { privacy: { ...rest.privacy, epsilon: trial } }),
  };
}

/** One row of those left out is enough of a test part: nobody looks at its figures. */
function withParts(
  table: Table,
  { rows, units, validation }: Attacked,
  inside: Uint8Array,
  isCalibrated: boolean,
): Table {
  const codes = new Int32Array(table.rows).fill(-1);
  if (isCalibrated) for (const row of validation) codes[row] = PARTS.indexOf('validation');
  rows.forEach((row, at) => {
    if (inside[units[at]!] === 1) codes[row] = PARTS.indexOf('train');
  });
  const outside = rows.find((_, at) => inside[units[at]!] === 0);
  if (outside !== undefined) codes[outside] = PARTS.indexOf('test');
  const part = { name: PART, type: 'category', codes, dictionary: PARTS } as const;
  return { rows: table.rows, columns: [...table.columns, part] };
}
