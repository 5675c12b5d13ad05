import type { Attended } from '../contract/model-text.ts';
import { MOST_FIELDS, type FieldReason, type RowReasons } from '../contract/reasons.ts';
import { columnNamed } from '../learning/columns.ts';
import type { TrainedModel } from '../learning/model.ts';
import { scoreTable, type ScoreOptions } from '../learning/predict.ts';
import { cellText } from '../records/cell-text.ts';
import type { Table } from '../records/table.ts';
import { additiveShapley, type ShapleyValues } from './additive.ts';
import { scoreReader, sideOf } from './answer.ts';
import { attendTo } from './attend.ts';
import { glassBoxGame } from './glass-box.ts';
import { isLinear, linearGame } from './linear.ts';
import { sampledRow, type Sampling } from './sampled-row.ts';
import { explained, textsOf, type Explained } from './texts.ts';

/** So many pairs of orders by default: about 3,800 answers of a model of 30 columns. */
export const PAIRS = 64;
const SEED = 1;

/**
 * Why a model answers as it does for one record: exact Shapley values of glass-box and linear models,
 * sampled ones of others that read columns, and the spans of its texts. The background is made of what
 * stands in the model file alone (background.ts, glass-box.ts).
 *
 * @param record a table of one row
 * @throws REASONS_UNAVAILABLE for models of tags; as scoreTable
 */
export async function rowReasons(
  given: TrainedModel,
  record: Table,
  {
    pairs = PAIRS,
    seed = SEED,
    ...options
  }: Omit<ScoreOptions, 'rows' | 'vectorOf'> & Partial<Sampling> = {},
): Promise<RowReasons> {
  const model = explained(given);
  const texts = textsOf(model);
  const text = texts.length === 0 ? null : await attendTo(model, record, texts, options);
  const found = readsColumns(model)
    ? await ofColumns(model, record, { pairs, seed }, options)
    : { ...NO_FIELDS, ...ofText(model, text) };
  return { ...found, text };
}

type Found = Omit<RowReasons, 'text'>;

const NO_FIELDS: Pick<Found, 'output' | 'background' | 'background_from' | 'fields' | 'sampling'> =
  {
    ...{ output: null, background: null, background_from: null, fields: [], sampling: null },
  };

function readsColumns({ kind, encoder }: Explained): boolean {
  return kind === 'boosting' || encoder.features.length > 0;
}

function ofText({ labels }: TrainedModel, text: Attended | null) {
  const scale = labels.target === 'number' ? 'number' : 'odds';
  return { answer: text?.answer ?? null, scale, method: 'spans' } as const;
}

async function ofColumns(
  model: Explained,
  record: Table,
  sampling: Sampling,
  options: Omit<ScoreOptions, 'rows'>,
): Promise<Found> {
  const { scores } = await scoreTable(model, record, options);
  const { answer, place } = scoreReader(model, scores);
  const additive = additiveValues(model, record, place);
  const cells = { record, missing: model.encoder.missing };
  if (answer === null) {
    const { scale, method } = additive ?? { scale: sampledScale(model), method: 'sampled' };
    return { ...NO_FIELDS, answer, scale, method };
  }
  if (additive !== null) {
    const { values, scale, method } = additive;
    const columns = model.encoder.features.map(({ column }) => [column]);
    const fields = fieldsOf(cells, columns, values);
    const { output, background } = values;
    const from = model.kind === 'boosting' ? 'released' : 'stated';
    const known = { output, background, background_from: from } as const;
    return { answer, scale, method, ...known, fields, sampling: null };
  }
  const found = await sampledRow(model, record, place, sampling, options);
  const { output, background, columns } = found;
  const fields = fieldsOf(cells, columns, found);
  const scale = sampledScale(model);
  const known = { output, background, background_from: 'stated' } as const;
  return { answer, scale, method: 'sampled', ...known, fields, sampling };
}

function sampledScale({ labels }: TrainedModel): RowReasons['scale'] {
  return labels.target === 'number' ? 'number' : 'odds';
}

/** Null for models that are no sum over columns. */
function additiveValues(model: Explained, record: Table, place: number) {
  if (model.kind === 'boosting') {
    const side = sideOf(model.labels, place, 0.5);
    const values = additiveShapley(glassBoxGame(model, record, side));
    return { values, scale: side.scale, method: 'exact' } as const;
  }
  if (!isLinear(model)) return null;
  const side = sideOf(model.labels, place, 1);
  const values = additiveShapley(linearGame(model, record, side));
  return { values, scale: side.scale, method: 'exact' } as const;
}

/** The strongest first; of more than MOST_FIELDS the weakest together, their effects added up. */
function fieldsOf(
  { record, missing }: { readonly record: Table; readonly missing: readonly string[] },
  columns: readonly (readonly string[])[],
  { effects, errors }: Pick<ShapleyValues, 'effects'> & { readonly errors?: readonly number[] },
): FieldReason[] {
  const fields = columns.map((names, at): FieldReason => {
    const [first = '', ...others] = names;
    const cell = others.length > 0 ? '' : cellText(columnNamed(record, first), 0);
    return {
      columns: [...names],
      cell: cell === '' || missing.includes(cell) ? null : cell,
      effect: effects[at]!,
      error: errors?.[at] ?? null,
    };
  });
  fields.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  if (fields.length <= MOST_FIELDS) return fields;
  const rest = fields.splice(MOST_FIELDS - 1);
  const effect = rest.reduce((sum, one) => sum + one.effect, 0);
  const names = rest.flatMap((one) => one.columns);
  return [...fields, { columns: names, cell: null, effect, error: null }];
}
